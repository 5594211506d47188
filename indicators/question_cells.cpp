#include "indicators/question_cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "indicators/exact_ratio.h"
#include "indicators/kinds.h"

namespace yekun {

namespace {

/// Days of first contact over all workers.
std::vector<std::int32_t> first_contacts(DatasetScan const& scan, std::size_t contact) {
  std::vector<std::int32_t> first;
  for (auto const& worker : scan.workers) {
    auto const& mine = worker->first_contacts()[contact];
    if (first.size() < mine.size()) first.resize(mine.size(), ScanWorker::kNever);
    for (std::size_t id = 0; id < mine.size(); ++id) first[id] = std::min(first[id], mine[id]);
  }
  return first;
}

std::string key_of(PlannedFeed const& feed) {
  std::string key = fmt::format("{} {} {} {}", feed.dataset, feed.grouping, static_cast<int>(feed.pick), feed.before);
  for (auto const& dimension : feed.dimensions) key += dimension ? fmt::format(" {}", *dimension) : " -";
  for (std::uint32_t const set : feed.sets) key += fmt::format(",{}", set);
  return key;
}

bool is_sum(MeasureKind kind) {
  return kind == MeasureKind::rows || kind == MeasureKind::count || kind == MeasureKind::sum;
}

}  // namespace

QuestionCells::QuestionCells(Planned const& planned, PlannedQuestion const& question, Scans const& scans)
    : planned_(planned),
      question_(question),
      scans_(scans),
      windows_(needed_windows(planned, question)),
      cells_(question.dimensions.size()) {
  // Without dimensions every period appears, with or without rows.
  if (question.dimensions.empty())
    for (std::size_t w = 0; w < windows_.size(); ++w) cells_.find({static_cast<std::uint32_t>(w) + 1});
  for (PlannedMeasure const& measure : question.measures) add_measure(measure);
  add_shifted_groups();
  for (auto& measured : measured_) {
    measured->finisher.emplace(measured->plan, cells_, windows_);
    measured->known.resize(cells_.size());
  }
}

/// Groups whose rows lie in another window that the value is made of: before the period (previous, cumulative).
void QuestionCells::add_shifted_groups() {
  if (question_.dimensions.empty()) return;
  std::vector<Period> asked = question_.windows;
  if (question_.whole) asked.push_back(*question_.whole);
  for (Period const& window : asked) {
    auto const to = window_index(window);
    if (!to) continue;
    for (std::size_t const indicator : question_.shown)
      for (Need const& need : needs_of(planned_.graph, planned_.programme, indicator, window))
        if (auto const from = window_index(need.window); from && *from != *to) copy_groups(*from, *to);
  }
}

void QuestionCells::copy_groups(std::size_t from, std::size_t to) {
  std::uint32_t const cells = cells_.size();
  for (std::uint32_t cell = 1; cell < cells; ++cell) {
    if (cells_.window(cell) != from) continue;
    std::vector<std::uint32_t> key{static_cast<std::uint32_t>(to) + 1};
    for (std::size_t d = 0; d < cells_.dimensions(); ++d) key.push_back(cells_.code(cell, d));
    cells_.find(key);
  }
}

std::optional<std::size_t> QuestionCells::window_index(Period const& window) const {
  auto const at = std::find(windows_.begin(), windows_.end(), window);
  return at == windows_.end() ? std::nullopt : std::optional(static_cast<std::size_t>(at - windows_.begin()));
}

CellMembers const* QuestionCells::members_of(PlannedFeed const& feed) {
  auto& members = members_[key_of(feed)];
  if (members == nullptr) {
    RollUpRequest const request{feed.grouping, feed.dimensions, feed.sets, feed.pick, feed.before};
    members = std::make_unique<CellMembers>(roll_up(scans_.at(feed.dataset), request, windows_, cells_));
  }
  return members.get();
}

void QuestionCells::add_measure(PlannedMeasure const& measure) {
  ResolvedIndicator const& resolved = planned_.graph.indicators[measure.indicator];
  Indicator const& indicator = planned_.programme.indicators[measure.indicator];
  MeasureSource const& source = resolved.sources.front();
  auto measured = std::make_unique<Measured>();
  measured->name = resolved.id;
  measured->text = to_text(source.measure);
  if (source.where) measured->predicate = to_text(source.where->root);
  bool const extreme = resolved.over_time == OverTime::min || resolved.over_time == OverTime::max;
  measured->additive = is_sum(source.measure.kind) && adds_over_place(resolved.kind) && !extreme;
  MeasurePlan& plan = measured->plan;
  plan.kind = source.measure.kind;
  if (source.bound.argument) plan.type = source.bound.argument->type();
  plan.quantile = source.measure.quantile;
  plan.at_least = source.measure.at_least;
  plan.activities = source.measure.activity.has_value();
  if (source.bound.weight) {
    plan.weighted = true;
    bool const floating = plan.type == Type::number || source.bound.weight->type() == Type::number;
    plan.scale = plan.type == Type::decimal ? kMicro : 1;
    if (floating && source.bound.weight->type() == Type::decimal && plan.type == Type::number) plan.scale = 1;
    if (floating) plan.type = Type::number;
  }
  plan.over_time = resolved.over_time;
  plan.interval_sum = resolved.kind == IndicatorKind::reported_people;
  plan.holds_days = indicator.holds_days;
  for (PlannedFeed const& feed : measure.feeds) {
    MeasureFeed out{members_of(feed), feed.aggregates, nullptr, feed.rows_aggregate};
    if (feed.contact) {
      auto const key = fmt::format("{} {}", feed.dataset, *feed.contact);
      if (!contacts_.contains(key)) contacts_[key] = first_contacts(scans_.at(feed.dataset), *feed.contact);
      out.first_contacts = &contacts_[key];
    }
    out.units = feed.units;
    out.span = feed.span;
    measured->dimensions_of_units = feed.dimensions_of_units;
    measured->expected = feed.expected;
    plan.feeds.push_back(std::move(out));
  }
  measured_.push_back(std::move(measured));
}

std::optional<std::size_t> QuestionCells::measure_index(Need const& need) const {
  for (std::size_t m = 0; m < question_.measures.size(); ++m)
    if (question_.measures[m].indicator == need.indicator && question_.measures[m].pair == need.pair) return m;
  return std::nullopt;
}

CubeCell QuestionCells::value(std::uint32_t cell, Need const& need) {
  auto const measure = measure_index(need);
  auto const window = window_index(need.window);
  if (!measure || !window) return {};
  Measured& measured = *measured_[*measure];
  std::uint32_t const there = cells_.window(cell) == *window ? cell : cells_.elsewhere(cell, *window);
  if (there == 0) {
    CubeCell none;
    none.lineage = lineage(measured, cell, need.window, none.value, 0);
    return none;
  }
  auto& known = measured.known[there];
  if (!known) known = finish(measured, there, need.window);
  return *known;
}

CubeCell QuestionCells::finish(Measured& measured, std::uint32_t cell, Period const& window) {
  std::optional<std::size_t> before;
  if (measured.plan.kind == MeasureKind::retained_people && window.label != kAllLabel)
    before = window_index(previous(window, planned_.programme.fiscal));
  FinishedCell const finished = measured.finisher->finish(cell, before);
  if (finished.overflow && errors_.empty()) {
    Diagnostic one;
    one.fault = Fault::data;
    one.code = "overflow";
    one.message =
        fmt::format("'{}' of indicator '{}' is too large a number in {}", measured.text, measured.name, window.label);
    one.hint = "check the data for mistaken values";
    errors_.push_back(std::move(one));
  }
  if (finished.not_counted) {
    Diagnostic bug;
    bug.fault = Fault::internal;
    bug.code = "internal";
    bug.message = fmt::format("the database was not asked for '{}' of indicator '{}' in {}", measured.text,
                              measured.name, window.label);
    bug.hint = "this is a bug of yekun; please report it with the command that shows it";
    errors_.push_back(std::move(bug));
  }
  CubeCell out{finished.value, nullptr, finished.rows_used, finished.rows_left_out};
  out.carried_days = finished.carried_days;
  if (auto const found = units(measured, cell, window)) {
    out.units_reported = found->first;
    out.units_expected = found->second;
    if (is_reporting(measured.plan.kind)) {
      // Nobody at all is 0 of those expected, not a missing number.
      auto const* const counted = std::get_if<std::int64_t>(&out.value.number);
      auto const reported = out.value.is_value() && counted != nullptr ? *counted : 0;
      out.value = found->second == 0
                      ? Value::missing()
                      : Value::of(exact_ratio(static_cast<Int128>(reported), static_cast<Int128>(found->second)));
    } else if (out.value.is_value() && found->first < found->second) {
      out.value.partial = true;
    }
  } else if (is_reporting(measured.plan.kind)) {
    out.value = Value::missing();
  }
  if (out.value.is_value()) out.value.partial = out.value.partial || window.partial;
  out.lineage = lineage(measured, cell, window, out.value, out.rows_used);
  return out;
}

std::optional<std::pair<std::uint64_t, std::uint64_t>> QuestionCells::units(Measured& measured, std::uint32_t cell,
                                                                            Period const& window) {
  auto const& feeds = measured.plan.feeds;
  if (feeds.empty() || std::any_of(feeds.begin(), feeds.end(), [](auto const& feed) { return !feed.units; }))
    return std::nullopt;
  bool whole = true;
  for (std::size_t d = 0; d < cells_.dimensions(); ++d) {
    if (cells_.code(cell, d) == kRolledUp) continue;
    whole = false;
    // Where a unit reports several groups, the absence of one says nothing about the unit.
    if ((measured.dimensions_of_units >> d & 1U) == 0 && !is_reporting(measured.plan.kind)) return std::nullopt;
  }
  std::uint64_t const reported = measured.finisher->units(cell);
  if (whole && measured.expected > 0) return std::pair{reported, measured.expected};
  auto const seen = window_index(seen_window(window));
  std::uint32_t const there = seen ? cells_.elsewhere(cell, *seen) : 0;
  return std::pair{reported, there == 0 ? reported : std::max(reported, measured.finisher->units(there))};
}

bool QuestionCells::with_lineage() const {
  return question_.question.lineage || planned_.programme.disclosure.threshold;
}

LineagePtr QuestionCells::lineage(Measured const& measured, std::uint32_t cell, Period const& window,
                                  Value const& value, std::uint64_t rows) const {
  if (!with_lineage()) return nullptr;
  auto out = std::make_shared<Lineage>();
  out->kind = Lineage::Kind::cell;
  out->indicator = measured.name;
  out->measure = measured.text;
  out->predicate = measured.predicate;
  out->period = window;
  out->place = cells_.place(cell, question_.dimensions);
  out->value = value;
  out->additive = measured.additive;
  out->rows = rows;
  return out;
}

std::vector<QuestionCells::RowSource> QuestionCells::row_sources(std::vector<Need> const& needs) const {
  std::vector<RowSource> out;
  for (Need const& need : needs) {
    auto const measure = measure_index(need);
    auto const window = window_index(need.window);
    if (measure && window) out.push_back({*measure, *window});
  }
  return out;
}

bool QuestionCells::has_rows(std::uint32_t cell, std::vector<RowSource> const& sources) const {
  for (RowSource const& source : sources) {
    std::uint32_t const there = cells_.window(cell) == source.window ? cell : cells_.elsewhere(cell, source.window);
    if (there == 0) continue;
    for (MeasureFeed const& feed : measured_[source.measure]->plan.feeds)
      for (std::size_t i = 0; i < feed.members->count(there); ++i) {
        Member const one = feed.members->begin(there)[i];
        auto const& groups = feed.members->scan->workers[one.worker]->groups()[feed.members->grouping];
        if (groups.states[feed.rows_aggregate]->rows(one.group) > 0) return true;
      }
  }
  return false;
}

}  // namespace yekun
