#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "core/diagnostic.h"
#include "core/period.h"
#include "core/period_label.h"

namespace yekun {
namespace {

using Parsed = tl::expected<Period, std::string>;

constexpr std::string_view kForms =
    "2025, 2025-H1, 2025-Q3, 2025-07, 2025-W30, 2025-07-14, FY2025, 2025-Q1..2025-Q3 or last-quarter";

tl::unexpected<std::string> wrong(std::string message) { return tl::unexpected<std::string>(std::move(message)); }

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<int> whole_number(std::string_view text, std::size_t length) {
  if (text.size() != length || !all_digits(text)) return std::nullopt;
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// Relative words: what the text after "last-", "this-" or "next-" may be.
std::vector<std::string> relative_words() {
  std::vector<std::string> words{"today", "yesterday"};
  for (auto const kind : {"day", "week", "month", "quarter", "half", "year", "fiscal-year"}) {
    for (auto const which : {"this", "last", "next"}) words.push_back(fmt::format("{}-{}", which, kind));
    words.push_back(fmt::format("this-{}-to-date", kind));
  }
  for (auto const kind : {"days", "weeks", "months", "quarters", "halves", "years", "fiscal-years"})
    words.push_back(fmt::format("last-3-{}", kind));
  return words;
}

std::optional<PeriodKind> plural_kind(std::string_view text) {
  if (text == "halves") return PeriodKind::half;
  if (!text.ends_with('s')) return std::nullopt;
  return parse_period_kind(text.substr(0, text.size() - 1));
}

Parsed last_several(std::string_view shown, std::string_view count_text, PeriodKind kind,
                    PeriodContext const& context) {
  int count = 0;
  std::from_chars(count_text.data(), count_text.data() + std::min<std::size_t>(count_text.size(), 6), count);
  if (count < 1 || count > 1000) return wrong(fmt::format("period '{}': expected a number from 1 to 1000", shown));
  Period const current = period_at(kind, context.as_of, context.fiscal);
  Period from = current;
  for (int i = 0; i < count; ++i) from = previous(from, context.fiscal);
  if (count == 1) return from;
  return make_range(from.first, current.first, kind, context.fiscal);
}

Parsed to_date_period(PeriodKind kind, PeriodContext const& context) {
  Period const current = period_at(kind, context.as_of, context.fiscal);
  return make_range(current.first, context.as_of + 1, PeriodKind::day, context.fiscal);
}

Parsed relative(std::string_view text, PeriodContext const& context) {
  if (text == "today") return period_at(PeriodKind::day, context.as_of, context.fiscal);
  if (text == "yesterday") return period_at(PeriodKind::day, context.as_of - 1, context.fiscal);
  auto const dash = text.find('-');
  std::string_view const which = text.substr(0, dash);
  std::string_view rest = dash == std::string_view::npos ? std::string_view() : text.substr(dash + 1);
  bool const known = which == "this" || which == "last" || which == "next";
  if (known && which == "this" && rest.ends_with("-to-date")) {
    auto const kind = parse_period_kind(rest.substr(0, rest.size() - 8));
    if (kind) return to_date_period(*kind, context);
  }
  if (auto const kind = parse_period_kind(rest); known && kind) {
    Period const current = period_at(*kind, context.as_of, context.fiscal);
    if (which == "last") return previous(current, context.fiscal);
    return which == "this" ? current : period_at(*kind, current.end, context.fiscal);
  }
  if (auto const second = rest.find('-'); which == "last" && second != std::string_view::npos) {
    auto const kind = plural_kind(rest.substr(second + 1));
    if (kind && all_digits(rest.substr(0, second))) return last_several(text, rest.substr(0, second), *kind, context);
  }
  auto const near = nearest(text, relative_words());
  return wrong(near.empty() ? fmt::format("period '{}' is not known, expected for instance {}", text, kForms)
                            : fmt::format("period '{}' is not known; did you mean '{}'?", text, near));
}

Parsed in_year(std::string_view text, int year, std::string_view rest, PeriodContext const& context) {
  auto const part = [&](PeriodKind kind, int count, int most, std::string_view name) -> Parsed {
    if (count < 1 || count > most)
      return wrong(fmt::format("period '{}': expected a {} from 1 to {}", text, name, most));
    return period_at(kind, date_of(year, (count - 1) * (12 / most) + 1, 1), context.fiscal);
  };
  if (rest.starts_with('Q'))
    if (auto const n = whole_number(rest.substr(1), 1)) return part(PeriodKind::quarter, *n, 4, "quarter");
  if (rest.starts_with('H'))
    if (auto const n = whole_number(rest.substr(1), 1)) return part(PeriodKind::half, *n, 2, "half");
  if (rest.starts_with('W')) {
    if (auto const n = whole_number(rest.substr(1), 2)) {
      if (auto const monday = monday_of({year, *n})) return period_at(PeriodKind::week, *monday, context.fiscal);
      return wrong(
          fmt::format("period '{}': the year {} has weeks 01 to {}", text, year, monday_of({year, 53}) ? 53 : 52));
    }
  }
  if (auto const month = whole_number(rest, 2)) {
    if (*month >= 1 && *month <= 12) return period_at(PeriodKind::month, date_of(year, *month, 1), context.fiscal);
    return wrong(fmt::format("period '{}': expected a month from 01 to 12", text));
  }
  if (rest.size() == 5 && rest[2] == '-' && whole_number(rest.substr(0, 2), 2) && whole_number(rest.substr(3), 2)) {
    if (auto const day = parse_iso_date(text)) return period_at(PeriodKind::day, *day, context.fiscal);
    return wrong(fmt::format("period '{}': there is no such day", text));
  }
  return wrong(fmt::format("period '{}' is not known, expected for instance {}", text, kForms));
}

Parsed fiscal_year(std::string_view text, int year, FiscalYear const& fiscal) {
  // The start lies in the named year or in the one before, depending on which end names it.
  for (int const start : {year, year - 1}) {
    if (start < 1) continue;
    Date const first =
        date_of(start, fiscal.start_month, std::min(fiscal.start_day, days_in_month(start, fiscal.start_month)));
    Period const found = period_at(PeriodKind::fiscal_year, first, fiscal);
    if (found.label == text) return found;
  }
  return wrong(fmt::format("period '{}' lies outside the years 0001 to 9999", text));
}

Parsed single(std::string_view text, PeriodContext const& context) {
  std::string upper(text);
  for (char& c : upper)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (upper.starts_with("FY")) {
    if (auto const year = whole_number(std::string_view(upper).substr(2), 4))
      return fiscal_year(upper, *year, context.fiscal);
  }
  auto const year = whole_number(text.substr(0, 4), 4);
  if (!year) return relative(text, context);
  if (*year == 0) return wrong(fmt::format("period '{}': years run from 0001 to 9999", text));
  if (text.size() == 4) return period_at(PeriodKind::year, date_of(*year, 1, 1), context.fiscal);
  if (text[4] != '-') {
    if (upper.size() <= 7 && (upper[4] == 'Q' || upper[4] == 'H' || upper[4] == 'W'))
      return wrong(
          fmt::format("period '{}' is not known; did you mean '{}-{}'?", text, text.substr(0, 4), upper.substr(4)));
    return wrong(fmt::format("period '{}' is not known, expected for instance {}", text, kForms));
  }
  return in_year(text, *year, std::string_view(upper).substr(5), context);
}

/// The label of one end of a range: a side that is itself a range gives its own outer end.
std::string_view end_label(std::string_view label, bool left) {
  auto const dots = label.find("..");
  if (dots == std::string_view::npos) return label;
  return left ? label.substr(0, dots) : label.substr(dots + 2);
}

Parsed range(std::string_view text, std::size_t dots, PeriodContext const& context) {
  std::string_view const left = text.substr(0, dots);
  std::string_view const right = text.substr(dots + 2);
  if (left.empty() || right.empty())
    return wrong(fmt::format("period '{}': expected a period on both sides of '..'", text));
  if (right.find("..") != std::string_view::npos)
    return wrong(fmt::format("period '{}': expected two periods and one '..' between them", text));
  auto from = single(left, context);
  if (!from) return from;
  auto to = single(right, context);
  if (!to) return to;
  if (to->end <= from->first) return wrong(fmt::format("period '{}' ends before it starts", text));
  if (*from == *to) return from;
  return Period{from->first, to->end, PeriodKind::range,
                fmt::format("{}..{}", end_label(from->label, true), end_label(to->label, false)), false};
}

}  // namespace

Parsed parse_period(std::string_view text, PeriodContext const& context) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  if (text.empty()) return wrong(fmt::format("the period is empty, expected for instance {}", kForms));
  auto const dots = text.find("..");
  auto out = dots == std::string_view::npos ? single(text, context) : range(text, dots, context);
  if (!out) return out;
  if (out->first < kFirstDate || out->end > kLastDate + 1)
    return wrong(fmt::format("period '{}' lies outside the years 0001 to 9999", text));
  out->partial = is_running(*out, context.as_of);
  return out;
}

bool is_running(Period const& period, Date as_of) { return period.first <= as_of && as_of + 1 < period.end; }

}  // namespace yekun
