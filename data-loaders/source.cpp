#include "data-loaders/source.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>

#include "core/utf8.h"
#include "data-loaders/csv_repeat.h"
#include "data-loaders/csv_source.h"
#include "data-loaders/file_list.h"
#include "data-loaders/json_source.h"
#include "data-loaders/postgres_source.h"
#include "data-loaders/sqlite_source.h"
#include "data-loaders/xlsx_source.h"

namespace yekun {
namespace {

struct Ending {
  std::string_view name;
  Format format;
};

constexpr std::array<Ending, 18> kEndings{{{".csv", Format::csv},
                                           {".zip", Format::csv},
                                           {".txt", Format::csv},
                                           {".tsv", Format::tsv},
                                           {".tab", Format::tsv},
                                           {".xlsx", Format::xlsx},
                                           {".xlsm", Format::xlsx},
                                           {".xltx", Format::xlsx},
                                           {".xls", Format::xlsx},
                                           {".ods", Format::ods},
                                           {".json", Format::json},
                                           {".geojson", Format::json},
                                           {".ndjson", Format::ndjson},
                                           {".jsonl", Format::ndjson},
                                           {".sqlite", Format::sqlite},
                                           {".sqlite3", Format::sqlite},
                                           {".db", Format::sqlite},
                                           {".gpkg", Format::sqlite}}};

Format format_by_name(std::string const& file) {
  std::string name = lower(file);
  for (auto packed : {".gz", ".zst"})
    if (name.ends_with(packed)) name.resize(name.rfind('.'));
  for (auto const& [ending, format] : kEndings)
    if (name.ends_with(ending)) return format;
  return Format::automatic;
}

/// What the first bytes say; automatic: nothing certain.
Format format_by_content(std::string const& path) {
  if (path == "-") return Format::automatic;
  std::array<char, 16> bytes{};
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return Format::automatic;
  std::string_view const head(bytes.data(), std::fread(bytes.data(), 1, bytes.size(), file));
  static_cast<void>(std::fclose(file));
  if (head.starts_with("PK\x03\x04") || head.starts_with("\xD0\xCF\x11\xE0")) return Format::xlsx;
  if (head == std::string_view("SQLite format 3\0", 16)) return Format::sqlite;
  return Format::automatic;
}

Format format_of(SourceContext const& context, std::string const& file) {
  Format const named = format_by_name(file);
  if (named == Format::xlsx || named == Format::ods) return named;  // the workbook's loader says what is wrong with it
  if (lower(file).ends_with(".zip")) return named;                  // of text tables
  Format const content = format_by_content(full_path(context, file));
  if (content != Format::automatic) return content;
  return named == Format::automatic ? Format::csv : named;
}

/// Formats that one loader reads together.
Format family(Format format) {
  if (format == Format::tsv) return Format::csv;
  if (format == Format::ndjson) return Format::json;
  return format;
}

Result<Format> common_format(Dataset const& dataset, SourceContext const& context,
                             std::vector<std::string> const& files) {
  if (dataset.source.format != Format::automatic) return dataset.source.format;
  Format const first = format_of(context, files.front());
  for (auto const& file : files) {
    Format const one = format_of(context, file);
    if (family(one) == family(first)) continue;
    return failure({.fault = Fault::data,
                    .code = "mixed-formats",
                    .place = dataset.source.place,
                    .message = fmt::format("'{}' and '{}' are files of different kinds, one kind was expected",
                                           files.front(), file),
                    .hint = "make them two datasets"});
  }
  return first;
}

}  // namespace

Result<std::unique_ptr<Source>> open_source(Dataset const& dataset, SourceContext const& context) {
  if (!dataset.source.connection.empty()) return open_postgres_source(dataset, context);
  if (dataset.source.format == Format::postgres)
    return failure({.fault = Fault::data,
                    .code = "no-connection",
                    .place = dataset.source.place,
                    .message = fmt::format("the source of '{}' needs 'connection': where its database is", dataset.id),
                    .hint = "\"connection\": \"host=db.example.org dbname=registry user=reader\""});
  auto files = find_files(dataset.source, context);
  if (!files) return failure(files.error());
  if (files->empty())
    return failure({.fault = Fault::data,
                    .code = "no-source",
                    .place = dataset.source.place,
                    .message = fmt::format("the dataset '{}' names no file", dataset.id),
                    .hint = "\"source\": \"data/services.csv\""});
  auto const format = common_format(dataset, context, *files);
  if (!format) return failure(format.error());
  switch (family(*format)) {
    case Format::xlsx:
    case Format::ods:
      return open_xlsx_source(dataset, context, std::move(*files));
    case Format::json:
      return open_json_source(dataset, context, std::move(*files));
    case Format::sqlite:
      return open_sqlite_source(dataset, context, std::move(*files));
    default:
      return open_csv_repeat(dataset, context, std::move(*files));
  }
}

}  // namespace yekun
