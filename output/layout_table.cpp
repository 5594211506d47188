// Tables: caption, header repeated on every page, rows, notes.
#include <algorithm>

#include "output/layout_blocks.h"
#include "output/layout_columns.h"
#include "output/layout_text.h"

namespace yekun::page {

namespace {

constexpr std::size_t kMostLines = 36;  // of a row in one piece; longer rows continue on the next page

/// A table, or one part of a split one: some of its columns at their widths.
class TablePart {
 public:
  TablePart(Setting const& setting, TableBlock const& table, TableLook const& look, std::vector<ColumnNeed> needs,
            std::vector<std::size_t> columns, std::vector<double> widths)
      : setting_(setting),
        table_(table),
        look_(look),
        needs_(std::move(needs)),
        columns_(std::move(columns)),
        widths_(std::move(widths)),
        element_{setting.flow.next_element(), "Table"} {
    double x = look_.edge;
    for (double const width : widths_) {
      lefts_.push_back(x);
      x += width + look_.gap;
    }
    width_ = x - look_.gap + look_.edge;
  }

  void add(bool first_part, bool last_part) {
    add_caption(first_part);
    Piece header = make_header();
    Piece again = continued();
    header_ = std::make_shared<std::vector<Piece> const>(std::vector<Piece>{again, header});
    header.keep_next = true;
    setting_.flow.add(std::move(header));
    std::size_t const count = table_.rows.size();
    notes_ = last_part ? table_.notes.size() : 0;
    for (std::size_t r = 0; r < count; ++r) add_row(r, count);
    add_notes();
  }

 private:
  Theme const& theme() const { return setting_.theme(); }
  double measure(std::string_view text, TypeStyle style) const { return setting_.measurer.width(text, style); }

  void add_caption(bool first_part) {
    Piece piece;
    piece.before = first_part ? 20 : 16;
    if (first_part) piece.anchors = {"table-" + table_.id};
    piece.keep_next = true;
    piece.path = {{setting_.flow.next_element(), "Caption"}};
    double y = 0;
    std::string title = caption();
    if (!first_part) title = setting_.catalogue.text("label.continued", {{"title", title}});
    for (auto const& line :
         break_lines(setting_.measurer, title, {theme().body_pt, true}, theme().text, setting_.width())) {
      y += 14;
      add_line(piece.items, line, 0, y - 4);
    }
    for (auto const& line :
         break_lines(setting_.measurer, table_.subtitle, {theme().small_pt}, theme().muted, setting_.width())) {
      if (line.spans.empty()) continue;
      y += 12;
      add_line(piece.items, line, 0, y - 3);
    }
    piece.height = y + 4;
    setting_.flow.add(std::move(piece));
  }

  std::string caption() const {
    if (table_.number == 0) return table_.title;
    return setting_.catalogue.text("heading.table_n",
                                   {{"n", static_cast<std::int64_t>(table_.number)}, {"title", table_.title}});
  }

  /// What stands above the repeated header: "Table 3. Title (continued)".
  Piece continued() {
    Piece piece;
    piece.height = 16;
    piece.path = {element_, {setting_.flow.next_element(), "TR"}};
    std::string const text = setting_.catalogue.text("label.continued", {{"title", caption()}});
    TypeStyle const style{theme().small_pt};
    std::string const shown = shorten(setting_.measurer, text, style, setting_.width());
    piece.items.emplace_back(Text{0, 9, shown, style, theme().muted, measure(shown, style)});
    return piece;
  }

  Piece make_header() {
    Piece piece;
    piece.path = {element_, {setting_.flow.next_element(), "TR"}};
    TypeStyle const style{look_.size_pt - 0.5, true};
    double y = add_groups(piece, style);
    std::vector<std::vector<TextLine>> headings;
    std::size_t most = 1;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      headings.push_back(
          break_lines(setting_.measurer, table_.columns[columns_[i]].heading, style, theme().muted, widths_[i]));
      most = std::max(most, headings.back().size());
    }
    double const height = line_height() * static_cast<double>(most);
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      double line_y = y + height - line_height() * static_cast<double>(headings[i].size());
      bool const right = table_.columns[columns_[i]].role == ColumnRole::number;
      for (auto const& line : headings[i]) {
        line_y += line_height();
        add_line(piece.items, line, lefts_[i] + (right ? widths_[i] - line.width : 0), line_y - 2);
      }
    }
    y += height + 4;
    piece.items.emplace_back(Rule{0, y, width_, 1, theme().accent});
    piece.height = y + 2;
    return piece;
  }

  /// Headings over several columns, each with a thin rule below it. Returns their height.
  double add_groups(Piece& piece, TypeStyle style) {
    std::size_t most = 0;
    struct Group {
      double left;
      double right;
      std::vector<TextLine> lines;
    };
    std::vector<Group> groups;
    for (std::size_t i = 0; i < columns_.size();) {
      std::string const& name = table_.columns[columns_[i]].group;
      std::size_t end = i + 1;
      while (end < columns_.size() && table_.columns[columns_[end]].group == name) ++end;
      if (!name.empty()) {
        double const right = lefts_[end - 1] + widths_[end - 1];
        groups.push_back(
            {lefts_[i], right, break_lines(setting_.measurer, name, style, theme().text, right - lefts_[i])});
        most = std::max(most, groups.back().lines.size());
      }
      i = end;
    }
    if (groups.empty()) return 0;
    double const height = line_height() * static_cast<double>(most);
    for (auto const& group : groups) {
      double y = height - line_height() * static_cast<double>(group.lines.size());
      for (auto const& line : group.lines) {
        y += line_height();
        add_line(piece.items, line, (group.left + group.right - line.width) / 2, y - 2);
      }
      piece.items.emplace_back(Rule{group.left, height + 2, group.right - group.left, 0.5, theme().faint});
    }
    return height + 5;
  }

  double line_height() const { return look_.leading - 1; }  // of headings

  struct CellLines {
    std::vector<TextLine> lines{};
    double x = 0;
    bool number = false;
  };

  Colour colour_of(TableRow const& row, Cell const& cell) const {
    if (cell.value && !cell.value->is_value()) return theme().muted;
    if (cell.status != Status::none) return status_colour(cell.status, theme());
    return row.kind == RowKind::group ? theme().accent : theme().text;
  }

  CellLines cell_lines(TableRow const& row, std::size_t i) const {
    std::size_t const c = columns_[i];
    CellLines made;
    if (c >= row.cells.size() || row.cells[c].text.empty()) return made;
    Cell const& cell = row.cells[c];
    TypeStyle const style = cell_style(table_, row, c, look_);
    Colour const colour = colour_of(row, cell);
    made.number = table_.columns[c].role == ColumnRole::number;
    made.x = lefts_[i] + (i == 0 ? 12.0 * row.level : 0);
    if (made.number) {
      std::size_t const cut = cut_number(cell.text, cell.value ? cell.shape.places : 0).whole_bytes;
      double const whole = measure(std::string_view(cell.text).substr(0, cut), style);
      double const mark_x = lefts_[i] + widths_[i] - needs_[c].fraction;
      made.x = mark_x - whole;
      double const width = measure(cell.text, style);
      made.lines.push_back({{Span{cell.text, style, colour, {}, 0, width}}, width});
      std::string const marks = appended_marks(setting_.document, cell);
      TypeStyle const raised{look_.size_pt * 0.75, true};
      if (!marks.empty())
        made.lines.front().spans.push_back({marks, raised, theme().muted, {}, width + 1, measure(marks, raised)});
      return made;
    }
    if (cell.status != Status::none) made.x += look_.size_pt + 2;
    double room = lefts_[i] + widths_[i] - made.x;
    if (row.kind == RowKind::group && i == 0) room = run_over(row) - made.x;
    made.lines = break_lines(setting_.measurer, cell.text, style, colour, room);
    return made;
  }

  /// A group's label may run over the empty cells beside it.
  double run_over(TableRow const& row) const {
    std::size_t end = 1;
    while (end < columns_.size() && (columns_[end] >= row.cells.size() || row.cells[columns_[end]].text.empty())) ++end;
    return lefts_[end - 1] + widths_[end - 1];
  }

  void add_row(std::size_t r, std::size_t count) {
    TableRow const& row = table_.rows[r];
    std::vector<CellLines> cells;
    std::size_t most = 1;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      cells.push_back(cell_lines(row, i));
      most = std::max(most, cells.back().lines.size());
    }
    Element const element{setting_.flow.next_element(), "TR"};
    for (std::size_t from = 0; from < most; from += kMostLines) {
      std::size_t const to = std::min(most, from + kMostLines);
      Piece piece = row_piece(row, cells, from, to, to == most);
      piece.path = {element_, element};
      piece.header = header_;
      bool const last_but_one = r + 2 == count;
      bool const notes_follow = r + 1 == count && notes_ > 0;
      piece.keep_next = to == most && (r == 0 || row.kind == RowKind::group || last_but_one || notes_follow) &&
                        (r + 1 < count || notes_follow);
      setting_.flow.add(std::move(piece));
    }
  }

  Piece row_piece(TableRow const& row, std::vector<CellLines> const& cells, std::size_t from, std::size_t to,
                  bool last) {
    Piece piece;
    bool const total = row.kind == RowKind::total;
    double const above = row.kind == RowKind::group ? look_.padding + 4 : look_.padding;
    piece.height = above + look_.leading * static_cast<double>(to - from) + look_.padding;
    if (total) {
      piece.items.emplace_back(Fill{{0, 0, width_, piece.height}, theme().panel, 0});
      piece.items.emplace_back(Rule{0, 0, width_, 0.75, theme().text});
    }
    for (std::size_t i = 0; i < cells.size(); ++i) {
      Cell const* cell = columns_[i] < row.cells.size() ? &row.cells[columns_[i]] : nullptr;
      if (cell != nullptr && from == 0) add_cell_signs(piece, *cell, cells[i], above);
      for (std::size_t l = from; l < to && l < cells[i].lines.size(); ++l) {
        double const y = above + look_.leading * static_cast<double>(l - from) + look_.leading * 0.73;
        add_cell_line(piece, cells[i].lines[l], cells[i].x, y);
      }
    }
    if (last && !total) piece.items.emplace_back(Rule{0, piece.height, width_, 0.5, theme().faint});
    return piece;
  }

  void add_cell_line(Piece& piece, TextLine const& line, double x, double y) const {
    for (auto const& span : line.spans) {
      bool const raised = span.style.size_pt < look_.size_pt && !span.style.mono;
      piece.items.emplace_back(Text{x + span.x, raised ? y - 2.5 : y, span.text, span.style, span.colour, span.width});
    }
  }

  void add_cell_signs(Piece& piece, Cell const& cell, CellLines const& lines, double above) const {
    piece.marks.insert(piece.marks.end(), cell.marks.begin(), cell.marks.end());
    if (cell.status == Status::none || lines.lines.empty()) return;
    double const size = 6;
    piece.items.emplace_back(
        status_sign(cell.status, theme(), lines.x - look_.size_pt - 2, above + look_.leading * 0.73 - size, size));
  }

  void add_notes() {
    for (std::size_t n = 0; n < notes_; ++n) {
      auto const lines = break_lines(setting_.measurer, table_.notes[n], {theme().small_pt - 0.5}, theme().muted,
                                     setting_.width() - 2 * look_.edge);
      Piece piece;
      piece.before = n == 0 ? 4 : 0;
      piece.path = {{setting_.flow.next_element(), "Note"}};
      double y = 0;
      for (auto const& line : lines) {
        y += 11;
        add_line(piece.items, line, look_.edge, y - 2);
      }
      piece.height = y + 1;
      setting_.flow.add(std::move(piece));
    }
  }

  Setting const& setting_;
  TableBlock const& table_;
  TableLook look_;
  std::vector<ColumnNeed> needs_;
  std::vector<std::size_t> columns_;
  std::vector<double> widths_;
  std::vector<double> lefts_;
  double width_ = 0;
  std::size_t notes_ = 0;  // how many of the table's stand under this part
  Element element_;
  std::shared_ptr<std::vector<Piece> const> header_{};  // shared: all rows refer to one
};

template <class T>
std::vector<T> picked(std::vector<T> const& all, std::vector<std::size_t> const& which) {
  std::vector<T> some;
  some.reserve(which.size());
  for (auto const i : which) some.push_back(all[i]);
  return some;
}

void add_split(Setting const& setting, TableBlock const& table, TableLook const& look,
               std::vector<ColumnNeed> const& needs) {
  auto const parts = split_columns(needs, table, look, setting.width());
  for (std::size_t p = 0; p < parts.size(); ++p) {
    auto const& part = parts[p];
    TableBlock shell;  // the columns' roles are all that the widths need
    shell.columns = picked(table.columns, part);
    auto narrow = picked(needs, part);
    auto widths = column_widths(narrow, shell, look, setting.width());
    if (widths.empty()) {
      double const room = setting.width() - 2 * look.edge - look.gap * static_cast<double>(part.size() - 1);
      widths.assign(part.size(), room / static_cast<double>(part.size()));
    }
    TablePart(setting, table, look, needs, part, std::move(widths)).add(p == 0, p + 1 == parts.size());
  }
}

}  // namespace

void add_table(Setting const& setting, TableBlock const& table) {
  TableLook look;
  look.size_pt = setting.theme().body_pt - 1;
  look.leading *= look.size_pt / TableLook{}.size_pt * setting.theme().line_spacing;
  auto needs = column_needs(table, setting.document, setting.measurer, look);
  std::vector<std::size_t> all(table.columns.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
  auto widths = column_widths(needs, table, look, setting.width());
  if (widths.empty()) {
    // Denser first, then turned, then split.
    look.size_pt -= 1;
    look.gap = 8;
    needs = column_needs(table, setting.document, setting.measurer, look);
    widths = column_widths(needs, table, look, setting.width());
  }
  if (!widths.empty()) {
    TablePart(setting, table, look, std::move(needs), std::move(all), std::move(widths)).add(true, true);
    return;
  }
  bool const turned = !setting.flow.landscape();
  if (turned) setting.flow.turn_page(true);
  widths = column_widths(needs, table, look, setting.width());
  if (widths.empty())
    add_split(setting, table, look, needs);
  else
    TablePart(setting, table, look, std::move(needs), std::move(all), std::move(widths)).add(true, true);
  if (turned) setting.flow.new_page(false);
}

}  // namespace yekun::page
