#include "output/html_blocks.h"

#include <fmt/format.h>

#include <algorithm>

#include "charts/lay_out.h"
#include "output/markup.h"
#include "output/scene_svg.h"
#include "reports/format.h"

namespace yekun::html {

namespace {

constexpr double kNarrowWidth_pt = 250;  // 333 px: a telephone's width without margins

MarkText const* mark_of(Document const& document, std::string const& id) {
  auto const found =
      std::find_if(document.marks.begin(), document.marks.end(), [&](MarkText const& one) { return one.id == id; });
  return found == document.marks.end() ? nullptr : &*found;
}

std::string run_text(TextRun const& run) {
  std::string text = escape_markup(run.text);
  if (!run.figure.empty()) text = fmt::format(R"(<data value="{}">{}</data>)", escape_markup(run.figure), text);
  if (run.italic) text = "<em>" + text + "</em>";
  if (run.bold) text = "<strong>" + text + "</strong>";
  if (!run.target.empty()) return fmt::format(R"(<a href="#{}">{}</a>)", escape_markup(run.target), text);
  if (!run.link.empty())
    text = fmt::format(R"(<a href="{}" rel="noopener noreferrer">{}</a>)", escape_markup(run.link), text);
  return text;
}

std::string runs_text(Paragraph const& paragraph) {
  std::string text;
  for (auto const& run : paragraph.runs) text += run_text(run);
  return text;
}

std::string_view list_tag(ParagraphKind kind) {
  if (kind == ParagraphKind::bullet) return "ul";
  if (kind == ParagraphKind::numbered) return "ol";
  return "";
}

/// "rise-good", "fall-bad", ...: which way and whether that is welcome.
std::string change_class(Kpi const& kpi) {
  if (!kpi.change || !kpi.change->value || !kpi.change->value->is_value()) return "level";
  double const gain = shown_number(kpi.change->value->number, kpi.change->shape);
  if (gain == 0) return "level";
  std::string way = gain > 0 ? "rise" : "fall";
  if (kpi.neutral_change) return way;
  return way + ((gain > 0) == kpi.rising_is_good ? " good" : " bad");
}

std::string kpi_card(Page const& page, Kpi const& kpi, std::size_t& charts) {
  std::string out = fmt::format(R"(<li class="kpi"><p class="label">{}</p><p class="value">{})",
                                escape_markup(kpi.label), cell_text(page, kpi.value));
  if (!kpi.unit.empty()) out += fmt::format(R"( <span class="unit">{}</span>)", escape_markup(kpi.unit));
  out += "</p>";
  if (kpi.spark_scene) {
    SvgOptions options{.standalone = false, .id_prefix = fmt::format("spark-{}", ++charts), .scalable = false};
    out += "<div class=\"spark\" aria-hidden=\"true\">" + render_svg(*kpi.spark_scene, options) + "</div>";
  }
  if (kpi.change)
    out += fmt::format(R"(<p class="change {}"><strong>{}</strong> <span>{}</span></p>)", change_class(kpi),
                       escape_markup(kpi.change->text), escape_markup(kpi.change_to));
  if (kpi.target) {
    out += fmt::format(R"(<p class="target">{})",
                       escape_markup(page.catalogue.text("report.kpi_target", {{"value", kpi.target->text}})));
    if (!kpi.status_text.empty())
      out += fmt::format(R"(<span class="status status-{}">{}</span>)", status_class(kpi.status),
                         escape_markup(kpi.status_text));
    out += "</p>";
  }
  return out + "</li>\n";
}

std::string chart_table(Page const& page, ChartBlock const& block) {
  auto const& numbers = block.scene.table;
  if (numbers.rows.empty()) return {};
  std::string out = fmt::format(
      "<details><summary id=\"numbers-{0}\">{1}</summary><div class=\"scroll\" role=\"group\" tabindex=\"0\" "
      "aria-labelledby=\"numbers-{0} picture-{0}\"><table><thead><tr>",
      escape_markup(block.id), escape_markup(page.catalogue.text("html.chart_numbers")));
  for (auto const& head : numbers.header) out += "<th scope=\"col\">" + escape_markup(head) + "</th>";
  out += "</tr></thead><tbody>\n";
  for (auto const& row : numbers.rows) {
    out += "<tr>";
    for (std::size_t i = 0; i < row.size(); ++i)
      out += (i == 0 ? "<th scope=\"row\">" : "<td class=\"number\">") + escape_markup(row[i]) +
             (i == 0 ? "</th>" : "</td>");
    out += "</tr>\n";
  }
  return out + "</tbody></table></div></details>";
}

}  // namespace

std::string status_class(Status status) {
  switch (status) {
    case Status::met:
      return "met";
    case Status::on_track:
      return "on-track";
    case Status::behind:
      return "behind";
    case Status::away:
      return "away";
    case Status::none:
    case Status::no_target:
      break;
  }
  return "none";
}

std::string caption(Page const& page, char const* key, int number, std::string const& title) {
  if (number == 0) return escape_markup(title);
  return escape_markup(page.catalogue.text(key, {{"n", page.catalogue.locale().whole(number)}, {"title", title}}));
}

std::string cell_text(Page const& page, Cell const& cell) {
  std::string text = escape_markup(cell.text);
  std::string raised;
  for (auto const& id : cell.marks) {
    MarkText const* const mark = mark_of(page.document, id);
    if (mark == nullptr) continue;
    if (mark->appended)
      raised += fmt::format(R"(<sup title="{}">{}</sup>)", escape_markup(mark->text), escape_markup(mark->symbol));
    else if (cell.text == mark->symbol)
      text = fmt::format(R"(<abbr title="{}">{}</abbr>)", escape_markup(mark->text), text);
  }
  return text + raised;
}

std::string narrative(Narrative const& narrative) {
  std::string out;
  std::string_view open;
  for (auto const& paragraph : narrative.paragraphs) {
    std::string_view const wanted = list_tag(paragraph.kind);
    if (wanted != open) {
      if (!open.empty()) out += fmt::format("</{}>\n", open);
      if (!wanted.empty()) out += fmt::format("<{}>\n", wanted);
      open = wanted;
    }
    std::string const text = runs_text(paragraph);
    if (!wanted.empty())
      out += fmt::format("<li class=\"level-{}\">{}</li>\n", paragraph.level, text);
    else if (paragraph.kind == ParagraphKind::quote)
      out += "<blockquote><p>" + text + "</p></blockquote>\n";
    else
      out += (paragraph.kind == ParagraphKind::note ? "<p class=\"note\">" : "<p>") + text + "</p>\n";
  }
  if (!open.empty()) out += fmt::format("</{}>\n", open);
  return out;
}

std::string kpis(Page const& page, KpiRow const& row, std::size_t& charts) {
  std::string out = "<ul class=\"kpis\">\n";
  for (auto const& kpi : row.kpis) out += kpi_card(page, kpi, charts);
  return out + "</ul>\n";
}

std::string explore(Page const& page, ExploreBlock const& block) {
  std::string out = fmt::format("<div class=\"explore\" id=\"explore-{}\">\n<details><summary>{}</summary>\n",
                                escape_markup(block.id), escape_markup(page.catalogue.text("html.explore_numbers")));
  for (auto const& one : block.tables) out += table(page, one);
  return out + "</details>\n</div>\n";
}

/// Whose words stand inside of marks that get too small for them.
bool is_never_narrow(ChartType type) {
  return type == ChartType::tile_map || type == ChartType::choropleth || type == ChartType::heat ||
         type == ChartType::gantt || type == ChartType::upset;
}

/// The chart once more, as wide as a telephone shows: nothing where its words would not have room.
std::string narrow_chart(Page const& page, ChartBlock const& block) {
  if (page.measurer == nullptr || block.share < 0.6 || is_empty(block.data) || is_never_narrow(block.data.type))
    return {};
  Scene const scene = lay_out(block.spec, block.data, page.document.theme, page.catalogue, *page.measurer,
                              chart_size(block.spec, block.data, kNarrowWidth_pt), Tooltips::left_out);
  if (!scene.shortened.empty()) return {};
  return "<div class=\"narrow\">" +
         render_svg(scene, {.standalone = false, .id_prefix = block.id + "-narrow", .scalable = true}) + "</div>";
}

std::string chart(Page const& page, ChartBlock const& block) {
  char const* const width = block.share > 0.6 ? "whole" : block.share > 0.4 ? "half" : "third";
  SvgOptions const options{.standalone = false, .id_prefix = block.id};
  std::string picture = render_svg(block.scene, options);
  std::string const narrow = narrow_chart(page, block);
  if (!narrow.empty()) picture = "<div class=\"wide\">" + picture + "</div>" + narrow;
  return fmt::format(
             "<figure class=\"chart {}\" id=\"figure-{}\">\n<div class=\"picture\" role=\"group\" id=\"picture-{}\" "
             "tabindex=\"0\" "
             "aria-label=\"{}\">{}"
             "</div>\n",
             width, escape_markup(block.id), escape_markup(block.id),
             caption(page, "heading.figure_n", block.number, block.scene.title), picture) +
         fmt::format("<figcaption>{}{}</figcaption>\n</figure>\n",
                     block.number == 0 ? std::string()
                                       : "<p>" + caption(page, "heading.figure_n", block.number, block.title) + "</p>",
                     chart_table(page, block));
}

}  // namespace yekun::html
