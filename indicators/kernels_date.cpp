// Dates: their parts, ages, distances and shifts.
#include "core/date.h"

#include "indicators/vec.h"

namespace yekun {
namespace {

Date date_at(Vec const& v, std::size_t i) { return {static_cast<std::int32_t>(v.whole[v.at(i)])}; }

std::int64_t part_of(Function function, Date date) {
  switch (function) {
    case Function::year:
      return to_civil(date).year;
    case Function::month:
      return to_civil(date).month;
    case Function::day:
      return to_civil(date).day;
    case Function::quarter:
      return (to_civil(date).month + 2) / 3;
    case Function::week:
      return to_iso_week(date).week;
    default:
      return weekday(date);
  }
}

/// nullopt where the result leaves the calendar.
std::optional<Date> shifted(Date date, std::int64_t count, std::string_view unit) {
  if (count > 4'000'000 || count < -4'000'000) return std::nullopt;
  if (unit == "days" || unit == "weeks") {
    std::int64_t const days = date.days + (unit == "weeks" ? 7 * count : count);
    if (days < kFirstDate.days || days > kLastDate.days) return std::nullopt;
    return Date{static_cast<std::int32_t>(days)};
  }
  std::int64_t const months = unit == "years" ? 12 * count : count;
  Civil const civil = to_civil(date);
  std::int64_t const total = civil.year * std::int64_t{12} + civil.month - 1 + months;
  if (total < 12 || total >= std::int64_t{10000} * 12) return std::nullopt;
  return add_months(date, static_cast<int>(months));
}

void two_dates(BoundNode const& node, std::vector<Vec> const& parts, Vec& v, std::size_t i) {
  Date const first = date_at(parts[0], i);
  Date const second = date_at(parts[1], i);
  if (node.function == Function::days_between) {
    v.own_whole[i] = second - first;
    return;
  }
  auto const years = completed_years(first, second);
  v.own_flags[i] = years.has_value();
  v.own_whole[i] = years.value_or(0);
}

void made_date(std::vector<Vec> const& parts, Vec& v, std::size_t i) {
  std::int64_t civil[3];
  for (std::size_t k = 0; k < 3; ++k) {
    civil[k] = parts[k].whole[parts[k].at(i)];
    if (civil[k] < 1 || civil[k] > 9999) civil[k] = 0;
  }
  auto const date = civil[0] == 0
                        ? std::nullopt
                        : to_date({static_cast<int>(civil[0]), static_cast<int>(civil[1]), static_cast<int>(civil[2])});
  v.own_flags[i] = date.has_value();
  v.own_whole[i] = date.value_or(Date{}).days;
}

}  // namespace

Vec date_function(BoundNode const& node, std::vector<Vec> const& parts, std::size_t n, Scratch const& scratch) {
  Vec v = make_vec(node.type, n);
  for (std::size_t i = 0; i < n; ++i) {
    bool known = true;
    for (Vec const& part : parts) known = known && part.has(i);
    if (!known) continue;
    v.own_flags[i] = 1;
    if (node.function == Function::age || node.function == Function::days_between) {
      two_dates(node, parts, v, i);
    } else if (node.function == Function::date) {
      made_date(parts, v, i);
    } else if (node.function == Function::date_add) {
      auto const date = shifted(date_at(parts[0], i), parts[1].whole[parts[1].at(i)], parts[2].text[0]);
      if (!date) scratch.fail(node, "a date outside the years 1 to 9999");
      v.own_whole[i] = date.value_or(Date{}).days;
    } else {
      v.own_whole[i] = part_of(node.function, date_at(parts[0], i));
    }
  }
  return v;
}

}  // namespace yekun
