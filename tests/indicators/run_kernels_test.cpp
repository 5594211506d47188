#include "indicators/run_kernels.h"

#include <algorithm>
#include <limits>

#include "answer_support.h"

using namespace yekun;
using namespace yekun::test;

namespace {

struct Random {
  std::uint32_t state = 7;
  std::uint32_t operator()(std::uint32_t below) { return ((state = state * 1664525U + 1013904223U) >> 8U) % below; }
};

/// Runs of all lengths from 1 to 70, some rows unused, values of both signs.
struct Rows {
  std::vector<GroupRun> runs{};
  std::vector<std::uint8_t> use{};
  std::vector<std::int64_t> values{};
  Rows() {
    Random random;
    for (std::uint32_t length = 1; length <= 70; ++length) {
      auto const begin = static_cast<std::uint32_t>(use.size());
      runs.push_back({length % 9 + 1, begin, begin + length});
      for (std::uint32_t i = 0; i < length; ++i) {
        use.push_back(length % 5 == 0 ? 0 : static_cast<std::uint8_t>(random(2)));
        values.push_back((std::int64_t{random(1U << 23)} << 24U) * (random(2) == 0 ? 1 : -1));
      }
    }
    use.resize(use.size() + kMaskSlack, 1);  // what stands behind the last row counts nowhere
    values.resize(values.size() + kNumberSlack, std::numeric_limits<std::int64_t>::max());
  }
};

}  // namespace

TEST_CASE("runs of rows are counted, added up and compared as one row after another would be", "[indicators]") {
  Rows const rows;
  std::vector<std::uint64_t> count(10), counted(10), summed(10), least_counts(10), most_counts(10);
  std::vector<Int128> sum(10), sums(10);
  std::vector<std::int64_t> least(10), leasts(10), most(10), mosts(10);
  for (GroupRun const& run : rows.runs)
    for (std::size_t i = run.begin; i < run.end; ++i) {
      if (rows.use[i] == 0) continue;
      std::int64_t const value = rows.values[i];
      bool const first = count[run.group]++ == 0;
      sum[run.group] += value;
      least[run.group] = first ? value : std::min(least[run.group], value);
      most[run.group] = first ? value : std::max(most[run.group], value);
    }
  count_runs(rows.runs, rows.use.data(), counted.data());
  sum_runs(rows.runs, rows.use.data(), rows.values.data(), summed.data(), sums.data());
  least_of_runs(rows.runs, rows.use.data(), rows.values.data(), least_counts.data(), leasts.data());
  most_of_runs(rows.runs, rows.use.data(), rows.values.data(), most_counts.data(), mosts.data());
  CHECK(counted == count);
  CHECK(summed == count);
  CHECK(least_counts == count);
  CHECK(most_counts == count);
  CHECK((sums == sum));
  CHECK(leasts == least);
  CHECK(mosts == most);
}

TEST_CASE("a batch with one large value is added up as exactly as others", "[indicators]") {
  TestProgramme test;
  test.dataset("costs",
               "place,cost\n"
               "A,4000000000000.000001\n"
               "A,-3999999999999.000002\n"
               "B,0.25\n"
               "A,2000000000000\n"
               "B,-1.5\n",
               {{.name = "place"}, {.name = "cost", .type = Type::decimal}}, {});
  test.indicator("total", "costs", "sum(cost)");
  test.indicator("least", "costs", "min(cost)");
  test.indicator("most", "costs", "max(cost)");
  Question question;
  question.indicators = {"total", "least", "most"};
  question.by = {"place"};
  CHECK(ask_csv(test, question) ==
        "period,place,total,least,most\n"
        "all,A,2000000000000.999999,-3999999999999.000002,4000000000000.000001\n"
        "all,B,-1.25,-1.5,0.25\n");
}

TEST_CASE("a question without lineage has the same figures", "[indicators]") {
  TestProgramme test;
  test.dataset("costs", "place,cost\nA,3\nB,4\nA,5\n", {{.name = "place"}, {.name = "cost", .type = Type::decimal}},
               {});
  test.indicator("total", "costs", "sum(cost)");
  test.indicator("rows", "costs", "count()");
  test.formula("each", "total / rows");
  Question question;
  question.indicators = {"total", "each"};
  question.by = {"place"};
  Answer const full = ask(test, question);
  question.lineage = false;
  Answer const bare = ask(test, question);
  CHECK(to_csv(full) == to_csv(bare));
  for (auto const& row : full.rows)
    for (auto const& figure : row.figures) CHECK(figure.lineage != nullptr);
  for (auto const& row : bare.rows)
    for (auto const& figure : row.figures) CHECK(figure.lineage == nullptr);
}
