// How one text file is cut into cells, decided: what the spec declares, and what the file's beginning shows otherwise.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data-loaders/cell_parser.h"
#include "data-loaders/dataset.h"

namespace yekun {

struct CsvDialect {
  char separator = ',';
  char quote = '"';
  std::optional<char> escape{};
  std::string comment{};
  std::uint32_t skip = 0;         // preamble lines
  std::uint32_t header_rows = 1;  // 0: none
};

/// What the spec leaves open is taken from `head`, the beginning of the file in UTF-8: the separator under which most
/// lines have the same number of cells (or what a first line "sep=;" says), and the number of lines before the table.
/// The quote is '"', unless only single quotes enclose cells. `complete`: `head` is the whole file.
CsvDialect sniff_dialect(std::string_view head, bool complete, Dialect const& declared);

}  // namespace yekun
