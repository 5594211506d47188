#include "output/layout_flow.h"

#include <fmt/format.h>

#include <algorithm>

#include "output/layout_text.h"

namespace yekun::page {

namespace {

constexpr double kFootnoteLeading = 11;
constexpr double kFootnoteGap = 12;

std::vector<TextLine> footnote_lines(Document const& document, TypeMeasurer const& measurer,
                                     std::set<std::string> const& marks, double width) {
  Theme const& theme = document.theme;
  TypeStyle const style{theme.small_pt - 0.5};
  std::vector<Span> spans;
  for (auto const& mark : document.marks) {
    if (marks.count(mark.id) == 0) continue;
    if (!spans.empty()) spans.push_back({"     ", style, theme.muted});
    spans.push_back({mark.symbol + "\u00A0\u00A0", {style.size_pt, true}, theme.text});
    spans.push_back({mark.text, style, theme.muted});
  }
  if (spans.empty()) return {};
  return break_lines(measurer, spans, width);
}

}  // namespace

void move_by(Item& item, double dx, double dy) {
  if (auto* text = std::get_if<Text>(&item)) {
    text->x += dx;
    text->y += dy;
  } else if (auto* fill = std::get_if<Fill>(&item)) {
    fill->box.x += dx;
    fill->box.y += dy;
  } else if (auto* rule = std::get_if<Rule>(&item)) {
    rule->x += dx;
    rule->y += dy;
  } else if (auto* sign = std::get_if<Sign>(&item)) {
    sign->box.x += dx;
    sign->box.y += dy;
  } else if (auto* drawing = std::get_if<Drawing>(&item)) {
    drawing->box.x += dx;
    drawing->box.y += dy;
  } else if (auto* image = std::get_if<Image>(&item)) {
    image->box.x += dx;
    image->box.y += dy;
  } else if (auto* link = std::get_if<Link>(&item)) {
    link->box.x += dx;
    link->box.y += dy;
  }
}

Flow::Flow(Frame frame, TypeMeasurer const& measurer, PageSink const& sink)
    : frame_(frame),
      measurer_(measurer),
      sink_(sink),
      theme_(frame.document->theme),
      geometry_(page_geometry(frame.document->paper, false, theme_.margin_pt)) {}

void Flow::set_first(std::vector<Item> items, double height) {
  first_items_ = std::move(items);
  first_height_ = height;
}

void Flow::add(Piece piece) {
  bool const holds = piece.keep_next;
  chain_.push_back(std::move(piece));
  if (!holds) place_chain();
}

void Flow::new_page(bool landscape) {
  place_chain();
  if (open_ && (!empty_ || landscape != landscape_)) end_page();
  landscape_ = landscape;
  geometry_ = page_geometry(frame_.document->paper, landscape, theme_.margin_pt);
}

void Flow::turn_page(bool landscape) {
  std::vector<Piece> held;
  held.swap(chain_);
  new_page(landscape);
  chain_ = std::move(held);
}

void Flow::finish() {
  place_chain();
  if (!open_ && number_ == 0) start_page();
  if (open_) end_page();
}

double Flow::footnotes_height(std::set<std::string> const& marks) const {
  if (marks.empty()) return 0;
  auto const lines = footnote_lines(*frame_.document, measurer_, marks, geometry_.text_width());
  return lines.empty() ? 0 : kFootnoteGap + kFootnoteLeading * static_cast<double>(lines.size());
}

/// What is left of the page once the pieces stand on it; negative: they do not fit.
double Flow::room_with(std::span<Piece const> chain) const {
  double height = 0;
  std::set<std::string> marks = marks_;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    height += chain[i].height + (empty_ && i == 0 ? 0 : chain[i].before * theme_.block_spacing);
    marks.insert(chain[i].marks.begin(), chain[i].marks.end());
  }
  return geometry_.height - geometry_.bottom - footnotes_height(marks) - y_ - height;
}

/// A chart that is only a little too high for the rest of the page is drawn that much smaller, rather than leave that
/// rest empty.
bool Flow::fits_with_smaller_charts(std::vector<Piece>& chain) const {
  constexpr double kMostSmaller = 0.1;  // its letters are still easily read
  double const missing = -room_with(chain);
  for (auto& piece : chain) {
    double height = 0;
    for (auto const& item : piece.items)
      if (auto const* drawing = std::get_if<Drawing>(&item)) height = std::max(height, drawing->box.height);
    if (height <= 0 || missing > kMostSmaller * height) continue;
    double const scale = 1 - missing / height;
    for (auto& item : piece.items) {
      auto* const drawing = std::get_if<Drawing>(&item);
      if (drawing == nullptr) continue;
      drawing->box.width *= scale;
      drawing->box.height *= scale;
    }
    piece.height -= missing;
    return true;
  }
  return false;
}

void Flow::place_chain() {
  if (chain_.empty()) return;
  std::vector<Piece> chain;
  chain.swap(chain_);
  if (!open_) start_page();
  constexpr double kTolerance = 1e-6;
  if (room_with(chain) < -kTolerance && !empty_ && !fits_with_smaller_charts(chain)) {
    end_page();
    start_page();
    repeat_header(chain.front());
  }
  bool const fits = room_with(chain) >= -kTolerance;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    Piece& piece = chain[i];
    if (!fits && !empty_ && room_with({&piece, 1}) < -kTolerance) {
      if (i > 0) note_widow(chain[i - 1]);
      end_page();
      start_page();
      repeat_header(piece);
    }
    place(piece);
  }
}

/// Rows of tables are no widows: their header is repeated.
void Flow::note_widow(Piece const& last) {
  if (last.header || last.words.empty()) return;
  Diagnostic problem;
  problem.fault = Fault::render;
  problem.code = "widow";
  problem.message =
      fmt::format("page {}: '{}' stands apart from what follows, which fills a page", number_, last.words);
  problem.hint = "shorten what follows, or put text between them";
  problems_.push_back(std::move(problem));
}

void Flow::repeat_header(Piece const& piece) {
  if (!piece.header) return;
  for (Piece copy : *piece.header) place(copy);
}

void Flow::place(Piece& piece) {
  if (!empty_) y_ += std::min(piece.before * theme_.block_spacing, most_before_);
  most_before_ = piece.most_after;
  set_path(piece.path);
  if (piece.bookmark) {
    piece.bookmark->page = number_;
    piece.bookmark->y = y_;
    anchors_[piece.bookmark->anchor] = {number_, y_};
    bookmarks_.push_back(std::move(*piece.bookmark));
  }
  for (auto const& anchor : piece.anchors) anchors_[anchor] = {number_, y_};
  for (auto& item : piece.items) {
    if (leads_nowhere(item)) continue;
    move_by(item, geometry_.left, y_);
    page_.items.push_back(std::move(item));
  }
  marks_.insert(piece.marks.begin(), piece.marks.end());
  y_ += piece.height;
  empty_ = false;
}

/// Turns "#anchor" of a reference into its page; true: there is no such anchor, and the link goes.
bool Flow::leads_nowhere(Item& item) const {
  auto* const link = std::get_if<Link>(&item);
  if (link == nullptr || !link->target.starts_with('#')) return false;
  if (frame_.anchors == nullptr) return true;
  auto const found = frame_.anchors->find(link->target.substr(1));
  if (found == frame_.anchors->end()) return true;
  link->target.clear();
  link->page = found->second.page;
  link->y = found->second.y;
  return false;
}

void Flow::set_path(std::vector<Element> const& path) {
  std::size_t same = 0;
  while (same < path.size() && same < path_.size() && path[same].id == path_[same].id) ++same;
  for (std::size_t i = path_.size(); i > same; --i) page_.items.emplace_back(Close{});
  for (std::size_t i = same; i < path.size(); ++i) page_.items.emplace_back(Open{path[i].tag, path[i].alt});
  path_ = path;
}

void Flow::start_page() {
  ++number_;
  page_ = Page{number_, geometry_, {}};
  open_ = true;
  empty_ = true;
  marks_.clear();
  y_ = geometry_.top;
  if (number_ == 1 && !first_items_.empty()) {
    page_.items.insert(page_.items.end(), first_items_.begin(), first_items_.end());
    y_ = first_height_;
  }
}

void Flow::end_page() {
  set_path({});
  add_footnotes();
  add_frame();
  open_ = false;
  sink_(std::move(page_));
  page_ = Page{};
}

void Flow::add_footnotes() {
  auto const lines = footnote_lines(*frame_.document, measurer_, marks_, geometry_.text_width());
  if (lines.empty()) return;
  double y = geometry_.height - geometry_.bottom - kFootnoteLeading * static_cast<double>(lines.size());
  page_.items.emplace_back(Rule{geometry_.left, y - 4, 48, 0.5, theme_.muted});
  page_.items.emplace_back(Open{"Note", {}});
  for (auto const& line : lines) {
    y += kFootnoteLeading;
    add_line(page_.items, line, geometry_.left, y - 2);
  }
  page_.items.emplace_back(Close{});
}

void Flow::add_frame() {
  if (number_ == 1 && frame_.bare_first) return;
  auto items = frame_items(frame_, measurer_, geometry_, number_);
  page_.items.insert(page_.items.end(), std::make_move_iterator(items.begin()), std::make_move_iterator(items.end()));
}

}  // namespace yekun::page
