#include "output/layout_front.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "output/layout_text.h"

namespace yekun::page {

namespace {

Colour blend(Colour a, Colour b, double share) {
  auto const mix = [&](std::uint8_t x, std::uint8_t y) {
    return static_cast<std::uint8_t>(
        std::lround(static_cast<double>(x) * (1 - share) + static_cast<double>(y) * share));
  };
  return {mix(a.red, b.red), mix(a.green, b.green), mix(a.blue, b.blue)};
}

struct ImageSize {
  double width = 0;
  double height = 0;
};

/// From the PNG's header; zero if it is none.
ImageSize png_size(std::string const& bytes) {
  if (bytes.size() < 24 || std::memcmp(bytes.data(), "\x89PNG\r\n\x1a\n", 8) != 0) return {};
  auto const number = [&](std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<std::uint8_t>(bytes[at + i]);
    return static_cast<double>(value);
  };
  return {number(16), number(20)};
}

/// Stacks lines from the top down.
class Column {
 public:
  Column(TypeMeasurer const& measurer, std::vector<Item>& items, double x, double y, double width)
      : measurer_(measurer), items_(items), x_(x), y_(y), width_(width) {}

  void add(std::string const& text, TypeStyle style, Colour colour, double leading, char const* tag = "P") {
    if (text.empty()) return;
    items_.emplace_back(Open{tag, {}});
    for (auto const& line : break_lines(measurer_, text, style, colour, width_)) {
      y_ += leading;
      add_line(items_, line, x_, y_ - leading * 0.26);
    }
    items_.emplace_back(Close{});
  }
  void space(double height) { y_ += height; }
  double y() const { return y_; }

 private:
  TypeMeasurer const& measurer_;
  std::vector<Item>& items_;
  double x_;
  double y_;
  double width_;
};

/// A pill with the status: "Draft".
void add_status(std::vector<Item>& items, TypeMeasurer const& measurer, Document const& document, double right,
                double y) {
  if (document.status.empty()) return;
  Theme const& theme = document.theme;
  TypeStyle const style{theme.small_pt + 0.5, true};
  double const width = measurer.width(document.status, style);
  items.emplace_back(Fill{{right - width - 20, y, width + 20, 20}, theme.accent_text, 10});
  items.emplace_back(Open{"P", {}});
  items.emplace_back(Text{right - width - 10, y + 13.2, document.status, style, theme.accent, width});
  items.emplace_back(Close{});
}

double add_logo(std::vector<Item>& items, Document const& document, double right, double y, double height) {
  ImageSize const size = png_size(document.logo_png);
  if (size.width <= 0 || size.height <= 0) return 0;
  double const scale = std::min(height / size.height, 160 / size.width);
  scene::Box const box{right - size.width * scale, y, size.width * scale, size.height * scale};
  items.emplace_back(Fill{{box.x - 8, box.y - 8, box.width + 16, box.height + 16}, document.theme.accent_text, 4});
  items.emplace_back(Open{"Figure", document.programme});
  items.emplace_back(Image{box, &document.logo_png});
  items.emplace_back(Close{});
  return box.width + 32;
}

std::string partners_line(Document const& document, Catalogue const& catalogue) {
  if (document.partners.empty()) return {};
  return catalogue.text("report.partners", {{"partners", catalogue.locale().list(document.partners)}});
}

}  // namespace

Front lay_out_front(Document const& document, TypeMeasurer const& measurer, Catalogue const& catalogue,
                    bool whole_page) {
  Theme const& theme = document.theme;
  PageGeometry const page = page_geometry(document.paper, false, theme.margin_pt);
  Colour const quiet = blend(theme.accent_text, theme.accent, 0.22);
  Front front;
  std::vector<Item> over;
  double const top = whole_page ? 200 : 36;
  double const title_pt = whole_page ? theme.title_pt * 1.35 : theme.title_pt;
  double const logo = add_logo(over, document, page.width - page.right, whole_page ? 56 : 40, whole_page ? 56 : 40);
  double const width = page.text_width() - (whole_page ? 40 : std::max(logo, 0.0));
  Column column(measurer, over, page.left, top, width);
  column.add(document.programme, {theme.body_pt + 0.5, true}, quiet, 16);
  column.space(4);
  column.add(document.title, {title_pt, true}, theme.accent_text, title_pt * 1.25, "H1");
  column.space(4);
  if (document.subtitle != document.programme) column.add(document.subtitle, {theme.body_pt + 1.5}, quiet, 16);
  column.space(whole_page ? 28 : 12);
  double const meta = column.y();
  column.add(document.period_text, {theme.body_pt + 2.5, true}, theme.accent_text, 18);
  column.add(document.as_of_text, {theme.body_pt - 0.5}, quiet, 14);
  if (whole_page) column.space(16);
  column.add(partners_line(document, catalogue), {theme.body_pt - 0.5}, quiet, 14);
  add_status(over, measurer, document, page.width - page.right, meta + 1);
  double const height = whole_page ? page.height : column.y() + 20;
  front.items.emplace_back(Fill{{0, 0, page.width, height}, theme.accent, 0});
  front.items.emplace_back(Fill{{0, height - 4, page.width, 4}, blend(theme.accent, theme.good, 0.7), 0});
  if (whole_page) front.items.emplace_back(Fill{{page.left, top - 24, 56, 4}, theme.accent_text, 0});
  front.items.insert(front.items.end(), over.begin(), over.end());
  front.height = whole_page ? page.height : height + 24;
  return front;
}

std::vector<Item> frame_items(Frame const& frame, TypeMeasurer const& measurer, PageGeometry const& page, int number) {
  Document const& document = *frame.document;
  Theme const& theme = document.theme;
  TypeStyle const style{theme.small_pt - 0.5};
  std::vector<Item> items;
  auto const right = [&](std::string const& text, double y, Colour colour) {
    double const width = measurer.width(text, style);
    items.emplace_back(Text{page.width - page.right - width, y, text, style, colour, width});
    return width;
  };
  auto const left = [&](std::string const& text, double y, double room) {
    std::string const shown = shorten(measurer, text, style, room);
    items.emplace_back(Text{page.left, y, shown, style, theme.muted, measurer.width(shown, style)});
  };
  if (number > 1) {
    double const used = right(document.period_text, 40, theme.muted);
    left(document.title, 40, page.text_width() - used - 24);
    items.emplace_back(Rule{page.left, 48, page.text_width(), 0.5, theme.faint});
  }
  double const foot = page.height - 32;
  auto const count = frame.catalogue->text(
      "label.page", {{"page", static_cast<std::int64_t>(number)}, {"pages", static_cast<std::int64_t>(frame.pages)}});
  double const used = right(count, foot, theme.muted);
  std::string const status = document.status.empty() ? "" : document.status + " · ";
  left(status + document.programme + " · " + document.as_of_text, foot, page.text_width() - used - 24);
  return items;
}

void add_contents(Flow& flow, Document const& document, TypeMeasurer const& measurer, Catalogue const& catalogue,
                  std::map<std::string, int> const& page_of) {
  Theme const& theme = document.theme;
  double const width = flow.geometry().text_width();
  Piece heading;
  heading.height = 32;
  heading.keep_next = true;
  heading.path = {{flow.next_element(), "H1"}};
  std::string const title = catalogue.text("heading.contents");
  TypeStyle const large{theme.heading_pt + 2, true};
  heading.items.emplace_back(Text{0, 18, title, large, theme.accent, measurer.width(title, large)});
  flow.add(std::move(heading));
  Element const list{flow.next_element(), "TOC"};
  for (auto const& block : document.blocks) {
    auto const* one = std::get_if<Heading>(&block);
    if (one == nullptr || one->level > 2) continue;
    bool const top = one->level == 1;
    TypeStyle const style{theme.body_pt + (top ? 0.5 : 0), top};
    double const indent = top ? 0 : 16;
    auto const found = page_of.find(one->anchor);
    int const number = found == page_of.end() ? 0 : found->second;
    std::string const shown = number == 0 ? "" : catalogue.locale().whole(number);
    Piece piece;
    piece.before = top ? 4 : 0;
    piece.path = {list, {flow.next_element(), "TOCI"}};
    double y = 0;
    for (auto const& line :
         break_lines(measurer, one->text, style, top ? theme.text : theme.muted, width - indent - 48)) {
      y += 16;
      add_line(piece.items, line, indent, y - 4);
    }
    double const number_width = measurer.width(shown, {theme.body_pt});
    if (number > 0) {
      piece.items.emplace_back(Text{width - number_width, y - 4, shown, {theme.body_pt}, theme.muted, number_width});
      piece.items.emplace_back(Link{{0, 0, width, y + 2}, {}, number, 0});
    }
    piece.items.emplace_back(Rule{0, y + 2, width, 0.5, theme.faint});
    piece.height = y + 4;
    flow.add(std::move(piece));
  }
}

}  // namespace yekun::page
