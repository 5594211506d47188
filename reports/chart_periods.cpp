#include "reports/chart_periods.h"

#include "core/period.h"

namespace yekun {

Period last_periods(std::size_t count, PeriodKind kind, Period const& report, FiscalYear const& fiscal) {
  Period const last = period_at(kind, report.end - 1, fiscal);
  Period first = last;
  for (std::size_t i = 1; i < count; ++i) first = previous(first, fiscal);
  return Period{first.first, last.end, PeriodKind::range, first.label + ".." + last.label, false};
}

namespace {

Result<std::optional<Period>> period_of(ChartSection const& section, Period const& report,
                                        PeriodContext const& context) {
  if (!section.period.empty()) {
    auto const named = parse_period(section.period, context);
    if (named) return std::optional<Period>{*named};
    Diagnostic out;
    out.code = "bad-period";
    out.place = section.period_place;
    out.message = named.error();
    return failure(std::move(out));
  }
  if (!section.periods) return std::optional<Period>{};
  auto const own = report.kind == PeriodKind::range ? PeriodKind::month : report.kind;
  return std::optional<Period>{last_periods(*section.periods, section.chart.per.value_or(own), report, context.fiscal)};
}

}  // namespace

Result<ReportSpec> resolve_chart_periods(ReportSpec report, Period const& report_period, FiscalYear const& fiscal,
                                         Date as_of) {
  Diagnostics problems;
  for (auto& section : report.sections) {
    auto* chart = std::get_if<ChartSection>(&section.content);
    if (chart == nullptr) continue;
    auto const period = period_of(*chart, report_period, PeriodContext{fiscal, as_of});
    if (period)
      chart->own_period = *period;
    else
      problems.insert(problems.end(), period.error().begin(), period.error().end());
  }
  if (!problems.empty()) return failure(std::move(problems));
  return report;
}

}  // namespace yekun
