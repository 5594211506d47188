#include "indicators/plan_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "indicators/finish.h"
#include "indicators/reporting.h"

namespace yekun {

namespace {

void take_errors(Diagnostics& into, Diagnostics from) {
  into.insert(into.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

std::string not_null(Expression const& argument) {
  Expr condition;
  condition.kind = Expr::Kind::is_null;
  condition.negated = true;
  condition.parts = {argument.root};
  return to_text(condition);
}

}  // namespace

std::string census_condition(Dataset const& dataset, OverTime over_time) {
  std::string const from = quote_name(dataset.date[0]);
  std::string const to = quote_name(dataset.date[1]);
  std::string const day = over_time == OverTime::first ? std::string(kWindowFirst) : "date_add(window_end, -1, 'days')";
  std::string const condition =
      fmt::format("{0} <= {2} and ({1} is null or {1} > {2} or {0} = {2} and {1} = {2})", from, to, day);
  auto const parsed = parse(condition);
  return parsed ? to_text(parsed->root) : condition;
}

std::pair<std::string, std::string> span_expressions(Dataset const& dataset) {
  std::string const from = quote_name(dataset.date[0]);
  std::string const to = quote_name(dataset.date[1]);
  std::string const left = fmt::format(
      "case when {1} is null then window_end when {0} = {1} then date_add({0}, 1, 'days') else {1} end", from, to);
  auto const canonical = [](std::string const& text) {
    auto const parsed = parse(text);
    return parsed ? to_text(parsed->root) : text;
  };
  return {canonical("greatest(" + from + ", window_first)"), canonical("least(" + left + ", window_end)")};
}

Result<void> PlanBuilder::build() {
  join_domains();
  for (std::size_t q = 0; q < planned_.questions.size(); ++q) {
    PlannedQuestion const& question = planned_.questions[q];
    for (auto const& dataset : datasets_of(question)) check_dataset(q, dataset);
    if (errors_.empty())
      if (auto found = find_windows(q); !found) take_errors(errors_, std::move(found.error()));
  }
  if (!errors_.empty()) return failure(std::move(errors_));
  for (std::size_t q = 0; q < planned_.questions.size(); ++q) add_measures(q);
  // Fine groupings first, so that coarser ones find a place in them.
  std::stable_sort(wants_.begin(), wants_.end(),
                   [](Want const& a, Want const& b) { return a.by.size() > b.by.size(); });
  for (Want const& want : wants_) place(want);
  for (auto& plan : planned_.plans) set_boundaries(plan);
  mark_numbers();
  mark_asked();
  if (!errors_.empty()) return failure(std::move(errors_));
  return {};
}

/// Measures that count the same people across datasets number them together.
void PlanBuilder::join_domains() {
  for (auto const& indicator : planned_.graph.indicators) {
    std::string first;
    for (auto const& source : indicator.sources) {
      if (!source.measure.argument || indicator.sources.size() < 2) continue;
      std::string const mine = domain_root(source.dataset + "." + to_text(source.measure.argument->root));
      if (first.empty())
        first = mine;
      else if (mine != first)
        joined_[mine] = first;
    }
  }
}

std::string PlanBuilder::domain_root(std::string name) const {
  for (auto at = joined_.find(name); at != joined_.end(); at = joined_.find(name)) name = at->second;
  return name;
}

std::vector<std::string> PlanBuilder::datasets_of(PlannedQuestion const& question) const {
  std::vector<std::string> names;
  for (std::size_t const indicator : question.evaluated)
    for (Need const& need : needs_of(planned_.graph, planned_.programme, indicator, all_window()))
      for (auto const& source : planned_.graph.indicators[need.indicator].sources)
        if (std::find(names.begin(), names.end(), source.dataset) == names.end()) names.push_back(source.dataset);
  return names;
}

/// The question's dimensions and its `where` must make sense in every dataset it reads.
void PlanBuilder::check_dataset(std::size_t q, std::string const& dataset) {
  Question const& question = planned_.questions[q].question;
  auto const schema = sources_.schema(dataset);
  if (!schema) {
    take_errors(errors_, schema.error());
    return;
  }
  std::vector<DimensionRule> rules;
  for (auto const& name : planned_.questions[q].dimensions) {
    Dimension const* const dimension = planned_.programme.dimension(name);
    bool const elsewhere = dimension != nullptr && !dimension->of_dataset.empty() && dimension->of_dataset != dataset;
    auto rule = dimension == nullptr || elsewhere ? resolve_column(name, (*schema)->schema)
                                                  : resolve_dimension(*dimension, (*schema)->schema);
    if (!rule) {
      for (Diagnostic problem : rule.error()) {
        if (problem.place.line == 0 && problem.place.file.empty()) problem.place = question.place;
        problem.message += fmt::format(" (dimension '{}' in dataset '{}')", name, dataset);
        errors_.push_back(std::move(problem));
      }
      continue;
    }
    refuse_personal(name, *rule, (*schema)->schema, dataset, question.place);
    rules.push_back(std::move(*rule));
  }
  if (!question.where.empty()) {
    auto bound = parse(question.where, question.where_place).and_then([&](Expression const& e) {
      return bind_condition(e, (*schema)->schema);
    });
    if (!bound) take_errors(errors_, std::move(bound.error()));
  }
  rules_[{q, dataset}] = std::move(rules);
}

void PlanBuilder::refuse_personal(std::string const& name, DimensionRule const& rule, Schema const& schema,
                                  std::string const& dataset, Place const& place) {
  // Bands and mappings of a personal column are groups; the column itself is not one.
  auto const bound = parse(rule.expression).and_then([&](Expression const& e) { return bind(e, schema); });
  if (!bound || !bound->plain_column() || !schema.columns[*bound->plain_column()].personal) return;
  Diagnostic one;
  one.code = "personal-dimension";
  one.place = place;
  one.message = fmt::format("column '{}' of '{}' is personal and cannot be grouped by", name, dataset);
  one.hint = "group by a dimension with bands or a mapping over it, or count it";
  errors_.push_back(std::move(one));
}

/// Whether a question without a period must know the data's dates before the scan.
bool PlanBuilder::needs_dates(std::size_t q) {
  PlannedQuestion const& question = planned_.questions[q];
  Period const probe =
      period_at(question.question.per.value_or(PeriodKind::year), date_of(2020, 1, 1), planned_.programme.fiscal);
  for (std::size_t const indicator : question.evaluated)
    for (Need const& need : all_needs(planned_, question, indicator, probe)) {
      if (need.window != probe) return true;
      auto const& resolved = planned_.graph.indicators[need.indicator];
      for (auto const& source : resolved.sources) {
        if (source.measure.kind == MeasureKind::retained_people) return true;
        if (is_windowed(q, source)) return true;
      }
    }
  return false;
}

/// Rows are to be taken once for every window.
bool PlanBuilder::is_windowed(std::size_t q, MeasureSource const& source) {
  if (planned_.programme.dataset(source.dataset)->date.size() == 2) return true;
  for (auto const& rule : rules_[{q, source.dataset}])
    if (windowed(source.dataset, rule.expression)) return true;
  Measure const& measure = source.measure;
  for (auto const* const part :
       {&measure.argument, &measure.weight, &measure.activity, &measure.earlier, &source.where})
    if (*part && windowed(source.dataset, to_text((*part)->root))) return true;
  std::string const& where = planned_.questions[q].question.where;
  return !where.empty() && windowed(source.dataset, where);
}

bool PlanBuilder::windowed(std::string const& dataset, std::string const& expression) {
  auto const schema = sources_.schema(dataset);
  if (!schema) return false;
  auto const bound = parse(expression).and_then([&](Expression const& e) { return bind(e, (*schema)->schema); });
  return bound && (*schema)->uses_window(*bound);
}

Result<void> PlanBuilder::find_windows(std::size_t q) {
  PlannedQuestion& question = planned_.questions[q];
  FiscalYear const& fiscal = planned_.programme.fiscal;
  if (question.question.period) {
    set_windows(question, *question.question.period, fiscal, false);
    return {};
  }
  if (!needs_dates(q)) {
    question.open = question.question.per.has_value();
    if (!question.open) question.windows = {all_window()};
    return {};
  }
  DateRange range;
  for (auto const& dataset : datasets_of(question)) {
    auto const schema = sources_.schema(dataset);
    if (!schema) return failure(schema.error());
    auto const one = date_range(*planned_.programme.dataset(dataset), **schema, sources_, options_);
    if (!one) return failure(one.error());
    range.include(one->first, one->last);
  }
  Period whole = all_window();
  if (range.first && range.last) {
    whole.first = *range.first;
    whole.end = *range.last + 1;
  } else if (question.question.per) {
    whole.end = whole.first;
  }
  set_windows(question, whole, fiscal, true);
  return {};
}

void PlanBuilder::add_measures(std::size_t q) {
  PlannedQuestion const& question = planned_.questions[q];
  std::vector<Period> windows = question.windows;
  if (question.whole) windows.push_back(*question.whole);
  if (question.open || windows.empty()) windows = {all_window()};
  std::vector<std::pair<std::size_t, std::size_t>> done;
  for (Period const& window : windows)
    for (std::size_t const indicator : question.evaluated)
      for (Need const& need : all_needs(planned_, question, indicator, window)) {
        std::pair const key{need.indicator, need.pair};
        if (std::find(done.begin(), done.end(), key) != done.end()) continue;
        done.push_back(key);
        want_measure(q, need);
      }
}

void PlanBuilder::want_measure(std::size_t q, Need const& need) {
  auto const& resolved = planned_.graph.indicators[need.indicator];
  planned_.questions[q].measures.push_back({need.indicator, need.pair, {}});
  std::set<Type> types;
  for (auto const& source : resolved.sources)
    if (source.bound.argument) types.insert(source.bound.argument->type());
  for (auto const& source : resolved.sources)
    want_source(q, planned_.questions[q].measures.size() - 1, source, resolved.sources.size() > 1 && types.size() > 1);
}

void PlanBuilder::want_source(std::size_t q, std::size_t m, MeasureSource const& source, bool mixed_types) {
  PlannedQuestion const& question = planned_.questions[q];
  PlannedMeasure const& planned = question.measures[m];
  auto const& resolved = planned_.graph.indicators[planned.indicator];
  Indicator const& indicator = planned_.programme.indicators[planned.indicator];
  Dataset const& dataset = *planned_.programme.dataset(source.dataset);
  Measure measure = source.measure;
  Want want;
  want.question = q;
  want.measure = m;
  want.dataset = source.dataset;

  std::vector<std::string> conditions;
  if (source.where) conditions.push_back(to_text(source.where->root));
  if (planned.pair != planned.indicator)
    for (auto const& other : planned_.graph.indicators[planned.pair].sources)
      if (other.dataset == source.dataset && other.measure.argument)
        conditions.push_back(not_null(*other.measure.argument));
  bool const interval = dataset.date.size() == 2;
  bool const reported = resolved.kind == IndicatorKind::reported_people;
  bool const stock = (resolved.of_reports || reported) && !interval;
  bool const one_day = resolved.over_time == OverTime::last || resolved.over_time == OverTime::first;
  if (resolved.of_reports && interval && one_day) conditions.push_back(census_condition(dataset, resolved.over_time));
  want.spans = resolved.of_reports && interval && !one_day;
  if (want.spans) conditions.push_back(quote_name(dataset.date[0]) + " is not null");
  bool const by_window = is_windowed(q, source);
  want.mode = stock ? (by_window ? TimeMode::report_windows : TimeMode::reports)
                    : (by_window ? TimeMode::windows : TimeMode::stretches);
  if (stock) {
    want.reporters = stock_reporters(dataset);
    bool const last = resolved.over_time == OverTime::last;
    bool const first = resolved.over_time == OverTime::first;
    want.pick = reported ? ReportPick::all : last ? ReportPick::last : first ? ReportPick::first : ReportPick::all;
    if (want.pick == ReportPick::last) want.before = indicator.carry_days;
    if (resolved.over_time == OverTime::average) want.before = indicator.holds_days - 1;
  }

  std::string domain;
  if (measure.argument) {
    domain = domain_root(source.dataset + "." + to_text(measure.argument->root));
    if (mixed_types && source.bound.argument->type() != Type::text) {
      Expr text;
      text.kind = Expr::Kind::call;
      text.name = "text";
      text.parts = {measure.argument->root};
      measure.argument->root = std::move(text);
    }
    if (measure.kind == MeasureKind::new_people || measure.kind == MeasureKind::returning_people)
      want.contact = PlanFirstContact{to_text(measure.argument->root), conditions, domain};
  }
  if (!question.question.where.empty()) {
    auto const where = parse(question.question.where);
    want.question_where.push_back(where ? to_text(where->root) : question.question.where);
    conditions.push_back(want.question_where.back());
  }
  want.aggregates = aggregates_of(measure, conditions, domain);
  want_units(want, dataset);
  std::vector<std::uint32_t> sets = question.sets;
  if (resolved.kind == IndicatorKind::people || resolved.kind == IndicatorKind::new_people)
    for (std::uint32_t const set : question.checked)
      if (std::find(sets.begin(), sets.end(), set) == sets.end()) sets.push_back(set);
  add_wants(want, rules_[{q, source.dataset}], sets);
}

/// Every figure of a dataset that is reported knows how many of its units did.
void PlanBuilder::want_units(Want& want, Dataset const& dataset) {
  auto const schema = sources_.schema(dataset.id);
  if (!schema) return;
  if (auto const unit = reporting_unit(dataset, (*schema)->schema))
    want.units = PlanAggregate{AggregateKind::distinct, *unit, {}, {}, domain_root(dataset.id + "." + *unit)};
}

std::uint32_t PlanBuilder::dimensions_of_units(Want const& want) {
  std::uint32_t bits = 0;
  auto const schema = sources_.schema(want.dataset);
  auto const& rules = rules_[{want.question, want.dataset}];
  for (std::size_t d = 0; schema && d < rules.size(); ++d)
    if (is_of_reporter(rules[d], **schema, *planned_.programme.dataset(want.dataset))) bits |= 1U << d;
  return bits;
}

}  // namespace yekun
