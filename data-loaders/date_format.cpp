#include "data-loaders/date_format.h"

#include <fmt/format.h>
#include <unicode/dtfmtsym.h>

#include "core/locale.h"
#include "data-loaders/folded_word.h"

namespace yekun {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Reads `least` to `most` digits.
bool read_digits(std::string_view& text, std::size_t least, std::size_t most, int& value) {
  std::size_t n = 0;
  value = 0;
  while (n < most && n < text.size() && is_digit(text[n])) value = value * 10 + (text[n++] - '0');
  if (n < least) return false;
  text.remove_prefix(n);
  return true;
}

std::size_t run_length(std::string_view text) {
  std::size_t n = 1;
  while (n < text.size() && text[n] == text[0]) ++n;
  return n;
}

void add_names(std::map<std::string, int, std::less<>>& names, icu::UnicodeString const* months, int count) {
  for (int i = 0; i < count; ++i) {
    std::string name;
    months[i].toUTF8String(name);
    name = folded_word(name);
    while (name.ends_with('.')) name.pop_back();
    bool const named = !name.empty() && !is_digit(name[0]) && name[0] != 'M';
    if (named) names.emplace(name, i % 12 + 1);
  }
}

}  // namespace

std::map<std::string, int, std::less<>> month_names() {
  std::map<std::string, int, std::less<>> names{{"sept", 9}};  // English also writes so
  for (auto language : kLanguages) {
    UErrorCode status = U_ZERO_ERROR;
    icu::DateFormatSymbols const symbols(icu::Locale(std::string(language).c_str()), status);
    if (U_FAILURE(status)) continue;
    for (auto context : {icu::DateFormatSymbols::FORMAT, icu::DateFormatSymbols::STANDALONE})
      for (auto width : {icu::DateFormatSymbols::WIDE, icu::DateFormatSymbols::ABBREVIATED}) {
        int count = 0;
        auto const* months = symbols.getMonths(count, context, width);
        if (count == 12) add_names(names, months, count);
      }
  }
  return names;
}

tl::expected<DateFormats::Form, std::string> DateFormats::compile_one(std::string_view spec) {
  Form form;
  bool day = false;
  bool month = false;
  bool year = false;
  for (std::size_t i = 0; i < spec.size();) {
    std::size_t const n = run_length(spec.substr(i));
    char const c = spec[i];
    Part part;
    if ((c == 'd' || c == 'D') && n <= 2 && !day) {
      part.kind = Kind::day;
      day = true;
    } else if ((c == 'm' || c == 'M') && n <= 4 && !month) {
      part.kind = n <= 2 ? Kind::month : Kind::month_name;
      month = true;
    } else if ((c == 'y' || c == 'Y') && (n == 2 || n == 4) && !year) {
      part.kind = n == 4 ? Kind::year : Kind::short_year;
      year = true;
    } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      return tl::unexpected(fmt::format("'{}' is not a part of a date form", spec.substr(i, n)));
    } else {
      part.text = spec.substr(i, n);
    }
    bool const digits = part.kind != Kind::literal && part.kind != Kind::month_name;
    bool const joined = !form.empty() && form.back().kind != Kind::literal && form.back().kind != Kind::month_name;
    part.width = n;
    if (digits && joined) form.back().exact = part.exact = true;
    form.push_back(std::move(part));
    i += n;
  }
  if (!month || !year) return tl::unexpected(std::string("a date form has a month and a year"));
  return form;
}

tl::expected<DateFormats, std::string> DateFormats::compile(std::string_view spec, std::string const& timezone) {
  DateFormats all;
  if (!timezone.empty()) all.zone_ = DayZone::make(timezone);
  if (spec.empty()) spec = "yyyy-mm-dd";
  all.iso_ = spec == "yyyy-mm-dd";
  while (true) {
    std::size_t const bar = spec.find('|');
    std::string_view const one = spec.substr(0, bar);
    auto form = compile_one(one);
    if (!form) return tl::unexpected(fmt::format("the date form '{}' cannot be used: {}", one, form.error()));
    for (auto const& part : *form)
      if (part.kind == Kind::month_name && !all.names_) all.names_ = std::make_shared<MonthNames const>(month_names());
    all.forms_.push_back(std::move(*form));
    all.described_ += (all.described_.empty() ? "" : " or ") + std::string(one);
    if (bar == std::string_view::npos) return all;
    spec.remove_prefix(bar + 1);
  }
}

bool DateFormats::read_month_name(std::string_view& text, int& month) const {
  std::size_t n = 0;  // letters only: bytes of ASCII letters, all others that are not ASCII, and the apostrophe
  while (n < text.size() && (static_cast<unsigned char>(text[n]) >= 0x80 || (text[n] >= 'A' && text[n] <= 'Z') ||
                             (text[n] >= 'a' && text[n] <= 'z')))
    ++n;
  auto const found = names_->find(folded_word(text.substr(0, n)));
  if (found == names_->end()) return false;
  month = found->second;
  text.remove_prefix(n);
  if (text.starts_with('.')) text.remove_prefix(1);
  return true;
}

bool DateFormats::read_part(Part const& part, std::string_view& text, Civil& civil) const {
  std::size_t const least = part.exact ? part.width : 1;
  std::size_t const most = part.exact ? part.width : 2;
  switch (part.kind) {
    case Kind::literal:
      if (!text.starts_with(part.text)) return false;
      text.remove_prefix(part.text.size());
      return true;
    case Kind::day:
      return read_digits(text, least, most, civil.day);
    case Kind::month:
      return read_digits(text, least, most, civil.month);
    case Kind::month_name:
      return read_month_name(text, civil.month);
    case Kind::year:
      return read_digits(text, 4, 4, civil.year);
    case Kind::short_year:
      if (!read_digits(text, 2, 2, civil.year)) return false;
      civil.year += civil.year >= 70 ? 1900 : 2000;
      return true;
  }
  return false;
}

ParsedDate DateFormats::parse_as(Form const& form, std::string_view text) const {
  Civil civil;  // the first day, where the form has none
  for (auto const& part : form)
    if (!read_part(part, text, civil)) return {.error = DateError::other_form};
  auto const time = parse_time_of_day(text);
  if (!time) return {.error = DateError::other_form};
  auto const date = to_date(civil);
  if (!date) return {.error = DateError::no_such_day};
  if (time->offset_minutes && zone_) return {.date = zone_->day(*date, *time)};
  return {.date = *date};
}

ParsedDate DateFormats::parse(std::string_view text) const {
  ParsedDate best{.error = DateError::other_form};
  for (auto const& form : forms_) {
    ParsedDate const parsed = parse_as(form, text);
    if (parsed.error == DateError::none) return parsed;
    if (parsed.error == DateError::no_such_day) best = parsed;
  }
  return best;
}

}  // namespace yekun
