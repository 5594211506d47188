#include "data-loaders/cell_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/utf8.h"
#include "data-loaders/boolean_words.h"
#include "data-loaders/folded_word.h"

namespace yekun {
namespace {

constexpr std::string_view kSpaces[] = {" ",      "\t",     "\u00A0", "\u202F", "\u2009", "\u2007",
                                        "\u2008", "\u200A", "\u205F", "\u3000", "\r",     "\n"};
constexpr std::string_view kMinus = "\u2212";

/// The length of the space at the start; 0 if there is none.
std::size_t space_at_start(std::string_view text) {
  for (auto space : kSpaces)
    if (text.starts_with(space)) return space.size();
  return 0;
}

std::size_t space_at_end(std::string_view text) {
  for (auto space : kSpaces)
    if (text.ends_with(space)) return space.size();
  return 0;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The length of a thousands separator at the start; 0 if there is none.
std::size_t separator_at_start(std::string_view text, NumberForm const& form) {
  if (form.thousands.empty()) return 0;
  if (form.thousands == "space") return space_at_start(text);
  return text.starts_with(form.thousands) ? form.thousands.size() : 0;
}

/// Digits before the decimal mark, grouped by threes or not at all. false: digits are missing or wrongly grouped.
bool take_whole_part(std::string_view& text, NumberForm const& form, std::string& out) {
  std::size_t group = 0;  // digits since the last separator
  bool grouped = false;
  std::size_t digits = 0;
  while (!text.empty()) {
    if (is_digit(text[0])) {
      out += text[0];
      text.remove_prefix(1);
      ++group;
      ++digits;
      continue;
    }
    std::size_t const length = separator_at_start(text, form);
    if (length == 0) break;
    if (grouped ? group != 3 : (group == 0 || group > 3)) return false;
    grouped = true;
    group = 0;
    text.remove_prefix(length);
  }
  return !grouped ? true : group == 3;
}

bool all_zeros(std::string_view text) { return text.find_first_not_of('0') == std::string_view::npos; }

CellValue rejected(Reject reject) { return {.outcome = Outcome::rejected, .reject = reject}; }

CellValue parse_whole(std::string_view text, NumberForm const& form, std::string& number) {
  if (!normalise_number(text, form, number)) return rejected(Reject::not_whole);
  std::string_view digits = number;
  if (std::size_t const dot = digits.find('.'); dot != std::string_view::npos) {
    if (!all_zeros(digits.substr(dot + 1))) return rejected(Reject::not_whole);
    digits = digits.substr(0, dot);
  }
  CellValue value{.outcome = Outcome::value};
  auto const end = digits.data() + digits.size();
  auto const [at, error] = std::from_chars(digits.data(), end, value.whole);
  if (error == std::errc::result_out_of_range) return rejected(Reject::too_large);
  if (error != std::errc() || at != end) return rejected(Reject::not_whole);
  return value;
}

CellValue parse_exact(std::string_view text, NumberForm const& form, std::string& number) {
  if (!normalise_number(text, form, number)) return rejected(Reject::not_decimal);
  auto const parsed = parse_decimal(number);
  switch (parsed.error) {
    case DecimalError::none:
      return {.outcome = Outcome::value, .whole = parsed.value.micros};
    case DecimalError::too_many_places:
      return rejected(Reject::too_many_places);
    case DecimalError::too_large:
      return rejected(Reject::too_large);
    case DecimalError::not_a_number:
      break;
  }
  return rejected(Reject::not_decimal);
}

CellValue parse_double(std::string_view text, NumberForm const& form, std::string& number) {
  std::size_t const e = text.find_first_of("eE");
  if (!normalise_number(text.substr(0, e), form, number)) return rejected(Reject::not_number);
  if (e != std::string_view::npos) {
    std::string_view exponent = text.substr(e + 1);
    number += 'e';
    if (exponent.starts_with('+')) exponent.remove_prefix(1);
    if (exponent.empty() || !(is_digit(exponent.back()))) return rejected(Reject::not_number);
    number += exponent;
  }
  CellValue value{.outcome = Outcome::value};
  auto const end = number.data() + number.size();
  auto const [at, error] = std::from_chars(number.data(), end, value.number);
  if (error == std::errc::result_out_of_range) return rejected(Reject::too_large);
  if (error != std::errc() || at != end || !std::isfinite(value.number)) return rejected(Reject::not_number);
  return value;
}

/// "82,5 %": 0.825. The sign has been taken away.
CellValue hundredth(CellValue value, Type type) {
  if (value.outcome != Outcome::value) return value;
  if (type == Type::number)
    value.number /= 100;
  else if (value.whole % 100 != 0)
    return rejected(Reject::too_many_places);
  else
    value.whole /= 100;
  return value;
}

CellValue parse_day(std::string_view text, DateFormats const& formats) {
  auto const parsed = formats.parse(text);
  if (parsed.error == DateError::other_form) return rejected(Reject::not_date);
  if (parsed.error == DateError::no_such_day) return rejected(Reject::no_such_day);
  return {.outcome = Outcome::value, .whole = parsed.date.days};
}

}  // namespace

std::string_view trim_spaces(std::string_view text) {
  while (std::size_t const n = space_at_start(text)) text.remove_prefix(n);
  while (std::size_t const n = space_at_end(text)) text.remove_suffix(n);
  return text;
}

bool normalise_number(std::string_view text, NumberForm const& form, std::string& out) {
  out.clear();
  if (text.starts_with(kMinus)) {
    out += '-';
    text.remove_prefix(kMinus.size());
  } else if (text.starts_with('-') || text.starts_with('+')) {
    if (text[0] == '-') out += '-';
    text.remove_prefix(1);
  }
  std::size_t const sign = out.size();
  if (!take_whole_part(text, form, out)) return false;
  bool digits = out.size() > sign;
  if (!digits) out += '0';
  if (!text.empty()) {
    if (text[0] != form.decimal) return false;
    text.remove_prefix(1);
    digits = digits || !text.empty();
    if (!std::all_of(text.begin(), text.end(), is_digit)) return false;
    if (!text.empty()) out.append(".").append(text);
  }
  return digits;
}

std::optional<bool> parse_boolean(std::string_view text) {
  if (text == "1") return true;
  if (text == "0") return false;
  std::string const word = folded_word(text);
  if (std::find(kYesWords.begin(), kYesWords.end(), word) != kYesWords.end()) return true;
  if (std::find(kNoWords.begin(), kNoWords.end(), word) != kNoWords.end()) return false;
  return std::nullopt;
}

tl::expected<CellParser, std::string> CellParser::make(Dataset const& dataset, ColumnSpec const* spec,
                                                       NumberForm const& form) {
  CellParser parser;
  parser.form_ = form;
  parser.missing_ = dataset.missing;
  if (spec != nullptr) {
    parser.type_ = spec->type;
    parser.clean_ = spec->clean;
    parser.personal_ = spec->personal;
    if (spec->missing) parser.missing_ = *spec->missing;
    for (auto const& [from, to] : spec->mapping) {
      parser.mapping_.emplace(from, to);
      parser.targets_.push_back(to);
    }
  }
  std::sort(parser.missing_.begin(), parser.missing_.end());
  std::sort(parser.targets_.begin(), parser.targets_.end());
  bool const dated = spec != nullptr && spec->type == Type::date;
  auto formats = dated ? DateFormats::compile(spec->date_format, dataset.timezone) : DateFormats::compile({});
  if (!formats) return tl::unexpected(formats.error());
  parser.dates_ = std::move(*formats);
  parser.plain_ = !parser.clean_ && parser.missing_.empty() && parser.mapping_.empty();
  parser.value_is_plain_ = parser.mapping_.empty();
  for (auto const& mark : parser.missing_)
    if (parser.parse_typed(trim_spaces(mark)).outcome == Outcome::value) parser.value_is_plain_ = false;
  return parser;
}

CellValue CellParser::parse_typed(std::string_view text) const {
  std::string number;
  bool const fraction = type_ == Type::decimal || type_ == Type::number;
  if (fraction && text.ends_with('%')) {
    text = trim_spaces(text.substr(0, text.size() - 1));
    return hundredth(type_ == Type::number ? parse_double(text, form_, number) : parse_exact(text, form_, number),
                     type_);
  }
  switch (type_) {
    case Type::text:
      return {.outcome = Outcome::value, .text = text};
    case Type::integer:
      return parse_whole(text, form_, number);
    case Type::decimal:
      return parse_exact(text, form_, number);
    case Type::number:
      return parse_double(text, form_, number);
    case Type::date:
      return parse_day(text, dates_);
    case Type::boolean:
      break;
  }
  auto const truth = parse_boolean(text);
  if (!truth) return rejected(Reject::not_boolean);
  return {.outcome = Outcome::value, .whole = *truth ? 1 : 0};
}

CellValue CellParser::parse(std::string_view cell, std::string& scratch) const {
  if (clean_) {
    scratch = yekun::clean(cell);
    cell = scratch;
  } else if (type_ != Type::text) {
    cell = trim_spaces(cell);
  }
  if (cell.empty()) return {};
  if (plain_) return parse_typed(cell);
  auto const is_mark = [this](std::string_view text) {
    return std::binary_search(missing_.begin(), missing_.end(), text, std::less<>());
  };
  if (!missing_.empty() && (is_mark(cell) || is_mark(trim_spaces(cell)))) return {};
  if (mapping_.empty()) return parse_typed(cell);
  auto const mapped = mapping_.find(cell);
  if (mapped != mapping_.end()) return mapped->second.empty() ? CellValue{} : parse_typed(mapped->second);
  CellValue value = parse_typed(cell);
  value.unmapped = type_ == Type::text && !std::binary_search(targets_.begin(), targets_.end(), cell, std::less<>());
  return value;
}

std::string CellParser::reason(Reject reject) const {
  std::string_view const mark = form_.decimal == ',' ? "decimal comma" : "decimal point";
  switch (reject) {
    case Reject::none:
      return {};
    case Reject::not_whole:
      return "not a whole number";
    case Reject::not_decimal:
    case Reject::not_number:
      return fmt::format("not a number with a {}", mark);
    case Reject::not_date:
      return fmt::format("not a date of the form {}", dates_.described());
    case Reject::not_boolean:
      return "not yes or no";
    case Reject::no_such_day:
      return "there is no such day";
    case Reject::too_large:
      return "the number is too large";
    case Reject::too_many_places:
      return "more than six decimal places";
  }
  return {};
}

void append(CellValue const& value, Column& column, Dictionary& dictionary) {
  std::size_t const row = column.size();
  resize_column(column, row + 1);
  store(value, column, row, dictionary);
}

void resize_column(Column& column, std::size_t rows) {
  column.present.resize(rows);
  if (column.type == Type::number) {
    column.number.resize(rows);
  } else if (column.type != Type::text) {
    column.whole.resize(rows);
  } else if (column.form == TextForm::raw) {
    column.raw.resize(rows);
  } else {
    column.codes.resize(rows);
  }
}

void store(CellValue const& value, Column& column, std::size_t row, Dictionary& dictionary) {
  bool const present = value.outcome == Outcome::value;
  column.present[row] = present ? 1 : 0;
  if (column.type == Type::number) {
    column.number[row] = present ? value.number : 0;
  } else if (column.type != Type::text) {
    column.whole[row] = present ? value.whole : 0;
  } else if (column.form == TextForm::raw) {
    column.raw[row] = present ? value.text : std::string_view();
  } else {
    column.codes[row] = present ? dictionary.code(value.text) : 0;
  }
}

}  // namespace yekun
