// A source yields batches and findings. Every loader stands behind this interface.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/column.h"
#include "core/diagnostic.h"
#include "data-loaders/dataset.h"

namespace yekun {

/// Something in the data that is not as it should be.
struct Finding {
  std::string dataset{};
  std::string file{};     // as in the spec, relative
  std::uint64_t row = 0;  // 1-based physical row (or line of the first byte of the record for text files); 0: none
  std::string column{};
  std::string rule{};  // "rejected-cell", "skipped-row", "duplicate-key", a rule's id, ...
  Severity severity = Severity::warning;
  std::string text{};    // the cell's text, cut to 80 code points; masked ("•••") where the column is personal
  std::string reason{};  // plain words
};

/// Findings: capped in what is listed, never in what is counted. Listed ones stand in input order.
struct Findings {
  static constexpr std::size_t kListed = 1000;
  std::vector<Finding> listed{};
  /// (rule, column) -> how many
  std::map<std::pair<std::string, std::string>, std::uint64_t> counts{};
  std::uint64_t total = 0;
  std::uint64_t errors = 0;  // of severity error
  void add(Finding finding);
  void add(Findings const& other);
};

/// One file that was read.
struct FileFacts {
  std::string name{};  // relative to the programme's folder; "sheet" appended after "#" where there are several
  std::uint64_t bytes = 0;
  std::uint64_t rows = 0;     // data rows, skipped ones included
  std::uint64_t skipped = 0;  // rows that could not be used (each is a finding)
  std::string sha256{};       // lower-case hex; empty unless asked for
};

struct ScanSummary {
  std::vector<FileFacts> files{};
  std::uint64_t rows = 0;  // rows delivered in batches
  Findings findings{};
  std::size_t notes = 0;  // so many listed findings are of a file as a whole: several files' stand before all rows'
};

/// What a column is called in the file, and where.
struct FoundColumn {
  std::string name{};  // as headed (after the format's own clean-up); the declared name where "from" maps it
  Place place{};
};

struct WantedColumn {
  std::string name{};               // a declared column's name
  TextForm form = TextForm::coded;  // for text
  bool optional = false;            // a file (or sheet) without it: missing there, with a finding; else a failure
};

struct ScanRequest {
  std::vector<WantedColumn> columns{};  // may be empty: rows are still counted
  unsigned threads = 1;
  std::size_t batch_rows = 4096;  // at most
  bool hash_files = false;        // fill FileFacts::sha256
  bool row_numbers = false;       // fill Batch::row_numbers
  /// Index into Source::files() of the only file to be read, where reads_apart(): its batches, facts and findings are
  /// those of a whole scan, but orders begin anew.
  std::optional<std::uint32_t> only{};
};

/// Takes the batches of a scan. accept() is called from several threads at once, but never at once for one worker.
class BatchSink {
 public:
  BatchSink() = default;
  BatchSink(BatchSink const&) = delete;
  BatchSink& operator=(BatchSink const&) = delete;
  virtual ~BatchSink() = default;
  /// Before the first batch. Batches will have worker < workers.
  virtual void begin(unsigned workers) = 0;
  /// The batch may be changed and moved from. false ends the scan early.
  virtual bool accept(Batch& batch) = 0;
};

class PostgresPool;
class SqlTable;

/// What sources may use of the outside: a folder that paths are relative to and may not leave, and how to be stopped.
struct SourceContext {
  std::string folder{};                              // the programme's
  bool allow_outside = false;                        // granted by the spec's author
  std::map<std::string, std::string> environment{};  // the variables a spec may name (passwords), read by app/
  std::shared_ptr<PostgresPool> databases{};         // shared by the sources of a run; null: each has its own
};

/// A file by the name that summaries give it, and where it is.
struct SourceFile {
  std::string name{};
  std::string path{};
};

class Source {
 public:
  Source() = default;
  Source(Source const&) = delete;
  Source& operator=(Source const&) = delete;
  virtual ~Source() = default;

  /// The columns that are there, for checking names. Reads no more than it must.
  virtual Result<std::vector<FoundColumn>> columns() const = 0;

  /// Reads the wanted columns of all rows, typed as declared (undeclared: text). An unreadable file, an unknown column
  /// or a broken structure is a failure (Fault::data); a cell that does not parse is missing and a finding. Rejects are
  /// counted in wanted columns only. The same input gives the same batches up to the split among workers.
  virtual Result<ScanSummary> scan(ScanRequest const& request, BatchSink& sink) const = 0;

  /// The files whose bytes and names decide all that a scan gives; none where more does (a database, a stream, files
  /// beside them).
  virtual std::vector<SourceFile> files() const { return {}; }
  /// Whether each of files() can be read for itself. What is found in one may depend on the first one too, on no other.
  virtual bool reads_apart() const { return false; }

  /// Whether the rows are in a SQLite file, which is read like any other since that is faster than asking it.
  virtual bool in_sqlite() const { return false; }
  /// Where statements can be run on the rows; null where they are no table of a database.
  virtual SqlTable const* sql() const { return nullptr; }
};

/// Opens the dataset's source: finds the files, picks the loader. No file at all is a failure that names the pattern.
Result<std::unique_ptr<Source>> open_source(Dataset const& dataset, SourceContext const& context);

/// All rows in memory, in input order; for lookups, tests and small data.
struct Table {
  std::vector<std::string> names;
  std::vector<Column> columns;  // text is coded, one dictionary a column
  std::vector<std::uint32_t> file_of_row;
  std::vector<std::uint64_t> row_in_file;  // 1-based physical row
  ScanSummary summary;
  std::size_t rows() const { return columns.empty() ? 0 : columns.front().size(); }
};
Result<Table> read_table(Source const& source, std::vector<std::string> const& columns);

}  // namespace yekun
