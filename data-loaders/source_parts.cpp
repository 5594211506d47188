#include "data-loaders/source_parts.h"

#include <array>
#include <cstdio>

#include "core/utf8.h"
#include "data-loaders/file_list.h"
#include "data-loaders/wanted_columns.h"
#include "data-loaders/xlsx_workbook.h"
#include "data-loaders/zip_text.h"

namespace yekun {
namespace {

using Parts = std::vector<SourcePart>;

std::string head_of(std::string const& path) {
  std::array<char, 16> bytes{};
  std::FILE* const file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return {};
  std::string head(bytes.data(), std::fread(bytes.data(), 1, bytes.size(), file));
  static_cast<void>(std::fclose(file));
  return head;
}

Parts alone_or(Parts parts) {
  if (parts.size() < 2) parts = {SourcePart{}};
  return parts;
}

Result<Parts> sheets_of(std::string const& file, std::string const& path) {
  auto const book = Workbook::open(path);
  if (!book) return failure(unreadable(file, book.error()));
  Parts out;
  for (auto const& sheet : book->sheets())
    if (sheet.worksheet && !sheet.hidden) out.push_back({sheet.name, {}});
  return alone_or(std::move(out));
}

Result<Parts> zip_parts(std::string const& file, std::string const& path) {
  auto const tables = zip_tables(path);
  if (!tables) return failure(unreadable(file, tables.error()));
  Parts out;
  for (auto const& table : *tables) out.push_back({table, {}});
  return alone_or(std::move(out));
}

Result<Parts> tables_of(std::string const& file, SourceContext const& context) {
  Dataset dataset;
  dataset.id = file;
  dataset.source.files = {file};
  dataset.source.place.file = file;
  dataset.source.query =
      "select name from sqlite_master where type in ('table', 'view') and name not like 'sqlite\\_%' escape '\\' "
      "order by name";
  auto const source = open_source(dataset, context);
  if (!source) return failure(source.error());
  auto const table = read_table(**source, {"name"});
  if (!table) return failure(table.error());
  Parts out;
  for (std::size_t row = 0; row < table->rows(); ++row)
    out.push_back({{}, std::string(table->columns.front().text(row))});
  return alone_or(std::move(out));
}

}  // namespace

Result<std::vector<SourcePart>> parts_of(std::string const& file, SourceContext const& context) {
  std::string const path = full_path(context, file);
  std::string const name = lower(file);
  std::string const head = head_of(path);
  if (head == std::string_view("SQLite format 3\0", 16)) return tables_of(file, context);
  if (!is_zip(head)) return Parts{SourcePart{}};
  return name.ends_with(".zip") ? zip_parts(file, path) : sheets_of(file, path);
}

}  // namespace yekun
