#include "indicators/planner.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "indicators/finish.h"
#include "indicators/plan_builder.h"
#include "indicators/reporting.h"
#include "indicators/targets.h"

namespace yekun {

Period all_window() { return {kFirstDate, kLastDate + 1, PeriodKind::range, std::string(kAllLabel), false}; }

AggregationPlan const* Planned::plan(std::string_view dataset) const {
  for (auto const& one : plans)
    if (one.dataset == dataset) return &one;
  return nullptr;
}

Period seen_window(Period const& window) {
  if (window.label == kAllLabel) return window;
  return {kFirstDate, window.end, PeriodKind::range, ".." + to_iso(window.end - 1), false};
}

namespace {

bool has_units(Planned const& planned, std::string const& name) {
  Dataset const* const dataset = planned.programme.dataset(name);
  auto const reporters = reporters_of(*dataset);
  return dataset->date.size() == 1 && reporters && !reporters->empty();
}

}  // namespace

std::vector<Need> all_needs(Planned const& planned, PlannedQuestion const& question, std::size_t indicator,
                            Period const& period) {
  std::vector<Need> needs = needs_of(planned.graph, planned.programme, indicator, period);
  if (question.question.comparisons && period.label != kAllLabel) {
    auto const add = [&](Period const& window) {
      for (Need const& need : needs_of(planned.graph, planned.programme, indicator, window))
        if (std::find(needs.begin(), needs.end(), need) == needs.end()) needs.push_back(need);
    };
    add(previous(period, planned.programme.fiscal));
    add(same_period_last_year(period, planned.programme.fiscal));
    add(cumulative_window(period, planned.programme, false));
  }
  return needs;
}

std::vector<Period> needed_windows(Planned const& planned, PlannedQuestion const& question) {
  std::vector<Period> windows = question.windows;
  if (question.whole) windows.push_back(*question.whole);
  std::vector<Period> const asked = windows;
  auto const add = [&](Period const& window) {
    if (std::find(windows.begin(), windows.end(), window) == windows.end()) windows.push_back(window);
  };
  for (Period const& window : asked)
    for (std::size_t const indicator : question.evaluated)
      for (Need const& need : all_needs(planned, question, indicator, window)) {
        add(need.window);
        for (auto const& source : planned.graph.indicators[need.indicator].sources)
          if (has_units(planned, source.dataset)) add(seen_window(need.window));
        for (auto const& source : planned.graph.indicators[need.indicator].sources)
          if (source.measure.kind == MeasureKind::retained_people && need.window.label != kAllLabel)
            add(previous(need.window, planned.programme.fiscal));
      }
  return windows;
}

void set_windows(PlannedQuestion& question, Period const& range, FiscalYear const& fiscal, bool open_ended) {
  Question const& asked = question.question;
  question.windows.clear();
  question.whole.reset();
  if (!asked.per) {
    question.windows.push_back(range);
    return;
  }
  question.windows = split(range, *asked.per, fiscal);
  if (!asked.totals) return;
  question.whole = range;
  if (open_ended) question.whole->label = kAllLabel;
}

namespace {

/// An indicator and all that its formula is made of, by name.
void reach(Programme const& programme, std::string const& id, std::set<std::string>& reached) {
  Indicator const* const indicator = programme.indicator(id);
  if (indicator == nullptr || !reached.insert(id).second || indicator->formula.empty()) return;
  auto const formula = parse(indicator->formula);
  if (!formula) return;
  for (auto const& name : columns_of(formula->root)) reach(programme, name, reached);
}

std::vector<std::string> indicator_names(Programme const& programme) {
  std::vector<std::string> names;
  for (auto const& indicator : programme.indicators) names.push_back(indicator.id);
  return names;
}

Diagnostic unknown_indicator(Programme const& programme, std::string const& id, Place const& place) {
  Diagnostic one;
  one.code = "unknown-indicator";
  one.place = place;
  one.message = fmt::format("unknown indicator '{}'", id);
  one.hint = suggestion(id, indicator_names(programme));
  return one;
}

/// Names that sort and having use besides the asked ones.
std::vector<std::string> extra_indicators(Question const& question, Diagnostics& errors) {
  std::vector<std::string> extra;
  if (!question.sort.empty()) extra.push_back(question.sort);
  if (question.having.empty()) return extra;
  auto const having = parse(question.having, question.place);
  if (!having) {
    errors.insert(errors.end(), having.error().begin(), having.error().end());
    return extra;
  }
  for (auto& name : columns_of(having->root)) extra.push_back(std::move(name));
  return extra;
}

/// The programme with only the indicators that the questions reach, so that no other dataset is opened.
Result<Programme> reduced(Programme const& programme, std::span<Question const> questions) {
  Diagnostics errors;
  std::set<std::string> reached;
  for (Question const& question : questions) {
    std::vector<std::string> names = question.indicators;
    for (auto& name : extra_indicators(question, errors)) names.push_back(std::move(name));
    for (auto const& name : names) {
      if (programme.indicator(name) == nullptr) errors.push_back(unknown_indicator(programme, name, question.place));
      reach(programme, name, reached);
    }
  }
  if (!errors.empty()) return failure(std::move(errors));
  Programme out = programme;
  std::erase_if(out.indicators, [&](Indicator const& one) { return !reached.contains(one.id); });
  return out;
}

Result<Schemas> schemas_of(Programme const& programme, SourceCache& sources) {
  Schemas schemas;
  Diagnostics errors;
  std::set<std::string> names;
  for (auto const& indicator : programme.indicators) {
    if (!indicator.dataset.empty()) names.insert(indicator.dataset);
    for (auto const& source : indicator.union_of) names.insert(source.substr(0, source.find('.')));
  }
  for (auto const& name : names) {
    if (programme.dataset(name) == nullptr) continue;  // resolve_indicators says so
    auto schema = sources.schema(name);
    if (schema)
      schemas[name] = (*schema)->schema;
    else
      errors.insert(errors.end(), schema.error().begin(), schema.error().end());
  }
  if (!errors.empty()) return failure(std::move(errors));
  return schemas;
}

/// Hierarchies become their levels; each dimension once.
std::vector<std::string> expanded(Programme const& programme, std::vector<std::string> const& by) {
  std::vector<std::string> out;
  auto const add = [&](std::string const& name) {
    if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
  };
  for (auto const& name : by) {
    Dimension const* const dimension = programme.dimension(name);
    if (dimension == nullptr || dimension->levels.empty())
      add(name);
    else
      for (auto const& level : dimension->levels) add(level);
  }
  return out;
}

// A grouping set is the bits of a word; with totals there are as many sets as subsets.
constexpr std::size_t kMostDimensions = 31;
constexpr std::size_t kMostWithTotals = 12;

void refuse_many(PlannedQuestion const& planned, Diagnostics& problems) {
  std::size_t const most = planned.question.totals ? kMostWithTotals : kMostDimensions;
  if (planned.dimensions.size() <= most) return;
  Diagnostic d;
  d.code = "too-many-dimensions";
  d.place = planned.question.place;
  d.message = fmt::format("{} dimensions are asked for{}, at most {} can be", planned.dimensions.size(),
                          planned.question.totals ? " with totals" : "", most);
  d.hint = "ask for fewer at a time";
  problems.push_back(std::move(d));
}

std::vector<std::uint32_t> sets_of(std::size_t dimensions, bool totals) {
  std::uint32_t const full = (1U << dimensions) - 1;
  std::vector<std::uint32_t> sets{full};
  for (std::uint32_t set = full; totals && set > 0;) sets.push_back(--set);
  return sets;
}

PlannedQuestion prepare(Planned const& planned, Question const& question, Diagnostics& problems) {
  PlannedQuestion out;
  out.question = question;
  out.dimensions = expanded(planned.programme, question.by);
  refuse_many(out, problems);
  if (has_errors(problems)) return out;
  out.sets = sets_of(out.dimensions.size(), question.totals);
  for (std::size_t d = 0; d < out.dimensions.size(); ++d)
    if (Dimension const* const dimension = planned.programme.dimension(out.dimensions[d]);
        dimension != nullptr && dimension->exclusive)
      out.checked.push_back(out.sets.front() & ~(1U << d));
  for (auto const& name : question.indicators) out.shown.push_back(*planned.graph.find(name));
  out.evaluated = out.shown;
  Diagnostics ignored;
  for (auto const& name : extra_indicators(question, ignored)) {
    std::size_t const index = *planned.graph.find(name);
    if (std::find(out.evaluated.begin(), out.evaluated.end(), index) == out.evaluated.end())
      out.evaluated.push_back(index);
  }
  return out;
}

}  // namespace

Result<Planned> plan(Programme const& programme, std::span<Question const> questions, SourceCache& sources,
                     Environment const& environment) {
  // A targets file may speak of any indicator of the programme, not only of those that are asked for.
  Programme whole = programme;
  if (Diagnostics problems = read_targets(whole, environment.sources); has_errors(problems))
    return failure(std::move(problems));
  auto smaller = reduced(whole, questions);
  if (!smaller) return failure(std::move(smaller.error()));
  Planned planned;
  planned.programme = std::move(*smaller);
  if (auto read = read_expected(planned.programme, sources); !read) return failure(std::move(read.error()));
  auto schemas = schemas_of(planned.programme, sources);
  if (!schemas) return failure(std::move(schemas.error()));
  auto graph = resolve_indicators(planned.programme, *schemas);
  if (!graph) return failure(std::move(graph.error()));
  planned.graph = std::move(*graph);
  Diagnostics problems;
  for (Question const& question : questions) planned.questions.push_back(prepare(planned, question, problems));
  if (has_errors(problems)) return failure(std::move(problems));
  ScanOptions const options{environment.threads, false, 4096, FactsOf::all, &environment.cache};
  if (auto built = PlanBuilder(planned, sources, options).build(); !built) return failure(std::move(built.error()));
  return planned;
}

}  // namespace yekun
