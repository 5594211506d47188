// The results framework: levels with their indicators against baseline and target.
#include <algorithm>
#include <array>

#include "reports/aspects.h"
#include "reports/composer.h"

namespace yekun {

namespace {

struct FrameRow {
  Indicator const* indicator = nullptr;
  Figure const* figure = nullptr;
};

constexpr std::array<Aspect, 7> kAspects{Aspect::baseline,    Aspect::target, Aspect::value, Aspect::cumulative,
                                         Aspect::achievement, Aspect::status, Aspect::change};

TableRow group_row(std::string label, std::size_t columns) {
  TableRow row{RowKind::group, 0, {words(std::move(label))}};
  row.cells.front().emphasis = true;
  row.cells.resize(columns);
  return row;
}

}  // namespace

std::string Composer::comment_on(std::string const& indicator) const {
  for (auto const& comment : context_.comments)
    if (comment.indicator == indicator && comment.period == context_.period.label &&
        (comment.language.empty() || comment.language == locale_.language()))
      return comment.text;
  return {};
}

void Composer::add_logframe(Section const& section, LogframeSection const& content) {
  auto const ids = logframe_indicators(programme_, content);
  std::vector<Figure const*> figures;
  bool sources = false;
  bool comments = false;
  for (auto const& id : ids) {
    Indicator const* indicator = programme_.indicator(id);
    figures.push_back(headline(id));
    sources = sources || (indicator != nullptr && !indicator->source_of_verification.empty());
    comments = comments || !comment_on(id).empty();
  }
  auto const aspects = useful_aspects({kAspects.begin(), kAspects.end()}, figures);
  TableBlock table;
  table.kind = TableKind::logframe;
  table.title = line(section.title, section.place);
  if (table.title.empty()) table.title = text("heading.logframe");
  table.subtitle = document_.period_text;
  table.columns.push_back({text("heading.indicator"), "", ColumnRole::label, {}, "indicator"});
  static Indicator const kAny{};
  for (auto const aspect : aspects) {
    table.columns.push_back(aspect_column(aspect, kAny, IndicatorKind::other, catalogue_));
    if (aspect == Aspect::value) table.columns.back().heading = text("label.actual");
    if (aspect != Aspect::achievement) table.columns.back().shape = {};
  }
  if (sources) table.columns.push_back({text("label.source_of_verification"), "", ColumnRole::text, {}, "source"});
  if (comments) table.columns.push_back({text("label.comment"), "", ColumnRole::text, {}, "comment"});

  auto const add = [&](std::string const& id, int level) {
    Indicator const* indicator = programme_.indicator(id);
    if (indicator == nullptr) return;
    Figure const* figure = headline(id);
    std::string name = label(id);
    std::string const unit = unit_heading(indicator->unit.id, catalogue_);
    if (is_measured(indicator->unit.id)) name = text("report.with_unit", {{"label", name}, {"unit", unit}});
    TableRow row{RowKind::data, level, {words(name)}};
    static Figure const kAbsent{};
    for (auto const aspect : aspects)
      row.cells.push_back(aspect_cell(aspect, figure == nullptr ? kAbsent : *figure, *indicator, catalogue_));
    if (sources)
      row.cells.push_back(
          words(std::string(text_in(indicator->source_of_verification, catalogue_.locale().language()))));
    if (comments) row.cells.push_back(words(comment_on(id)));
    table.rows.push_back(std::move(row));
    show_indicator(id);
  };
  if (content.indicators.empty()) {
    for (auto const& level : programme_.results) {
      std::string const title(text_in(level.title, locale_.language()));
      std::string const key = "label." + level.level;
      std::string const name = catalogue_.has(key) ? text(key) : level.level;
      table.rows.push_back(group_row(title.empty() ? name : text("report.level", {{"level", name}, {"title", title}}),
                                     table.columns.size()));
      for (auto const& id : level.indicators) add(id, 1);
    }
  } else {
    for (auto const& id : ids) add(id, 0);
  }
  number_table(table);
  document_.blocks.emplace_back(std::move(table));
}

}  // namespace yekun
