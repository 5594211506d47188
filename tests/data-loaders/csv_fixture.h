// A folder for one test, and short ways to read a text as a table.
#pragma once

#include <catch2/catch.hpp>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "core/column_text.h"
#include "data-loaders/source.h"

namespace yekun::testing {

/// An empty folder that is removed with the object.
class TestFolder {
 public:
  TestFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "yekun-test-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  TestFolder(TestFolder const&) = delete;
  TestFolder& operator=(TestFolder const&) = delete;
  ~TestFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::filesystem::path const& path() const { return path_; }
  void write(std::string const& name, std::string_view bytes) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << bytes;
  }
  SourceContext context() const { return {.folder = path_.string()}; }

 private:
  std::filesystem::path path_;
};

inline Dataset dataset_of(std::string const& file, std::vector<ColumnSpec> columns = {}) {
  Dataset dataset;
  dataset.id = "d";
  dataset.source.files = {file};
  dataset.columns = std::move(columns);
  return dataset;
}

/// Processor time in which a file is refused: a second; sanitizers make everything several times slower.
#ifdef __SANITIZE_ADDRESS__
inline constexpr std::clock_t kRefusal = 6 * CLOCKS_PER_SEC;
#else
inline constexpr std::clock_t kRefusal = CLOCKS_PER_SEC;
#endif

/// A cell as text: "·" where it is missing.
inline std::string shown(Column const& column, std::size_t row) {
  if (!column.has(row)) return "·";
  return entry_text(column, row);
}

/// Rows as lines, cells separated by "|".
inline std::string shown(Table const& table) {
  std::string all;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) all += (i == 0 ? "" : "|") + shown(table.columns[i], row);
    all += '\n';
  }
  return all;
}

inline std::string shown(Finding const& f) {
  return f.file + ":" + std::to_string(f.row) + (f.column.empty() ? "" : " " + f.column) + " " + f.rule + " '" +
         f.text + "' " + f.reason;
}

inline std::string shown(Findings const& findings) {
  std::string all;
  for (auto const& finding : findings.listed) all += shown(finding) + "\n";
  return all;
}

inline std::string shown(Diagnostics const& diagnostics) {
  std::string all;
  for (auto const& d : diagnostics) all += to_text(d, false);
  return all;
}

/// All of the named columns (empty: all the file has); the failure's text where there is one.
inline Result<Table> read(Dataset const& dataset, SourceContext const& context, std::vector<std::string> names = {}) {
  auto source = open_source(dataset, context);
  if (!source) return failure(source.error());
  if (names.empty()) {
    auto found = (*source)->columns();
    if (!found) return failure(found.error());
    for (auto const& column : *found) names.push_back(column.name);
  }
  return read_table(**source, names);
}

/// The findings of reading, a line each; the failure's text where there is one.
inline std::string findings_shown(Dataset const& dataset, SourceContext const& context,
                                  std::vector<std::string> names = {}) {
  auto const table = read(dataset, context, std::move(names));
  return table ? shown(table->summary.findings) : shown(table.error());
}

/// The names of the columns that are there, in brackets.
inline std::string columns_shown(Dataset const& dataset, SourceContext const& context) {
  auto const source = open_source(dataset, context);
  if (!source) return shown(source.error());
  auto const columns = (*source)->columns();
  if (!columns) return shown(columns.error());
  std::string all;
  for (auto const& column : *columns) all += "[" + column.name + "]";
  return all;
}

inline std::string read_shown(Dataset const& dataset, SourceContext const& context,
                              std::vector<std::string> names = {}) {
  auto table = read(dataset, context, std::move(names));
  return table ? shown(*table) : shown(table.error());
}

}  // namespace yekun::testing
