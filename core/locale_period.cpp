#include <algorithm>
#include <charconv>

#include "core/locale.h"
#include "core/locale_services.h"
#include "core/period_label.h"

namespace yekun {
namespace {

std::string two_digits(int value) { return (value < 10 ? "0" : "") + std::to_string(value); }

std::string numbered(std::string_view key, int n) { return std::string(key) + std::to_string(n); }

std::string roman(int n) {
  static constexpr std::string_view kRoman[] = {"", "I", "II", "III", "IV"};
  return std::string(n >= 0 && n <= 4 ? kRoman[n] : "");
}

/// The year that a fiscal year's label names: of "FY2025" 2025.
int labelled_year(std::string_view label) {
  int year = 0;
  if (label.size() >= 6) std::from_chars(label.data() + 2, label.data() + 6, year);
  return year;
}

/// Arguments that every period text may use: n, roman, year (for ordinals), y (as digits). Months come as "month" (as
/// it stands alone) and "month_in_date" (as it stands in a date), the ends of a range as "from" and "to".
MessageArguments arguments_of(int n, int year) {
  return {{"n", std::int64_t{n}}, {"roman", roman(n)}, {"year", std::int64_t{year}}, {"y", std::to_string(year)}};
}

/// Says one period through the texts "period.<kind>", or "period.short.<kind>".
class Speaker {
 public:
  Speaker(std::string_view prefix, auto say, auto date) : prefix_(prefix), say_(say), date_(date) {}

  std::string period(Period const& p) const {
    if (p.label == "all") return text("all", {});
    Civil const c = to_civil(p.first);
    switch (p.kind) {
      case PeriodKind::day:
        return date_(p.first);
      case PeriodKind::week: {
        IsoWeek const week = to_iso_week(p.first);
        return text("week", arguments_of(week.week, week.year));
      }
      case PeriodKind::month:
        return month(p.first);
      case PeriodKind::quarter:
        return text("quarter", arguments_of((c.month - 1) / 3 + 1, c.year));
      case PeriodKind::half:
        return text("half", arguments_of((c.month - 1) / 6 + 1, c.year));
      case PeriodKind::year:
        return text("year", arguments_of(0, c.year));
      case PeriodKind::fiscal_year:
        return text("fiscal_year", arguments_of(0, labelled_year(p.label)));
      case PeriodKind::range:
        return range(p);
    }
    return p.label;
  }

 private:
  std::string text(std::string_view kind, MessageArguments const& arguments) const {
    return say_(std::string(prefix_) + std::string(kind), arguments);
  }

  std::string named_month(std::string_view form, int n) const { return say_(numbered(form, n), {}); }
  std::string month_form() const { return prefix_ == "period." ? "month.name." : "month.short."; }

  std::string month(Date day) const {
    Civil const c = to_civil(day);
    auto arguments = arguments_of(c.month, c.year);
    arguments["month"] = named_month(month_form(), c.month);
    arguments["month_in_date"] = named_month("month.in_date.", c.month);
    return text("month", arguments);
  }

  std::string ends(std::string from, std::string to) const {
    return text("range", {{"from", std::move(from)}, {"to", std::move(to)}});
  }

  std::string range(Period const& p) const {
    Civil const from = to_civil(p.first);
    Civil const to = to_civil(p.end - 1);
    PeriodKind const unit = label_unit(p.label);
    bool const whole_months = from.day == 1 && to_civil(p.end).day == 1;
    bool const whole_years = whole_months && from.month == 1 && to.month == 12;
    if (unit == PeriodKind::fiscal_year) {
      auto const right = std::string_view(p.label).substr(p.label.find("..") + 2);
      return years(labelled_year(p.label), labelled_year(right), "range_fiscal_years");
    }
    if (whole_years && unit == PeriodKind::year) return years(from.year, to.year, "range_years");
    if (!whole_months || unit == PeriodKind::day || unit == PeriodKind::week) return days(from, to, p);
    if (from.year != to.year) return ends(month(p.first), month(p.end - 1));
    if (from.month == to.month) return month(p.first);
    auto arguments = arguments_of(0, from.year);
    arguments["from"] = named_month(month_form(), from.month);
    arguments["to"] = named_month(month_form(), to.month);
    arguments["from_in_date"] = named_month("month.in_date.", from.month);
    arguments["to_in_date"] = named_month("month.in_date.", to.month);
    return text("range_months", arguments);
  }

  std::string years(int from, int to, std::string_view key) const {
    auto arguments = arguments_of(0, to);
    arguments["from"] = std::to_string(from);
    return text(key, arguments);
  }

  std::string days(Civil from, Civil to, Period const& p) const {
    if (from == to || prefix_ != "period." || from.year != to.year)
      return from == to ? date_(p.first) : ends(date_(p.first), date_(p.end - 1));
    auto arguments = arguments_of(0, to.year);
    arguments["from"] = std::to_string(from.day);
    arguments["to"] = std::to_string(to.day);
    arguments["from_month"] = named_month("month.in_date.", from.month);
    arguments["month"] = named_month("month.in_date.", to.month);
    return text(from.month == to.month ? "range_in_month" : "range_in_year", arguments);
  }

  std::string_view prefix_;
  std::function<std::string(std::string_view, MessageArguments const&)> say_;
  std::function<std::string(Date)> date_;
};

}  // namespace

std::string Locale::Services::date(Date date, bool is_short) const {
  Civil const c = to_civil(date);
  MessageArguments const arguments{{"day", std::to_string(c.day)},
                                   {"day2", two_digits(c.day)},
                                   {"month2", two_digits(c.month)},
                                   {"month", say(numbered(is_short ? "month.short." : "month.in_date.", c.month), {})},
                                   {"y", std::to_string(c.year)}};
  return say(is_short ? "date.short" : "date.long", arguments);
}

std::string Locale::date_long(Date date) const { return services_->date(date, false); }
std::string Locale::date_short(Date date) const { return services_->date(date, true); }
std::string Locale::month_name(int month) const { return services_->say(numbered("month.name.", month), {}); }
std::string Locale::month_short(int month) const { return services_->say(numbered("month.short.", month), {}); }

std::string Locale::period(Period const& period) const {
  auto const say = [&](std::string_view key, MessageArguments const& a) { return services_->say(key, a); };
  return Speaker("period.", say, [&](Date d) { return date_long(d); }).period(period);
}

std::string Locale::period_short(Period const& period) const {
  auto const say = [&](std::string_view key, MessageArguments const& a) { return services_->say(key, a); };
  return Speaker("period.short.", say, [&](Date d) { return date_short(d); }).period(period);
}

}  // namespace yekun
