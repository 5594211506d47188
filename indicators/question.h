// The one way to ask for numbers: a Question becomes an Answer. query, build and chart all ask here, and all questions
// of a run are planned together, so that every dataset is scanned once.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "data-loaders/source.h"
#include "indicators/definitions.h"
#include "indicators/figure.h"
#include "indicators/partial_cache.h"

namespace yekun {

struct Question {
  std::vector<std::string> indicators{};
  std::vector<std::string> by{};    // dimensions or columns; hierarchies already expanded or not
  std::optional<Period> period{};   // nullopt: from the first to the last date of the data
  std::optional<PeriodKind> per{};  // nullopt: the whole period is one period
  std::string where{};              // filters after the entity pass
  std::string having{};             // over indicators
  std::string sort{};               // indicator id; empty: by dimensions
  bool descending = false;
  std::optional<std::size_t> top{};  // per period
  bool totals = false;               // all subsets of the dimensions, per period and for the whole
  bool lineage = true;               // figures say how they were made; without disclosure control it can be left out
  bool comparisons = false;          // fill previous, last_year, target, baseline, cumulative, achievement, change
  bool targets = false;  // without comparisons: fill target and achievement, where like is compared with like
  Place where_place{};
  Place place{};  // of the section or option that asks
};

struct AnswerRow {
  Period period{};                // with totals: label "" for the whole
  bool whole_period = false;      // a total over all periods of the question
  std::vector<PlacePart> key{};   // one a dimension, in the order asked
  std::vector<Figure> figures{};  // one an indicator, in the order asked
};

struct Answer {
  std::vector<std::string> dimensions{};  // expanded
  std::vector<std::string> indicators{};
  std::vector<Period> periods{};     // all of them, those without rows too
  std::vector<AnswerRow> rows{};     // in the contract's order (design.md, query)
  std::vector<std::string> notes{};  // catalogue keys
};

/// Completeness, files and findings of a dataset that was scanned.
struct DatasetFacts {
  std::string dataset;
  ScanSummary summary{};
  std::uint64_t rows_undated = 0;  // no date: in no window but the whole
  std::uint64_t unmatched_lookups = 0;
};

struct AnswerSet {
  std::vector<Answer> answers{};  // one a question
  std::vector<DatasetFacts> datasets{};
  Diagnostics warnings{};
};

struct Environment {
  SourceContext sources{};
  Date as_of{};
  unsigned threads = 1;
  bool hash_files = false;
  bool quality = false;  // rules, keys, duplicates too
  PartialCache cache{};  // what earlier runs gathered from files; the answers are the same without
};

/// Answers all questions with one scan a dataset. Mistakes of the spec are failures with Fault::spec, unreadable data
/// Fault::data. Disclosure control is already applied where the programme has a threshold.
Result<AnswerSet> answer(Programme const& programme, std::span<Question const> questions,
                         Environment const& environment);

/// The query contract's CSV: header period,<dimensions...>,<indicators...>; RFC 4180, LF, no BOM.
std::string to_csv(Answer const& answer);
/// The same as JSON, with `state`, figure ids, rows used and left out.
std::string to_json(Answer const& answer);

}  // namespace yekun
