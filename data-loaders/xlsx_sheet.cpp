#include "data-loaders/xlsx_sheet.h"

#include <algorithm>
#include <charconv>

#include "data-loaders/xml_reader.h"

namespace yekun {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

/// Letters at the front of `text`, as a column counted from 1; 0 if there are none or too many. Removes them.
std::uint32_t take_column(std::string_view& text) {
  std::uint32_t column = 0;
  std::size_t used = 0;
  for (; used < text.size() && is_letter(text[used]); ++used) {
    if (used == 3) return 0;
    column = column * 26 + static_cast<std::uint32_t>((text[used] & 0x5F) - 'A' + 1);
  }
  text.remove_prefix(used);
  return column;
}

/// Digits at the front as a row; 0 if there are none or too many. Removes them.
std::uint64_t take_row(std::string_view& text) {
  std::uint64_t row = 0;
  std::size_t used = 0;
  for (; used < text.size() && is_digit(text[used]); ++used) {
    if (used == 8) return 0;
    row = row * 10 + static_cast<std::uint64_t>(text[used] - '0');
  }
  text.remove_prefix(used);
  return row;
}

struct Corner {
  std::uint32_t column = 0;  // from 1; 0: none
  std::uint64_t row = 0;     // 0: none
};

std::optional<Corner> parse_corner(std::string_view text) {
  Corner corner;
  if (text.starts_with('$')) text.remove_prefix(1);
  corner.column = take_column(text);
  if (text.starts_with('$')) text.remove_prefix(1);
  corner.row = take_row(text);
  if (!text.empty() || (corner.column == 0 && corner.row == 0)) return std::nullopt;
  if (corner.column > kMostSheetColumns || corner.row > kMostSheetRows) return std::nullopt;
  return corner;
}

/// The walk through <sheetData>.
class SheetWalk {
 public:
  SheetWalk(XmlReader& xml, SheetHandler& handler) : xml_(xml), handler_(handler) {}

  Read<SheetFacts> run() {
    for (;;) {
      switch (xml_.next()) {
        case XmlEvent::failed:
          return tl::unexpected(xml_.reason());
        case XmlEvent::end:
          return facts_;
        case XmlEvent::close:
          if (xml_.name() == "sheetData") return facts_;
          break;
        case XmlEvent::open:
          if (xml_.name() == "row") {
            if (!row()) return finish();
          } else if (xml_.name() == "col") {
            column();
          } else if (xml_.name() == "sheetData" && xml_.empty()) {
            return facts_;
          }
          break;
      }
    }
  }

 private:
  Read<SheetFacts> finish() {
    if (reason_.empty()) reason_ = xml_.reason();
    if (!reason_.empty()) return tl::unexpected(reason_);
    return facts_;
  }

  bool fail(std::string reason) {
    reason_ = std::move(reason);
    return false;
  }

  void column() {
    std::string_view const hidden = xml_.attribute("hidden");
    if (hidden != "1" && hidden != "true") return;
    std::string_view least = xml_.attribute("min");
    std::string_view most = xml_.attribute("max");
    std::uint64_t const first = take_row(least);
    std::uint64_t const last = std::min<std::uint64_t>(take_row(most), kMostSheetColumns);
    if (first > 0 && last >= first) facts_.hidden_columns += last - first + 1;
  }

  bool row() {
    std::uint64_t number = row_ + 1;
    bool hidden = false;
    numbered_ = false;
    for (auto const& one : xml_.attributes()) {
      if (one.name == "r") {
        std::string_view text = one.value;
        number = take_row(text);
        numbered_ = true;
        if (number == 0 || !text.empty())
          return fail("has a row numbered '" + std::string(one.value.substr(0, 20)) + "'");
      } else if (one.name == "hidden") {
        hidden = one.value == "1" || one.value == "true";
      }
    }
    if (!place(number)) return false;
    if (xml_.empty()) return true;
    cells_ = 0;
    next_column_ = 0;
    if (!cells()) return false;
    return cells_ == 0 || handler_.row_end(row_, hidden);
  }

  bool place(std::uint64_t number) {
    if (number <= row_)
      return fail("is damaged: row " + std::to_string(number) + " comes after row " + std::to_string(row_));
    if (number > kMostSheetRows)
      return fail("has a row " + std::to_string(number) + ", past the last that a sheet has");
    row_ = number;
    return true;
  }

  /// The cells of a row, up to its end tag.
  bool cells() {
    for (;;) {
      while (xml_.simple_cell(simple_))
        if (!simple_cell()) return false;
      XmlEvent const event = xml_.next();
      if (event == XmlEvent::close) return true;
      if (event != XmlEvent::open) return false;
      if (xml_.name() == "c") {
        if (!cell()) return false;
      } else if (!xml_.empty() && !xml_.skip()) {
        return false;
      }
    }
  }

  bool cell() {
    XmlReader::SimpleCell tag;
    for (auto const& one : xml_.attributes()) {
      if (one.name == "r")
        tag.address = one.value;
      else if (one.name == "t")
        tag.type = one.value;
      else if (one.name == "s")
        tag.style = one.value;
    }
    return begin_cell(tag) && (xml_.empty() || contents());
  }

  bool simple_cell() {
    if (!begin_cell(simple_)) return false;
    if (!simple_.has_value) return true;
    cell_.kind = simple_.inline_text ? CellKind::text : type_;
    cell_.value = simple_.value;
    return decode(false) && emit();
  }

  /// Where the cell stands and what it says it holds.
  bool begin_cell(XmlReader::SimpleCell const& tag) {
    cell_ = SheetCell{};
    cell_.column = next_column_;
    type_ = CellKind::number;
    calculated_text_ = false;
    if (!tag.address.empty() && !refer(tag.address)) return false;
    if (!tag.type.empty() && !type(tag.type))
      return fail("has a cell of the unknown kind '" + std::string(tag.type.substr(0, 20)) + "'");
    for (char const c : tag.style)
      cell_.style = is_digit(c) ? cell_.style * 10 + static_cast<std::uint32_t>(c - '0') : cell_.style;
    if (cell_.column >= kMostSheetColumns) return fail("has a cell past the last column that a sheet has");
    next_column_ = cell_.column + 1;
    return true;
  }

  bool refer(std::string_view text) {
    std::string_view rest = text;
    std::uint32_t const column = take_column(rest);
    std::uint64_t const row = take_row(rest);
    if (column == 0 || row == 0 || !rest.empty())
      return fail("has a cell with the address '" + std::string(text.substr(0, 20)) + "'");
    if (!numbered_) {  // the row has no number of its own: its first cell says it
      numbered_ = true;
      if (row != row_ && cells_ == 0 && next_column_ == 0) {
        --row_;
        if (!place(row)) return false;
      }
    }
    if (row != row_) return fail("is damaged: cell " + std::string(text) + " stands in row " + std::to_string(row_));
    cell_.column = column - 1;
    return true;
  }

  bool type(std::string_view text) {
    if (text == "s")
      type_ = CellKind::shared;
    else if (text == "n")
      type_ = CellKind::number;
    else if (text == "str")
      type_ = CellKind::text, calculated_text_ = true;
    else if (text == "inlineStr")
      type_ = CellKind::text;
    else if (text == "b")
      type_ = CellKind::boolean;
    else if (text == "e")
      type_ = CellKind::error;
    else if (text == "d")
      type_ = CellKind::iso_date;
    else
      return false;
    return true;
  }

  /// What is inside <c>: <f>, <v>, <is>; up to its end tag.
  bool contents() {
    bool given = false;
    for (;;) {
      XmlEvent const event = xml_.next();
      if (event == XmlEvent::close) break;
      if (event != XmlEvent::open) return false;
      std::string_view const name = xml_.name();
      if (name == "v" || name == "is") {
        if (xml_.empty()) continue;
        if (given) return fail("is damaged: a cell in row " + std::to_string(row_) + " has two values");
        if (!(name == "v" ? value(given) : inline_text(given))) return false;
      } else if (name == "f") {
        cell_.formula = true;
        if (!xml_.empty() && !xml_.skip()) return false;
      } else if (!xml_.empty() && !xml_.skip()) {
        return false;
      }
    }
    if (given || !cell_.formula || calculated_text_) return true;
    cell_.kind = CellKind::absent;
    cell_.value = {};
    return emit();
  }

  bool emit() {
    ++cells_;
    if (handler_.cell(row_, cell_)) return true;
    return false;
  }

  bool value(bool& given) {
    auto const text = xml_.text();
    if (text.failed) return false;
    if (text.raw.empty()) return true;
    given = true;
    cell_.kind = type_;
    cell_.value = text.raw;
    return decode(text.decoded) && emit();
  }

  /// Replaces references and escapes in a text that is asked for.
  bool decode(bool decoded) {
    if (cell_.kind != CellKind::text && cell_.kind != CellKind::error) return true;
    if (!handler_.wants(cell_.column)) return true;
    std::string_view const raw = cell_.value;
    bool const references = !decoded && raw.find('&') != std::string_view::npos;
    if (!references && raw.find("_x") == std::string_view::npos) return true;
    scratch_.clear();
    if (decoded)
      scratch_ = raw;
    else if (!decode_xml(raw, scratch_))
      return fail("holds an XML entity that is not known");
    decode_office_escapes(scratch_);
    cell_.value = scratch_;
    return true;
  }

  bool inline_text(bool& given) {
    scratch_.clear();
    if (!read_rich_text(xml_, scratch_)) return fail(xml_.reason());
    if (scratch_.empty()) return true;
    given = true;
    cell_.kind = CellKind::text;
    cell_.value = scratch_;
    return emit();
  }

  XmlReader& xml_;
  SheetHandler& handler_;
  SheetFacts facts_{};
  SheetCell cell_{};
  XmlReader::SimpleCell simple_{};
  CellKind type_ = CellKind::number;
  bool calculated_text_ = false;
  bool numbered_ = false;
  std::uint64_t row_ = 0;
  std::uint64_t cells_ = 0;
  std::uint32_t next_column_ = 0;
  std::string scratch_;
  std::string reason_;
};

}  // namespace

std::optional<CellRange> parse_range(std::string_view text) {
  auto const colon = text.find(':');
  auto const first = parse_corner(text.substr(0, colon));
  auto const last = colon == std::string_view::npos ? first : parse_corner(text.substr(colon + 1));
  if (!first || !last) return std::nullopt;
  if (colon == std::string_view::npos && (first->row == 0 || first->column == 0)) return std::nullopt;
  CellRange range;
  if (first->row > 0) range.first_row = first->row;
  if (last->row > 0) range.last_row = last->row;
  if (first->column > 0) range.first_column = first->column - 1;
  if (last->column > 0) range.last_column = last->column - 1;
  if (range.first_row > range.last_row || range.first_column > range.last_column) return std::nullopt;
  return range;
}

std::string column_letters(std::uint32_t column) {
  std::string out;
  for (std::uint32_t rest = column + 1; rest > 0; rest = (rest - 1) / 26)
    out.insert(out.begin(), static_cast<char>('A' + (rest - 1) % 26));
  return out;
}

Read<SheetFacts> read_sheet(std::unique_ptr<PartStream> stream, SheetHandler& handler) {
  XmlReader xml(std::move(stream));
  return SheetWalk(xml, handler).run();
}

Read<std::vector<CellRange>> read_merges(std::unique_ptr<PartStream> stream) {
  XmlReader xml(std::move(stream));
  std::vector<CellRange> merges;
  for (;;) {
    switch (xml.next()) {
      case XmlEvent::failed:
        return tl::unexpected(xml.reason());
      case XmlEvent::end:
        return merges;
      case XmlEvent::close:
        if (xml.name() == "mergeCells") return merges;
        break;
      case XmlEvent::open:
        if (xml.name() == "mergeCell")
          if (auto const range = parse_range(xml.attribute("ref"))) merges.push_back(*range);
        break;
    }
  }
}

}  // namespace yekun
