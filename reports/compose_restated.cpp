// The table of restatements, and the marks on figures that it lists.
#include <algorithm>
#include <set>

#include "reports/composer.h"
#include "reports/labels.h"

namespace yekun {

namespace {

bool is_appendix(Section const& section) {
  return std::holds_alternative<DataQualitySection>(section.content) ||
         std::holds_alternative<DefinitionsSection>(section.content) ||
         std::holds_alternative<ProvenanceSection>(section.content);
}

void mark(Cell& cell, std::set<std::string> const& restated) {
  bool const marked = std::find(cell.marks.begin(), cell.marks.end(), "restated") != cell.marks.end();
  if (restated.contains(cell.figure) && !marked) cell.marks.emplace_back("restated");
}

}  // namespace

std::size_t Composer::restatements_before() const {
  std::size_t at = report_.sections.size();
  while (at > 0 && is_appendix(report_.sections[at - 1])) --at;
  return at;
}

bool Composer::concerns_member(RestatedFigure const& figure) const {
  if (context_.member.empty()) return true;
  return std::any_of(figure.place.begin(), figure.place.end(), [&](PlacePart const& part) {
    return part.dimension == report_.for_each && part.value == context_.member;
  });
}

void Composer::add_restatements() {
  TableBlock table;
  table.kind = TableKind::restatements;
  table.id = "restatements";
  table.title = text("heading.restatements");
  table.header_columns = 2;
  table.columns = {{text("heading.indicator"), "", ColumnRole::label, {}, "figure"},
                   {text("label.period"), "", ColumnRole::text, {}, "period"},
                   {text("restated.was"), "", ColumnRole::number, {}, "was"},
                   {text("restated.now"), "", ColumnRole::number, {}, "now"},
                   {text("restated.cause"), "", ColumnRole::text, {}, "cause"}};
  for (auto const& figure : context_.restated) {
    if (!concerns_member(figure)) continue;
    Indicator const* indicator = programme_.indicator(figure.indicator);
    NumberShape const shape = indicator == nullptr ? NumberShape{} : shape_of(*indicator);
    std::string name = label(figure.indicator);
    for (auto const& part : figure.place)
      if (part.value || part.unknown) name += ", " + part_label(programme_, part, catalogue_);
    if (figure.of_target) name = text("restated.target", {{"indicator", name}});
    auto now = figure.shown ? value_cell(figure.now, shape, catalogue_) : words("");
    table.rows.push_back(
        {RowKind::data,
         0,
         {words(name), words(locale_.period_short(figure.period)), value_cell(figure.was, shape, catalogue_),
          std::move(now), words(text("restated." + figure.cause))}});
  }
  if (table.rows.empty()) return;
  number_table(table);
  document_.blocks.emplace_back(std::move(table));
}

void Composer::mark_restated() {
  std::set<std::string> restated;
  for (auto const& figure : context_.restated)
    if (figure.shown && !figure.of_target) restated.insert(figure.id);
  if (restated.empty()) return;
  for (auto& block : document_.blocks) {
    if (auto* kpis = std::get_if<KpiRow>(&block))
      for (auto& kpi : kpis->kpis) mark(kpi.value, restated);
    if (auto* table = std::get_if<TableBlock>(&block))
      for (auto& row : table->rows)
        for (auto& cell : row.cells) mark(cell, restated);
  }
}

}  // namespace yekun
