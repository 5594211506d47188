// Rows of typed cells -> batches, findings and a summary: for the loaders whose input is not text alone.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "data-loaders/cell_parser.h"
#include "data-loaders/source.h"

namespace yekun {

/// One worker's batches. A row's cells may come in any order; what is not set is missing.
class RowWriter {
 public:
  /// The wanted columns must be found already. Fails on a bad date form.
  static Result<RowWriter> make(Dataset const& dataset, ScanRequest const& request, BatchSink& sink);

  /// The rows that follow are of this file (also a sheet of one).
  void start_file(FileFacts facts);
  FileFacts& file() { return summary_.files.back(); }

  Type type(std::size_t column) const { return columns_[column].parser.type(); }
  TextForm form(std::size_t column) const { return request_[column].form; }
  /// No cleaning, marks or mapping: values may be set directly.
  bool plain(std::size_t column) const { return columns_[column].parser.plain(); }
  bool is_set(std::size_t column) const { return columns_[column].set; }

  // One cell of the row at hand. `row` is its physical number, for findings.
  /// Written by a person: parsed as the column and the dialect say. Empty: missing.
  void text(std::size_t column, std::string_view cell, std::uint64_t row);
  /// Written by a program: numbers with a point, dates in ISO.
  void canonical(std::size_t column, std::string_view cell, std::uint64_t row);
  void whole(std::size_t column, std::int64_t value);
  void number(std::size_t column, double value);
  /// Of a coded text column: a code that code_of() gave. Of a raw one, bytes that outlive the batch (see keep_alive).
  void code(std::size_t column, std::uint32_t code);
  void raw(std::size_t column, std::string_view lasting);
  /// Missing, and a finding.
  void reject(std::size_t column, std::string_view cell, std::string_view reason, std::uint64_t row,
              std::string_view rule = "rejected-cell");
  void missing(std::size_t column);
  /// The text is declared to mean missing.
  bool is_mark(std::size_t column, std::string_view cell);
  /// `text` would store it, or take it as missing.
  bool parses(std::size_t column, std::string_view cell);

  /// What `text` would store in a coded text column, without storing it: a code, kMissing, or kUncacheable where every
  /// such cell is a finding.
  static constexpr std::uint32_t kMissing = 0xFFFFFFFF;
  static constexpr std::uint32_t kUncacheable = 0xFFFFFFFE;
  std::uint32_t code_of(std::size_t column, std::string_view cell);

  /// Held by every batch from now on.
  void keep_alive(std::shared_ptr<void const> bytes);

  /// Ends a row. False when the sink wants no more.
  bool end_row(std::uint64_t row);
  /// Sends what is left: at the end of each file.
  bool send();

  void find(Finding finding);
  /// A row that could not be used: its cells are forgotten, it is counted and found.
  void skip_row(Finding finding);
  /// The sink wants no more.
  bool stopped() const { return stopped_; }
  ScanSummary take_summary() { return std::move(summary_); }

 private:
  struct Target {
    std::string name;
    bool personal = false;
    bool set = false;
    CellParser parser;
    CellParser canonical;
    std::shared_ptr<Dictionary> dictionary;
  };
  struct Bytes {
    std::vector<std::unique_ptr<char[]>> chunks;
    char* next = nullptr;
    std::size_t left = 0;
    std::shared_ptr<void const> lasting;
    std::string_view keep(std::string_view text);
  };

  RowWriter(Dataset const& dataset, ScanRequest const& request, BatchSink& sink);
  void open_batch();
  void put(std::size_t column, CellValue const& value, std::string_view cell, CellParser const& parser,
           std::uint64_t row);
  void found(std::size_t column, std::string_view rule, std::string_view cell, std::string reason, std::uint64_t row);

  std::string dataset_;
  std::vector<WantedColumn> request_;
  std::size_t batch_rows_;
  bool row_numbers_;
  BatchSink* sink_;
  std::vector<Target> columns_;
  Batch batch_;
  std::shared_ptr<Bytes> bytes_;
  std::shared_ptr<void const> lasting_;
  std::size_t at_ = 0;  // rows in the batch
  std::uint64_t order_ = 0;
  bool stopped_ = false;
  std::string scratch_;
  ScanSummary summary_;
};

}  // namespace yekun
