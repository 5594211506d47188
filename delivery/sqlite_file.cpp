#include "delivery/sqlite_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace yekun {
namespace {

Diagnostics trouble(std::string const& path, std::string code, std::string message, std::string hint) {
  Diagnostic out;
  out.fault = Fault::delivery;
  out.code = std::move(code);
  out.place.file = path;
  out.message = std::move(message);
  out.hint = std::move(hint);
  return {out};
}

Diagnostics explain(std::string const& path, int code, std::string const& detail) {
  bool const no_room = (code & 0xFF) == SQLITE_FULL || code == SQLITE_IOERR_WRITE;  // a limit on sizes gives the latter
  if (no_room)
    return trouble(path, "ledger-full", "the ledger cannot be written: the disk is full",
                   "free some space and run it again; nothing half-done was kept");
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return trouble(path, "ledger-locked", "another program holds the ledger and does not let go",
                     "run it again when the other is done");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return trouble(path, "ledger-damaged", "the ledger is damaged, or is no ledger",
                     "put the last good copy back; copies stand beside it with the ending .backup");
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      return trouble(path, "ledger-closed", "the ledger cannot be opened for writing",
                     "see that its folder exists and may be written");
    default:
      return trouble(path, "ledger-error", fmt::format("the ledger does not answer: {}", detail), "");
  }
}

/// A file's first change to write-ahead logging does not wait for others by itself: it is tried again.
int set_up(sqlite3* handle, int patience_ms) {
  constexpr int kPauseMs = 20;
  for (int waited = 0;; waited += kPauseMs) {
    int const code = sqlite3_exec(handle,
                                  "pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on;"
                                  "pragma trusted_schema=off",
                                  nullptr, nullptr, nullptr);
    if ((code & 0xFF) != SQLITE_BUSY || waited >= patience_ms) return code;
    sqlite3_sleep(kPauseMs);
  }
}

}  // namespace

void SqliteQuery::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

SqliteQuery::SqliteQuery(sqlite3* database, std::string_view sql) {
  sqlite3_stmt* made = nullptr;
  ok_ = sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &made, nullptr) == SQLITE_OK;
  statement_.reset(made);
}

SqliteQuery& SqliteQuery::bind(std::string_view text) {
  char const* bytes = text.data() == nullptr ? "" : text.data();  // a null pointer would bind NULL
  ok_ = ok_ &&
        sqlite3_bind_text64(statement_.get(), next_++, bytes, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8) == SQLITE_OK;
  return *this;
}

SqliteQuery& SqliteQuery::bind(std::int64_t number) {
  ok_ = ok_ && sqlite3_bind_int64(statement_.get(), next_++, number) == SQLITE_OK;
  return *this;
}

SqliteQuery& SqliteQuery::bind_null() {
  ok_ = ok_ && sqlite3_bind_null(statement_.get(), next_++) == SQLITE_OK;
  return *this;
}

bool SqliteQuery::step() {
  if (!ok_) return false;
  int const code = sqlite3_step(statement_.get());
  ok_ = code == SQLITE_ROW || code == SQLITE_DONE;
  return code == SQLITE_ROW;
}

std::int64_t SqliteQuery::number(int column) const { return sqlite3_column_int64(statement_.get(), column); }

std::string SqliteQuery::text(int column) const {
  auto const* bytes = static_cast<char const*>(sqlite3_column_blob(statement_.get(), column));
  auto const size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
  return bytes == nullptr ? std::string() : std::string(bytes, size);
}

bool SqliteQuery::is_null(int column) const { return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL; }

void SqliteFile::Close::operator()(sqlite3* database) const { sqlite3_close(database); }
SqliteFile::SqliteFile(sqlite3* handle, std::string path) : handle_(handle), path_(std::move(path)) {}
SqliteFile::~SqliteFile() = default;
SqliteFile::SqliteFile(SqliteFile&&) noexcept = default;
SqliteFile& SqliteFile::operator=(SqliteFile&&) noexcept = default;

Result<SqliteFile> SqliteFile::open(std::string const& path, int patience_ms) {
  // Made here first, so that nobody else may read it even for a moment; the log files take over its mode.
  int const made = ::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (made < 0) return failure(explain(path, errno == ENOSPC ? SQLITE_FULL : SQLITE_CANTOPEN, std::strerror(errno)));
  ::close(made);
  sqlite3* handle = nullptr;
  int code = sqlite3_open_v2(path.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE, nullptr);
  SqliteFile out(handle, path);
  if (code == SQLITE_OK) {
    sqlite3_busy_timeout(handle, patience_ms);
    code = set_up(handle, patience_ms);
  }
  if (code != SQLITE_OK) return failure(explain(path, code, handle != nullptr ? sqlite3_errmsg(handle) : "no memory"));
  return out;
}

bool SqliteFile::run(std::string_view sql) const {
  return sqlite3_exec(handle_.get(), std::string(sql).c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
}

std::int64_t SqliteFile::last_id() const { return sqlite3_last_insert_rowid(handle_.get()); }

Diagnostics SqliteFile::problem() const {
  return explain(path_, sqlite3_extended_errcode(handle_.get()), sqlite3_errmsg(handle_.get()));
}

Diagnostics SqliteFile::copy_to(std::string const& path) const {
  int const file = ::open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
  if (file < 0 && errno == EEXIST)
    return trouble(path, "copy-exists", "there is such a file already",
                   "name another one; copies never replace anything");
  if (file < 0)
    return trouble(path, "copy-failed", fmt::format("the copy cannot be written: {}", std::strerror(errno)),
                   "see that its folder exists and may be written");
  auto copy = query("vacuum into ?");  // takes a file that is empty
  copy.bind(path).step();
  auto problems =
      copy.ok() ? Diagnostics{} : explain(path, sqlite3_extended_errcode(handle_.get()), sqlite3_errmsg(handle_.get()));
  if (problems.empty() && ::fsync(file) != 0) problems = explain(path, SQLITE_FULL, std::strerror(errno));
  ::close(file);
  if (!problems.empty()) ::unlink(path.c_str());
  return problems;
}

SqliteTransaction::SqliteTransaction(SqliteFile const& database)
    : database_(database), open_(database.run("begin immediate")) {}

SqliteTransaction::~SqliteTransaction() {
  if (open_) (void)database_.run("rollback");
}

bool SqliteTransaction::commit() {
  if (!open_ || !database_.run("commit")) return false;
  open_ = false;
  return true;
}

}  // namespace yekun
