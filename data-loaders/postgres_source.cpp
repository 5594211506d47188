#include "data-loaders/postgres_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>

#include "core/utf8.h"
#include "data-loaders/headings.h"
#include "data-loaders/postgres_cells.h"
#include "data-loaders/postgres_pool.h"
#include "data-loaders/row_writer.h"
#include "data-loaders/sql_table.h"
#include "data-loaders/wanted_columns.h"

namespace yekun {
namespace {

using Lease = PostgresPool::Lease;

std::string quoted(std::string_view name) {
  std::string out = "\"";
  for (char const c : name) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

/// Of numeric(precision, scale), by its modifier as the catalogue holds it; -1: numeric without either.
bool has_small_scale(int modifier) {
  if (modifier < 4) return false;
  int const precision = ((modifier - 4) >> 16) & 0xFFFF;
  int const scale = (((modifier - 4) & 0x7FF) ^ 1024) - 1024;
  return scale >= 0 && scale <= 6 && precision - scale <= 12;
}

/// What stands behind "from", and its columns.
struct Relation {
  std::string from{};
  std::string encoding{};  // of the database
  SqlServer server = SqlServer::postgresql;
  std::vector<SqlColumn> columns{};
  std::vector<Finding> notes{};
};

/// Ends of statements and spaces off the end.
std::string trimmed_query(std::string_view query) {
  while (!query.empty() && std::string_view("; \t\r\n").find(query.back()) != std::string_view::npos)
    query.remove_suffix(1);
  return std::string(query);
}

class PostgresSource final : public Source, public SqlTable {
 public:
  PostgresSource(Dataset dataset, std::shared_ptr<PostgresPool> pool)
      : dataset_(std::move(dataset)),
        pool_(std::move(pool)),
        access_{dataset_.source.connection, dataset_.id, dataset_.source.timeout_seconds, dataset_.source.place},
        label_(dataset_.source.table.empty() ? dataset_.id : dataset_.source.table) {}

  Result<std::vector<FoundColumn>> columns() const override;
  Result<ScanSummary> scan(ScanRequest const& request, BatchSink& sink) const override;
  SqlTable const* sql() const override { return this; }

  Dataset const& dataset() const override { return dataset_; }
  std::string label() const override { return label_; }
  Result<std::vector<SqlColumn>> sql_columns() const override;
  Result<std::string> relation() const override;
  Result<std::string> encoding() const override;
  Result<SqlServer> server() const override;
  std::string database() const override { return access_.connection; }
  Result<void> run(std::string const& sql, std::vector<std::string> const& parameters,
                   std::function<bool(std::vector<SqlValue> const&)> const& row) const override;

 private:
  /// Why a step failed; `lost`: together with the connection.
  struct Problem {
    Diagnostics said{};
    bool lost = false;
  };
  template <class T>
  using Step = tl::expected<T, Problem>;
  Problem problem(PostgresFault const& fault) const { return {{statement_failed(fault, access_)}, fault.lost}; }

  /// Tries again once, with another connection, where the server went away before any row was used.
  template <class T>
  Result<T> with_connection(std::function<Step<T>(Lease const&)> const& work) const;
  Step<Relation> find_relation(Lease const& lease) const;
  Step<std::string> find_table(Lease const& lease) const;
  Step<std::string> check_query(Lease const& lease) const;
  Step<Relation> describe(Lease const& lease, std::string from) const;
  Step<void> find_folding(Lease const& lease, Relation& relation) const;
  Result<Relation const*> known_relation() const;
  Step<ScanSummary> copy(Lease const& lease, ScanRequest const& request, BatchSink& sink) const;
  Step<void> copy_rows(Lease const& lease, std::vector<std::size_t> const& places, Relation const& relation,
                       RowWriter& writer) const;

  Dataset dataset_;
  std::shared_ptr<PostgresPool> pool_;
  PostgresAccess access_;
  std::string label_;  // what messages and summaries call the rows
  mutable std::mutex mutex_{};
  mutable std::optional<Relation> known_{};
};

template <class T>
Result<T> PostgresSource::with_connection(std::function<Step<T>(Lease const&)> const& work) const {
  for (bool again = false;; again = true) {
    Problem failed;
    {
      auto const lease = pool_->take(access_, again);
      if (!lease) return failure(lease.error());
      auto done = work(*lease);
      if (done) {
        if constexpr (std::is_void_v<T>)
          return {};
        else
          return *std::move(done);
      }
      failed = std::move(done.error());
    }
    if (!failed.lost || again || pool_->is_used(access_.connection)) return failure(std::move(failed.said));
    pool_->forget(access_.connection);
  }
}

/// The declared table as the database writes it: as it is, or without regard to case if that is one only.
PostgresSource::Step<std::string> PostgresSource::find_table(Lease const& lease) const {
  auto const listed = lease->run(
      "select n.nspname, c.relname, pg_catalog.pg_table_is_visible(c.oid) from pg_catalog.pg_class c join "
      "pg_catalog.pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'v', 'm', 'f', 'p') and n.nspname "
      "not in ('pg_catalog', 'information_schema', 'pg_toast') order by 3 desc, 1, 2");
  if (!listed) return tl::unexpected(problem(listed.error()));
  Libpq const& pq = *libpq();
  std::string const& wanted = dataset_.source.table;
  std::vector<std::string> names;
  std::vector<std::string> alike;
  for (int row = 0; row < pq.ntuples(listed->get()); ++row) {
    std::string const schema = pq.getvalue(listed->get(), row, 0);
    std::string const table = pq.getvalue(listed->get(), row, 1);
    bool const is_visible = *pq.getvalue(listed->get(), row, 2) == 't';
    std::string const written = quoted(schema) + "." + quoted(table);
    std::string const whole = schema + "." + table;
    if (whole == wanted || (is_visible && table == wanted)) return written;
    if (lower(whole) == lower(wanted) || (is_visible && lower(table) == lower(wanted))) alike.push_back(written);
    names.push_back(is_visible ? table : whole);
  }
  if (alike.size() == 1) return alike.front();
  Diagnostic unknown{.fault = Fault::data,
                     .code = "unknown-table",
                     .place = dataset_.source.place,
                     .message = fmt::format("the database of '{}' has no table '{}'", dataset_.id, wanted),
                     .hint = names.empty() ? "it has no table that this user may see" : suggestion(wanted, names)};
  if (wanted.empty()) unknown.message = fmt::format("the source of '{}' needs 'table' or 'query'", dataset_.id);
  return tl::unexpected(Problem{{std::move(unknown)}, false});
}

/// The query in parentheses, once the server says that it is one statement that stands alone.
PostgresSource::Step<std::string> PostgresSource::check_query(Lease const& lease) const {
  std::string const query = trimmed_query(dataset_.source.query);
  PostgresResult const result(libpq()->prepare((*lease).get(), "", query.c_str(), 0, nullptr));
  if (libpq()->result_status(result.get()) == PGRES_COMMAND_OK) return "(" + query + "\n)";
  auto const fault = lease->fault(result.get());
  PostgresResult const back(libpq()->exec((*lease).get(), "rollback to savepoint yekun"));
  return tl::unexpected(problem(fault));
}

/// Asks for no row: the columns' names and types, and whether they may be read.
PostgresSource::Step<Relation> PostgresSource::describe(Lease const& lease, std::string from) const {
  auto const result = lease->run("select * from " + from + " as r limit 0");
  if (!result) return tl::unexpected(problem(result.error()));
  Libpq const& pq = *libpq();
  std::vector<ColumnHeading> headings;
  Relation out;
  out.from = std::move(from);
  for (int i = 0; i < pq.nfields(result->get()); ++i) {
    std::string const name = pq.fname(result->get(), i);
    headings.push_back({clean(name), "", static_cast<std::uint32_t>(i)});
    out.columns.push_back(
        {"", quoted(name), sql_type_of(pq.ftype(result->get(), i)), has_small_scale(pq.fmod(result->get(), i))});
  }
  auto named = name_columns(headings, dataset_, 0);
  for (std::size_t i = 0; i < named.names.size(); ++i) out.columns[i].name = std::move(named.names[i]);
  out.notes = std::move(named.notes);
  return out;
}

/// Notes the encoding, what server it is, and which columns have a collation by which different texts are equal.
PostgresSource::Step<void> PostgresSource::find_folding(Lease const& lease, Relation& relation) const {
  Libpq const& pq = *libpq();
  auto const about = lease->run(
      "select pg_catalog.current_setting('server_encoding'), (select string_agg(oid::text, ' ') from "
      "pg_catalog.pg_collation where not collisdeterministic), exists (select from pg_catalog.pg_extension where "
      "extname = 'citus')");
  if (!about) return tl::unexpected(problem(about.error()));
  relation.encoding = pq.getvalue(about->get(), 0, 0);
  relation.server = dataset_.source.server;
  if (relation.server == SqlServer::automatic)
    relation.server =
        pq.getvalue(about->get(), 0, 2) == std::string_view("t") ? SqlServer::citus : SqlServer::postgresql;
  if (pq.getisnull(about->get(), 0, 1) != 0) return {};
  std::string const folding = fmt::format(" {} ", pq.getvalue(about->get(), 0, 1));
  std::string list;
  std::vector<std::size_t> texts;
  for (std::size_t i = 0; i < relation.columns.size(); ++i) {
    auto const& column = relation.columns[i];
    if (column.type != SqlType::text && column.type != SqlType::padded_text) continue;
    texts.push_back(i);
    list +=
        fmt::format("{}(collation for (r.{}))::pg_catalog.regcollation::oid", list.empty() ? "" : ", ", column.written);
  }
  if (texts.empty()) return {};
  // One row, whatever the table holds.
  auto const named = lease->run(
      fmt::format("select {} from (values (1)) as one left join (select * from {} as r limit 0) as r on true", list,
                  relation.from));
  if (!named) return tl::unexpected(problem(named.error()));
  for (std::size_t i = 0; i < texts.size(); ++i)
    relation.columns[texts[i]].folds =
        folding.find(fmt::format(" {} ", pq.getvalue(named->get(), 0, static_cast<int>(i)))) != std::string::npos;
  return {};
}

PostgresSource::Step<Relation> PostgresSource::find_relation(Lease const& lease) const {
  auto from = dataset_.source.query.empty() ? find_table(lease) : check_query(lease);
  if (!from) return tl::unexpected(std::move(from.error()));
  auto relation = describe(lease, *std::move(from));
  if (!relation) return relation;
  if (auto const found = find_folding(lease, *relation); !found) return tl::unexpected(found.error());
  return relation;
}

/// Asked for once: it is the snapshot's.
Result<Relation const*> PostgresSource::known_relation() const {
  std::lock_guard const lock(mutex_);
  if (!known_) {
    auto found = with_connection<Relation>([&](Lease const& lease) { return find_relation(lease); });
    if (!found) return failure(std::move(found.error()));
    known_ = *std::move(found);
  }
  return &*known_;
}

Result<std::vector<SqlColumn>> PostgresSource::sql_columns() const {
  auto const found = known_relation();
  if (!found) return failure(found.error());
  return (*found)->columns;
}

Result<std::string> PostgresSource::relation() const {
  auto const found = known_relation();
  if (!found) return failure(found.error());
  return (*found)->from;
}

Result<std::string> PostgresSource::encoding() const {
  auto const found = known_relation();
  if (!found) return failure(found.error());
  return (*found)->encoding;
}

Result<SqlServer> PostgresSource::server() const {
  auto const found = known_relation();
  if (!found) return failure(found.error());
  return (*found)->server;
}

Result<std::vector<FoundColumn>> PostgresSource::columns() const {
  auto const columns = sql_columns();
  if (!columns) return failure(columns.error());
  std::vector<FoundColumn> found;
  for (auto const& column : *columns) found.push_back({column.name, {.file = label_, .field = column.name}});
  if (!dataset_.source.file_column.empty()) found.push_back({dataset_.source.file_column, {.file = label_}});
  return found;
}

/// "copy (select ...) to stdout" of the wanted columns.
std::string copy_statement(Relation const& relation, std::vector<std::size_t> const& places) {
  std::string list;
  for (std::size_t const place : places) {
    bool const is_there = place < relation.columns.size();
    std::string const& written = is_there ? relation.columns[place].written : "null";
    bool const is_padded = is_there && relation.columns[place].type == SqlType::padded_text;
    list += (list.empty() ? "" : ", ") + written + (is_padded ? "::text" : "");
  }
  return fmt::format("copy (select {} from {} as r) to stdout", list.empty() ? "null" : list, relation.from);
}

PostgresSource::Step<void> PostgresSource::copy_rows(Lease const& lease, std::vector<std::size_t> const& places,
                                                     Relation const& relation, RowWriter& writer) const {
  Libpq const& pq = *libpq();
  std::vector<SqlValue> cells;
  std::string scratch;
  char* line = nullptr;
  int length = 0;
  bool more = true;
  std::uint64_t row = 0;
  while ((length = pq.get_copy_data((*lease).get(), &line, 0)) > 0) {
    std::unique_ptr<char, decltype(pq.freemem)> const held(line, pq.freemem);
    if (!more) continue;  // what was under way when the sink had enough
    cut_copy_line({line, static_cast<std::size_t>(length)}, scratch, cells);
    ++row;
    for (std::size_t target = 0; target < places.size(); ++target) {
      if (places[target] == kFileColumn)
        writer.canonical(target, label_, row);
      else if (places[target] != kNoColumn)
        write_cell(relation.columns[places[target]].type, cells[target], writer, target, row);
    }
    more = writer.end_row(row);
    if (!more) lease->cancel();
  }
  PostgresResult const ended(pq.get_result((*lease).get()));
  bool const well = length == -1 && pq.result_status(ended.get()) == PGRES_COMMAND_OK;
  auto const fault = well ? PostgresFault{} : lease->fault(length == -1 ? ended.get() : nullptr);
  while (PostgresResult const rest{pq.get_result((*lease).get())}) {
  }
  if (!well) PostgresResult const back(pq.exec((*lease).get(), "rollback to savepoint yekun"));
  if (!well && more) return tl::unexpected(problem(fault));
  writer.send();
  return {};
}

PostgresSource::Step<ScanSummary> PostgresSource::copy(Lease const& lease, ScanRequest const& request,
                                                       BatchSink& sink) const {
  auto const relation = find_relation(lease);
  if (!relation) return tl::unexpected(relation.error());
  std::vector<std::string> names;
  for (auto const& column : relation->columns) names.push_back(column.name);
  auto const places = find_wanted(request, names, dataset_, label_, 0);
  if (!places) return tl::unexpected(Problem{places.error(), false});
  auto writer = RowWriter::make(dataset_, request, sink);
  if (!writer) return tl::unexpected(Problem{writer.error(), false});
  // One process reads, so that rows come in the order of the table.
  auto const alone = lease->run("set local max_parallel_workers_per_gather = 0");
  if (!alone) return tl::unexpected(problem(alone.error()));
  Libpq const& pq = *libpq();
  std::string const sql = copy_statement(*relation, *places);
  if (pq.send_query_params((*lease).get(), sql.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0) == 0)
    return tl::unexpected(problem(lease->fault(nullptr)));
  PostgresResult const started(pq.get_result((*lease).get()));
  if (pq.result_status(started.get()) != PGRES_COPY_OUT) {
    auto const fault = lease->fault(started.get());
    while (PostgresResult const rest{pq.get_result((*lease).get())}) {
    }
    PostgresResult const back(pq.exec((*lease).get(), "rollback to savepoint yekun"));
    return tl::unexpected(problem(fault));
  }
  pool_->note_use(access_.connection);
  sink.begin(1);
  writer->start_file({.name = label_});
  for (auto const& note : relation->notes) writer->find(note);
  if (auto const copied = copy_rows(lease, *places, *relation, *writer); !copied) return tl::unexpected(copied.error());
  return writer->take_summary();
}

Result<ScanSummary> PostgresSource::scan(ScanRequest const& request, BatchSink& sink) const {
  return with_connection<ScanSummary>([&](Lease const& lease) { return copy(lease, request, sink); });
}

Result<void> PostgresSource::run(std::string const& sql, std::vector<std::string> const& parameters,
                                 std::function<bool(std::vector<SqlValue> const&)> const& row) const {
  return with_connection<void>([&](Lease const& lease) -> Step<void> {
    auto const many = lease->run("set local max_parallel_workers_per_gather to default");
    if (!many) return tl::unexpected(problem(many.error()));
    auto const fault = lease->each_row(sql, parameters, [&](std::vector<SqlValue> const& values) {
      pool_->note_use(access_.connection);
      return row(values);
    });
    if (fault) return tl::unexpected(problem(*fault));
    return {};
  });
}

}  // namespace

Result<std::unique_ptr<Source>> open_postgres_source(Dataset const& dataset, SourceContext const& context) {
  return std::make_unique<PostgresSource>(
      dataset, context.databases != nullptr ? context.databases : std::make_shared<PostgresPool>());
}

}  // namespace yekun
