// A text table that is packed in a zip file, as ODK Central exports a form: one table for the submissions and one for
// each repeat.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "data-loaders/part_stream.h"
#include "data-loaders/text_bytes.h"

namespace yekun {

/// Whether a file begins as zip files do.
bool is_zip(std::string_view head);

/// The text tables (.csv, .tsv, .tab, .txt) in a zip file, as they are named there, in its order. Hidden ones and those
/// that macOS adds are left out.
Read<std::vector<std::string>> zip_tables(std::string const& path);

/// The table `wanted`, by its name, with or without folders and ending. Empty: the only table, or the one of whose name
/// all others are continuations ("form.csv" where the others are "form-children.csv"). The reason lists the tables.
Read<std::string> choose_table(std::vector<std::string> const& tables, std::string_view wanted);

/// The bytes of the table that choose_table finds. `name` is what messages call the file.
Result<std::unique_ptr<ByteStream>> open_zip_table(std::string const& path, std::string const& name,
                                                   std::string_view wanted);

}  // namespace yekun
