#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "indicators/question.h"
#include "reports/names_check.h"
#include "reports/programme_parser.h"

using namespace yekun;

namespace {

/// Homes over two months: a repeated key (row 4), 31 of 30 places (row 3), "x" for a number (row 5), a name nowhere.
struct FindingsData {
  std::string folder;
  FindingsData() {
    std::string name = (std::filesystem::temp_directory_path() / "yekun-findings-XXXXXX").string();
    folder = mkdtemp(name.data());
    std::ofstream(folder + "/homes.csv") << "date,home,residents,capacity,head\n"
                                            "2025-01-01,A,30,30,Ann\n"
                                            "2025-01-02,A,31,30,Ann\n"
                                            "2025-01-02,A,29,30,Ben\n"
                                            "2025-02-01,A,x,30,Ben\n"
                                            "2025-02-02,B,40,30,Cem\n"
                                            ",B,1,30,Zed\n";
  }
  ~FindingsData() { std::filesystem::remove_all(folder); }
  FindingsData(FindingsData const&) = delete;
  FindingsData& operator=(FindingsData const&) = delete;
};

std::string const kProgramme = R"~({"programme": {"id": "p", "title": "P"}, "datasets": {
  "homes": {"source": "homes.csv", "date": "date", "key": ["date", "home"], "personal": ["head"],
    "columns": {"date": "date", "home": "text", "residents": "integer", "capacity": "integer", "head": "text"},
    "rules": [{"id": "over", "expect": "residents <= capacity", "severity": "warning"},
              {"id": "heads", "allowed": {"head": ["Ann", "Ben", "Cem"]}, "severity": "note"}]}},
  "indicators": {"found": {"dataset": "findings", "measure": "count()"},
                 "errors": {"dataset": "findings", "measure": "count()", "where": "severity = 'error'"},
                 "homes_hit": {"dataset": "findings", "measure": "count(distinct file)"}}})~";

std::string ask(std::string const& folder, Question const& question) {
  auto parsed = parse_programme(kProgramme, folder + "/p.json");
  REQUIRE(parsed.notes.problems.empty());
  Environment environment;
  environment.sources.folder = folder;
  REQUIRE(check_names(parsed, find_columns(parsed.programme, environment.sources)).empty());
  auto const set = answer(parsed.programme, std::span(&question, 1), environment);
  REQUIRE(set);
  return to_csv(set->answers.front());
}

}  // namespace

TEST_CASE("findings are a dataset: counted by rule, severity, column and file", "[reports][quality]") {
  FindingsData const data;
  Question question;
  question.indicators = {"found"};
  question.by = {"rule", "severity", "column", "file"};
  CHECK(ask(data.folder, question) ==
        "period,rule,severity,column,file,found\n"
        "all,duplicate-key,error,\"date, home\",homes.csv,1\n"
        "all,heads,note,head,homes.csv,1\n"
        "all,missing-key,error,date,homes.csv,1\n"
        "all,over,warning,\"residents, capacity\",homes.csv,2\n"
        "all,rejected-cell,error,residents,homes.csv,1\n");
}

TEST_CASE("findings have the date of their row", "[reports][quality]") {
  FindingsData const data;
  Question question;
  question.indicators = {"found", "errors"};
  question.period = *parse_period("2025-01..2025-02", {});
  question.per = PeriodKind::month;
  // The row without a date is in no month; of January: the second row of a key, and 31 of 30.
  CHECK(ask(data.folder, question) == "period,found,errors\n2025-01,2,1\n2025-02,2,1\n");
  question.by = {"dataset"};
  question.period.reset();
  question.per.reset();
  CHECK(ask(data.folder, question) == "period,dataset,found,errors\nall,homes,6,3\n");
}

TEST_CASE("the values of personal columns are masked among findings", "[reports][quality]") {
  FindingsData const data;
  Question question;
  question.indicators = {"found"};
  question.by = {"value"};
  question.where = "rule = 'heads'";
  CHECK(ask(data.folder, question) == "period,value,found\nall,•••,1\n");
}

TEST_CASE("findings beyond those that are listed are counted by rule and column", "[reports][quality]") {
  FindingsData const data;
  std::ofstream more(data.folder + "/homes.csv", std::ios::app);
  for (int i = 0; i < 1500; ++i) more << "2025-03-01,H" << i << ",2,1,Ann\n";
  more.close();
  Question question;
  question.indicators = {"found"};
  question.by = {"rule"};
  question.where = "rule = 'over'";
  CHECK(ask(data.folder, question) == "period,rule,found\nall,over,1502\n");
  question.by = {"severity"};
  CHECK(ask(data.folder, question) == "period,severity,found\nall,warning,1502\n");
}
