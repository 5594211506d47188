#include "delivery/mail_document.h"

#include <algorithm>
#include <array>
#include <utility>

#include "charts/lay_out.h"

namespace yekun {
namespace {

/// 440 CSS pixels: shown on 576 in a window, its letters are a third larger than the text's smallest; on a telephone's
/// 327 they are three quarters of their size. Where that would shorten a name, 533.
constexpr std::array<double, 2> kChartWidths{330, 400};

/// Whether the unit says more than the figures do: "%" stands in each of them.
bool is_told(TableRow const& row, std::string const& unit) {
  return std::any_of(row.cells.begin() + 1, row.cells.end(),
                     [&](Cell const& cell) { return cell.value && cell.text.find(unit) != std::string::npos; });
}

void join_units(TableBlock& table, Catalogue const& catalogue) {
  auto const unit = std::find_if(table.columns.begin(), table.columns.end(),
                                 [](TableColumn const& column) { return column.key == "unit"; });
  if (table.kind != TableKind::indicators || unit == table.columns.end()) return;
  auto const c = unit - table.columns.begin();
  table.columns.erase(unit);
  for (auto& row : table.rows) {
    if (row.cells.size() <= static_cast<std::size_t>(c)) continue;
    std::string const words = row.cells[static_cast<std::size_t>(c)].text;
    row.cells.erase(row.cells.begin() + c);
    auto& label = row.cells.front().text;
    if (!words.empty() && !is_told(row, words))
      label = catalogue.text("report.with_unit", {{"label", label}, {"unit", words}});
  }
}

/// Maps have names in their tiles, which need the whole width.
bool is_map(ChartType type) { return type == ChartType::tile_map || type == ChartType::choropleth; }

void narrow(ChartBlock& chart, Theme const& theme, Catalogue const& catalogue, TextMeasurer const& measurer) {
  if (is_map(chart.spec.type)) return;
  for (auto const width : kChartWidths) {
    if (chart.scene.width_pt <= width) return;
    auto scene = lay_out(chart.spec, chart.data, theme, catalogue, measurer, chart_size(chart.spec, chart.data, width),
                         Tooltips::left_out);
    if (scene.shortened.size() > chart.scene.shortened.size()) continue;
    chart.scene = std::move(scene);
    return;
  }
}

}  // namespace

Document mail_document(Document document, Catalogue const& catalogue, TextMeasurer const& measurer) {
  for (auto& block : document.blocks) {
    if (auto* table = std::get_if<TableBlock>(&block)) join_units(*table, catalogue);
    if (auto* chart = std::get_if<ChartBlock>(&block)) narrow(*chart, document.theme, catalogue, measurer);
  }
  return document;
}

}  // namespace yekun
