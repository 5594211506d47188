// dump_table FOLDER FILE [decimal=,] [separator=;] NAME:TYPE...: reads a file as a dataset with these columns and
// prints every row as one line of JSON: an array of texts, null where missing. Findings other than notes go to standard
// error and make it exit with 1.
#include <cstdio>
#include <map>
#include <string>
#include <string_view>

#include "core/column_text.h"
#include "core/json_tree.h"
#include "data-loaders/source.h"

namespace {

using namespace yekun;

constexpr std::pair<std::string_view, Type> kTypes[] = {{"text", Type::text},       {"integer", Type::integer},
                                                        {"decimal", Type::decimal}, {"number", Type::number},
                                                        {"date", Type::date},       {"boolean", Type::boolean}};

void print_row(Table const& table, std::size_t row) {
  std::string line = "[";
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    auto const& column = table.columns[i];
    line += i > 0 ? "," : "";
    line += column.has(row) ? quote_json(entry_text(column, row)) : "null";
  }
  std::printf("%s]\n", line.c_str());
}

Dataset dataset_of(int count, char** arguments) {
  Dataset dataset;
  dataset.id = "table";
  dataset.source.files = {arguments[2]};
  for (int i = 3; i < count; ++i) {
    std::string_view const text = arguments[i];
    if (text.starts_with("decimal=")) dataset.source.dialect.decimal = text.back();
    if (text.starts_with("separator=")) dataset.source.dialect.separator = text.back();
    auto const colon = text.rfind(':');
    if (colon == std::string_view::npos) continue;
    ColumnSpec column;
    column.name = text.substr(0, colon);
    for (auto const& [name, type] : kTypes)
      if (name == text.substr(colon + 1)) column.type = type;
    dataset.columns.push_back(column);
  }
  return dataset;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 4) {
    std::fprintf(stderr, "usage: dump_table FOLDER FILE NAME:TYPE...\n");
    return 2;
  }
  auto const dataset = dataset_of(count, arguments);
  std::vector<std::string> names;
  for (auto const& column : dataset.columns) names.push_back(column.name);
  auto const source = open_source(dataset, {.folder = arguments[1]});
  auto const table = source ? read_table(**source, names) : Result<Table>(tl::unexpect, source.error());
  if (!table) {
    std::fprintf(stderr, "%s", to_text(table.error().front(), false).c_str());
    return 1;
  }
  for (std::size_t row = 0; row < table->rows(); ++row) print_row(*table, row);
  bool found = false;
  for (auto const& one : table->summary.findings.listed) {
    if (one.severity == Severity::note) continue;
    std::fprintf(stderr, "%s:%llu %s '%s' %s\n", one.file.c_str(), static_cast<unsigned long long>(one.row),
                 one.column.c_str(), one.text.c_str(), one.reason.c_str());
    found = true;
  }
  return found ? 1 : 0;
}
