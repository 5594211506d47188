#include "app/empty_period.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace yekun {
namespace {

bool has_rows(Figure const& figure) {
  return figure.value.state == State::suppressed ||
         (figure.carried_days == 0 && figure.rows_used + figure.rows_left_out > 0);
}

/// Datasets of the indicators asked for, in the order of their names: whether a row of theirs lies in the period.
std::map<std::string, bool> reached(Programme const& programme, AnswerSet const& answers, Period const& period) {
  std::map<std::string, bool> out;
  for (Answer const& answer : answers.answers)
    for (AnswerRow const& row : answer.rows) {
      if (row.period.first != period.first || row.period.end != period.end) continue;
      for (Figure const& figure : row.figures) {
        Indicator const* const indicator = programme.indicator(figure.indicator);
        if (indicator == nullptr || indicator->dataset.empty()) continue;
        bool& has = out[indicator->dataset];
        has = has || has_rows(figure);
      }
    }
  return out;
}

}  // namespace

std::optional<Diagnostic> empty_period(Programme const& programme, AnswerSet const& answers, Period const& period) {
  std::vector<std::string> without;
  bool undated = false;
  auto const datasets = reached(programme, answers, period);
  for (auto const& [dataset, has] : datasets)
    if (!has) {
      without.push_back(fmt::format("'{}'", dataset));
      Dataset const* const spec = programme.dataset(dataset);
      undated = undated || (spec != nullptr && spec->date.empty());
    }
  if (without.empty()) return std::nullopt;
  Diagnostic out;
  out.severity = without.size() == datasets.size() ? Severity::warning : Severity::note;
  out.fault = Fault::data;
  out.code = "no-rows-in-period";
  out.message = fmt::format("no row of {} lies in {}", fmt::join(without, ", "), period.label);
  out.hint = undated
                 ? "rows without a day are in no period: name their column of days as \"date\", or ask for all rows "
                   "with yekun query"
                 : "see whether all files are there, or name another period with --period";
  return out;
}

}  // namespace yekun
