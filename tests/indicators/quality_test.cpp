#include "indicators/quality.h"

#include <catch2/catch.hpp>

#include "tests/indicators/expression_support.h"

using namespace yekun;
using namespace yekun::test;

namespace {

/// Daily counts of two homes.
struct Homes {
  SmallTable rows{};
  Dataset dataset{};

  Homes() {
    rows.add("date", Type::date,
             {"2025-01-01", "2025-01-02", "2025-01-05", "2025-01-01", "2025-01-02", "2025-01-02", "", "2025-01-07"});
    rows.add("home", Type::text, {"A", "A", "A", "B", "B", "B", "B", "A"});
    rows.add("residents", Type::integer, {"10", "11", "31", "20", "21", "21", "22", ""});
    rows.add("capacity", Type::integer, {"30", "30", "30", "25", "25", "25", "25", "30"});
    rows.add("person", Type::text, {"p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8"});
    rows.schema.columns[4].personal = true;
    dataset.id = "homes";
    dataset.date = {"date"};
  }

  RuleSpec& rule(RuleKind kind, std::vector<std::string> columns = {}) {
    RuleSpec spec;
    spec.id = "r" + std::to_string(dataset.rules.size() + 1);
    spec.kind = kind;
    spec.columns = std::move(columns);
    return dataset.rules.emplace_back(std::move(spec));
  }

  Findings check(References references = {}) {
    auto checker = QualityChecker::make(dataset, rows.schema, std::move(references));
    if (!checker) FAIL(messages(checker.error()));
    FileFacts file;
    file.name = "homes.csv";
    std::vector<FileFacts> const files{file};
    std::vector<std::uint32_t> const file_of_row(rows.batch.rows, 0);
    std::vector<std::uint64_t> row_in_file;
    for (std::size_t i = 0; i < rows.batch.rows; ++i) row_in_file.push_back(i + 2);
    QualityRows given;
    for (Column const& column : rows.batch.columns) given.columns.push_back(&column);
    given.rows = rows.batch.rows;
    given.file_of_row = file_of_row;
    given.row_in_file = row_in_file;
    given.files = files;
    REQUIRE(checker->accept(given));
    return checker->finish();
  }

  std::vector<std::string> found(References references = {}) {
    std::vector<std::string> out;
    for (Finding const& f : check(std::move(references)).listed)
      out.push_back(f.file + ":" + std::to_string(f.row) + " " + f.rule + " " + f.column + " [" + f.text + "] " +
                    f.reason);
    return out;
  }
};

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("an expectation that is false is a finding, one that is missing is not", "[indicators]") {
  Homes homes;
  homes.rule(RuleKind::expect).expression = "residents <= capacity";
  CHECK(homes.found() ==
        Texts{"homes.csv:4 r1 residents, capacity [residents = 31, capacity = 30] expected residents <= capacity"});
  homes.dataset.rules[0].message = {{"en", "more residents than places"}};
  homes.dataset.rules[0].severity = Severity::error;
  Findings const findings = homes.check();
  CHECK(findings.listed[0].reason == "more residents than places");
  CHECK(findings.errors == 1);
}

TEST_CASE("the key is unique and complete", "[indicators]") {
  Homes homes;
  homes.dataset.key = {"date", "home"};
  CHECK(homes.found() == Texts{"homes.csv:7 duplicate-key date, home [2025-01-02, B] is there already in row 6",
                               "homes.csv:8 missing-key date [] a part of the key is missing"});
  CHECK(homes.check().errors == 2);
}

TEST_CASE("unique, allowed, reference and range leave missing values alone", "[indicators]") {
  Homes homes;
  homes.rule(RuleKind::unique, {"residents"});
  homes.rule(RuleKind::allowed, {"home"}).allowed = {"A"};
  RuleSpec& range = homes.rule(RuleKind::range, {"residents"});
  range.least = 11;
  range.most = 30;
  homes.rule(RuleKind::reference, {"home"}).reference = "sites.code";
  CHECK(homes.found({{"sites.code", {"A", "B"}}}) == Texts{"homes.csv:2 r3 residents [10] is not between 11 and 30",
                                                           "homes.csv:4 r3 residents [31] is not between 11 and 30",
                                                           "homes.csv:5 r2 home [B] is not one of the allowed values",
                                                           "homes.csv:6 r2 home [B] is not one of the allowed values",
                                                           "homes.csv:7 r1 residents [21] is there already in row 6",
                                                           "homes.csv:7 r2 home [B] is not one of the allowed values",
                                                           "homes.csv:8 r2 home [B] is not one of the allowed values"});
  CHECK(homes.check({{"sites.code", {"A"}}}).counts[{"r4", "home"}] == 4);
}

TEST_CASE("gaps in a daily series are found between its first and last day", "[indicators]") {
  Homes homes;
  homes.rule(RuleKind::daily_gaps).by = {"home"};
  CHECK(homes.found() == Texts{"homes.csv:4 r1 date [A] no row from 2025-01-03 to 2025-01-04 (2 days)",
                               "homes.csv:9 r1 date [A] no row on 2025-01-06"});
}

TEST_CASE("outliers lie far from the median of their group by the median absolute deviation", "[indicators]") {
  Homes homes;
  homes.rows = {};
  homes.rows.add("home", Type::text, {"A", "A", "A", "A", "A", "A", "B", "B", "C", "C", "C", "C", "C", "C"});
  homes.rows.add("cost", Type::decimal,
                 {"10", "11", "12", "13", "14", "30.5", "1", "500", "5", "5", "5", "5", "5", "9"});
  homes.rule(RuleKind::outlier, {"cost"}).by = {"home"};
  // A: median 12.5, deviations 2.5 1.5 0.5 0.5 1.5 18, MAD 1.5: 0.6745 * 18 / 1.5 = 8.1. B has too few values.
  // C: MAD 0, mean absolute deviation 4 / 6: 4 / (1.2533 * 0.6667) = 4.8.
  CHECK(homes.found() == Texts{"homes.csv:7 r1 cost [30.5] is far from the median 12.5",
                               "homes.csv:15 r1 cost [9] is far from the median 5"});
  homes.dataset.rules[0].threshold = 5;
  CHECK(homes.found().size() == 1);
  homes.dataset.rules[0].threshold = 9;
  CHECK(homes.found().empty());
}

TEST_CASE("personal values never stand in a finding", "[indicators]") {
  Homes homes;
  homes.rule(RuleKind::allowed, {"person"}).allowed = {"p1"};
  homes.rule(RuleKind::expect).expression = "person <> 'p2'";
  for (Finding const& f : homes.check().listed) {
    CHECK(f.text.find("p2") == std::string::npos);
    CHECK(f.text.find("•••") != std::string::npos);
  }
}

TEST_CASE("findings are counted beyond what is listed, and the first are listed", "[indicators]") {
  Homes homes;
  homes.rows = {};
  std::vector<std::string> cells;
  for (int i = 0; i < 3000; ++i) cells.push_back(std::to_string(i));
  homes.rows.add("n", Type::integer, cells);
  homes.rule(RuleKind::range, {"n"}).most = -1;
  homes.rule(RuleKind::expect).expression = "n <> 5";
  Findings const findings = homes.check();
  CHECK(findings.total == 3001);
  REQUIRE(findings.listed.size() == Findings::kListed);
  CHECK(findings.listed[5].row == 7);
  CHECK(findings.listed[6].rule == "r2");
  CHECK(findings.listed.back().row == 1000);
}

TEST_CASE("rules that do not fit their columns are refused, all at once", "[indicators]") {
  Homes homes;
  homes.rule(RuleKind::range, {"home"}).place = spec_place("p.json", 5, 7);
  homes.rule(RuleKind::unique, {"hoem"}).place = spec_place("p.json", 6, 7);
  auto const checker = QualityChecker::make(homes.dataset, homes.rows.schema);
  REQUIRE_FALSE(checker);
  CHECK(messages(checker.error()) ==
        "p.json:5:7: error[type]: rule 'r1' needs a number, 'home' is a text\n"
        "  hint: declare the column's type under \"columns\"\n"
        "p.json:6:7: error[unknown-column]: unknown column 'hoem' in rule 'r2'\n"
        "  hint: did you mean 'home'?\n");
}

TEST_CASE("an interval that ends before it starts is found without a rule, for it lies in no period", "[quality]") {
  SmallTable stays;
  stays.add("came in", Type::date, {"2025-01-01", "2025-03-01", "2025-03-01", "", "2025-02-01"});
  stays.add("left", Type::date, {"2025-01-01", "2025-02-28", "", "2025-01-01", "2025-02-02"});
  Dataset dataset;
  dataset.id = "stays";
  dataset.date = {"came in", "left"};
  auto checker = QualityChecker::make(dataset, stays.schema);
  if (!checker) FAIL(messages(checker.error()));
  FileFacts file;
  file.name = "stays.csv";
  std::vector<FileFacts> const files{file};
  std::vector<std::uint32_t> const file_of_row(5, 0);
  std::vector<std::uint64_t> const row_in_file{2, 3, 4, 5, 6};
  auto const columns = std::vector<Column const*>{&stays.batch.columns[0], &stays.batch.columns[1]};
  REQUIRE(checker->accept({columns, 5, file_of_row, row_in_file, files}));
  auto const findings = checker->finish();
  REQUIRE(findings.listed.size() == 1);
  CHECK(findings.errors == 1);
  CHECK(findings.listed[0].row == 3);
  CHECK(findings.listed[0].rule == "ends-before-start");
}
