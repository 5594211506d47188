// Which question of the report is whose. questions() and compose() both make the same plan.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "indicators/question.h"
#include "reports/report_spec.h"

namespace yekun {

struct ReportPlan {
  std::vector<Question> questions{};
  std::optional<std::size_t> headline{};  // values of the whole report: cards, sentences, framework; with comparisons
  std::optional<std::size_t> history{};   // the last periods of the cards' indicators
  std::vector<std::optional<std::size_t>> section{};  // of each section's table or chart
  /// For each question, what it asked before for_each joined it: slice() undoes the joining.
  struct Asked {
    bool totals = false;
    bool group = false;  // the for_each dimension was among its own
  };
  std::vector<Asked> asked{};
};

/// Periods that a sparkline shows.
inline constexpr int kSparkPeriods = 8;

/// The part of an answer that a document is about: all of it without `for_each`; one member's rows (`member` not
/// empty), or those of all members together. The for_each dimension goes, unless the question had it itself.
Answer slice(Answer const& answer, ReportPlan::Asked asked, std::string const& for_each, std::string const& member);

Result<ReportPlan> plan_report(Programme const& programme, ReportSpec const& report, Period const& period);

/// Hierarchies replaced by their levels, coarsest first; other names as they are.
std::vector<std::string> expand_dimensions(Programme const& programme, std::vector<std::string> const& names);

/// The indicators of the results framework (or the section's own), each once, in order.
std::vector<std::string> logframe_indicators(Programme const& programme, LogframeSection const& section);

/// The step of an explore section's periods: its own, else the report's; months where that is a range.
PeriodKind explore_step(ExploreSection const& section, Period const& period);

/// A table's fields: dimensions, and at most one period kind ("month") among rows or columns.
struct TableFields {
  std::vector<std::string> rows{};  // expanded; "period" stands for the period kind
  std::vector<std::string> columns{};
  std::vector<std::string> by{};  // both without "period": the question's dimensions
  std::optional<PeriodKind> per{};
};
TableFields table_fields(Programme const& programme, TableSection const& section);

}  // namespace yekun
