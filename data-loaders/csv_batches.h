// Records of a piece of CSV text become typed batches.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "data-loaders/cell_memo.h"
#include "data-loaders/cell_parser.h"
#include "data-loaders/csv_layout.h"
#include "data-loaders/csv_structure.h"
#include "data-loaders/source.h"

namespace yekun {

/// One wanted column of one file.
struct CsvColumn {  // parsers are read only: shared by all workers
  static constexpr std::size_t kFileName = static_cast<std::size_t>(-1);
  static constexpr std::size_t kAbsent = static_cast<std::size_t>(-2);  // missing in every row
  std::string name;
  std::size_t cell = 0;  // its place in the record, kFileName or kAbsent
  TextForm form = TextForm::coded;
  CellParser parser;
};

/// How the rows of one file are read; shared by all workers.
struct CsvFilePlan {
  std::uint32_t file = 0;  // index into ScanSummary::files
  std::string name;        // as in findings
  std::string file_text;   // what the file column holds
  CsvDialect dialect;
  std::size_t width = 0;           // cells a record has
  bool personal = false;           // some column of the dataset is: cells without a column are masked
  std::vector<CsvColumn> columns;  // as in the request
};

/// A piece of text with whole records.
struct CsvPiece {
  std::string_view text;  // the structure's offsets count from here; at least 64 readable bytes follow
  Structure const* structure = nullptr;
  std::shared_ptr<void const> owner;  // of the text
  std::uint64_t order = 0;            // Batch::order of offset 0 of the text
  std::uint64_t first_line = 1;       // line of the first record
};

/// A finding with its place in the input, so that those of several workers can be put in order.
struct PlacedFinding {
  std::uint64_t order = 0;
  std::size_t cell = 0;
  Finding finding;
};

/// What one worker found. Listed are its first Findings::kListed in input order, which suffice: a worker takes pieces
/// in input order.
struct WorkerFindings {
  std::vector<PlacedFinding> listed;
  std::map<std::pair<std::string, std::string>, std::uint64_t> counts;
  std::uint64_t total = 0;
  std::uint64_t errors = 0;
};

/// The findings of all workers, as one worker alone would have listed them.
Findings merge(std::vector<WorkerFindings*> const& workers);

/// One worker: turns pieces into batches, with dictionaries that live as long as it does.
class CsvBatches {
 public:
  CsvBatches(std::string dataset, ScanRequest const& request, unsigned worker, BatchSink& sink);

  /// false: the sink wants no more.
  bool deliver(CsvFilePlan const& plan, CsvPiece const& piece);

  std::uint64_t rows() const { return rows_; }
  WorkerFindings& findings() { return findings_; }
  /// Rows by index of file.
  std::vector<std::uint64_t> const& rows_of_file() const { return rows_of_file_; }

 private:
  /// What was found in the current piece.
  struct Pending {
    std::uint32_t record = 0;
    std::size_t cell = 0;
    Finding finding;
  };
  struct Run {                               // rows of the current piece that make one batch
    std::uint32_t const* records = nullptr;  // null: the records from `first` on, each as wide as it should be
    std::size_t first = 0;
    std::size_t count = 0;
    std::uint32_t record(std::size_t i) const {
      return records != nullptr ? records[first + i] : static_cast<std::uint32_t>(first + i);
    }
  };

  bool is_regular(CsvFilePlan const& plan, CsvPiece const& piece) const;
  void select_rows(CsvFilePlan const& plan, CsvPiece const& piece);
  void report_strays(CsvFilePlan const& plan, CsvPiece const& piece);
  void check_width(CsvFilePlan const& plan, CsvPiece const& piece, std::uint32_t record, std::size_t cells);
  bool deliver_run(CsvFilePlan const& plan, CsvPiece const& piece, Run const& run);
  void fill(CsvFilePlan const& plan, CsvPiece const& piece, Run const& run, std::size_t at);
  template <class Take>
  void fill_regular(CsvFilePlan const& plan, CsvPiece const& piece, Run const& run, std::size_t at, Take take);
  bool fill_fast(CsvFilePlan const& plan, CsvPiece const& piece, Run const& run, std::size_t at);
  bool fill_by_lanes(CsvFilePlan const& plan, CsvPiece const& piece, Run const& run, std::size_t at);
  void fill_remembered(CsvFilePlan const& plan, CsvPiece const& piece, Run const& run, std::size_t at);
  void fill_file_name(CsvFilePlan const& plan, Run const& run, std::size_t at);
  void add_cell(CsvFilePlan const& plan, CsvPiece const& piece, CsvColumn const& column, std::uint32_t record,
                std::size_t at, std::size_t row);
  std::string_view checked(CsvColumn const& column, std::uint32_t record, std::string_view cell);
  void found(std::uint32_t record, std::size_t cell, Finding finding);
  void place_findings(CsvFilePlan const& plan, CsvPiece const& piece);
  void number_rows(CsvPiece const& piece, Run const& run);
  std::string_view keep(std::string_view text);

  std::string dataset_;
  ScanRequest const& request_;
  BatchSink& sink_;
  Batch batch_;
  std::vector<std::shared_ptr<Dictionary>> dictionaries_;
  std::vector<CellMemo> memos_;                    // one a column
  std::vector<std::uint32_t> records_;             // of the piece: those that are rows
  std::shared_ptr<std::deque<std::string>> kept_;  // texts of the batch that are not bytes of the piece
  std::string scratch_;
  std::string unquoted_;
  std::vector<Pending> pending_;
  WorkerFindings findings_;
  std::vector<std::uint64_t> rows_of_file_;
  std::uint64_t rows_ = 0;
};

}  // namespace yekun
