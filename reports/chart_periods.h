// The periods of charts that look further back than the report.
#pragma once

#include "indicators/definitions.h"
#include "reports/report_spec.h"

namespace yekun {

/// The report with ChartSection::own_period set where a chart names a period ("last-12-months") or a number of them
/// ("periods": 15, by chart.per, else by the report's kind; the last one within `report_period`). Errors: a period that
/// cannot be read.
Result<ReportSpec> resolve_chart_periods(ReportSpec report, Period const& report_period, FiscalYear const& fiscal,
                                         Date as_of);

/// `count` periods of `kind`, the last one being that of `report`'s last day.
Period last_periods(std::size_t count, PeriodKind kind, Period const& report, FiscalYear const& fiscal);

}  // namespace yekun
