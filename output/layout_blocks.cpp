#include "output/layout_blocks.h"

#include <algorithm>
#include <cmath>

#include "output/layout_text.h"

namespace yekun::page {

namespace {

constexpr double kBodyLeading = 14;
constexpr double kNoteLeading = 12;
constexpr double kUsualBody = 9.5;
constexpr double kUsualSmall = 8;

/// Of lines of `size`, where those of `usual` take `leading` in the usual theme.
double leading_of(double leading, double size, double usual, Theme const& theme) {
  return leading * size / usual * theme.line_spacing;
}

struct ParagraphLook {
  TypeStyle style{};
  Colour colour{};
  double leading = kBodyLeading;
  double indent = 0;
  double before = 8;
};

ParagraphLook look_of(Paragraph const& paragraph, Theme const& theme) {
  ParagraphLook look{{theme.body_pt}, theme.text};
  look.leading = leading_of(kBodyLeading, theme.body_pt, kUsualBody, theme);
  bool const item = paragraph.kind == ParagraphKind::bullet || paragraph.kind == ParagraphKind::numbered;
  if (item || paragraph.level > 0) look.indent = 16 + 16 * paragraph.level;
  if (item) look.before = 4;
  if (paragraph.kind == ParagraphKind::quote) {
    look.indent = 16;
    look.colour = theme.muted;
  }
  if (paragraph.kind == ParagraphKind::note) {
    look.style.size_pt = theme.small_pt;
    look.colour = theme.muted;
    look.leading = leading_of(kNoteLeading, theme.small_pt, kUsualSmall, theme);
  }
  return look;
}

std::vector<Span> spans_of(Paragraph const& paragraph, ParagraphLook const& look, Theme const& theme) {
  std::vector<Span> spans;
  for (auto const& run : paragraph.runs) {
    TypeStyle style = look.style;
    style.bold = run.bold;
    style.italic = run.italic || paragraph.kind == ParagraphKind::quote;
    spans.push_back({run.text, style, run.link.empty() && run.target.empty() ? look.colour : theme.good,
                     run.target.empty() ? run.link : "#" + run.target});
  }
  return spans;
}

void add_list_sign(Piece& piece, Paragraph const& paragraph, ParagraphLook const& look, Setting const& setting) {
  double const baseline = look.leading * 0.76;
  double const x = look.indent - 12;
  if (paragraph.kind == ParagraphKind::bullet)
    piece.items.emplace_back(Sign{SignKind::dot, {x + 1, baseline - 4.6, 3, 3}, setting.theme().accent});
  if (paragraph.kind == ParagraphKind::numbered) {
    std::string const number = setting.catalogue.locale().whole(paragraph.number) + ".";
    double const width = setting.measurer.width(number, look.style);
    piece.items.emplace_back(Text{x + 8 - width, baseline, number, look.style, look.colour, width});
  }
}

}  // namespace

void add_heading(Setting const& setting, Heading const& heading) {
  Theme const& theme = setting.theme();
  bool const top = heading.level == 1;
  TypeStyle const style{top ? theme.heading_pt : theme.heading_pt - 2.5, true};
  double const leading = leading_of(top ? 20 : 16, style.size_pt, top ? 14 : 11.5, theme);
  auto const lines =
      break_lines(setting.measurer, heading.text, style, top ? theme.accent : theme.text, setting.width());
  Piece piece;
  piece.before = top ? 28 : 16;
  piece.keep_next = true;
  piece.most_after = 4;
  piece.path = {{setting.flow.next_element(), top ? "H1" : "H2"}};
  piece.words = heading.text;
  piece.bookmark = Bookmark{heading.level, heading.text, heading.anchor};
  double y = 0;
  for (auto const& line : lines) {
    y += leading;
    add_line(piece.items, line, 0, y - leading * 0.26);
  }
  piece.height = y + (top ? 8 : 4);
  setting.flow.add(std::move(piece));
}

void add_narrative(Setting const& setting, Narrative const& narrative) {
  for (auto const& paragraph : narrative.paragraphs) {
    ParagraphLook const look = look_of(paragraph, setting.theme());
    auto const lines =
        break_lines(setting.measurer, spans_of(paragraph, look, setting.theme()), setting.width() - look.indent);
    Element const element{setting.flow.next_element(),
                          look.indent > 0 && paragraph.kind != ParagraphKind::quote ? "LI" : "P"};
    for (std::size_t i = 0; i < lines.size(); ++i) {
      Piece piece;
      piece.before = i == 0 ? look.before : 0;
      piece.height = look.leading;
      piece.path = {element};
      // Two lines at least at the foot and the head of a page.
      piece.keep_next = i + 1 < lines.size() && (i == 0 || i + 2 == lines.size());
      if (i == 0) add_list_sign(piece, paragraph, look, setting);
      if (paragraph.kind == ParagraphKind::quote)
        piece.items.emplace_back(Fill{{0, i == 0 ? 1.0 : 0.0, 2, look.leading}, setting.theme().accent, 0});
      add_line(piece.items, lines[i], look.indent, look.leading * 0.76);
      setting.flow.add(std::move(piece));
    }
  }
}

void add_charts(Setting const& setting, std::span<ChartBlock const* const> charts) {
  Theme const& theme = setting.theme();
  Piece piece;
  piece.before = 16;
  double const most = setting.flow.geometry().text_height() - 48;
  double const column = setting.width() / static_cast<double>(std::max<std::size_t>(1, charts.size()));
  double x = 0;
  std::vector<Element> row{{setting.flow.next_element(), "Sect"}};
  bool first = true;
  for (auto const* chart : charts) {
    double const room = charts.size() == 1 ? setting.width() : column;
    double const scale =
        std::min({1.0, most / std::max(1.0, chart->scene.height_pt), room / std::max(1.0, chart->scene.width_pt)});
    scene::Box const box{x, 16, chart->scene.width_pt * scale, chart->scene.height_pt * scale};
    if (!first) piece.items.emplace_back(Close{});
    piece.items.emplace_back(Open{"Figure", chart->alt_text});
    first = false;
    piece.anchors.push_back("figure-" + chart->id);
    if (chart->number > 0) {
      auto const label = setting.catalogue.text("report.figure", {{"n", static_cast<std::int64_t>(chart->number)}});
      TypeStyle const style{theme.small_pt - 0.5, true};
      piece.items.emplace_back(Text{x, 9, label, style, theme.muted, setting.measurer.width(label, style)});
    }
    piece.items.emplace_back(Drawing{box, &chart->scene});
    piece.height = std::max(piece.height, box.bottom() + 4);
    x += box.width + kChartGutter;
  }
  piece.items.emplace_back(Close{});
  piece.path = row;
  setting.flow.add(std::move(piece));
}

Colour status_colour(Status status, Theme const& theme) {
  if (status == Status::met || status == Status::on_track) return theme.good;
  if (status == Status::behind || status == Status::away) return theme.bad;
  return theme.neutral;
}

Sign status_sign(Status status, Theme const& theme, double x, double y, double size) {
  SignKind kind = SignKind::ring;
  if (status == Status::met) kind = SignKind::disc;
  if (status == Status::on_track) kind = SignKind::ring;
  if (status == Status::behind) kind = SignKind::triangle_up;
  if (status == Status::away) kind = SignKind::triangle_down;
  if (status == Status::no_target || status == Status::none) kind = SignKind::dot;
  return {kind, {x, y, size, size}, status_colour(status, theme)};
}

}  // namespace yekun::page
