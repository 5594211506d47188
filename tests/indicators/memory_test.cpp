#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "answer_support.h"

using namespace yekun;
using namespace yekun::test;

namespace {

/// The same 40 groups and 5,000 people over and over.
void write_visits(TestProgramme const& test, std::size_t rows) {
  std::ofstream out(test.folder() + "/visits.csv", std::ios::binary);
  out << "person,date,region,hours\n";
  for (std::size_t i = 0; i < rows; ++i) {
    std::size_t const person = i * 7919 % 5000;
    out << 'P' << 10000 + person << ",2025-0" << 1 + i % 4 << "-1" << i % 9 << ",R" << person % 10 << ',' << i % 8
        << ".25\n";
  }
}

/// Peak memory in KiB of a process of its own that answers the question.
long peak_of(TestProgramme const& test, Question const& question) {
  int ends[2] = {};
  REQUIRE(pipe(ends) == 0);
  pid_t const child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    auto const set = answer(test.programme, std::span(&question, 1), test.environment(2));
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    long const peak = set ? used.ru_maxrss : -1;
    bool const told = write(ends[1], &peak, sizeof peak) == sizeof peak;
    _exit(told ? 0 : 1);
  }
  close(ends[1]);
  long peak = -1;
  REQUIRE(read(ends[0], &peak, sizeof peak) == sizeof peak);
  close(ends[0]);
  REQUIRE(waitpid(child, nullptr, 0) == child);
  REQUIRE(peak > 0);
  return peak;
}

}  // namespace

TEST_CASE("memory grows with groups and people, not with rows", "[indicators]") {
  TestProgramme test;
  test.dataset("visits", "",
               {{.name = "person", .personal = true},
                {.name = "date", .type = Type::date},
                {.name = "region"},
                {.name = "hours", .type = Type::decimal}},
               {"date"});
  test.indicator("people", "visits", "count(distinct person)");
  test.indicator("fresh", "visits", "new_people(person)");
  test.indicator("hours", "visits", "sum(hours)");
  test.indicator("average", "visits", "average(hours)");
  test.indicator("most", "visits", "max(hours)");
  Question question;
  question.indicators = {"people", "fresh", "hours", "average", "most"};
  question.by = {"region"};
  question.per = PeriodKind::month;
  question.totals = true;
  write_visits(test, 100'000);
  long const few = peak_of(test, question);
  write_visits(test, 1'000'000);
  long const many = peak_of(test, question);
  // Nine hundred thousand rows more: four bytes a row would show.
  CHECK(many - few < 3 * 1024);
  CHECK(few - many < 3 * 1024);
}
