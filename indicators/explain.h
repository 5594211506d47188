// Why a figure is what it is: the rule in words, its parts, the rows that went in and those that did not, and the
// files.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "indicators/question.h"

namespace yekun {

struct ExplainRequest {
  std::string indicator;
  std::optional<Period> period{};  // nullopt: everything, undated rows too
  std::vector<PlacePart> place{};  // values of dimensions; "(unknown)" for rows without one
  std::size_t rows = 0;            // source rows to show for each part
  Place where{};                   // of the request in a spec or command, for messages
  /// Findings of a dataset's rules; those in rows of the period and group are named. Empty: rules are not asked.
  std::function<Result<Findings>(std::string const& dataset)> findings_of{};
};

/// Rows of a dataset and where they went. They add up: total = undated + outside + other_group + overtaken + not_where
/// + without_value + used.
struct RowAccount {
  std::uint64_t total = 0;
  std::uint64_t undated = 0;        // no date (only where a period is asked for)
  std::uint64_t outside = 0;        // dated outside the period
  std::uint64_t other_group = 0;    // in the period, elsewhere
  std::uint64_t overtaken = 0;      // stocks: reports that are not the one that counts
  std::uint64_t not_where = 0;      // the condition is false or missing
  std::uint64_t without_value = 0;  // the measure's argument is missing
  std::uint64_t used = 0;
};

/// A row that was used, personal values masked ("•••"), missing ones empty.
struct ExplainedRow {
  std::string file;
  std::vector<std::string> values{};
};

/// A measure behind the figure: the figure itself, a numerator, a denominator, a value of the period before.
struct ExplainedPart {
  std::string indicator;
  std::string rule;  // one sentence
  std::string dataset;
  std::string measure;
  std::string condition;  // empty: none
  Period period{};
  Value value{};
  RowAccount rows{};
  std::vector<std::string> columns{};  // of the rows shown
  std::vector<ExplainedRow> shown{};
  std::vector<Finding> findings{};  // in rows of the period and group: rejected cells in columns read, broken rules
};

/// A target or baseline that the figure was worked out with.
struct ExplainedAim {
  std::string_view what;  // "target", "baseline"
  std::string indicator;
  std::string period;  // of a target: its label; empty of a baseline
  Value value{};
};

struct Explanation {
  Figure figure{};
  std::string rule;                    // of a formula: "resident_days / place_days"; of a measure: its sentence
  std::vector<ExplainedAim> aims{};    // in the order of the formula, each once; none of a suppressed figure
  std::vector<ExplainedPart> parts{};  // in the order of the formula; one of each measure and period
  std::vector<DatasetFacts>
      datasets{};  // files with rows and sha-256; those of lookups and of targets after the data's
  Diagnostics warnings{};
};

/// Asks for the one figure and goes through its datasets once more to account for every row. A place without rows gives
/// a missing figure. Failures as answer().
Result<Explanation> explain(Programme const& programme, ExplainRequest const& request, Environment const& environment);

std::string to_text(Explanation const& explanation);
std::string to_json(Explanation const& explanation);

}  // namespace yekun
