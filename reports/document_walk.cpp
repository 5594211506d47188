#include "reports/document_walk.h"

namespace yekun {

namespace {

void visit_kpis(KpiRow const& row, std::function<void(Cell const&)> const& visit) {
  for (Kpi const& kpi : row.kpis) {
    visit(kpi.value);
    if (kpi.change) visit(*kpi.change);
    if (kpi.target) visit(*kpi.target);
    if (kpi.achievement) visit(*kpi.achievement);
  }
}

void visit_table(TableBlock const& table, std::function<void(Cell const&)> const& visit) {
  for (TableRow const& row : table.rows)
    for (Cell const& cell : row.cells) visit(cell);
}

}  // namespace

void for_each_cell(Document const& document, std::function<void(Cell const&)> const& visit) {
  for (Block const& block : document.blocks) {
    if (auto const* kpis = std::get_if<KpiRow>(&block)) visit_kpis(*kpis, visit);
    if (auto const* table = std::get_if<TableBlock>(&block)) visit_table(*table, visit);
  }
}

void for_each_lineage(Document const& document, std::function<void(Lineage const&)> const& visit) {
  auto visit_cell = [&](Cell const& cell) {
    if (cell.lineage) visit(*cell.lineage);
  };
  for (Block const& block : document.blocks) {
    if (auto const* kpis = std::get_if<KpiRow>(&block)) visit_kpis(*kpis, visit_cell);
    if (auto const* table = std::get_if<TableBlock>(&block)) visit_table(*table, visit_cell);
    auto const* chart = std::get_if<ChartBlock>(&block);
    if (chart == nullptr) continue;
    for (ChartPanel const& panel : chart->data.panels)
      for (ChartSeries const& series : panel.series)
        for (ChartPoint const& point : series.points) {
          if (point.lineage) visit(*point.lineage);
          if (point.target_lineage) visit(*point.target_lineage);
        }
  }
}

}  // namespace yekun
