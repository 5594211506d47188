#include "data-loaders/xlsx_cells.h"

#include <charconv>
#include <cmath>

#include "core/utf8.h"
#include "data-loaders/xlsx_layout.h"
#include "data-loaders/xlsx_serial.h"

namespace yekun {
namespace {

constexpr std::uint32_t kUnknown = 0xFFFFFFFD;
constexpr std::size_t kMostCached = std::size_t{1} << 22;
constexpr std::size_t kExactDigits = 15;  // so many digits survive a double

/// Only digits, at most 15, no leading zero: the number is the text.
bool is_plain_digits(std::string_view text) {
  if (text.empty() || text.size() > kExactDigits || (text[0] == '0' && text.size() > 1)) return false;
  for (char const c : text)
    if (c < '0' || c > '9') return false;
  return true;
}

/// "12.5": at most 15 digits, so the double and this text mean the same.
bool is_plain_decimal(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.empty() || text.size() > kExactDigits + 1) return false;
  for (char const c : text)
    if ((c < '0' || c > '9') && c != '.') return false;
  return text.size() <= kExactDigits || text.find('.') != std::string_view::npos;
}

std::string_view expected(Type type) {
  switch (type) {
    case Type::integer:
      return "a whole number was expected";
    case Type::date:
      return "a date was expected";
    case Type::boolean:
      return "yes or no was expected";
    default:
      return "a number was expected";
  }
}

}  // namespace

XlsxCells::XlsxCells(Workbook const& book, std::shared_ptr<SharedTexts const> texts, RowWriter& writer)
    : book_(book), texts_(std::move(texts)), writer_(writer) {
  writer_.keep_alive(texts_);
}

std::string XlsxCells::text(SheetCell const& cell) const { return cell_text(cell, book_, *texts_); }

void XlsxCells::write(std::size_t target, SheetCell const& cell, std::uint64_t row) {
  switch (cell.kind) {
    case CellKind::shared:
      return shared(target, cell, row);
    case CellKind::number:
      return number(target, cell, row);
    case CellKind::boolean:
      return boolean(target, cell, row);
    case CellKind::text:
      if (is_utf8(cell.value)) return writer_.text(target, cell.value, row);
      return writer_.text(target, to_valid_utf8(cell.value), row);
    case CellKind::iso_date: {
      std::string_view text = cell.value;
      if (text.ends_with("T00:00:00")) text.remove_suffix(9);
      return writer_.canonical(target, text, row);
    }
    case CellKind::error:
      if (writer_.is_mark(target, cell.value)) return writer_.missing(target);
      return writer_.reject(target, cell.value, "the cell holds an error value", row);
    case CellKind::absent:
      return writer_.reject(target, "",
                            "a formula saved without its result; open the file in Excel or LibreOffice and save it",
                            row, kNoResult);
  }
}

void XlsxCells::shared(std::size_t target, SheetCell const& cell, std::uint64_t row) {
  std::size_t index = texts_->size();
  std::from_chars(cell.value.data(), cell.value.data() + cell.value.size(), index);
  if (index >= texts_->size())
    return writer_.reject(target, cell.value, "the cell refers to a text that the workbook does not have", row);
  std::string_view const text = texts_->at(index);
  if (writer_.type(target) != Type::text) return writer_.text(target, text, row);
  if (writer_.form(target) == TextForm::raw) {
    if (!writer_.plain(target)) return writer_.text(target, text, row);
    return text.empty() ? writer_.missing(target) : writer_.raw(target, text);
  }
  if (texts_->size() > kMostCached) return writer_.text(target, text, row);
  if (target >= codes_.size()) codes_.resize(target + 1);
  auto& codes = codes_[target];
  if (codes.empty()) codes.assign(texts_->size(), kUnknown);
  if (codes[index] == kUnknown) codes[index] = writer_.code_of(target, text);
  if (codes[index] == RowWriter::kUncacheable) return writer_.text(target, text, row);
  if (codes[index] == RowWriter::kMissing) return writer_.missing(target);
  writer_.code(target, codes[index]);
}

void XlsxCells::number(std::size_t target, SheetCell const& cell, std::uint64_t row) {
  Type const type = writer_.type(target);
  bool const dated = book_.format(cell.style) != NumberFormat::number;
  if (writer_.plain(target) && !dated && is_plain_digits(cell.value)) {
    if (type == Type::text) return writer_.canonical(target, cell.value, row);
    std::int64_t value = 0;
    std::from_chars(cell.value.data(), cell.value.data() + cell.value.size(), value);
    if (type == Type::integer) return writer_.whole(target, value);
    if (type == Type::number) return writer_.number(target, static_cast<double>(value));
  }
  auto const value = parse_cell_number(cell.value);
  if (!value) return writer_.reject(target, cell.value, "the cell is damaged: its number cannot be read", row);
  if (type == Type::date) return date(target, cell, *value, row);
  if (type == Type::text) return number_as_text(target, cell, *value, row);
  if (dated) {
    std::string const shown = cell_text(cell, book_, *texts_);
    return writer_.reject(target, shown,
                          std::string("the cell is shown as a date or time; ") + std::string(expected(type)), row);
  }
  if (type == Type::decimal) return decimal(target, cell, *value, row);
  if (!writer_.plain(target) || type == Type::boolean) return number_as_text(target, cell, *value, row);
  if (type == Type::number) return writer_.number(target, *value);
  whole(target, cell, *value, row);
}

void XlsxCells::number_as_text(std::size_t target, SheetCell const& cell, double value, std::uint64_t row) {
  NumberFormat const format = book_.format(cell.style);
  scratch_.clear();
  if (format != NumberFormat::number) scratch_ = text_of_serial(value, format, book_.day_count());
  if (scratch_.empty()) append_number(value, scratch_);
  writer_.canonical(target, scratch_, row);
}

void XlsxCells::whole(std::size_t target, SheetCell const& cell, double value, std::uint64_t row) {
  constexpr double kMost = 9007199254740992.0;  // 2^53: beyond, a double no longer knows its last digits
  if (std::fabs(value) < kMost && std::floor(value) == value)
    return writer_.whole(target, static_cast<std::int64_t>(value));
  number_as_text(target, cell, value, row);
}

void XlsxCells::decimal(std::size_t target, SheetCell const& cell, double value, std::uint64_t row) {
  if (is_plain_decimal(cell.value)) {
    if (!writer_.plain(target)) return writer_.canonical(target, cell.value, row);
    auto const parsed = parse_decimal(cell.value);
    if (parsed.error == DecimalError::none) return writer_.whole(target, parsed.value.micros);
  }
  auto const exact = exact_decimal(value);
  if (exact.error != DecimalError::none) return number_as_text(target, cell, value, row);
  writer_.canonical(target, to_text(exact.value), row);
}

void XlsxCells::date(std::size_t target, SheetCell const& cell, double value, std::uint64_t row) {
  NumberFormat const format = book_.format(cell.style);
  if (format == NumberFormat::number) {
    scratch_.clear();
    append_number(value, scratch_);
    if (writer_.parses(target, scratch_))
      return writer_.text(target, scratch_, row);  // 20250714 as "yyyymmdd", or a mark
    constexpr double kFirstYear = 1900;
    constexpr double kLastYear = 2100;
    if (value >= kFirstYear && value <= kLastYear)
      return writer_.reject(target, scratch_, "a plain number that looks like a year; a date was expected", row);
  }
  bool const is_day = format != NumberFormat::number || value >= 1;  // -9 is no day where it is shown as -9
  auto const day = is_day ? date_of_serial(value, book_.day_count()) : std::nullopt;
  if (!day) return writer_.reject(target, cell.value, "the number is not a day of the workbook's calendar", row);
  constexpr double kLongestTime = 366;  // shown as 36:00, a day and a half is a length and not 1 January 1900
  if (format == NumberFormat::time && value < kLongestTime)
    return writer_.reject(target, cell_text(cell, book_, *texts_), "a time without a day; a date was expected", row);
  if (writer_.plain(target)) return writer_.whole(target, day->days);
  writer_.canonical(target, to_iso(*day), row);
}

void XlsxCells::boolean(std::size_t target, SheetCell const& cell, std::uint64_t row) {
  bool const value = cell.value == "1" || cell.value == "true";
  std::string_view const text = value ? "TRUE" : "FALSE";
  Type const type = writer_.type(target);
  if (type == Type::boolean && writer_.plain(target)) return writer_.whole(target, value ? 1 : 0);
  if (type == Type::boolean || type == Type::text) return writer_.canonical(target, text, row);
  writer_.reject(target, text, std::string("the cell holds a truth value; ") + std::string(expected(type)), row);
}

}  // namespace yekun
