// Random small datasets, a programme over them and random questions: for the engine's judges.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "tests/indicators/answer_support.h"
#include "tests/indicators/reference_evaluator.h"

namespace yekun::test {

using Random = std::mt19937;

inline std::size_t below(Random& random, std::size_t n) { return random() % n; }

inline std::vector<ReferenceRow> random_rows(Random& random) {
  std::vector<ReferenceRow> rows(below(random, 120));
  Date const start = date_of(2024, 11, 1);
  std::size_t const days = 1 + below(random, 200);
  for (auto& row : rows) {
    if (below(random, 12) != 0) row.date = start + static_cast<std::int32_t>(below(random, days));
    if (below(random, 8) != 0) row.g = std::string(1, static_cast<char>('A' + below(random, 3)));
    if (below(random, 8) != 0) row.h = std::to_string(below(random, 4));
    if (below(random, 10) != 0) row.person = "p" + std::to_string(below(random, 30));
    if (below(random, 6) != 0) row.x = static_cast<std::int64_t>(below(random, 21)) - 10;
    if (below(random, 6) != 0) row.micros = (static_cast<std::int64_t>(below(random, 2000)) - 1000) * 10000;
    row.flag = std::vector<std::string>{"yes", "no", ""}[below(random, 3)];
    row.reporter = std::string(1, static_cast<char>('R' + below(random, 3)));
  }
  return rows;
}

inline std::string csv_of(std::vector<ReferenceRow> const& rows) {
  std::string out = "date,g,h,person,x,d,flag,reporter\n";
  for (auto const& row : rows) {
    out += (row.date ? to_iso(*row.date) : "") + ',' + row.g.value_or("") + ',' + row.h.value_or("") + ',' +
           row.person.value_or("") + ',' + (row.x ? std::to_string(*row.x) : "") + ',' +
           (row.micros ? to_text(Decimal{*row.micros}) : "") + ',' + row.flag + ',' + row.reporter + '\n';
  }
  return out;
}

inline void add_random_programme(TestProgramme& test, std::vector<ReferenceRow> const& rows) {
  Dataset& dataset = test.dataset("d", csv_of(rows),
                                  {{.name = "date", .type = Type::date},
                                   {.name = "g"},
                                   {.name = "h", .type = Type::integer},
                                   {.name = "person"},
                                   {.name = "x", .type = Type::integer},
                                   {.name = "d", .type = Type::decimal},
                                   {.name = "flag"},
                                   {.name = "reporter"}},
                                  {"date"});
  dataset.reported_by = std::vector<std::string>{"reporter"};
  auto const sum = [&](std::string const& id, std::string const& measure, std::string const& where = {}) {
    test.indicator(id, "d", measure, where).over_time = OverTime::sum;
  };
  sum("rows", "count()");
  sum("yes", "count()", "flag = 'yes'");
  sum("sum_x", "sum(x)");
  sum("sum_d", "sum(d)");
  test.indicator("last_x", "d", "sum(x)").over_time = OverTime::last;
  test.indicator("people", "d", "count(distinct person)");
  test.indicator("mean_d", "d", "average(d)");
  test.indicator("least", "d", "min(d)");
  test.indicator("most", "d", "max(d)");
  test.indicator("median", "d", "median(d)");
  test.indicator("share_yes", "d", "share(flag = 'yes')");
  test.indicator("fresh", "d", "new_people(person)");
  test.indicator("twice", "d", "people_with(person, 2)");
  test.indicator("first_d", "d", "first(d)");
}

/// A question about some of the indicators.
inline Question random_question(Random& random, std::vector<std::string> const& indicators) {
  Question question;
  for (auto const& name : indicators)
    if (below(random, 3) == 0) question.indicators.push_back(name);
  if (question.indicators.empty()) question.indicators = {"rows"};
  std::vector<std::vector<std::string>> const by{{}, {"g"}, {"h"}, {"g", "h"}, {"h", "g"}};
  question.by = by[below(random, by.size())];
  std::vector<std::optional<PeriodKind>> const per{std::nullopt, PeriodKind::month, PeriodKind::quarter,
                                                   PeriodKind::week};
  question.per = per[below(random, per.size())];
  std::vector<std::string> const periods{"2024-12", "2024-Q4..2025-Q1", "2025", "2024-11-05..2025-01-20"};
  if (below(random, 3) != 0) question.period = period(periods[below(random, periods.size())]);
  question.totals = below(random, 2) == 0;
  return question;
}

}  // namespace yekun::test
