// Connections to PostgreSQL for a run: all sources that name the same database see one snapshot of it.
#pragma once

#include <sys/types.h>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostic.h"
#include "data-loaders/libpq.h"
#include "data-loaders/postgres_problem.h"
#include "data-loaders/sql_table.h"

namespace yekun {

struct ClearResult {
  void operator()(PGresult* result) const;
};
using PostgresResult = std::unique_ptr<PGresult, ClearResult>;

/// One connection, in a read-only transaction with a savepoint behind which failed statements are forgotten.
class PostgresConnection {
 public:
  PostgresConnection(Libpq const& pq, PGconn* connection);
  PostgresConnection(PostgresConnection const&) = delete;
  PostgresConnection& operator=(PostgresConnection const&) = delete;
  ~PostgresConnection();
  PGconn* get() const { return connection_; }
  /// From another thread: the statement at work ends with an error.
  void cancel() const;
  /// Lets go of a connection that belongs to the process this one was forked from.
  void abandon();
  /// The result, or why there is none; `parameters` are texts.
  tl::expected<PostgresResult, PostgresFault> run(std::string const& sql,
                                                  std::vector<std::string> const& parameters = {}) const;
  /// Runs a statement and hands its rows over one by one, without holding them; `row` may end it by false.
  std::optional<PostgresFault> each_row(std::string const& sql, std::vector<std::string> const& parameters,
                                        std::function<bool(std::vector<SqlValue> const&)> const& row) const;
  /// What a result, or the connection without one, says.
  PostgresFault fault(PGresult const* result) const;

 private:
  Libpq const& pq_;
  PGconn* connection_;
  PGcancel* cancel_;
};

/// May be used by several threads.
class PostgresPool {
 public:
  PostgresPool() = default;
  PostgresPool(PostgresPool const&) = delete;
  PostgresPool& operator=(PostgresPool const&) = delete;
  ~PostgresPool() = default;

  /// Gives the connection back when it dies.
  class Lease {
   public:
    Lease(PostgresPool& pool, std::string key, std::unique_ptr<PostgresConnection> connection)
        : pool_(&pool), key_(std::move(key)), connection_(std::move(connection)) {}
    Lease(Lease&&) = default;
    Lease& operator=(Lease&&) = delete;
    Lease(Lease const&) = delete;
    Lease& operator=(Lease const&) = delete;
    ~Lease();
    PostgresConnection const& operator*() const { return *connection_; }
    PostgresConnection const* operator->() const { return connection_.get(); }

   private:
    PostgresPool* pool_;
    std::string key_;
    std::unique_ptr<PostgresConnection> connection_;
  };

  /// A connection that sees the snapshot of the first one to the same database. `patient`: a server that is not there
  /// is waited for, some seconds (it restarts). Errors: no library, no connection (Fault::data).
  Result<Lease> take(PostgresAccess const& access, bool patient = false);
  /// Rows of the snapshot were used: from now on no other may take its place.
  void note_use(std::string const& connection);
  bool is_used(std::string const& connection);
  /// Forgets the snapshot and its connections; the next take makes a new one. Not while there are leases.
  void forget(std::string const& connection);
  void forget_all();
  /// Cancels what is being asked, on all connections.
  void cancel();

 private:
  struct Database {
    std::string snapshot{};
    bool used = false;
    pid_t process = 0;
    std::vector<std::unique_ptr<PostgresConnection>> idle{};
  };
  Database& database(std::string const& key);
  void give_back(std::string const& key, std::unique_ptr<PostgresConnection> connection);
  Result<std::unique_ptr<PostgresConnection>> open(PostgresAccess const& access, bool patient);

  std::mutex mutex_{};
  std::map<std::string, Database> databases_{};
  std::vector<PostgresConnection const*> busy_{};
};

}  // namespace yekun
