#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "indicators/answer_rows.h"
#include "indicators/other_files.h"
#include "indicators/planner.h"
#include "indicators/protect.h"
#include "indicators/question.h"

namespace yekun {

namespace {

Diagnostic unmatched_warning(std::string const& dataset, UnmatchedLookup const& lookup) {
  Diagnostic one;
  one.severity = Severity::warning;
  one.fault = Fault::data;
  one.code = "unmatched-lookup";
  one.place.field = lookup.lookup;
  one.message = fmt::format("{} {} of '{}' {} no match in lookup '{}'", lookup.rows, lookup.rows == 1 ? "row" : "rows",
                            dataset, lookup.rows == 1 ? "has" : "have", lookup.lookup);
  if (!lookup.examples.empty()) one.message += fmt::format(": '{}'", fmt::join(lookup.examples, "', '"));
  one.hint = "their looked-up columns are missing";
  return one;
}

Result<Scans> scan_all(Planned const& planned, SourceCache& sources, Environment const& environment) {
  Scans scans;
  IdDomains ids(std::max(1U, environment.threads));
  // A report tells about its data; a question asks for numbers.
  FactsOf const facts = environment.hash_files ? FactsOf::all : FactsOf::windows;
  ScanOptions const options{std::max(1U, environment.threads), environment.hash_files, 4096, facts, &environment.cache};
  for (AggregationPlan const& plan : planned.plans) {
    auto const schema = sources.schema(plan.dataset);
    if (!schema) return failure(schema.error());
    Dataset const& dataset = *planned.programme.dataset(plan.dataset);
    auto compiled = compile(plan, **schema, dataset);
    if (!compiled) return failure(std::move(compiled.error()));
    auto scanned = scan(dataset, std::move(*compiled), sources, ids, options);
    if (!scanned) return failure(std::move(scanned.error()));
    scans.emplace(plan.dataset, std::move(*scanned));
  }
  return scans;
}

/// Questions without a period whose windows waited for the data's dates.
void set_open_windows(Planned& planned, Scans const& scans) {
  for (auto& question : planned.questions) {
    if (!question.open) continue;
    DateRange range;
    for (auto const& measure : question.measures)
      for (auto const& feed : measure.feeds) {
        DatasetScan const& scanned = scans.at(feed.dataset);
        range.include(scanned.first, scanned.last);
      }
    Period whole = all_window();
    whole.end = whole.first;
    if (range.first && range.last) {
      whole.first = *range.first;
      whole.end = *range.last + 1;
    }
    set_windows(question, whole, planned.programme.fiscal, true);
  }
}

/// What would be added in a stacked chart counts people twice.
void add_overlaps(Planned const& planned, std::vector<Overlap> const& overlaps, AnswerSet& set) {
  std::vector<std::string> known;
  for (Overlap const& overlap : overlaps) {
    Dimension const* const dimension = planned.programme.dimension(overlap.dimension);
    if (std::find(known.begin(), known.end(), overlap.indicator + " " + overlap.dimension) != known.end()) continue;
    known.push_back(overlap.indicator + " " + overlap.dimension);
    Diagnostic warning;
    warning.severity = Severity::warning;
    warning.fault = Fault::data;
    warning.code = "not-exclusive";
    if (dimension != nullptr) warning.place = dimension->place;
    warning.message =
        fmt::format("dimension '{}' is declared exclusive, but people of '{}' are in several of its groups in {}",
                    overlap.dimension, overlap.indicator, overlap.period);
    warning.hint = "leave \"exclusive\" out: parts do not add up to the whole";
    set.warnings.push_back(std::move(warning));
  }
}

/// A period still running at the as-of date is partial.
void mark_running(Planned& planned, Date as_of) {
  if (as_of == Date{}) return;
  auto const mark = [&](Period& period) {
    if (period.label != kAllLabel && period.end > as_of + 1) period.partial = true;
  };
  for (auto& question : planned.questions) {
    for (auto& window : question.windows) mark(window);
    if (question.whole) mark(*question.whole);
  }
}

}  // namespace

Result<AnswerSet> answer(Programme const& programme, std::span<Question const> questions,
                         Environment const& environment) {
  SourceCache sources(programme, environment.sources);
  auto planned = plan(programme, questions, sources, environment);
  if (!planned) return failure(std::move(planned.error()));
  auto const scans = scan_all(*planned, sources, environment);
  if (environment.cache.store != nullptr) environment.cache.store->trim();
  if (!scans) return failure(scans.error());
  set_open_windows(*planned, *scans);
  mark_running(*planned, environment.as_of);
  AnswerSet set;
  std::vector<Overlap> overlaps;
  for (auto const& question : planned->questions) {
    auto one = make_answer(*planned, question, *scans, overlaps);
    if (!one) return failure(std::move(one.error()));
    set.answers.push_back(std::move(*one));
  }
  protect(planned->programme, planned->graph, set.answers);
  add_overlaps(*planned, overlaps, set);
  for (std::size_t q = 0; q < set.answers.size(); ++q)
    if (auto ranked = rank_rows(set.answers[q], planned->questions[q]); !ranked)
      return failure(std::move(ranked.error()));
  for (auto const& [name, scanned] : *scans) {
    DatasetFacts facts{name, scanned.summary, scanned.undated, 0};
    for (auto const& lookup : scanned.unmatched) {
      facts.unmatched_lookups += lookup.rows;
      set.warnings.push_back(unmatched_warning(name, lookup));
    }
    set.datasets.push_back(std::move(facts));
  }
  if (environment.hash_files)
    if (auto added = add_other_files(planned->programme, sources, environment.sources, set.datasets); !added)
      return failure(std::move(added.error()));
  return set;
}

}  // namespace yekun
