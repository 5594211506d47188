// A small hold on SQLite for the ledger: statements with bound values, transactions, and errors in plain words.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/diagnostic.h"

struct sqlite3;
struct sqlite3_stmt;

namespace yekun {

/// One statement. Bind from 1; step() while it gives rows; columns from 0.
class SqliteQuery {
 public:
  SqliteQuery(sqlite3* database, std::string_view sql);
  SqliteQuery& bind(std::string_view text);
  SqliteQuery& bind(std::int64_t number);
  SqliteQuery& bind_null();
  /// True while there is a row. After the last row or an error it is false: ask ok().
  bool step();
  bool ok() const { return ok_; }
  std::int64_t number(int column) const;
  std::string text(int column) const;
  bool is_null(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  int next_ = 1;
  bool ok_ = true;
};

class SqliteFile {
 public:
  /// Opens or makes the file (mode 0600), with write-ahead logging and full syncs: what is committed survives a power
  /// cut. Errors (Fault::delivery): it cannot be opened, is damaged, or another program holds it for `patience_ms`.
  static Result<SqliteFile> open(std::string const& path, int patience_ms);
  ~SqliteFile();
  SqliteFile(SqliteFile&&) noexcept;
  SqliteFile& operator=(SqliteFile&&) noexcept;

  SqliteQuery query(std::string_view sql) const { return {handle_.get(), sql}; }
  bool run(std::string_view sql) const;
  std::int64_t last_id() const;
  /// A whole copy, also while others write; nobody else may read it (mode 0600), and it is on disk when this returns.
  /// Errors: there is such a file already; it cannot be written, and then nothing of it is left.
  Diagnostics copy_to(std::string const& path) const;
  /// What went wrong last: full disk, locked, damaged, in words and with the file's name.
  Diagnostics problem() const;

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  SqliteFile(sqlite3* handle, std::string path);
  std::unique_ptr<sqlite3, Close> handle_;
  std::string path_;
};

/// begin immediate ... commit; rolls back if not committed.
class SqliteTransaction {
 public:
  explicit SqliteTransaction(SqliteFile const& database);
  ~SqliteTransaction();
  SqliteTransaction(SqliteTransaction const&) = delete;
  SqliteTransaction& operator=(SqliteTransaction const&) = delete;
  bool began() const { return open_; }
  bool commit();

 private:
  SqliteFile const& database_;
  bool open_ = false;
};

}  // namespace yekun
