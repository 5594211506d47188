#include "tests/indicators/reference_evaluator.h"

#include <algorithm>
#include <set>
#include <sstream>

#include "core/decimal.h"

namespace yekun::test {

namespace {

using Rows = std::vector<ReferenceRow const*>;
using Key = std::vector<std::optional<std::string>>;  // nullopt: rolled up

std::string shown(std::optional<std::string> const& value) { return value ? *value : "(unknown)"; }

bool in_window(ReferenceRow const& row, Period const& window) {
  return window.label == "all" || (row.date && window.contains(*row.date));
}

std::optional<std::string> const& column(ReferenceRow const& row, std::string const& name) {
  return name == "g" ? row.g : row.h;
}

std::string mean(Int128 micros, std::int64_t count) {
  // Long double is exact enough for the small numbers of these tests to round as the exact quotient does.
  return to_shortest(static_cast<double>(static_cast<long double>(micros) / 1e6L / static_cast<long double>(count)));
}

struct Context {
  std::vector<ReferenceRow> const& all;
  Period const& window;
};

std::string count_people(Rows const& rows, Context const& context, std::string const& name) {
  std::map<std::string, int> times;
  for (auto const* row : rows)
    if (row->person) ++times[*row->person];
  std::size_t count = 0;
  for (auto const& [person, n] : times) {
    if (name == "twice" && n < 2) continue;
    if (name == "fresh") {
      std::optional<Date> first;
      for (auto const& row : context.all)
        if (row.person == person && row.date && (!first || *row.date < *first)) first = row.date;
      if (!first || (context.window.label != "all" && !context.window.contains(*first))) continue;
    }
    ++count;
  }
  return std::to_string(count);
}

std::string of_decimals(Rows const& rows, std::string const& name) {
  std::vector<std::int64_t> values;
  for (auto const* row : rows)
    if (row->micros) values.push_back(*row->micros);
  if (values.empty()) return "";
  std::sort(values.begin(), values.end());
  Int128 sum = 0;
  for (auto const value : values) sum += value;
  if (name == "sum_d") return to_text(*to_decimal(sum));
  if (name == "least") return to_text(Decimal{values.front()});
  if (name == "most") return to_text(Decimal{values.back()});
  if (name == "mean_d") return mean(sum, static_cast<std::int64_t>(values.size()));
  std::size_t const n = values.size();
  return mean(Int128{values[(n - 1) / 2]} + values[n / 2], 2);  // median
}

std::string stock(Rows const& rows, Context const& context) {
  std::map<std::string, Date> last;
  for (auto const& row : context.all)
    if (row.date && in_window(row, context.window) && (!last.contains(row.reporter) || last[row.reporter] < *row.date))
      last[row.reporter] = *row.date;
  std::int64_t sum = 0;
  bool any = false;
  for (auto const* row : rows) {
    if (!row->date || *row->date != last[row->reporter] || !row->x) continue;
    sum += *row->x;
    any = true;
  }
  return any ? std::to_string(sum) : "";
}

std::string first_by_date(Rows const& rows) {
  ReferenceRow const* best = nullptr;
  for (auto const* row : rows)
    if (row->date && row->micros && (best == nullptr || *row->date < *best->date)) best = row;
  return best == nullptr ? "" : to_text(Decimal{*best->micros});
}

std::string value(std::string const& name, Rows const& rows, Context const& context) {
  if (rows.empty()) return "";
  auto const flagged = [&](std::string const& flag) {
    return std::count_if(rows.begin(), rows.end(), [&](auto const* row) { return row->flag == flag; });
  };
  if (name == "rows") return std::to_string(rows.size());
  if (name == "yes") return std::to_string(flagged("yes"));
  if (name == "share_yes") {
    auto const known = flagged("yes") + flagged("no");
    return known == 0 ? "" : mean(Int128{flagged("yes")} * 1000000, known);
  }
  if (name == "people" || name == "twice" || name == "fresh") return count_people(rows, context, name);
  if (name == "last_x") return stock(rows, context);
  if (name == "first_d") return first_by_date(rows);
  if (name != "sum_x") return of_decimals(rows, name);
  std::int64_t sum = 0;
  bool any = false;
  for (auto const* row : rows)
    if (row->x) {
      sum += *row->x;
      any = true;
    }
  return any ? std::to_string(sum) : "";
}

std::set<Key> keys_of(Rows const& rows, ReferenceQuestion const& question) {
  std::set<Key> keys;
  std::size_t const n = question.by.size();
  for (std::size_t set = 0; set < (std::size_t{1} << n); ++set) {
    if (!question.totals && set + 1 != (std::size_t{1} << n)) continue;
    for (auto const* row : rows) {
      Key key(n);
      for (std::size_t d = 0; d < n; ++d)
        if ((set >> d & 1U) != 0) key[d] = shown(column(*row, question.by[d]));
      keys.insert(key);
    }
    if (n == 0) keys.insert(Key{});
  }
  return keys;
}

void add_window(std::ostringstream& out, std::vector<ReferenceRow> const& all, ReferenceQuestion const& question,
                Period const& window, std::string const& label) {
  Rows rows;
  for (auto const& row : all)
    if (in_window(row, window)) rows.push_back(&row);
  for (Key const& key : keys_of(rows, question)) {
    Rows mine;
    for (auto const* row : rows) {
      bool in = true;
      for (std::size_t d = 0; d < key.size(); ++d)
        in = in && (!key[d] || *key[d] == shown(column(*row, question.by[d])));
      if (in) mine.push_back(row);
    }
    out << label;
    for (auto const& part : key) out << ',' << part.value_or("");
    for (auto const& name : question.indicators) out << ',' << value(name, mine, {all, window});
    out << '\n';
  }
}

}  // namespace

std::string reference_csv(std::vector<ReferenceRow> const& rows, ReferenceQuestion const& question) {
  std::ostringstream out;
  out << "period";
  for (auto const& name : question.by) out << ',' << name;
  for (auto const& name : question.indicators) out << ',' << name;
  out << '\n';
  if (question.whole) add_window(out, rows, question, *question.whole, "");
  for (Period const& window : question.windows) add_window(out, rows, question, window, window.label);
  return out.str();
}

}  // namespace yekun::test
