// Pieces -> pages. Pieces come one at a time, in order; pages leave as soon as they are full. Internal to the layout.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "output/layout.h"

namespace yekun::page {

/// Something of the structure tree that pieces belong to: pieces with the same id are in the same element.
struct Element {
  int id = 0;
  char const* tag = "P";
  std::string alt{};
};

/// A stretch of the page that is never divided. Items are relative to its top left corner, x from the left margin.
struct Piece {
  double before = 0;  // space above, times the theme's block_spacing; dropped at the top of a page
  double height = 0;
  double most_after = 1e9;  // the piece after it stands at most this far below (headings)
  bool keep_next = false;   // on the same page as the piece after it
  std::vector<Item> items{};
  std::vector<Element> path{};  // outermost first; empty: decoration
  std::vector<std::string> marks{};
  std::string words{};  // of a heading: named where it must stand apart from what follows
  /// Of a table's rows: what is set again when a page starts with this piece.
  std::shared_ptr<std::vector<Piece> const> header{};  // shared: all rows of a table refer to one
  std::optional<Bookmark> bookmark{};
  std::vector<std::string> anchors{};  // what references call its top
};

/// Where references lead: anchor -> page and distance from its top.
struct Spot {
  int page = 0;
  double y = 0;
};
using Anchors = std::map<std::string, Spot>;

/// What every page of a report carries.
struct Frame {
  Document const* document = nullptr;
  Catalogue const* catalogue = nullptr;
  int pages = 0;                     // 0: not known yet
  bool bare_first = false;           // a title page: no header, no footer
  Anchors const* anchors = nullptr;  // of an earlier layout; null: references lead nowhere
};

class Flow {
 public:
  Flow(Frame frame, TypeMeasurer const& measurer, PageSink const& sink);

  /// The first page's block above the text, `height` from the page's top edge; before any piece.
  void set_first(std::vector<Item> items, double height);
  void add(Piece piece);
  /// The following pieces start a new page, in this orientation.
  void new_page(bool landscape);
  /// The same for what stands with the next piece too: a heading goes with its table onto the turned page.
  void turn_page(bool landscape);
  /// The last page.
  void finish();

  PageGeometry const& geometry() const { return geometry_; }
  bool landscape() const { return landscape_; }
  int next_element() { return ++elements_; }
  std::vector<Bookmark> take_bookmarks() { return std::move(bookmarks_); }
  Anchors take_anchors() { return std::move(anchors_); }
  /// "widow": a heading or a paragraph's line that had to stand apart from what follows it.
  Diagnostics take_problems() { return std::move(problems_); }
  int pages() const { return number_; }

 private:
  void place_chain();
  void place(Piece& piece);
  void start_page();
  void end_page();
  void repeat_header(Piece const& piece);
  double footnotes_height(std::set<std::string> const& marks) const;
  double room_with(std::span<Piece const> chain) const;
  bool fits_with_smaller_charts(std::vector<Piece>& chain) const;
  void note_widow(Piece const& last);
  bool leads_nowhere(Item& item) const;
  void set_path(std::vector<Element> const& path);
  void add_footnotes();
  void add_frame();

  Frame frame_;
  TypeMeasurer const& measurer_;
  PageSink const& sink_;
  Theme const& theme_;
  PageGeometry geometry_;
  bool landscape_ = false;
  Page page_{};
  bool open_ = false;  // a page is started
  bool empty_ = true;  // nothing of the flow stands on it
  double y_ = 0;
  double most_before_ = 1e9;  // of the next piece
  int number_ = 0;
  std::vector<Piece> chain_;
  std::set<std::string> marks_;
  std::vector<Element> path_;
  std::vector<Bookmark> bookmarks_;
  Anchors anchors_;
  Diagnostics problems_;
  int elements_ = 0;
  std::vector<Item> first_items_;
  double first_height_ = 0;
};

/// Moves an item with what it draws.
void move_by(Item& item, double dx, double dy);

/// The running header and footer of a page.
std::vector<Item> frame_items(Frame const& frame, TypeMeasurer const& measurer, PageGeometry const& geometry,
                              int number);

}  // namespace yekun::page
