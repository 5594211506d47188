#include "data-loaders/postgres_pool.h"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>

namespace yekun {
namespace {

constexpr int kConnectMilliseconds = 10'000;  // of silence
constexpr int kPatience = 20;                 // tries, half a second apart

/// A service's name is a connection string of its own.
std::string conninfo(std::string const& connection) {
  if (connection.find('=') != std::string::npos || connection.find("://") != std::string::npos) return connection;
  std::string info = "service='";
  for (char const c : connection) info += c == '\'' || c == '\\' ? std::string{'\\', c} : std::string(1, c);
  return info + "'";
}

/// Connects without blocking in the library, so that a silent host has an end. Never null; its status says the rest.
PGconn* start(Libpq const& pq, std::string const& info, bool& silent) {
  std::array<char const*, 4> const keys{"dbname", "fallback_application_name", "client_encoding", nullptr};
  std::array<char const*, 4> const values{info.c_str(), "yekun", "UTF8", nullptr};
  PGconn* const connection = pq.connect_start(keys.data(), values.data(), 1);
  if (connection == nullptr || pq.status(connection) == CONNECTION_BAD) return connection;
  pq.set_error_verbosity(connection, PQERRORS_VERBOSE);  // with codes: messages are in the server's language
  for (PostgresPollingStatusType wish = PGRES_POLLING_WRITING;;) {
    pollfd wait{pq.socket(connection), static_cast<short>(wish == PGRES_POLLING_READING ? POLLIN : POLLOUT), 0};
    if (::poll(&wait, 1, kConnectMilliseconds) == 0) {
      silent = true;
      return connection;
    }
    wish = pq.connect_poll(connection);
    if (wish == PGRES_POLLING_OK || wish == PGRES_POLLING_FAILED) return connection;
  }
}

std::string text_of(char const* text) { return text == nullptr ? "" : text; }

Diagnostic no_library(PostgresAccess const& access) {
  return {.fault = Fault::data,
          .code = "no-library",
          .place = access.place,
          .message = fmt::format("the rows of '{}' are in PostgreSQL, whose library libpq.so.5 is not installed",
                                 access.dataset),
          .hint = "apt install libpq5"};
}

/// What a session is set to: one snapshot, plain forms of values, rows in the order of the table.
std::string opening(std::string const& snapshot) {
  std::string sql = "begin transaction isolation level repeatable read read only;";
  if (!snapshot.empty()) sql += "set transaction snapshot '" + snapshot + "';";
  return sql +
         "set local datestyle = 'ISO, YMD'; set local timezone = 'UTC'; set local extra_float_digits = 1;"
         "set local synchronize_seqscans = off; set local idle_in_transaction_session_timeout = 0;"
         "set local standard_conforming_strings = on; set local intervalstyle = 'iso_8601'";
}

/// Opens the transaction. An empty `snapshot` becomes that of this connection.
tl::expected<void, PostgresFault> begin(PostgresConnection const& connection, std::string& snapshot) {
  Libpq const& pq = *libpq();
  for (auto const& [sql, is_wanted] :
       {std::pair(opening(snapshot), true),
        std::pair(std::string("select pg_catalog.pg_export_snapshot()"), snapshot.empty()),
        std::pair(std::string("savepoint yekun"), true)}) {
    if (!is_wanted) continue;
    PostgresResult const result(pq.exec(connection.get(), sql.c_str()));
    auto const status = pq.result_status(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) return tl::unexpected(connection.fault(result.get()));
    if (status == PGRES_TUPLES_OK) snapshot = pq.getvalue(result.get(), 0, 0);
  }
  return {};
}

}  // namespace

void ClearResult::operator()(PGresult* result) const { libpq()->clear(result); }

PostgresConnection::PostgresConnection(Libpq const& pq, PGconn* connection)
    : pq_(pq), connection_(connection), cancel_(pq.get_cancel(connection)) {}

PostgresConnection::~PostgresConnection() {
  if (cancel_ != nullptr) pq_.free_cancel(cancel_);
  if (connection_ != nullptr) pq_.finish(connection_);
}

void PostgresConnection::cancel() const {
  std::array<char, 256> said{};
  if (cancel_ != nullptr) pq_.cancel(cancel_, said.data(), static_cast<int>(said.size()));
}

void PostgresConnection::abandon() {
  ::close(pq_.socket(connection_));  // the parent's conversation goes on, so nothing may be said
  connection_ = nullptr;
}

PostgresFault PostgresConnection::fault(PGresult const* result) const {
  bool const lost = pq_.status(connection_) == CONNECTION_BAD;
  if (result == nullptr) return fault_of(text_of(pq_.error_message(connection_)), lost);
  PostgresFault out = fault_of(text_of(pq_.result_error_message(result)), lost);
  if (char const* state = pq_.result_error_field(result, PG_DIAG_SQLSTATE); state != nullptr) {
    out.state = state;
    out.words = text_of(pq_.result_error_field(result, PG_DIAG_MESSAGE_PRIMARY));
    out.hint = text_of(pq_.result_error_field(result, PG_DIAG_MESSAGE_HINT));
  }
  return out;
}

tl::expected<PostgresResult, PostgresFault> PostgresConnection::run(std::string const& sql,
                                                                    std::vector<std::string> const& parameters) const {
  std::vector<char const*> values;
  for (auto const& parameter : parameters) values.push_back(parameter.c_str());
  PostgresResult result(pq_.exec_params(connection_, sql.c_str(), static_cast<int>(values.size()), nullptr,
                                        values.data(), nullptr, nullptr, 0));
  auto const status = pq_.result_status(result.get());
  if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) return result;
  auto problem = fault(result.get());
  PostgresResult const back(pq_.exec(connection_, "rollback to savepoint yekun"));
  return tl::unexpected(std::move(problem));
}

std::optional<PostgresFault> PostgresConnection::each_row(
    std::string const& sql, std::vector<std::string> const& parameters,
    std::function<bool(std::vector<SqlValue> const&)> const& row) const {
  std::vector<char const*> values;
  for (auto const& parameter : parameters) values.push_back(parameter.c_str());
  if (pq_.send_query_params(connection_, sql.c_str(), static_cast<int>(values.size()), nullptr, values.data(), nullptr,
                            nullptr, 0) == 0)
    return fault(nullptr);
  pq_.set_single_row_mode(connection_);
  std::optional<PostgresFault> failed;
  bool more = true;
  std::vector<SqlValue> cells;
  while (PostgresResult const result{pq_.get_result(connection_)}) {
    auto const status = pq_.result_status(result.get());
    if (status == PGRES_TUPLES_OK) continue;  // after the last row
    if (status != PGRES_SINGLE_TUPLE) {
      if (more) failed = fault(result.get());
      continue;
    }
    if (!more) continue;
    cells.resize(static_cast<std::size_t>(pq_.nfields(result.get())));
    for (int c = 0; c < pq_.nfields(result.get()); ++c)
      cells[static_cast<std::size_t>(c)] =
          pq_.getisnull(result.get(), 0, c) != 0
              ? SqlValue()
              : SqlValue(
                    {pq_.getvalue(result.get(), 0, c), static_cast<std::size_t>(pq_.getlength(result.get(), 0, c))});
    more = row(cells);
    if (!more) cancel();
  }
  if (failed || !more) PostgresResult const back(pq_.exec(connection_, "rollback to savepoint yekun"));
  return failed;
}

PostgresPool::Lease::~Lease() {
  if (connection_ != nullptr) pool_->give_back(key_, std::move(connection_));
}

/// A process that was forked from the one that connected shares the snapshot, not the connections.
PostgresPool::Database& PostgresPool::database(std::string const& key) {
  Database& found = databases_[key];
  if (found.process != ::getpid()) {
    for (auto const& connection : found.idle) connection->abandon();
    found.idle.clear();
    found.process = ::getpid();
  }
  return found;
}

void PostgresPool::give_back(std::string const& key, std::unique_ptr<PostgresConnection> connection) {
  std::lock_guard const lock(mutex_);
  std::erase(busy_, connection.get());
  if (libpq()->status(connection->get()) == CONNECTION_OK) database(key).idle.push_back(std::move(connection));
}

void PostgresPool::note_use(std::string const& connection) {
  std::lock_guard const lock(mutex_);
  database(connection).used = true;
}

bool PostgresPool::is_used(std::string const& connection) {
  std::lock_guard const lock(mutex_);
  return database(connection).used;
}

void PostgresPool::forget(std::string const& connection) {
  std::lock_guard const lock(mutex_);
  databases_.erase(connection);
}

void PostgresPool::forget_all() {
  std::lock_guard const lock(mutex_);
  databases_.clear();
}

void PostgresPool::cancel() {
  std::lock_guard const lock(mutex_);
  for (auto const* connection : busy_) connection->cancel();
}

Result<std::unique_ptr<PostgresConnection>> PostgresPool::open(PostgresAccess const& access, bool patient) {
  Libpq const* const pq = libpq();
  if (pq == nullptr) return failure(no_library(access));
  std::string const info = conninfo(access.connection);
  for (int tries = patient ? kPatience : 1;; --tries) {
    bool silent = false;
    PGconn* const raw = start(*pq, info, silent);
    if (raw == nullptr) return failure(no_library(access));
    auto connection = std::make_unique<PostgresConnection>(*pq, raw);
    if (pq->status(raw) == CONNECTION_OK) return connection;
    auto fault = connection->fault(nullptr);
    if (silent) fault = {.words = fmt::format("'{}' does not answer", text_of(pq->host(raw))), .lost = true};
    if (tries == 1 && is_restarting(fault) && !patient) {
      patient = true;
      tries = kPatience;
    }
    bool const may_come = is_restarting(fault) || fault.state.empty();
    if (!patient || tries <= 1 || !may_come)
      return failure(
          cannot_connect(fault, access, text_of(pq->user(raw)), text_of(pq->host(raw)), text_of(pq->db(raw))));
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
  }
}

Result<PostgresPool::Lease> PostgresPool::take(PostgresAccess const& access, bool patient) {
  std::unique_ptr<PostgresConnection> connection;
  std::string snapshot;
  {
    std::lock_guard const lock(mutex_);
    Database& known = database(access.connection);
    snapshot = known.snapshot;
    if (!known.idle.empty()) {
      connection = std::move(known.idle.back());
      known.idle.pop_back();
    }
  }
  if (connection == nullptr) {
    auto opened = open(access, patient);
    if (!opened) return failure(std::move(opened.error()));
    connection = std::move(*opened);
    if (auto const begun = begin(*connection, snapshot); !begun)
      return failure(statement_failed(begun.error(), access));
  }
  auto const timed = connection->run(fmt::format("set local statement_timeout = '{}s'", access.timeout_seconds));
  std::unique_lock lock(mutex_);
  Database& known = database(access.connection);
  if (timed) {
    known.snapshot = snapshot;
    busy_.push_back(connection.get());
    return Lease(*this, access.connection, std::move(connection));
  }
  if (!timed.error().lost || known.used || patient) return failure(statement_failed(timed.error(), access));
  databases_.erase(access.connection);
  lock.unlock();
  return take(access, true);
}

}  // namespace yekun
