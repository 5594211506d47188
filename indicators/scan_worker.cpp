#include "indicators/scan_worker.h"

#include <algorithm>
#include <utility>

namespace yekun {

namespace {

Boundaries every_day(FiscalYear const& fiscal) {
  Boundaries boundaries;
  boundaries.every_day = boundaries.outside = true;
  boundaries.fiscal = fiscal;
  return boundaries;
}

}  // namespace

ScanWorker::ScanWorker(CompiledPlan const& plan, std::vector<LookupTable const*> const& lookups,
                       std::vector<IdTable*> const& ids, unsigned worker)
    : plan_(plan), values_(plan, lookups, ids, worker), first_contacts_(plan.contacts.size()), grouped_(plan) {
  for (std::size_t g = 0; g < plan.groupings.size(); ++g) {
    WorkerGroups groups;
    groups.mode = plan.plan.groupings[g].time;
    for (std::size_t i = 0; i < plan.groupings[g].by.size(); ++i)
      groups.by.push_back(std::make_unique<DimensionCoder>());
    for (std::size_t i = 0; i < plan.groupings[g].reporters.size(); ++i)
      groups.reporters.push_back(std::make_unique<DimensionCoder>());
    groups.table.emplace(groups.first_by_word() + groups.by.size());
    groups.slots =
        std::make_unique<TimeSlots>(groups.by_report() ? every_day(plan.plan.boundaries.fiscal) : plan.plan.boundaries);
    for (auto const& aggregate : plan.groupings[g].aggregates) {
      groups.states.push_back(make_accumulator(aggregate.kind, aggregate.type));
      groups.states.back()->resize(1);
    }
    groups_.push_back(std::move(groups));
  }
}

bool ScanWorker::accept(Batch const& batch) {
  if (batch.rows == 0) return true;
  values_.begin(batch);
  note_days();
  note_contacts();
  for (std::size_t g = 0; g < groups_.size(); ++g)
    if (!groups_[g].by_window()) add_rows(g, nullptr);
  bool const any_by_window = std::any_of(groups_.begin(), groups_.end(), [](auto const& g) { return g.by_window(); });
  for (std::size_t w = 0; any_by_window && w < plan_.plan.windows.size(); ++w) {
    if (!find_window_rows(plan_.plan.windows[w], static_cast<std::uint32_t>(w) + 1)) continue;
    values_.set_window(plan_.plan.windows[w]);
    for (std::size_t g = 0; g < groups_.size(); ++g)
      if (groups_[g].by_window()) add_rows(g, window_codes_.data());
  }
  return !values_.failed();
}

void ScanWorker::note_days() {
  auto const& days = values_.days();
  std::uint8_t const* const dated = values_.dated();
  bool const interval = plan_.dates.size() == 2;
  Column const* const last = interval ? &values_.schema_column(plan_.dates[1]) : nullptr;
  if (interval) ends_.assign(days.size(), kLastDate.days);
  for (std::size_t i = 0; i < days.size(); ++i) {
    if (dated[i] == 0) {
      ++undated_;
      continue;
    }
    first_day_ = std::min(first_day_, days[i]);
    last_day_ = std::max(last_day_, days[i]);
    has_open_ |= interval && !last->has(i);
    if (!interval || !last->has(i)) continue;
    ends_[i] = static_cast<std::int32_t>(last->whole[i]);
    last_day_ = std::max(last_day_, ends_[i]);
  }
}

void ScanWorker::note_contacts() {
  for (std::size_t c = 0; c < plan_.contacts.size(); ++c) {
    std::uint32_t const* const ids = values_.ids(plan_.contacts[c].ids);
    std::uint8_t const* const use = values_.mask(plan_.contacts[c].mask);
    auto& first = first_contacts_[c];
    std::uint32_t const limit = values_.id_limit(plan_.contacts[c].ids);
    if (first.size() < limit) first.resize(std::size_t{limit} + limit / 2, kNever);
    for (std::size_t i = 0; i < values_.rows(); ++i)
      if (use[i] != 0) first[ids[i]] = std::min(first[ids[i]], values_.days()[i]);
  }
}

/// Marks the rows of the window with `code`, others with 0. False if there are none.
bool ScanWorker::find_window_rows(Period const& window, std::uint32_t code) {
  auto const& days = values_.days();
  std::uint8_t const* const dated = values_.dated();
  bool const interval = plan_.dates.size() == 2;
  bool const all = window.label == "all";
  window_codes_.assign(days.size(), 0);
  bool any = false;
  for (std::size_t i = 0; i < days.size(); ++i) {
    bool in = all;
    if (dated[i] != 0 && !all)
      in = interval ? days[i] < window.end.days && ends_[i] >= window.first.days : window.contains(Date{days[i]});
    window_codes_[i] = in ? code : 0;
    any |= in;
  }
  return any;
}

void ScanWorker::add_rows(std::size_t g, std::uint32_t const* window_code) {
  WorkerGroups& groups = groups_[g];
  CompiledGrouping const& grouping = plan_.groupings[g];
  std::size_t const rows = values_.rows();
  std::size_t const words = groups.table->words();
  if (words_.size() < words) words_.resize(words);
  std::vector<std::uint32_t const*> keys(words);
  std::size_t w = 0;
  if (window_code != nullptr) keys[w++] = window_code;
  if (window_code == nullptr || groups.by_report()) {
    words_[w].resize(rows);
    groups.slots->code(values_.days().data(), values_.dated(), rows, words_[w].data());
    keys[w] = words_[w].data();
    ++w;
  }
  auto const code = [&](std::size_t expression, DimensionCoder& coder) {
    words_[w].resize(rows);
    coder.code(values_.value(expression), rows, words_[w].data());
    keys[w] = words_[w].data();
    ++w;
  };
  for (std::size_t i = 0; i < grouping.reporters.size(); ++i) code(grouping.reporters[i], *groups.reporters[i]);
  for (std::size_t i = 0; i < grouping.by.size(); ++i) code(grouping.by[i], *groups.by[i]);
  if (grouping.splits) {
    add_split(g, std::move(keys));
    return;
  }
  found_.resize(rows);
  groups.table->find(keys, rows, found_.data());
  grouped_.sort(found_.data(), nullptr, rows, groups.size());
  add_states(g);
  if (groups.by_report() && groups.size() > groups.compact_at) compact(g);
}

/// Adds the rows that grouped_ holds to every state.
void ScanWorker::add_states(std::size_t g) {
  WorkerGroups& groups = groups_[g];
  AccumulateInput input;
  input.runs = grouped_.runs();
  input.rows = grouped_.order();
  input.order = values_.batch().order;
  for (std::size_t a = 0; a < groups.states.size(); ++a) {
    CompiledAggregate const& aggregate = plan_.groupings[g].aggregates[a];
    input.use = grouped_.mask(values_, aggregate.mask);
    if (aggregate.ids) {
      input.ids = grouped_.ids(values_, *aggregate.ids);
      input.id_limit = values_.id_limit(*aggregate.ids);
      if (aggregate.others) input.others = grouped_.ids(values_, *aggregate.others);
    } else if (aggregate.kind != AggregateKind::count) {
      input.argument_type = values_.value(*aggregate.argument).type;
      input.argument = grouped_.numbers(values_, *aggregate.argument);
      if (aggregate.weight) {
        input.weight_type = values_.value(*aggregate.weight).type;
        input.weight = grouped_.numbers(values_, *aggregate.weight);
      }
      input.days = grouped_.days(values_);
    }
    groups.states[a]->resize(groups.size());
    groups.states[a]->add(input);
  }
}

/// Rows whose cells hold several answers are taken once for each answer.
void ScanWorker::add_split(std::size_t g, std::vector<std::uint32_t const*> keys) {
  WorkerGroups& groups = groups_[g];
  CompiledGrouping const& grouping = plan_.groupings[g];
  std::vector<std::uint32_t> rows(values_.rows());
  for (std::uint32_t i = 0; i < rows.size(); ++i) rows[i] = i;
  std::vector<std::vector<std::uint32_t>> words;
  for (auto const* const key : keys) words.emplace_back(key, key + rows.size());
  for (std::size_t d = 0; d < grouping.by.size(); ++d) {
    PlanDimension const& dimension = plan_.plan.groupings[g].by[d];
    if (dimension.split.empty()) continue;
    std::size_t const at = groups.first_by_word() + d;
    std::vector<std::uint32_t> more;
    std::vector<std::vector<std::uint32_t>> wider(words.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
      for (std::uint32_t const part : groups.by[d]->parts(words[at][i], dimension)) {
        more.push_back(rows[i]);
        for (std::size_t w = 0; w < words.size(); ++w) wider[w].push_back(w == at ? part : words[w][i]);
      }
    rows = std::move(more);
    words = std::move(wider);
  }
  for (std::size_t w = 0; w < words.size(); ++w) keys[w] = words[w].data();
  found_.resize(rows.size());
  groups.table->find(keys, rows.size(), found_.data());
  grouped_.sort(found_.data(), rows.data(), rows.size(), groups.size());
  add_states(g);
}

}  // namespace yekun
