#include "reports/row_sheets.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "reports/names_check.h"

using namespace yekun;

namespace {

std::string const kFolder = std::string(YEKUN_SOURCE_DIR) + "/tests/specs";

Programme programme(std::string const& rows = R"("rows": "pseudonymous",)", std::string const& more = "") {
  auto parsed = parse_programme(R"~({"programme": {"id": "p", "title": "P")~" + more + R"~(}, "datasets": {
    "visits": {"source": "data/visits.csv", )~" +
                                    rows + R"~( "date": "date",
      "columns": {"date": "date", "cost": "decimal", "sessions": "integer", "birth_date": "date"},
      "personal": ["person_id", "birth_date"]}},
    "indicators": {
      "visits": {"dataset": "visits", "measure": "count()"},
      "people": {"dataset": "visits", "measure": "count(distinct person_id)", "unit": "people"},
      "spent": {"dataset": "visits", "measure": "sum(cost)", "where": "sessions > 1"},
      "young": {"dataset": "visits", "measure": "count(*)", "where": "birth_date > date '2000-01-01'"}}})~",
                                "p.json");
  for (auto const& one : parsed.notes.problems) UNSCOPED_INFO(to_text(one, false));
  REQUIRE(parsed.notes.problems.empty());
  return std::move(parsed.programme);
}

Cell leaf(std::string const& indicator, std::string const& measure, std::string const& predicate,
          std::vector<PlacePart> place, Period period) {
  auto node = std::make_shared<Lineage>();
  node->kind = Lineage::Kind::cell;
  node->indicator = indicator;
  node->measure = measure;
  node->predicate = predicate;
  node->place = std::move(place);
  node->period = std::move(period);
  node->value = Value::of(std::int64_t{1});
  Cell cell;
  cell.value = node->value;
  cell.lineage = node;
  return cell;
}

Document document_of(std::vector<Cell> cells) {
  TableBlock table;
  for (Cell& cell : cells) table.rows.push_back({RowKind::data, 0, {std::move(cell)}});
  Document document;
  document.blocks.emplace_back(std::move(table));
  return document;
}

Document filled(Programme const& made, std::vector<Cell> cells, std::size_t most = kMostDataRows,
                std::string const& folder = kFolder) {
  SourceContext context;
  context.folder = folder;
  RowSheets sheets(made, context, most);
  Document document = document_of(std::move(cells));
  auto const english = Catalogue::load("en");
  auto const done = sheets.add_to(document, *english);
  REQUIRE(done);
  return document;
}

Period quarter() { return period_at(PeriodKind::quarter, date_of(2025, 1, 1), {}); }

}  // namespace

TEST_CASE("rows come with running numbers for people and without personal columns", "[reports]") {
  auto const document =
      filled(programme(), {leaf("people", "count(distinct person_id)", "", {}, quarter()),
                           leaf("spent", "sum(cost)", "sessions > 1", {}, quarter()),
                           leaf("young", "count(*)", "birth_date > date '2000-01-01'", {}, quarter())});
  REQUIRE(document.data_sheets.size() == 1);
  DataSheet const& sheet = document.data_sheets.front();
  REQUIRE(sheet.measures.size() == 2);  // a condition on a birth date stays a secret
  CHECK(sheet.measures[0].kind == RowMeasure::Kind::people);
  CHECK(sheet.measures[1].kind == RowMeasure::Kind::sum);
  std::vector<std::string> headings;
  for (auto const& column : sheet.columns) headings.push_back(column.heading);
  CHECK(headings == std::vector<std::string>{"date", "Person", "cost", "sessions > 1"});
  CHECK(sheet.columns[1].values.type == Type::integer);
  CHECK(sheet.columns[1].values.whole.front() == 1);
  CHECK(document.workbook_notes.empty());
}

TEST_CASE("rows of other periods and places than the document's are left out", "[reports]") {
  auto const all = filled(programme(), {leaf("visits", "count(*)", "", {}, quarter())});
  auto const none = filled(programme(), {leaf("visits", "count(*)", "", {{"region", "nowhere", false}}, quarter())});
  auto const later = filled(
      programme(), {leaf("visits", "count(*)", "", {}, period_at(PeriodKind::quarter, date_of(2031, 1, 1), {}))});
  CHECK(all.data_sheets.at(0).rows == 3);
  CHECK(none.data_sheets.empty());
  CHECK(later.data_sheets.empty());
}

TEST_CASE("a dataset of more rows than a workbook takes gives its figures only, and a note says so", "[reports]") {
  auto const all = filled(programme(), {leaf("visits", "count(*)", "", {}, quarter())}, 3);
  auto const none = filled(programme(), {leaf("visits", "count(*)", "", {}, quarter())}, 2);
  REQUIRE(all.data_sheets.size() == 1);
  CHECK(all.data_sheets.front().rows == 3);
  CHECK(all.workbook_notes.empty());
  CHECK(none.data_sheets.empty());
  REQUIRE(none.workbook_notes.size() == 1);
  CHECK(none.workbook_notes.front() ==
        "Dataset \"visits\" has more than 2 rows behind these figures: the workbook holds the figures only.");
}

TEST_CASE("a workbook takes 50,000 rows of a dataset, not one more", "[reports]") {
  auto const folder = std::filesystem::temp_directory_path() / ("yekun-row-limit-" + std::to_string(getpid()));
  std::filesystem::create_directories(folder / "data");
  auto const sheets_of = [&](int count) {
    {
      std::ofstream file(folder / "data" / "visits.csv");
      file << "date,person_id,region,status,cost,sessions,birth_date\n";
      for (int i = 0; i < count; ++i) file << "2025-01-02,p" << i << ",Quba,delivered,1.00,2,1950-03-04\n";
    }
    return filled(programme(), {leaf("visits", "count(*)", "", {}, quarter())}, kMostDataRows, folder.string());
  };
  auto const full = sheets_of(50'000);
  REQUIRE(full.data_sheets.size() == 1);
  CHECK(full.data_sheets.front().rows == 50'000);
  auto const over = sheets_of(50'001);
  std::filesystem::remove_all(folder);
  CHECK(over.data_sheets.empty());
  REQUIRE(over.workbook_notes.size() == 1);
  CHECK(over.workbook_notes.front() ==
        "Dataset \"visits\" has more than 50,000 rows behind these figures: the workbook holds the figures only.");
}

TEST_CASE("a dataset that does not permit rows gives none, and a note says so", "[reports]") {
  auto const document = filled(programme(""), {leaf("visits", "count(*)", "", {}, quarter())});
  CHECK(document.data_sheets.empty());
  REQUIRE(document.workbook_notes.size() == 1);
  CHECK(document.workbook_notes.front() ==
        "No dataset of the programme permits rows in the workbook: it holds the figures only.");
}

TEST_CASE("rows are refused under a disclosure threshold", "[reports]") {
  auto report = parse_report(R"({"programme": "p.json", "title": "R", "workbook": "rows",
    "sections": [{"kpis": ["visits"]}]})",
                             "r.json");
  auto const check = [&](std::string const& disclosure) {
    ParsedProgramme parsed;
    parsed.programme = programme(R"("rows": "pseudonymous",)");
    if (!disclosure.empty()) parsed.programme.disclosure.threshold = 5;
    report.programme = std::move(parsed);
    return check_names(report, {});
  };
  CHECK(check("").empty());
  auto const problems = check("5");
  REQUIRE(problems.size() == 1);
  CHECK(problems.front().code == "rows-under-threshold");
  CHECK(problems.front().message == "'rows' would show what the programme's disclosure threshold suppresses");
  CHECK(problems.front().place.line == 1);
}
