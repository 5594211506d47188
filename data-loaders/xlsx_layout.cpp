#include "data-loaders/xlsx_layout.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "core/utf8.h"
#include "data-loaders/hxl.h"
#include "data-loaders/xlsx_serial.h"

namespace yekun {
namespace {

constexpr std::size_t kPreviewRows = 60;

struct PreviewCell {
  std::uint32_t column = 0;
  bool is_text = false;
  std::string text;
};

struct PreviewRow {
  std::uint64_t row = 0;
  std::vector<PreviewCell> cells;
};

/// The first rows that have cells.
class Preview : public SheetHandler {
 public:
  Preview(Workbook const& book, SharedTexts const& texts, CellRange range, std::uint64_t skip)
      : book_(book), texts_(texts), range_(range), skip_(skip) {}

  bool wants(std::uint32_t column) const override { return range_.holds_column(column); }

  bool cell(std::uint64_t row, SheetCell const& cell) override {
    if (row < range_.first_row || row <= skip_ || !wants(cell.column)) return true;
    if (row > range_.last_row) return false;
    std::string text = clean(cell_text(cell, book_, texts_));
    if (text.empty()) return true;
    if (rows_.empty() || rows_.back().row != row) rows_.push_back({row, {}});
    bool const is_text = cell.kind == CellKind::shared || cell.kind == CellKind::text;
    rows_.back().cells.push_back({cell.column, is_text, std::move(text)});
    return true;
  }

  bool row_end(std::uint64_t row, bool) override { return rows_.size() < kPreviewRows && row < range_.last_row; }

  std::vector<PreviewRow> take() { return std::move(rows_); }

 private:
  Workbook const& book_;
  SharedTexts const& texts_;
  CellRange range_;
  std::uint64_t skip_;
  std::vector<PreviewRow> rows_;
};

class LayoutFinder {
 public:
  LayoutFinder(Workbook const& book, SharedTexts const& texts, SheetPart const& part, Dialect const& dialect)
      : book_(book), texts_(texts), part_(part), dialect_(dialect) {
    given_ = part.header_rows ? part.header_rows : dialect.header_rows;
  }

  Read<SheetLayout> run() {
    Preview preview(book_, texts_, part_.range, dialect_.skip.value_or(0));
    if (auto const read = book_.read_cells(part_.sheet, preview); !read) return tl::unexpected(read.error());
    rows_ = preview.take();
    if (rows_.empty()) return SheetLayout{};
    if (given_ == 0U) return without_header();
    std::size_t const tags = tag_row();
    if (auto const done = choose(tags); !done) return tl::unexpected(done.error());
    return layout(tags);
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  SheetLayout without_header() {
    SheetLayout layout;
    layout.data_row = rows_.front().row;
    std::uint32_t last = 0;
    for (auto const& row : rows_)
      for (auto const& cell : row.cells) last = std::max(last, cell.column);
    std::uint32_t const first = part_.range.first_column;
    if (!part_.columns.empty()) last = first + static_cast<std::uint32_t>(part_.columns.size()) - 1;
    for (std::uint32_t column = first; column <= last; ++column) {
      std::size_t const at = column - first;
      layout.headings.push_back({at < part_.columns.size() ? clean(part_.columns[at]) : "", "", column});
    }
    return layout;
  }

  std::size_t tag_row() const {
    for (std::size_t i = 0; i < std::min(rows_.size(), kHxlRows); ++i) {
      std::vector<std::string> cells;
      for (auto const& cell : rows_[i].cells) cells.push_back(cell.text);
      if (is_hxl_row(cells)) return i;
    }
    return kNone;
  }

  /// Sets first_ and count_, the header's rows among rows_.
  Read<void> choose(std::size_t tags) {
    bool const placed = dialect_.skip.has_value() || part_.header_rows.has_value();
    count_ = given_.value_or(1);
    if (tags != kNone) {
      first_ = placed ? 0 : std::min(first_full_row(tags), tags);
      if (given_ && !placed) first_ = tags >= *given_ ? tags - *given_ : 0;
      count_ = given_ && placed ? std::min<std::size_t>(*given_, tags) : tags - first_;
      return count_ > 1 ? merge() : Read<void>{};
    }
    first_ = placed ? 0 : first_full_row(rows_.size());
    if (first_ == rows_.size()) first_ = 0;
    if (!given_ && !may_have_more()) return {};
    if (given_ && *given_ < 2) return {};
    if (auto merged = merge(); !merged) return merged;
    if (!placed) first_ = std::min(first_full_row(rows_.size()), first_);
    if (!given_) count_ = 1 + rows_below();
    count_ = std::min(count_, rows_.size() - first_);
    return {};
  }

  /// The first row, before `end`, that is mostly text, not one text only, and fills most of the columns in use.
  std::size_t first_full_row(std::size_t end) const {
    std::size_t most = 0;
    for (auto const& row : rows_) most = std::max(most, row.cells.size());
    for (std::size_t i = 0; i < std::min(end, kHxlRows); ++i) {
      auto const& cells = rows_[i].cells;
      std::set<std::string_view> different;
      for (auto const& cell : cells) different.insert(cell.text);
      bool const is_full = cells.size() * 5 >= most * 3 && (different.size() > 1 || most == 1);
      if (is_full && is_mostly_text(rows_[i])) return i;
    }
    return end;
  }

  static bool is_mostly_text(PreviewRow const& row) {
    auto const texts = std::count_if(row.cells.begin(), row.cells.end(), [](auto const& cell) { return cell.is_text; });
    return static_cast<std::size_t>(texts) * 2 > row.cells.size();
  }

  static bool has(PreviewRow const& row, std::uint32_t column) {
    return std::any_of(row.cells.begin(), row.cells.end(), [&](auto const& cell) { return cell.column == column; });
  }

  /// Worth reading the merged ranges: the row above has several texts, or the row below is text under a gap.
  bool may_have_more() const {
    if (first_ > 0 && rows_[first_ - 1].row + 1 == rows_[first_].row && rows_[first_ - 1].cells.size() > 1) return true;
    if (first_ + 1 >= rows_.size() || rows_[first_ + 1].row != rows_[first_].row + 1) return false;
    auto const& below = rows_[first_ + 1];
    auto const in_gap = [&](auto const& cell) { return cell.is_text && !has(rows_[first_], cell.column); };
    return is_mostly_text(below) && std::any_of(below.cells.begin(), below.cells.end(), in_gap);
  }

  /// Repeats merged texts over the width of their ranges, in the rows of the preview.
  Read<void> merge() {
    auto merges = book_.merges(part_.sheet);
    if (!merges) return tl::unexpected(merges.error());
    merges_ = std::move(*merges);
    for (auto const& range : merges_)
      for (auto& row : rows_)
        if (row.row == range.first_row) spread(row, range);
    return {};
  }

  static void spread(PreviewRow& row, CellRange const& range) {
    auto const at = std::find_if(row.cells.begin(), row.cells.end(),
                                 [&](auto const& cell) { return cell.column == range.first_column; });
    if (at == row.cells.end()) return;
    PreviewCell const merged = *at;
    for (std::uint32_t column = range.first_column + 1; column <= range.last_column; ++column) {
      if (has(row, column)) continue;
      row.cells.push_back(merged);
      row.cells.back().column = column;
    }
  }

  /// How many rows the merged ranges of the first header row ask for below it.
  std::size_t rows_below() const {
    std::size_t below = 0;
    while (first_ + below + 1 < rows_.size() && below < 8) {
      std::uint64_t const row = rows_[first_ + below].row;
      auto const& next = rows_[first_ + below + 1];
      auto const asks = [&](CellRange const& range) {
        bool const wide = range.first_row == row && range.last_column > range.first_column;
        return range.first_row <= row && range.last_row >= row && (wide || range.last_row > row);
      };
      if (next.row != row + 1 || !is_mostly_text(next) || std::none_of(merges_.begin(), merges_.end(), asks)) break;
      ++below;
    }
    return below;
  }

  SheetLayout layout(std::size_t tags) const {
    SheetLayout layout;
    std::size_t const last = tags != kNone ? tags : first_ + count_ - 1;
    layout.header_row = rows_[first_].row;
    layout.data_row = rows_[last].row + 1;
    layout.skipped_rows = first_;
    std::uint32_t left = kMostSheetColumns;
    std::uint32_t right = 0;
    for (std::size_t i = first_; i <= last; ++i)
      for (auto const& cell : rows_[i].cells) {
        left = std::min(left, cell.column);
        right = std::max(right, cell.column);
      }
    std::size_t const width = right - left + 1;
    std::vector<std::vector<std::string>> texts(count_, std::vector<std::string>(width));
    for (std::size_t i = 0; i < count_; ++i)
      for (auto const& cell : rows_[first_ + i].cells) texts[i][cell.column - left] = cell.text;
    auto joined = join_headings(texts);
    joined.resize(width);
    for (std::size_t i = 0; i < width; ++i)
      layout.headings.push_back({joined[i], "", left + static_cast<std::uint32_t>(i)});
    if (tags != kNone)
      for (auto const& cell : rows_[tags].cells)
        if (auto const tag = parse_hxl_tag(cell.text)) layout.headings[cell.column - left].tag = to_text(*tag);
    return layout;
  }

  Workbook const& book_;
  SharedTexts const& texts_;
  SheetPart const& part_;
  Dialect const& dialect_;
  std::optional<std::uint32_t> given_;
  std::vector<PreviewRow> rows_;
  std::vector<CellRange> merges_;
  std::size_t first_ = 0;
  std::size_t count_ = 1;
};

}  // namespace

std::string cell_text(SheetCell const& cell, Workbook const& book, SharedTexts const& texts) {
  switch (cell.kind) {
    case CellKind::absent:
      return {};
    case CellKind::boolean:
      return cell.value == "1" || cell.value == "true" ? "TRUE" : "FALSE";
    case CellKind::shared: {
      std::size_t index = texts.size();
      std::from_chars(cell.value.data(), cell.value.data() + cell.value.size(), index);
      return index < texts.size() ? std::string(texts.at(index)) : std::string();
    }
    case CellKind::number: {
      auto const value = parse_cell_number(cell.value);
      if (!value) return std::string(cell.value);
      NumberFormat const format = book.format(cell.style);
      std::string text = format == NumberFormat::number ? "" : text_of_serial(*value, format, book.day_count());
      if (text.empty()) append_number(*value, text);
      return text;
    }
    default:
      return to_valid_utf8(cell.value);
  }
}

Read<SheetLayout> find_layout(Workbook const& book, SharedTexts const& texts, SheetPart const& part,
                              Dialect const& dialect) {
  return LayoutFinder(book, texts, part, dialect).run();
}

}  // namespace yekun
