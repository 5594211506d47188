#include "data-loaders/sqlite_source.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>

#include "core/decimal.h"
#include "core/utf8.h"
#include "data-loaders/file_facts.h"
#include "data-loaders/file_list.h"
#include "data-loaders/headings.h"
#include "data-loaders/row_writer.h"
#include "data-loaders/stored_number.h"
#include "data-loaders/wanted_columns.h"

namespace yekun {
namespace {

constexpr int kMostBytes = 64 << 20;  // of one value

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;
struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

std::string quote_name(std::string_view name) {
  std::string out = "\"";
  for (char const c : name) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

bool is_there(std::string const& path) {
  std::error_code ignored;
  auto const size = std::filesystem::file_size(path, ignored);
  return !ignored && size > 0;
}

/// Read only; and as a file that nobody writes, unless a journal beside it says that somebody may.
std::string uri_of(std::string const& path) {
  std::string uri = "file:";
  for (char const c : path)
    uri += c == '?' || c == '#' || c == '%' ? fmt::format("%{:02X}", static_cast<unsigned>(c)) : std::string(1, c);
  bool const in_use = is_there(path + "-wal") || is_there(path + "-journal");
  return uri + (in_use ? "?mode=ro" : "?mode=ro&immutable=1");
}

/// Reading is all that a spec may do.
int allow_reading(void*, int action, char const*, char const*, char const*, char const*) {
  bool const reads =
      action == SQLITE_SELECT || action == SQLITE_READ || action == SQLITE_FUNCTION || action == SQLITE_RECURSIVE;
  return reads ? SQLITE_OK : SQLITE_DENY;
}

std::string reason_of(sqlite3* database, int code) {
  switch (code & 0xFF) {
    case SQLITE_NOTADB:
      return "is not an SQLite database, or is encrypted";
    case SQLITE_CORRUPT:
      return "is a damaged SQLite database";
    case SQLITE_CANTOPEN:
      return "cannot be opened";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "is being written by another program; try again when it is done";
    case SQLITE_AUTH:
      return "is only read here: a query may select, and nothing else";
    default:
      return fmt::format("does not answer: {}", sqlite3_errmsg(database));
  }
}

class SqliteSource final : public Source {
 public:
  SqliteSource(Dataset dataset, SourceContext context, std::vector<std::string> files)
      : dataset_(std::move(dataset)), context_(std::move(context)), files_(std::move(files)) {}

  Result<std::vector<FoundColumn>> columns() const override;
  bool in_sqlite() const override { return true; }
  Result<ScanSummary> scan(ScanRequest const& request, BatchSink& sink) const override;

 private:
  Result<Database> open(std::string const& file) const;
  Result<Statement> prepare(sqlite3* database, std::string const& file, std::string const& sql) const;
  Result<std::string> table_of(sqlite3* database, std::string const& file) const;
  Result<Statement> select(sqlite3* database, std::string const& file) const;
  Result<bool> scan_file(std::string const& file, ScanRequest const& request, RowWriter& writer,
                         std::vector<std::string>& first) const;
  Result<bool> scan_rows(sqlite3* database, sqlite3_stmt* rows, std::string const& file,
                         std::vector<std::size_t> const& places, RowWriter& writer) const;

  Dataset dataset_;
  SourceContext context_;
  std::vector<std::string> files_;
};

Result<Database> SqliteSource::open(std::string const& file) const {
  sqlite3* raw = nullptr;
  int const code = sqlite3_open_v2(uri_of(full_path(context_, file)).c_str(), &raw,
                                   SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nullptr);
  Database database(raw);
  if (code != SQLITE_OK) return failure(unreadable(file, reason_of(raw, code)));
  sqlite3_limit(raw, SQLITE_LIMIT_LENGTH, kMostBytes);
  sqlite3_limit(raw, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_set_authorizer(raw, allow_reading, nullptr);
  return database;
}

Result<Statement> SqliteSource::prepare(sqlite3* database, std::string const& file, std::string const& sql) const {
  sqlite3_stmt* raw = nullptr;
  char const* tail = nullptr;
  int const code = sqlite3_prepare_v2(database, sql.c_str(), static_cast<int>(sql.size()), &raw, &tail);
  Statement statement(raw);
  if (code != SQLITE_OK) return failure(unreadable(file, reason_of(database, code)));
  if (raw == nullptr || std::string_view(tail).find_first_not_of("; \t\r\n") != std::string_view::npos)
    return failure(unreadable(file, "needs one query, a single \"select\""));
  return statement;
}

/// The declared table, or the only one.
Result<std::string> SqliteSource::table_of(sqlite3* database, std::string const& file) const {
  auto list = prepare(database, file,
                      "select name from sqlite_master where type in ('table', 'view') and name not like 'sqlite\\_%' "
                      "escape '\\' order by name");
  if (!list) return failure(list.error());
  std::vector<std::string> names;
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(list->get())) == SQLITE_ROW)
    names.emplace_back(reinterpret_cast<char const*>(sqlite3_column_text(list->get(), 0)));
  if (code != SQLITE_DONE) return failure(unreadable(file, reason_of(database, code)));
  std::string const& wanted = dataset_.source.table;
  for (auto const& name : names)
    if (lower(name) == lower(wanted)) return name;
  auto problem = unreadable(file, "");
  problem.code = "unknown-table";
  problem.hint = suggestion(wanted, names);
  if (!wanted.empty()) {
    problem.message = fmt::format("'{}' has no table '{}'", file, wanted);
    return failure(problem);
  }
  if (names.size() == 1) return names.front();
  problem.message =
      names.empty() ? fmt::format("'{}' has no table", file)
                    : fmt::format("'{}' has {} tables; \"table\" or \"query\" says which to read", file, names.size());
  return failure(problem);
}

Result<Statement> SqliteSource::select(sqlite3* database, std::string const& file) const {
  if (!dataset_.source.query.empty()) return prepare(database, file, dataset_.source.query);
  auto const table = table_of(database, file);
  if (!table) return failure(table.error());
  // Not by an index: rows come as they were entered.
  auto rows = prepare(database, file, "select * from " + quote_name(*table) + " not indexed");
  return rows ? std::move(rows) : prepare(database, file, "select * from " + quote_name(*table));
}

NamedColumns columns_of(sqlite3_stmt* rows, Dataset const& dataset) {
  std::vector<ColumnHeading> headings;
  for (int i = 0; i < sqlite3_column_count(rows); ++i) {
    char const* const name = sqlite3_column_name(rows, i);
    headings.push_back({clean(name == nullptr ? "" : name), "", static_cast<std::uint32_t>(i)});
  }
  return name_columns(headings, dataset, 0);
}

Result<std::vector<FoundColumn>> SqliteSource::columns() const {
  std::string const& file = files_.front();
  auto const database = open(file);
  if (!database) return failure(database.error());
  auto const rows = select(database->get(), file);
  if (!rows) return failure(rows.error());
  std::vector<FoundColumn> found;
  for (auto const& name : columns_of(rows->get(), dataset_).names)
    found.push_back({name, {.file = file, .field = name}});
  if (!dataset_.source.file_column.empty()) found.push_back({dataset_.source.file_column, {.file = file}});
  return found;
}

void write_value(sqlite3_stmt* rows, int at, RowWriter& writer, std::size_t target, std::uint64_t row) {
  switch (sqlite3_column_type(rows, at)) {
    case SQLITE_NULL:
      return writer.missing(target);
    case SQLITE_INTEGER:
      return write_number(writer, target, std::to_string(sqlite3_column_int64(rows, at)), false, row);
    case SQLITE_FLOAT: {
      std::string const text = fmt::format("{}", sqlite3_column_double(rows, at));
      return write_number(writer, target, text, true, row);
    }
    case SQLITE_BLOB:
      return writer.reject(target, "", "bytes, not text", row);
    default:
      break;
  }
  auto const* const bytes = reinterpret_cast<char const*>(sqlite3_column_text(rows, at));
  std::string_view const text(bytes, static_cast<std::size_t>(sqlite3_column_bytes(rows, at)));
  if (is_utf8(text)) return writer.text(target, text, row);
  writer.text(target, to_valid_utf8(text), row);
}

Result<bool> SqliteSource::scan_rows(sqlite3* database, sqlite3_stmt* rows, std::string const& file,
                                     std::vector<std::size_t> const& places, RowWriter& writer) const {
  std::string const name = file_name(file);
  int code = SQLITE_ROW;
  for (std::uint64_t row = 1; (code = sqlite3_step(rows)) == SQLITE_ROW; ++row) {
    for (std::size_t target = 0; target < places.size(); ++target) {
      if (places[target] == kFileColumn)
        writer.canonical(target, name, row);
      else if (places[target] != kNoColumn)
        write_value(rows, static_cast<int>(places[target]), writer, target, row);
    }
    if (!writer.end_row(row)) return false;
  }
  if (code != SQLITE_DONE) return failure(unreadable(file, reason_of(database, code)));
  return writer.send();
}

Result<bool> SqliteSource::scan_file(std::string const& file, ScanRequest const& request, RowWriter& writer,
                                     std::vector<std::string>& first) const {
  auto const database = open(file);
  if (!database) return failure(database.error());
  auto const rows = select(database->get(), file);
  if (!rows) return failure(rows.error());
  auto const named = columns_of(rows->get(), dataset_);
  auto const places = find_wanted(request, named.names, dataset_, file, 0);
  if (!places) return failure(places.error());
  auto facts = file_facts(context_, file, file, request.hash_files);
  if (!facts) return failure(facts.error());
  writer.start_file(std::move(*facts));
  for (auto note : named.notes) writer.find(std::move(note));
  if (first.empty()) first = named.names;
  for (auto note : tell_differences(first, named.names, request, 0)) writer.find(std::move(note));
  return scan_rows(database->get(), rows->get(), file, *places, writer);
}

Result<ScanSummary> SqliteSource::scan(ScanRequest const& request, BatchSink& sink) const {
  auto writer = RowWriter::make(dataset_, request, sink);
  if (!writer) return failure(writer.error());
  sink.begin(1);
  std::vector<std::string> first;  // the columns of the first file
  for (auto const& file : files_) {
    auto const more = scan_file(file, request, *writer, first);
    if (!more) return failure(more.error());
    if (!*more) break;
  }
  return writer->take_summary();
}

}  // namespace

Result<std::unique_ptr<Source>> open_sqlite_source(Dataset const& dataset, SourceContext const& context,
                                                   std::vector<std::string> files) {
  return std::make_unique<SqliteSource>(dataset, context, std::move(files));
}

}  // namespace yekun
