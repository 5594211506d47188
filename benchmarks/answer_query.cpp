// answer_query FILE.csv [THREADS] [INDICATORS] [COLUMN,COLUMN...]   W1 as one question: attendance per quarter by
// region and sex, with totals. Prints the answer as CSV to standard output, the time to standard error. INDICATORS asks
// that many instead of the five (0: the five): twelve measures, each with five conditions; '@K' asks only the K-th of
// these, from 0. With columns: by those, without totals ('-': by none).
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "indicators/question.h"

namespace {

/// `last` indicators but for those before `first`; 0: the five.
yekun::Programme programme_of(std::string const& path, int first, int last) {
  using namespace yekun;
  std::size_t const slash = path.rfind('/');
  Programme programme;
  programme.folder = slash == std::string::npos ? "." : path.substr(0, slash);
  Dataset dataset;
  dataset.id = "attendance";
  dataset.source.files = {slash == std::string::npos ? path : path.substr(slash + 1)};
  dataset.date = {"date"};
  dataset.columns = {{.name = "participant_id", .personal = true},
                     {.name = "date", .type = Type::date},
                     {.name = "hours", .type = Type::decimal},
                     {.name = "score_pre", .type = Type::decimal},
                     {.name = "score_post", .type = Type::decimal}};
  programme.datasets.push_back(dataset);
  auto const add = [&](std::string const& id, std::string const& measure, std::string const& where = {}) {
    Indicator one;
    one.id = id;
    one.dataset = "attendance";
    one.measure = measure;
    one.where = where;
    programme.indicators.push_back(one);
  };
  if (last > 0) {
    char const* const conditions[] = {"", "status = 'present'", "status = 'absent'", "hours > 3", "sex = 'female'"};
    char const* const measures[] = {"count()",         "sum(hours)",         "average(score_post - score_pre)",
                                    "max(hours)",      "count(score_pre)",   "min(score_post)",
                                    "sum(score_post)", "average(hours)",     "share(score_post > score_pre)",
                                    "max(score_pre)",  "average(score_pre)", "count(distinct participant_id)"};
    for (int i = first; i < last; ++i) add("i" + std::to_string(i), measures[i % 12], conditions[i / 12 % 5]);
    return programme;
  }
  add("n", "count()");
  add("participants", "count(distinct participant_id)");
  add("hours", "sum(hours)");
  add("gain", "average(score_post - score_pre)");
  add("rate", "share(status = 'present')");
  return programme;
}

std::vector<std::string> columns_of(std::string const& list) {
  std::vector<std::string> columns;
  if (list == "-") return columns;
  for (std::size_t from = 0; from <= list.size();) {
    std::size_t const to = std::min(list.find(',', from), list.size());
    columns.push_back(list.substr(from, to - from));
    from = to + 1;
  }
  return columns;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace yekun;
  if (argc < 2) {
    std::fprintf(stderr, "usage: answer_query FILE.csv [THREADS] [INDICATORS] [COLUMN,COLUMN...]\n");
    return 2;
  }
  bool const alone = argc > 3 && argv[3][0] == '@';
  int const number = argc > 3 ? std::atoi(argv[3] + (alone ? 1 : 0)) : 0;
  Programme const programme = programme_of(argv[1], alone ? number : 0, alone ? number + 1 : number);
  Question question;
  for (auto const& indicator : programme.indicators) question.indicators.push_back(indicator.id);
  question.by = argc > 4 ? columns_of(argv[4]) : std::vector<std::string>{"region", "sex"};
  question.per = PeriodKind::quarter;
  question.totals = argc <= 4;
  question.lineage = false;  // as `yekun query --format csv`
  Environment environment;
  environment.sources.folder = programme.folder;
  environment.threads = argc > 2 ? static_cast<unsigned>(std::atoi(argv[2])) : 2;
  auto const begin = std::chrono::steady_clock::now();
  auto const set = answer(programme, std::span(&question, 1), environment);
  std::chrono::duration<double> const seconds = std::chrono::steady_clock::now() - begin;
  if (!set) {
    for (auto const& one : set.error()) std::fputs(to_text(one, false).c_str(), stderr);
    return 1;
  }
  std::fputs(to_csv(set->answers.front()).c_str(), stdout);
  std::fprintf(stderr, "%.3f s\n", seconds.count());
  return 0;
}
