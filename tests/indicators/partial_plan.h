// A plan with every kind of state, for tests of what the cache keeps. Needs no files.
#pragma once

#include <stdexcept>
#include <string_view>
#include <vector>

#include "indicators/engine.h"
#include "indicators/partial_segment.h"
#include "indicators/row_scan.h"
#include "indicators/row_schema.h"

namespace yekun::test {

inline Dataset partial_dataset() {
  Dataset dataset;
  dataset.id = "d";
  dataset.source.files = {"d.csv"};
  dataset.columns = {{.name = "date", .type = Type::date}, {.name = "g"},      {.name = "n", .type = Type::integer},
                     {.name = "x", .type = Type::number},  {.name = "person"}, {.name = "age", .type = Type::integer}};
  dataset.date = {"date"};
  return dataset;
}

inline CompiledPlan partial_plan(Dataset const& dataset) {
  using Kind = AggregateKind;
  AggregationPlan plan;
  plan.dataset = dataset.id;
  plan.dates = dataset.date;
  plan.boundaries.days = {date_of(2024, 1, 1).days, date_of(2024, 7, 1).days, date_of(2025, 1, 1).days};
  plan.windows = {*parse_period("2024-H1", {}), {kFirstDate, kLastDate + 1, PeriodKind::range, "all", false}};
  std::vector<PlanAggregate> const all{{Kind::count},
                                       {Kind::sum, "n"},
                                       {Kind::sum, "x"},
                                       {Kind::minimum, "n"},
                                       {Kind::maximum, "x"},
                                       {Kind::distinct, "person", {}, {}, "people"},
                                       {Kind::distinct, "age", {}, {}, "ages"},
                                       {Kind::values, "n"},
                                       {Kind::values, "x"},
                                       {Kind::moments, "x"},
                                       {Kind::first, "n"},
                                       {Kind::last, "x"},
                                       {Kind::weighted, "n", "age"},
                                       {Kind::weighted, "x", "age"},
                                       {Kind::id_counts, "person", {}, {}, "people"},
                                       {Kind::id_pairs, "person", "g", {}, "people"}};
  plan.groupings = {
      {.time = TimeMode::stretches, .by = {{"g"}, {"age"}}, .aggregates = all},
      {.time = TimeMode::windows, .by = {{"g"}}, .aggregates = all},
      {.time = TimeMode::reports, .by = {{"age"}}, .reporters = {"g"}, .keep_last = true, .aggregates = all},
      {.time = TimeMode::report_windows, .reporters = {"g"}, .aggregates = {{Kind::count}}}};
  plan.contacts = {{"person", {}, "people"}, {"age", {}, "ages"}};
  Programme programme;
  programme.datasets = {dataset};
  auto const schema = make_row_schema(programme, dataset, {}, {});
  auto compiled = schema ? compile(plan, *schema, dataset) : Result<CompiledPlan>(failure(schema.error()));
  if (!compiled) throw std::logic_error(compiled.error().front().message);
  return std::move(*compiled);
}

/// Loads bytes as facts, or as a segment of first contacts and groups; false where they are none.
inline bool load_partial(CompiledPlan const& plan, std::string_view bytes, bool as_segment, ScanWorker& worker,
                         IdTables const& tables) {
  if (!as_segment) return load_facts(bytes, plan).has_value();
  auto segment = Segment::read(std::string(bytes), plan);
  if (!segment || segment->size() != 2) return false;
  segment->number(tables, 0, bytes.size() % 2 == 0);
  return load_contacts(*segment->block(0), plan, tables, segment->numbers(), worker) &&
         load_groups(*segment->block(1), plan, tables, segment->numbers(), {{0, 1}, date_of(2024, 3, 1).days, 1000},
                     worker);
}
inline bool load_partial(CompiledPlan const& plan, std::string_view bytes, bool as_segment) {
  IdDomains ids(1);
  auto const tables = tables_of(plan, ids);
  ScanWorker worker(plan, {}, tables, 0);
  return load_partial(plan, bytes, as_segment, worker, tables);
}

}  // namespace yekun::test
