#include "data-loaders/submission_join.h"

#include <utility>

#include "data-loaders/findings.h"

namespace yekun {
namespace {

/// Bytes of a batch, and the submissions that its joined texts are views into.
using Owners = std::pair<std::shared_ptr<void const>, std::shared_ptr<SubmissionTable const>>;

template <class T>
void pick(std::vector<T> const& from, std::vector<std::uint32_t> const& rows, std::vector<T>& to) {
  if (from.empty()) return;
  to.reserve(rows.size());
  for (std::uint32_t const row : rows) to.push_back(row == SubmissionTable::kNone ? T{} : from[row]);
}

Column joined_column(Column const& from, std::vector<std::uint32_t> const& rows, TextForm form) {
  Column to{.type = from.type, .present = {}, .form = form};
  to.present.reserve(rows.size());
  for (std::uint32_t const row : rows)
    to.present.push_back(row == SubmissionTable::kNone ? std::uint8_t{0} : from.present[row]);
  pick(from.whole, rows, to.whole);
  pick(from.number, rows, to.number);
  if (from.type != Type::text) {
    if (to.whole.empty() && from.type != Type::number) to.whole.resize(rows.size());
    if (to.number.empty() && from.type == Type::number) to.number.resize(rows.size());
    return to;
  }
  if (form == TextForm::coded) {
    to.dictionary = from.dictionary;
    to.codes.resize(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (to.has(i)) to.codes[i] = from.codes[rows[i]];
  } else {
    to.raw.resize(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (to.has(i)) to.raw[i] = from.text(rows[i]);
  }
  return to;
}

}  // namespace

SubmissionTable::SubmissionTable(Table table) : table_(std::move(table)) {
  Column const& keys = table_.columns.front();
  rows_.reserve(keys.size());
  for (std::uint32_t row = 0; row < keys.size(); ++row)
    if (keys.has(row) && !rows_.try_emplace(keys.text(row), row).second) ++doubled_;
}

std::uint32_t SubmissionTable::find(std::string_view key) const {
  auto const at = rows_.find(key);
  return at == rows_.end() ? kNone : at->second;
}

void JoinSink::begin(unsigned workers) {
  workers_.resize(workers);
  next_.begin(workers);
}

void JoinSink::report(Batch const& batch, std::size_t row, std::string_view key) {
  WorkerFindings& found = workers_[batch.worker];
  ++found.total;
  ++found.counts[{plan_.unmatched.rule, plan_.unmatched.column}];
  if (found.listed.size() >= Findings::kListed) return;
  Finding finding = plan_.unmatched;
  finding.row = batch.row_numbers[row];
  if (batch.file < plan_.files.size()) finding.file = plan_.files[batch.file];
  finding.text = shown_text(key, plan_.personal);
  found.listed.push_back({batch.order + row, 0, std::move(finding)});
}

std::vector<std::uint32_t> JoinSink::find_rows(Batch const& batch) {
  Column const& keys = batch.columns[plan_.key];
  std::vector<std::uint32_t> rows(batch.rows, SubmissionTable::kNone);
  for (std::size_t i = 0; i < batch.rows; ++i) {
    std::string_view const key = keys.has(i) ? keys.text(i) : std::string_view();
    std::string_view const submission = plan_.nested ? key.substr(0, key.find('/')) : key;
    rows[i] = submissions_->find(submission);
    if (rows[i] == SubmissionTable::kNone) report(batch, i, key);
  }
  return rows;
}

bool JoinSink::accept(Batch& batch) {
  auto const rows = find_rows(batch);
  std::vector<Column> columns;
  columns.reserve(plan_.columns.size());
  for (auto const& from : plan_.columns)
    columns.push_back(from.joined ? joined_column(submissions_->column(from.at), rows, from.form)
                                  : std::move(batch.columns[from.at]));
  batch.columns = std::move(columns);
  batch.bytes = std::make_shared<Owners const>(std::move(batch.bytes), submissions_);
  if (!plan_.row_numbers) batch.row_numbers.clear();
  return next_.accept(batch);
}

Findings JoinSink::findings() {
  std::vector<WorkerFindings*> found;
  for (auto& worker : workers_) found.push_back(&worker);
  return merge(found);
}

}  // namespace yekun
