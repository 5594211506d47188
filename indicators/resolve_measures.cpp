#include <algorithm>

#include "indicators/reporting.h"
#include "indicators/resolver.h"

namespace yekun {
namespace {

bool takes_over_time(MeasureKind kind) {
  return kind == MeasureKind::sum || kind == MeasureKind::count || kind == MeasureKind::rows;
}

/// Measures over the rows of the last (first) report alone: people of the last census, the median stay on it.
bool takes_snapshot(MeasureKind kind, OverTime over_time) {
  return (over_time == OverTime::last || over_time == OverTime::first) && !needs_entity_pass(kind) &&
         kind != MeasureKind::first && kind != MeasureKind::last;
}

bool is_stock(OverTime over_time) {
  return over_time == OverTime::last || over_time == OverTime::first || over_time == OverTime::average ||
         over_time == OverTime::min || over_time == OverTime::max;
}

std::string joined(std::vector<std::string> const& names) {
  std::string out;
  for (std::string const& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

}  // namespace

void Resolver::resolve_source(Indicator const& indicator, std::string const& dataset, std::string const& text,
                              Place const& place, ResolvedIndicator& out) {
  auto const schema = schemas_.find(dataset);
  if (programme_.dataset(dataset) == nullptr || schema == schemas_.end()) {
    std::vector<std::string> names;
    for (Dataset const& known : programme_.datasets) names.push_back(known.id);
    return report(indicator.place, "unknown-dataset",
                  "indicator '" + indicator.id + "' names an unknown dataset '" + dataset + "'",
                  suggestion(dataset, names));
  }
  MeasureSource source;
  source.dataset = dataset;
  auto measure = parse_measure(text, place);
  if (!measure) return keep(measure.error());
  if (is_reporting(measure->kind)) {
    Dataset const& reported = *programme_.dataset(dataset);
    auto const unit = reporting_unit(reported, schema->second);
    if (!unit)
      return report(place, "no-reporters",
                    "'" + measure->text + "' asks who reported, but dataset '" + dataset + "' has no reporters",
                    "name them: \"reported_by\": [\"site\"], or a \"key\" of the date and the site");
    if (measure->kind == MeasureKind::timeliness && reported.submitted.empty())
      return report(place, "no-submission",
                    "'" + measure->text + "' asks who reported in time, but dataset '" + dataset +
                        "' does not say when rows were submitted",
                    "name the column: \"submitted\": \"...\", and \"due_days\" after the period's end");
    measure->argument = *parse(*unit);
    if (measure->kind == MeasureKind::timeliness) measure->earlier = *parse(on_time_condition(reported));
  }
  if (!indicator.weight.empty()) {
    auto weight = parse(indicator.weight, indicator.place);
    if (!weight) return keep(weight.error());
    if (measure->kind != MeasureKind::average || measure->weight)
      return report(indicator.place, "weight", "indicator '" + indicator.id + "' takes no \"weight\"",
                    "a weight goes with the measure average(x)");
    measure->weight = std::move(*weight);
  }
  auto bound = bind(*measure, schema->second);
  if (!bound)
    keep(bound.error());
  else if (bound->result == Type::date)
    refuse_date(indicator, *measure, place);
  if (!indicator.where.empty()) {
    auto where = parse(indicator.where, indicator.where_place);
    if (!where) return keep(where.error());
    auto condition = bind_condition(*where, schema->second);
    if (!condition) return keep(condition.error());
    source.where = std::move(*where);
    source.bound_where = std::move(*condition);
  }
  if (!bound) return;
  source.bound = std::move(*bound);
  source.measure = std::move(*measure);
  out.sources.push_back(std::move(source));
}

void Resolver::refuse_date(Indicator const& indicator, Measure const& measure, Place const& place) {
  std::string const text = to_text(measure);
  std::size_t const open = text.find('(');
  std::string const name = text.substr(0, open);
  std::string const argument = text.substr(open + 1, text.size() - open - 2);
  report(place, "date-measure",
         "'" + text + "' is a date, and indicator '" + indicator.id +
             "' must be a number: dates cannot be added, "
             "compared in percent or drawn",
         "count days instead: " + name + "(days_between(date(2020, 1, 1), " + argument +
             ")); for a date in a table use its column as a dimension");
}

void Resolver::resolve_union(Indicator const& indicator, ResolvedIndicator& out) {
  for (std::string const& part : indicator.union_of) {
    std::size_t const dot = part.find('.');
    if (dot == std::string::npos || dot == 0 || dot + 1 == part.size()) {
      report(indicator.place, "people", "'" + part + "' in \"people\" is not dataset.column",
             "write services.person_id");
      continue;
    }
    std::string const column = part.substr(dot + 1);
    std::string name;
    for (std::size_t from = 0; from <= column.size();) {
      std::size_t const end = std::min(column.find('.', from), column.size());
      name += (from > 0 ? "." : "") + quote_name(column.substr(from, end - from));
      from = end + 1;
    }
    Place place = indicator.place;
    resolve_source(indicator, part.substr(0, dot), "count(distinct " + name + ")", place, out);
  }
}

void Resolver::resolve_measure(Indicator const& indicator, ResolvedIndicator& out) {
  std::size_t const before = errors_.size();
  if (!indicator.union_of.empty())
    resolve_union(indicator, out);
  else
    resolve_source(indicator, indicator.dataset, indicator.measure, indicator.measure_place, out);
  if (errors_.size() > before || out.sources.empty()) return;
  settle_over_time(indicator, *programme_.dataset(out.sources.front().dataset), out);
  MeasureSource const& source = out.sources.front();
  NodeFacts facts;
  facts.kind = kind_of(source.measure.kind, out.over_time);
  out.kind = facts.kind;
  check_declared(indicator, out, facts);
  if (indicator.pairs)
    report(indicator.place, "pairs", "indicator '" + indicator.id + "' is no ratio and takes no \"pairs\"",
           "\"pairs\" goes with a formula a / b");
}

void Resolver::settle_over_time(Indicator const& indicator, Dataset const& dataset, ResolvedIndicator& out) {
  MeasureSource const& source = out.sources.front();
  OverTime const given = indicator.over_time;
  bool const snapshot = takes_snapshot(source.measure.kind, given);
  if (!takes_over_time(source.measure.kind) && !snapshot) {
    out.over_time = OverTime::recount;
    if (given != OverTime::unset && given != OverTime::recount)
      report(indicator.place, "over-time",
             "indicator '" + indicator.id + "' takes no \"over_time\": " + to_text(source.measure) +
                 " is worked out again for each period",
             "\"over_time\" goes with sum and count; \"last\" and \"first\" also with people, averages, medians and "
             "shares");
    return;
  }
  auto const reporters = reporters_of(dataset);
  bool const reported = indicator.kind == IndicatorKind::reported_people;
  if (given == OverTime::unset && reporters && !reported) {
    std::string const who =
        reporters->empty() ? "as a snapshot on each date" : "by " + joined(*reporters) + " on each date";
    return report(
        indicator.measure_place, "over-time",
        "indicator '" + indicator.id + "' does not say what happens over time: '" + dataset.id + "' is reported " + who,
        "\"over_time\": \"last\" gives the level at the period's end, \"sum\" adds up the days (resident-days)");
  }
  out.over_time = given == OverTime::unset || given == OverTime::recount ? OverTime::sum : given;
  out.of_reports = is_stock(out.over_time);
  if (out.of_reports && dataset.date.empty())
    report(indicator.measure_place, "over-time",
           "indicator '" + indicator.id + "' is a level over time, but dataset '" + dataset.id + "' has no date",
           "name the date column: \"date\": \"...\"");
}

void Resolver::check_declared(Indicator const& indicator, ResolvedIndicator& out, NodeFacts const& facts) {
  if (indicator.kind) {
    IndicatorKind const declared = *indicator.kind;
    bool const too_much = (adds_over_time(declared) && !adds_over_time(facts.kind)) ||
                          (adds_over_place(declared) && !adds_over_place(facts.kind));
    bool const known = facts.kind != IndicatorKind::other && facts.kind != IndicatorKind::stock;
    if (too_much && known) {
      auto const refusal =
          refuse_addition(indicator.id, facts.kind, adds_over_place(facts.kind) ? Along::time : Along::place);
      report(indicator.place, "kind",
             "indicator '" + indicator.id + "' is declared as " + std::string(to_text(declared)) + ", but " +
                 (refusal ? refusal->message : "it is " + std::string(to_text(facts.kind))),
             "leave \"kind\" out");
    }
    out.kind = declared;
  }
  bool const stated = indicator.unit.id != "number" && indicator.unit.id != "ratio" && !facts.unit.empty();
  if (stated && facts.unit != indicator.unit.id)
    report(indicator.measure_place, "unit",
           "the formula of '" + indicator.id + "' gives " + facts.unit + ", but its unit is declared as " +
               indicator.unit.id,
           "correct \"unit\" or the formula");
}

}  // namespace yekun
