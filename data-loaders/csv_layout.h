// What the beginning of a text table says: dialect, headings, where the rows begin.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "data-loaders/csv_dialect.h"
#include "data-loaders/source.h"

namespace yekun {

struct CsvLayout {
  CsvDialect dialect{};
  NumberForm numbers{};
  std::vector<std::string> names{};     // of the file's columns, declared names where "from" maps them; each once
  std::vector<std::string> headings{};  // as they stand in the file, for messages
  std::uint64_t header_line = 0;        // 0: no header
  std::uint64_t data_begin = 0;         // offset of the first record in the UTF-8 text
  std::uint64_t data_line = 1;          // its line
  std::vector<Finding> notes{};         // doubled headings and the like, without dataset and file
};

/// `head` is the beginning of the file in UTF-8 without byte order mark; `complete`: all of it. Columns without heading
/// are named c1, c2, ... by position; a heading that comes again gets " (2)". An empty text has no columns. The error
/// is a quote that does not close within `head`.
Result<CsvLayout> read_layout(std::string_view head, bool complete, Dataset const& dataset, std::string const& file);

}  // namespace yekun
