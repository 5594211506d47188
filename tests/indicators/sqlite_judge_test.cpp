// The same random questions as SQL in SQLite: a judge that shares nothing with the engine.
#include <sqlite3.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <memory>

#include "tests/indicators/random_programme.h"

using namespace yekun;
using namespace yekun::test;

namespace {

using Values = std::vector<std::optional<double>>;
using Judged = std::map<std::vector<std::string>, Values>;  // by period and dimension texts

struct Close {
  void operator()(sqlite3* db) const { sqlite3_close(db); }
};
using Database = std::unique_ptr<sqlite3, Close>;

std::string literal(std::optional<std::string> const& text) { return text ? "'" + *text + "'" : "null"; }
template <class T>
std::string number(std::optional<T> const& value) {
  return value ? std::to_string(*value) : "null";
}

Database load(std::vector<ReferenceRow> const& rows) {
  sqlite3* raw = nullptr;
  REQUIRE(sqlite3_open(":memory:", &raw) == SQLITE_OK);
  Database db(raw);
  std::string sql =
      "create table d(day integer, g text, h text, person text, x integer, micros integer, flag text, "
      "reporter text);";
  for (auto const& row : rows)
    sql += "insert into d values(" + (row.date ? std::to_string(row.date->days) : "null") + "," + literal(row.g) + "," +
           literal(row.h) + "," + literal(row.person) + "," + number(row.x) + "," + number(row.micros) + ",'" +
           row.flag + "','" + row.reporter + "');";
  REQUIRE(sqlite3_exec(raw, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
  return db;
}

std::string in(Period const& window, std::string const& column) {
  if (window.label == "all") return "1";
  return column + " >= " + std::to_string(window.first.days) + " and " + column + " < " +
         std::to_string(window.end.days);
}

std::string sql_of(std::string const& indicator, Period const& window) {
  if (indicator == "rows") return "count(*)";
  if (indicator == "yes") return "count(case when flag = 'yes' then 1 end)";
  if (indicator == "people") return "count(distinct person)";
  if (indicator == "sum_x") return "sum(x)";
  if (indicator == "sum_d") return "sum(micros) / 1e6";
  if (indicator == "mean_d") return "avg(micros) / 1e6";
  if (indicator == "least") return "min(micros) / 1e6";
  if (indicator == "most") return "max(micros) / 1e6";
  if (indicator == "share_yes") return "avg(case flag when 'yes' then 1.0 when 'no' then 0.0 end)";
  if (indicator == "fresh")
    return "count(distinct case when " + in(window, "(select min(f.day) from d f where f.person = d.person)") +
           " and exists(select 1 from d f where f.person = d.person and f.day is not null) then person end)";
  return "sum(case when day = (select max(r.day) from d r where r.reporter = d.reporter and " + in(window, "r.day") +
         ") then x end)";  // last_x
}

void judge_window(sqlite3* db, Question const& question, Period const& window, std::string const& label, Judged& out) {
  std::size_t const n = question.by.size();
  for (std::size_t set = 0; set < (std::size_t{1} << n); ++set) {
    if (!question.totals && set + 1 != (std::size_t{1} << n)) continue;
    std::string keys;
    std::string grouped;
    for (std::size_t d = 0; d < n; ++d) {
      bool const kept = (set >> d & 1U) != 0;
      keys += kept ? "coalesce(" + question.by[d] + ", '(unknown)')," : std::string("'',");
      if (kept) grouped += (grouped.empty() ? "" : ",") + question.by[d];
    }
    std::string sql = "select " + keys;
    for (auto const& name : question.indicators) sql += sql_of(name, window) + ",";
    sql += "count(*) from d where " + in(window, "day");
    if (!grouped.empty()) sql += " group by " + grouped;
    sqlite3_stmt* statement = nullptr;
    REQUIRE(sqlite3_prepare_v2(db, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK);
    while (sqlite3_step(statement) == SQLITE_ROW) {
      std::vector<std::string> key{label};
      for (std::size_t d = 0; d < n; ++d)
        key.emplace_back(reinterpret_cast<char const*>(sqlite3_column_text(statement, static_cast<int>(d))));
      auto const column = [&](std::size_t i) { return static_cast<int>(n + i); };
      std::size_t const k = question.indicators.size();
      bool const empty = sqlite3_column_int(statement, column(k)) == 0;
      if (empty && n > 0) continue;  // the total over no rows
      Values values;
      for (std::size_t i = 0; i < k; ++i)
        values.push_back(empty || sqlite3_column_type(statement, column(i)) == SQLITE_NULL
                             ? std::nullopt
                             : std::optional(sqlite3_column_double(statement, column(i))));
      out[key] = values;
    }
    sqlite3_finalize(statement);
  }
}

Judged judged(sqlite3* db, Question const& question, Answer const& answer) {
  Judged out;
  for (Period const& window : answer.periods) judge_window(db, question, window, window.label, out);
  if (!question.per || !question.totals) return out;
  Period whole{kFirstDate, kLastDate + 1, PeriodKind::range, "all", false};
  if (question.period) whole = *question.period;
  judge_window(db, question, whole, "", out);
  return out;
}

Judged of_engine(Answer const& answer) {
  Judged out;
  for (AnswerRow const& row : answer.rows) {
    std::vector<std::string> key{row.period.label};
    for (PlacePart const& part : row.key) key.push_back(part.value.value_or(""));
    for (Figure const& figure : row.figures)
      out[key].push_back(figure.value.is_value() ? std::optional(to_double(figure.value.number)) : std::nullopt);
  }
  return out;
}

bool alike(Values const& a, Values const& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](auto const& x, auto const& y) {
    return x.has_value() == y.has_value() && (!x || std::abs(*x - *y) <= 1e-12 * std::max(1.0, std::abs(*y)));
  });
}

}  // namespace

TEST_CASE("random questions agree with SQL in SQLite", "[answer][random][sqlite]") {
  Random random(1789);
  std::vector<std::string> const indicators{"rows",  "yes",  "people", "sum_x",     "sum_d", "mean_d",
                                            "least", "most", "fresh",  "share_yes", "last_x"};
  for (int round = 0; round < 60; ++round) {
    auto const rows = random_rows(random);
    TestProgramme test;
    add_random_programme(test, rows);
    Database const db = load(rows);
    for (int i = 0; i < 4; ++i) {
      Question question = random_question(random, indicators);
      // A group whose reports are overtaken has no row that a stock counts, but it has rows.
      if (question.indicators.front() != "rows") question.indicators.insert(question.indicators.begin(), "rows");
      Answer const answer = ask(test, question, 2);
      Judged const mine = of_engine(answer);
      Judged const theirs = judged(db.get(), question, answer);
      INFO("round " << round << "." << i << "\n" << to_csv(answer) << csv_of(rows));
      REQUIRE(mine.size() == theirs.size());
      for (auto const& [key, values] : theirs) {
        INFO(key.front());
        REQUIRE(mine.contains(key));
        CHECK(alike(mine.at(key), values));
      }
    }
  }
}
