#include "reports/plan_check.h"

#include "indicators/planner.h"
#include "indicators/sql_text.h"
#include "reports/chart_periods.h"
#include "reports/compose.h"

namespace yekun {
namespace {

/// Each question is planned alone, so that one mistake hides no other.
void check_one(Programme const& programme, Question const& question, Place const& place, Environment const& environment,
               Diagnostics& out) {
  SourceCache sources(programme, environment.sources);
  auto const planned = plan(programme, std::span(&question, 1), sources, environment);
  for (auto problem :
       planned ? refused_by_databases(programme, std::span(&question, 1), environment) : planned.error()) {
    if (problem.place.line == 0) problem.place = question.place.line > 0 ? question.place : place;
    out.push_back(std::move(problem));
  }
}

}  // namespace

Diagnostics check_questions(Programme const& programme, ReportSpec const& report, Period const& period,
                            SourceContext const& context, Date as_of) {
  auto const resolved = resolve_chart_periods(report, period, programme.fiscal, as_of);
  if (!resolved) return resolved.error();
  auto const asked = questions(programme, *resolved, period);
  if (!asked) return asked.error();
  Environment environment;
  environment.sources = context;
  environment.as_of = as_of;
  Diagnostics out;
  for (auto const& question : *asked) check_one(programme, question, report.place, environment, out);
  return out;
}

Diagnostics check_indicators(Programme const& programme, SourceContext const& context, Date as_of) {
  Environment environment;
  environment.sources = context;
  environment.as_of = as_of;
  Diagnostics out;
  for (auto const& indicator : programme.indicators) {
    Question question;
    question.indicators = {indicator.id};
    for (auto problem : refused_by_databases(programme, std::span(&question, 1), environment)) {
      problem.place = indicator.place;
      out.push_back(std::move(problem));
    }
  }
  return out;
}

}  // namespace yekun
