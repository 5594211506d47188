// Cards of headline figures: value, unit, change, sparkline, target and status.
#include <algorithm>

#include "output/layout_blocks.h"
#include "output/layout_text.h"
#include "reports/format.h"

namespace yekun::page {

namespace {

constexpr double kGap = 12;
constexpr double kPadding = 12;

std::size_t cards_abreast(std::size_t count) {
  if (count <= 4) return std::max<std::size_t>(1, count);
  return count % 4 == 0 || count > 6 ? 4 : 3;
}

class CardMaker {
 public:
  CardMaker(Setting const& setting, Kpi const& kpi, double width) : setting_(setting), kpi_(kpi), width_(width) {}

  std::vector<TextLine> label() const {
    return break_lines(setting_.measurer, kpi_.label, {theme().small_pt + 0.5}, theme().muted, inner());
  }

  /// Items from the card's top left corner; `y` starts below the label.
  double body(std::vector<Item>& items, double y) const {
    y += 28;
    double value_pt = 22;
    while (value_pt > 11 && width_of(kpi_.value.text, {value_pt, true}) > inner()) value_pt -= 1;
    TypeStyle const large{value_pt, true};
    add(items, kpi_.value.text, large, theme().accent, kPadding, y - 6);
    if (appended())
      add(items, mark(), {9, true}, theme().muted, kPadding + width_of(kpi_.value.text, large) + 2, y - 14);
    y += 12;
    add(items, kpi_.unit, {theme().small_pt}, theme().muted, kPadding, y - 3);
    if (kpi_.spark_scene)
      items.emplace_back(Drawing{{width_ - kPadding - spark_width(), y - 10, spark_width(), 20}, &*kpi_.spark_scene});
    y += 8;
    return y;
  }

  double change(std::vector<Item>& items, double y) const {
    if (!kpi_.change) return y;
    double x = kPadding;
    Colour const colour = change_colour();
    double const gain = change_sign();
    if (gain != 0) {
      items.emplace_back(
          Sign{gain > 0 ? SignKind::triangle_up : SignKind::triangle_down, {x, y + 5.2, 6, 5.4}, colour});
      x += 9;
    }
    add(items, kpi_.change->text, {theme().small_pt + 0.5, true}, colour, x, y + 11);
    y += 12;
    for (auto const& line :
         break_lines(setting_.measurer, kpi_.change_to, {theme().small_pt - 0.5}, theme().muted, inner())) {
      y += 11;
      add_line(items, line, kPadding, y - 1);
    }
    return y;
  }

  double target(std::vector<Item>& items, double y) const {
    if (!kpi_.target) return y;
    y += 8;
    items.emplace_back(Rule{kPadding, y, inner(), 0.5, theme().faint});
    y += 3;
    std::string const label = setting_.catalogue.text("report.kpi_target", {{"value", kpi_.target->text}});
    for (auto const& line : break_lines(setting_.measurer, label, {theme().small_pt}, theme().text, inner())) {
      y += 12;
      add_line(items, line, kPadding, y - 3);
    }
    if (!kpi_.status_text.empty()) {
      items.emplace_back(status_sign(kpi_.status, theme(), kPadding, y + 2.8, 6));
      for (auto const& line : break_lines(setting_.measurer, kpi_.status_text, {theme().small_pt, true},
                                          status_colour(kpi_.status, theme()), inner() - 10)) {
        y += 12;
        add_line(items, line, kPadding + 10, y - 3);
      }
    }
    return y;
  }

 private:
  Theme const& theme() const { return setting_.theme(); }
  double inner() const { return width_ - 2 * kPadding; }
  double spark_width() const { return std::min(72.0, inner() * 0.55); }
  double width_of(std::string const& text, TypeStyle style) const { return setting_.measurer.width(text, style); }

  void add(std::vector<Item>& items, std::string const& text, TypeStyle style, Colour colour, double x,
           double y) const {
    if (!text.empty()) items.emplace_back(Text{x, y, text, style, colour, width_of(text, style)});
  }

  bool appended() const { return !mark().empty(); }
  std::string mark() const {
    for (auto const& one : setting_.document.marks)
      if (one.appended && std::find(kpi_.value.marks.begin(), kpi_.value.marks.end(), one.id) != kpi_.value.marks.end())
        return one.symbol;
    return {};
  }

  double change_sign() const {
    if (!kpi_.change->value || !kpi_.change->value->is_value()) return 0;
    return shown_number(kpi_.change->value->number, kpi_.change->shape);
  }

  Colour change_colour() const {
    double const gain = change_sign();
    if (gain == 0 || kpi_.neutral_change) return theme().text;
    return (gain > 0) == kpi_.rising_is_good ? theme().good : theme().bad;
  }

  Setting const& setting_;
  Kpi const& kpi_;
  double width_;
};

/// One row of cards, all of one height.
void add_row(Setting const& setting, std::span<Kpi const> kpis, std::size_t abreast, bool first) {
  double const count = static_cast<double>(abreast);
  double const width = (setting.width() - kGap * (count - 1)) / count;
  double label_lines = 1;
  for (auto const& kpi : kpis)
    label_lines = std::max(label_lines, static_cast<double>(CardMaker(setting, kpi, width).label().size()));
  double height = 0;
  std::vector<std::vector<Item>> cards;
  double change_y = 0;
  double target_y = 0;
  for (auto const& kpi : kpis) {
    std::vector<Item> scratch;
    change_y = std::max(change_y, CardMaker(setting, kpi, width).body(scratch, 12 + 12 * label_lines));
  }
  for (auto const& kpi : kpis) {
    std::vector<Item> scratch;
    target_y = std::max(target_y, CardMaker(setting, kpi, width).change(scratch, change_y));
  }
  for (auto const& kpi : kpis) {
    CardMaker const maker(setting, kpi, width);
    auto& items = cards.emplace_back();
    double y = 12;
    for (auto const& line : maker.label()) {
      y += 12;
      add_line(items, line, kPadding, y - 3);
    }
    maker.body(items, 12 + 12 * label_lines);
    maker.change(items, change_y);
    height = std::max(height, maker.target(items, target_y) + 12);
  }
  Piece piece;
  piece.before = first ? 8 : 4;
  piece.height = height + 8;
  piece.path = {{setting.flow.next_element(), "Sect"}};
  double x = 0;
  for (std::size_t i = 0; i < cards.size(); ++i) {
    auto const& marks = kpis[i].value.marks;
    piece.marks.insert(piece.marks.end(), marks.begin(), marks.end());
    piece.items.emplace_back(Fill{{x, 0, width, height}, setting.theme().panel, 0});
    piece.items.emplace_back(Fill{{x, 0, width, 2}, setting.theme().accent, 0});
    piece.items.emplace_back(Open{"P", {}});
    for (auto& item : cards[i]) {
      move_by(item, x, 0);
      piece.items.push_back(std::move(item));
    }
    piece.items.emplace_back(Close{});
    x += width + kGap;
  }
  setting.flow.add(std::move(piece));
}

}  // namespace

void add_kpis(Setting const& setting, KpiRow const& row) {
  std::size_t const abreast = cards_abreast(row.kpis.size());
  for (std::size_t i = 0; i < row.kpis.size(); i += abreast) {
    std::size_t const count = std::min(abreast, row.kpis.size() - i);
    add_row(setting, std::span(row.kpis).subspan(i, count), abreast, i == 0);
  }
}

}  // namespace yekun::page
