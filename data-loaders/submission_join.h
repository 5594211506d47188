// The columns of a survey's submissions, added to batches of its repeats.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "data-loaders/csv_batches.h"
#include "data-loaders/source.h"

namespace yekun {

/// Submissions in memory: the wanted columns only, by key.
class SubmissionTable {
 public:
  /// The first of the table's columns is the key, its column i + 1 the wanted one i.
  explicit SubmissionTable(Table table);
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  /// A row; kNone: no such submission.
  std::uint32_t find(std::string_view key) const;
  Column const& column(std::size_t wanted) const { return table_.columns[wanted + 1]; }
  ScanSummary const& summary() const { return table_.summary; }
  /// Submissions whose key came before; the first of them counts.
  std::uint64_t doubled() const { return doubled_; }

 private:
  Table table_;
  std::unordered_map<std::string_view, std::uint32_t> rows_;  // keys are the dictionary's
  std::uint64_t doubled_ = 0;
};

/// Where the columns of a scan come from.
struct JoinPlan {
  struct From {
    bool joined = false;
    std::size_t at = 0;  // in the repeat's batch, or among the wanted columns of the submissions
    TextForm form = TextForm::coded;
  };
  std::vector<From> columns{};  // as they were asked for
  std::size_t key = 0;          // in the repeat's batch, text
  bool nested = false;          // keys of repeats in repeats: "uuid:1/children[2]"
  bool row_numbers = false;     // asked for
  Finding unmatched{};          // what rows without submission are told as; row, file and text are filled in
  bool personal = false;        // the key is
  std::vector<std::string> files{};
};

/// Takes batches of a repeat, passes them on with the columns of their submissions.
class JoinSink final : public BatchSink {
 public:
  JoinSink(JoinPlan const& plan, std::shared_ptr<SubmissionTable const> submissions, BatchSink& next)
      : plan_(plan), submissions_(std::move(submissions)), next_(next) {}
  void begin(unsigned workers) override;
  bool accept(Batch& batch) override;
  /// Rows without submission, in input order.
  Findings findings();

 private:
  std::vector<std::uint32_t> find_rows(Batch const& batch);
  void report(Batch const& batch, std::size_t row, std::string_view key);

  JoinPlan const& plan_;
  std::shared_ptr<SubmissionTable const> submissions_;
  BatchSink& next_;
  std::vector<WorkerFindings> workers_{};
};

}  // namespace yekun
