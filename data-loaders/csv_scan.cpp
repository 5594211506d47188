#include "data-loaders/csv_scan.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>

#include "data-loaders/findings.h"

namespace yekun {
namespace {

class Scan {
 public:
  Scan(std::string const& dataset, std::uint32_t files, OpenCsvFile const& open, ScanRequest const& request,
       BatchSink& sink)
      : files_(files), open_(open), request_(request), opened_(files) {
    unsigned const workers = std::max(request.threads, 1U);
    sink.begin(workers);
    for (unsigned i = 0; i < workers; ++i) workers_.push_back(std::make_unique<CsvBatches>(dataset, request, i, sink));
  }

  Result<ScanSummary> run();

 private:
  void work(CsvBatches& batches);
  CsvFile* file(std::uint32_t index);
  void fail(std::uint32_t index, Diagnostics problems);
  void hash();
  ScanSummary summarise();

  std::uint32_t files_;
  OpenCsvFile const& open_;
  ScanRequest const& request_;
  std::vector<std::unique_ptr<CsvBatches>> workers_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<CsvFile>> opened_;
  std::vector<std::string> hashes_;
  std::optional<std::pair<std::uint32_t, Diagnostics>> problem_;  // of the first file that has one
  std::atomic<bool> stop_{false};
};

void Scan::fail(std::uint32_t index, Diagnostics problems) {
  std::lock_guard const lock(mutex_);
  if (!problem_ || index < problem_->first) problem_ = {index, std::move(problems)};
  stop_ = true;
}

/// Null: it could not be opened.
CsvFile* Scan::file(std::uint32_t index) {
  Diagnostics problems;
  {
    std::lock_guard const lock(mutex_);
    if (opened_[index]) return opened_[index].get();
    if (problem_) return nullptr;
    auto opened = open_(index);
    if (opened) {
      opened_[index] = std::move(*opened);
      return opened_[index].get();
    }
    problems = opened.error();
  }
  fail(index, std::move(problems));
  return nullptr;
}

void Scan::work(CsvBatches& batches) {
  TextPiece piece;
  for (std::uint32_t i = 0; i < files_ && !stop_; ++i) {
    CsvFile* const csv = file(i);
    if (csv == nullptr) return;
    while (!stop_) {
      auto const more = csv->pieces->next(piece);
      if (!more) return fail(i, more.error());
      if (!*more) break;
      if (piece.structure.rows() == 0) continue;
      bool const go_on = batches.deliver(csv->plan, {.text = piece.text,
                                                     .structure = &piece.structure,
                                                     .owner = piece.buffer,
                                                     .order = (std::uint64_t{i} << 44U) + piece.offset,
                                                     .first_line = piece.first_line});
      if (!go_on) stop_ = true;
    }
  }
}

/// Beside the workers: a second pass over each file's bytes.
void Scan::hash() {
  hashes_.resize(files_);
  for (std::uint32_t i = 0; i < files_; ++i) {
    CsvFile* const csv = file(i);
    if (csv == nullptr) return;
    auto hex = sha256_of(*csv->text.file);
    if (!hex) return fail(i, hex.error());
    hashes_[i] = std::move(*hex);
  }
}

ScanSummary Scan::summarise() {
  ScanSummary summary;
  for (std::uint32_t i = 0; i < files_; ++i) {
    if (!opened_[i]) break;
    auto& facts = summary.files.emplace_back(std::move(opened_[i]->facts));
    if (i < hashes_.size()) facts.sha256 = std::move(hashes_[i]);
    for (auto const& worker : workers_)
      if (i < worker->rows_of_file().size()) facts.rows += worker->rows_of_file()[i];
    for (auto& note : opened_[i]->notes) summary.findings.add(std::move(note));
  }
  summary.notes = summary.findings.listed.size();
  std::vector<WorkerFindings*> found;
  for (auto const& worker : workers_) {
    summary.rows += worker->rows();
    found.push_back(&worker->findings());
  }
  summary.findings.add(merge(found));
  return summary;
}

Result<ScanSummary> Scan::run() {
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < workers_.size(); ++i) threads.emplace_back([this, i] { work(*workers_[i]); });
  if (request_.hash_files) threads.emplace_back([this] { hash(); });
  work(*workers_[0]);
  for (auto& thread : threads) thread.join();
  if (problem_) return failure(std::move(problem_->second));
  return summarise();
}

}  // namespace

Result<ScanSummary> scan_csv(std::string const& dataset, std::uint32_t files, OpenCsvFile const& open,
                             ScanRequest const& request, BatchSink& sink) {
  return Scan(dataset, files, open, request, sink).run();
}

}  // namespace yekun
