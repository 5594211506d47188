#include "data-loaders/profile.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/utf8.h"
#include "data-loaders/findings.h"
#include "data-loaders/profile_column.h"

namespace yekun {
namespace {

constexpr std::size_t kShownGroups = 10;
constexpr std::size_t kMostSeries = 20'000;

std::uint64_t hash_of(std::string_view text, std::uint64_t seed) {
  std::uint64_t h = seed ^ 0xCBF29CE484222325ULL;
  for (char const c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  h ^= h >> 32U;
  h *= 0xD6E8FEB86659FD93ULL;
  return h ^ (h >> 32U);
}

struct KeyRow {
  std::uint64_t key = 0;
  std::uint64_t order = 0;
  std::uint64_t row = 0;
};

struct WorkerState {
  std::vector<ColumnState> columns;
  std::map<std::string, std::set<std::int32_t>> series;  // days with rows
  std::set<std::int32_t> days;
  bool more_series = false;
  std::vector<KeyRow> keys;
  std::uint64_t undated = 0;
};

/// Which of the request's columns make the key and the date.
struct Roles {
  std::vector<bool> infer;
  std::vector<std::size_t> key;
  std::vector<std::size_t> series;
  std::optional<std::size_t> date;
  bool masked = false;  // the series has a personal column
};

class ProfileSink final : public BatchSink {
 public:
  ProfileSink(std::size_t columns, Roles roles) : columns_(columns), roles_(std::move(roles)) {}

  void begin(unsigned workers) override {
    workers_.resize(workers);
    for (auto& worker : workers_) worker.columns.resize(columns_);
  }

  bool accept(Batch& batch) override {
    WorkerState& worker = workers_[batch.worker];
    std::string scratch;
    for (std::size_t i = 0; i < columns_; ++i) worker.columns[i].add(batch.columns[i], roles_.infer[i], scratch);
    if (!roles_.key.empty()) add_keys(batch, worker, scratch);
    if (roles_.date) add_days(batch, worker, scratch);
    return true;
  }

  /// All workers as one.
  WorkerState merged() {
    WorkerState all;
    all.columns.resize(columns_);
    for (auto const& worker : workers_) {
      for (std::size_t i = 0; i < columns_; ++i) all.columns[i].add(worker.columns[i]);
      for (auto const& [name, days] : worker.series) all.series[name].insert(days.begin(), days.end());
      all.days.insert(worker.days.begin(), worker.days.end());
      all.more_series = all.more_series || worker.more_series;
      all.keys.insert(all.keys.end(), worker.keys.begin(), worker.keys.end());
      all.undated += worker.undated;
    }
    return all;
  }

 private:
  void add_keys(Batch const& batch, WorkerState& worker, std::string& scratch) const {
    for (std::size_t row = 0; row < batch.rows; ++row) {
      KeyRow key{0, batch.order + row, row < batch.row_numbers.size() ? batch.row_numbers[row] : 0};
      for (std::size_t const i : roles_.key) {
        Column const& column = batch.columns[i];
        key.key =
            hash_of(column.has(row) ? text_of(column, row, scratch) : std::string_view(), key.key + column.has(row));
      }
      worker.keys.push_back(key);
    }
  }

  void add_days(Batch const& batch, WorkerState& worker, std::string& scratch) const {
    Column const& date = batch.columns[*roles_.date];
    if (date.type != Type::date) return;
    std::string name;
    for (std::size_t row = 0; row < batch.rows; ++row) {
      if (!date.has(row)) {
        ++worker.undated;
        continue;
      }
      name.clear();
      for (std::size_t const i : roles_.series) {
        if (!name.empty()) name += " / ";
        if (batch.columns[i].has(row)) name += text_of(batch.columns[i], row, scratch);
      }
      auto const day = static_cast<std::int32_t>(date.whole[row]);
      worker.days.insert(day);
      auto const at = worker.series.find(name);
      if (at != worker.series.end())
        at->second.insert(day);
      else if (worker.series.size() < kMostSeries)
        worker.series[name].insert(day);
      else
        worker.more_series = true;
    }
  }

  std::size_t columns_;
  Roles roles_;
  std::vector<WorkerState> workers_;
};

void find_duplicates(std::vector<KeyRow> keys, DataProfile& profile) {
  std::sort(keys.begin(), keys.end(),
            [](KeyRow const& a, KeyRow const& b) { return a.key != b.key ? a.key < b.key : a.order < b.order; });
  std::vector<KeyRow> doubled;
  for (std::size_t i = 1; i < keys.size(); ++i)
    if (keys[i].key == keys[i - 1].key) doubled.push_back(keys[i]);
  profile.duplicate_rows = doubled.size();
  std::sort(doubled.begin(), doubled.end(), [](KeyRow const& a, KeyRow const& b) { return a.order < b.order; });
  for (std::size_t i = 0; i < std::min(doubled.size(), kShownGroups); ++i)
    profile.duplicate_examples.push_back(doubled[i].row);
}

SeriesGaps gaps_of(std::string const& name, std::set<std::int32_t> const& days) {
  SeriesGaps gaps{name, 0, {}};
  std::int32_t const span = *days.rbegin() - *days.begin() + 1;
  if (static_cast<std::size_t>(span) > days.size() * 2) return gaps;  // not a daily series
  std::int32_t expected = *days.begin();
  for (std::int32_t const day : days) {
    if (day > expected) {
      gaps.days += static_cast<std::uint64_t>(day - expected);
      if (gaps.gaps.size() < kShownGroups) gaps.gaps.push_back({Date{expected}, Date{day - 1}});
    }
    expected = day + 1;
  }
  return gaps;
}

void find_gaps(WorkerState& state, bool masked, DataProfile& profile) {
  if (state.days.empty()) return;
  profile.first = Date{*state.days.begin()};
  profile.last = Date{*state.days.rbegin()};
  if (state.more_series || state.series.size() > kMostSeries) {  // too many to follow: all rows as one series
    state.series.clear();
    state.series[""] = state.days;
  }
  profile.series = state.series.size();
  for (auto const& [name, days] : state.series) {
    auto gaps = gaps_of(masked ? "•••" : shown_text(name, false), days);
    profile.gap_days += gaps.days;
    if (gaps.days > 0) profile.gaps.push_back(std::move(gaps));
  }
  std::stable_sort(profile.gaps.begin(), profile.gaps.end(),
                   [](auto const& a, auto const& b) { return a.days > b.days; });
  if (profile.gaps.size() > kShownGroups) profile.gaps.resize(kShownGroups);
}

Roles roles_of(Dataset const& dataset, std::vector<std::string> const& names) {
  Roles roles;
  auto const place = [&](std::string const& name) {
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
  };
  for (auto const& name : names) roles.infer.push_back(dataset.column(name) == nullptr);
  if (!dataset.date.empty() && place(dataset.date.front()) < names.size()) roles.date = place(dataset.date.front());
  for (auto const& name : dataset.key) {
    std::size_t const at = place(name);
    if (at == names.size()) continue;
    roles.key.push_back(at);
    if (at == roles.date) continue;
    roles.series.push_back(at);
    ColumnSpec const* const spec = dataset.column(name);
    roles.masked = roles.masked || (spec != nullptr && spec->personal);
  }
  return roles;
}

}  // namespace

Result<DataProfile> profile(Dataset const& dataset, Source const& source, unsigned threads) {
  auto const found = source.columns();
  if (!found) return failure(found.error());
  ScanRequest request;
  request.threads = threads;
  request.row_numbers = !dataset.key.empty();
  std::vector<std::string> names;
  for (auto const& column : *found) names.push_back(column.name);
  for (auto const& column : dataset.columns)
    if (std::find(names.begin(), names.end(), column.name) == names.end()) names.push_back(column.name);
  for (auto const& name : names) request.columns.push_back({name, TextForm::raw, dataset.column(name) == nullptr});
  Roles const roles = roles_of(dataset, names);
  ProfileSink sink(names.size(), roles);
  auto summary = source.scan(request, sink);
  if (!summary) return failure(summary.error());
  WorkerState state = sink.merged();
  DataProfile result;
  result.dataset = dataset.id;
  result.files = summary->files;
  result.rows = summary->rows;
  for (std::size_t i = 0; i < names.size(); ++i)
    result.columns.push_back(profile_of(names[i], dataset.column(names[i]), state.columns[i], summary->findings));
  if (roles.date) result.date_column = names[*roles.date];
  result.undated = state.undated;
  find_gaps(state, roles.masked, result);
  result.key = dataset.key;
  find_duplicates(state.keys, result);
  result.findings = std::move(summary->findings);
  return result;
}

}  // namespace yekun
