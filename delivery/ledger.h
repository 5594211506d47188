// The ledger: one SQLite file that remembers what was built from what, what was submitted, and what was delivered to
// whom. It holds figures of groups that were published, file names, hashes and addresses; never a value of a person.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "delivery/sqlite_file.h"

namespace yekun {

/// A file and what it held.
struct LedgerFile {
  std::string name;
  std::string sha256;
  std::uint64_t bytes = 0;
  std::uint64_t rows = 0;  // of inputs
  friend bool operator==(LedgerFile const&, LedgerFile const&) = default;
};

/// A published figure. `rule` is a hash of its definition, `rows` how many rows it used.
struct LedgerFigure {
  std::string id;      // people_served@2025-Q3[region=Quba]
  std::string state;   // value, missing, not-applicable, suppressed
  std::string number;  // as `query` prints it; empty unless a value
  std::string target;  // empty: none
  std::string rule;
  std::uint64_t rows = 0;
  friend bool operator==(LedgerFigure const&, LedgerFigure const&) = default;
};

struct LedgerBuild {
  std::int64_t id = 0;
  std::int64_t at = 0;  // seconds since 1970-01-01T00:00:00Z
  std::string report;   // the report's id
  std::string member;   // of for_each; empty: the whole or the overview
  std::string period;
  std::string as_of;
  std::string spec_sha256;
  std::string version;
  std::string command;           // that builds it again
  std::int64_t submissions = 0;  // the number of the last submission that its restatements look at
  std::string receipt{};         // what its files carry
  std::vector<LedgerFile> inputs{};
  std::vector<LedgerFile> outputs{};
  std::vector<LedgerFigure> figures{};
};

struct Submission {
  std::int64_t id = 0;
  std::int64_t build = 0;
  std::int64_t at = 0;
  std::string to;  // "EU Delegation": a donor's name, as the user gave it
  std::string report;
  std::string member;
  std::string period;
};

/// One time at which a job was due, or one period of a report that was sent by hand.
struct Occurrence {
  std::string job;
  std::string name;
  std::string state;     // "delivered", "not-needed", "too-late"; "waiting" and "under-way" go on
  std::string detail{};  // why not
  std::int64_t at = 0;
};

class Ledger {
 public:
  /// Opens or makes it; brings an older one to this version after a copy of it (<path>.backup); checks its integrity.
  /// Waits up to `patience_ms` wherever another program holds it. Errors (Fault::delivery): damaged, locked, made by a
  /// newer version, disk full.
  static Result<Ledger> open(std::string const& path, int patience_ms = 10'000);

  /// Adds a build with its files and figures, whole or not at all; gives its number. A build that is the same as the
  /// last of its report, member and period in everything but the time is not added again: it gives that one's number.
  Result<std::int64_t> record(LedgerBuild const& build);
  /// Files that a build has written since it was recorded; those that it has already are left.
  Diagnostics add_outputs(std::int64_t build, std::vector<LedgerFile> const& files) const;
  Result<std::optional<LedgerBuild>> build(std::int64_t id) const;
  Result<std::optional<LedgerBuild>> last_build(std::string_view report, std::string_view member,
                                                std::string_view period) const;
  /// The newest build that wrote a file with this hash.
  Result<std::optional<LedgerBuild>> build_of_file(std::string_view sha256) const;

  /// The newest build whose files carry this receipt.
  Result<std::optional<LedgerBuild>> build_of_receipt(std::string_view receipt) const;

  /// The build of the job's last occurrence that came to a reader, or may have.
  Result<std::optional<LedgerBuild>> delivered_build(std::string_view job) const;
  /// What became of one occurrence of a job. A build of 0 leaves what is noted.
  Diagnostics note_occurrence(Occurrence const& occurrence, std::int64_t build) const;
  Result<std::optional<Occurrence>> occurrence(std::string_view job, std::string_view name) const;
  /// All of them, oldest first.
  Result<std::vector<Occurrence>> occurrences() const;

  /// Since when a job is looked after: the moment of the first call, which is kept.
  Result<std::int64_t> job_since(std::string_view job, std::int64_t now) const;

  /// Freezes a build: what the donor got.
  Result<std::int64_t> submit(std::int64_t build, std::string_view to, std::int64_t at);
  /// The last submission of each report, member and period; of one report if it is named, with numbers up to `last`.
  Result<std::vector<Submission>> submissions(std::string_view report = {}, std::int64_t last = INT64_MAX) const;

  /// A whole copy, also while others write. Error: the file is there already, or cannot be written.
  Diagnostics copy_to(std::string const& path) const { return database_.copy_to(path); }

  SqliteFile const& database() const { return database_; }

 private:
  explicit Ledger(SqliteFile database) : database_(std::move(database)) {}
  SqliteFile database_;
};

}  // namespace yekun
