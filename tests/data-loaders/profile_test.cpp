#include "data-loaders/profile.h"
#include "csv_fixture.h"

using namespace yekun;
using namespace yekun::testing;

namespace {

DataProfile profile_of(Dataset const& dataset, TestFolder const& folder, unsigned threads = 1) {
  auto const source = open_source(dataset, folder.context());
  REQUIRE(source);
  auto result = profile(dataset, **source, threads);
  REQUIRE(result);
  return std::move(*result);
}

InferredType inferred(std::vector<std::string> const& texts) {
  TypeGuess guess;
  for (auto const& text : texts) guess.add(text);
  return guess.result();
}

}  // namespace

TEST_CASE("types are inferred from all values", "[profile]") {
  CHECK(inferred({"1", "-20", "300"}).type == Type::integer);
  CHECK(inferred({"1", "007"}).type == Type::text);
  CHECK(inferred({"1.5", "2"}).type == Type::decimal);
  CHECK(inferred({"1,5", "2"}).decimal == ',');
  CHECK(inferred({"0.1234567"}).type == Type::number);
  CHECK(inferred({"yes", "No"}).type == Type::boolean);
  CHECK(inferred({"0", "1"}).type == Type::integer);
  CHECK(inferred({"2025-07-14"}).type == Type::date);
  CHECK(inferred({"14.07.2025", "1.2.2024"}).date_format == "dd.mm.yyyy");
  CHECK(inferred({"14 iyul 2025"}).date_format == "d mmmm yyyy");
  CHECK(inferred({"2025-07-14", "x"}).type == Type::text);
  CHECK(inferred({}).type == Type::text);
}

TEST_CASE("numbers whose digits are grouped are inferred, and what groups them", "[infer]") {
  auto const spaces = inferred({"1 234", "12\u00A0345", "7"});
  CHECK(spaces.type == Type::integer);
  CHECK(spaces.thousands == "space");
  auto const points = inferred({"1.234,75", "1,5"});
  CHECK(points.type == Type::decimal);
  CHECK(points.decimal == ',');
  CHECK(points.thousands == ".");
  CHECK(inferred({"1,234,567", "12"}).thousands == ",");
  CHECK(inferred({"1,234"}).decimal == ',');
  CHECK(inferred({"12 34"}).type == Type::text);
  CHECK(inferred({"f", "f"}).type == Type::text);
  CHECK(inferred({"yes", "no"}).type == Type::boolean);
}

TEST_CASE("shares written with their sign are numbers, unless plain numbers beside them are written out of 100",
          "[infer]") {
  CHECK(inferred({"82%", "7.5 %", "100%"}).type == Type::decimal);
  CHECK(inferred({"82,5%"}).decimal == ',');
  CHECK(inferred({"82%", "0.5"}).type == Type::decimal);
  CHECK(inferred({"82%", "82"}).type == Type::text);
  CHECK(inferred({"82%", "12"}).type == Type::text);
}

TEST_CASE("letters are yes and no only beside words that are", "[infer]") {
  CHECK(inferred({"Y", "n", "Yes"}).type == Type::boolean);
  CHECK(inferred({"y", "n"}).type == Type::text);
  CHECK(inferred({"f", "female"}).type == Type::text);
}

TEST_CASE("dates as offices write them, and months without a day, are inferred", "[infer]") {
  CHECK(inferred({"5 января 2025 г.", "17 мая 2025 г."}).date_format == "d mmmm yyyy г.");
  CHECK(inferred({"2025 წლის 5 იანვარი"}).date_format == "yyyy წლის d mmmm");
  CHECK(inferred({"05.01.2025 г."}).date_format == "dd.mm.yyyy г.");
  CHECK(inferred({"2025-01", "2025-12"}).date_format == "yyyy-mm");
  CHECK(inferred({"01.2025", "12.2025"}).date_format == "mm.yyyy");
  CHECK(inferred({"January 2025", "Mart 2025"}).date_format == "mmmm yyyy");
  CHECK(inferred({"10.2025", "12.2025"}).type == Type::decimal);
}

TEST_CASE("words for unknown among numbers leave them numbers", "[infer]") {
  auto const ages = infer_mostly({{"12", 3}, {"неизв.", 2}, {"40", 1}});
  CHECK(ages.type == Type::integer);
  CHECK(ages.words == std::vector<std::string>{"неизв."});
  CHECK(ages.slips == 0);
  CHECK(infer_mostly({{"12", 3}, {"нет", 2}, {"40", 1}}).type == Type::text);
  CHECK(infer_mostly({{"12", 30}, {"4O", 1}}).slips == 1);
  CHECK(infer_mostly({{"unknown", 3}}).type == Type::text);
}

TEST_CASE("a date whose day and month could be exchanged is told as ambiguous", "[profile]") {
  CHECK(inferred({"03/04/2025", "01/12/2025"}).ambiguous_date);
  CHECK_FALSE(inferred({"03/04/2025", "31/12/2025"}).ambiguous_date);
  CHECK(inferred({"03/04/2025", "12/31/2025"}).date_format == "mm/dd/yyyy");
}

TEST_CASE("marks for missing do not change the type and are listed", "[profile]") {
  auto const result = inferred({"1", "NA", "2", "-"});
  CHECK(result.type == Type::integer);
  CHECK(result.marks == std::vector<std::string>{"-", "NA"});
}

TEST_CASE("rows that seem to add up others are told", "[profile]") {
  TestFolder const folder;
  folder.write("a.csv", "place,n\nA,1\nB,2\nИтого:,3\nTotal,3\n");
  auto const seen = profile_of(dataset_of("a.csv"), folder);
  CHECK(seen.columns[0].total_rows == 2);
  CHECK(to_text(seen).find("place: 'Total' (2) seems to name rows that add up others; they are counted like these\n") !=
        std::string::npos);
  CHECK(to_json(seen).find("\"total\":\"Total\",\"total_rows\":2") != std::string::npos);
  folder.write("b.csv", "place,n\nTotal,1\nTotal,2\n");
  CHECK(profile_of(dataset_of("b.csv"), folder).columns[0].total_rows == 0);
}

TEST_CASE("a profile counts, ranges and lists what each column holds", "[profile]") {
  TestFolder const folder;
  folder.write("a.csv",
               "date,place,n,person\n"
               "2025-01-01,Quba,5,Aysel\n"
               "2025-01-02,quba ,x,Aysel\n"
               "2025-01-04,Quba,-2,aysel\n"
               "2025-01-04,Quba,,Rashad\n");
  auto dataset = dataset_of(
      "a.csv", {{"date", Type::date}, {"place"}, {"n", Type::integer}, {.name = "person", .personal = true}});
  dataset.date = {"date"};
  dataset.key = {"date"};
  CHECK(to_text(profile_of(dataset, folder)) ==
        "a.csv: 4 rows\n"
        "column  type            present  missing  rejected  distinct  least .. most             most frequent\n"
        "date    date            4        0        0         3         2025-01-01 .. 2025-01-04  2025-01-04 (2), "
        "2025-01-01 (1), 2025-01-02 (1)\n"
        "place   text            4        0        0         2                                   Quba (3), quba  (1)\n"
        "n       integer         2        2        1         2         -2 .. 5                   -2 (1), 5 (1)\n"
        "person  text, personal  4        0        0         3                                   (personal: counts "
        "only)\n"
        "  place: 'Quba' (3), 'quba ' (1) differ only in case, spaces or form\n"
        "  person: 1 groups of values differ only in case, spaces or form\n"
        "date: 2025-01-01 .. 2025-01-04\n"
        "1 days without rows in daily series\n"
        "  1 days: 2025-01-03\n"
        "1 rows repeat the key date of a row before them, for example row 5\n"
        "found:\n"
        "  1  rejected-cell  n\n"
        "       a.csv:3         'x': not a whole number\n");
}

TEST_CASE("gaps are found in each series, and a series of people is masked", "[profile]") {
  TestFolder const folder;
  folder.write("a.csv", "date,who\n2025-01-01,A\n2025-01-03,A\n2025-01-01,B\n2025-01-02,B\n2025-01-03,B\n");
  auto dataset = dataset_of("a.csv", {{"date", Type::date}, {"who"}});
  dataset.date = {"date"};
  dataset.key = {"date", "who"};
  auto found = profile_of(dataset, folder);
  REQUIRE(found.gaps.size() == 1);
  CHECK(found.gaps[0].series == "A");
  CHECK(found.gaps[0].days == 1);
  CHECK(found.series == 2);
  CHECK(found.duplicate_rows == 0);
  dataset.columns[1].personal = true;
  found = profile_of(dataset, folder);
  CHECK(found.gaps[0].series == "•••");
  CHECK(to_json(found).find("\"A\"") == std::string::npos);
}

TEST_CASE("a monthly series has no daily gaps", "[profile]") {
  TestFolder const folder;
  folder.write("a.csv", "date\n2025-01-31\n2025-02-28\n2025-03-31\n");
  auto dataset = dataset_of("a.csv", {{"date", Type::date}});
  dataset.date = {"date"};
  CHECK(profile_of(dataset, folder).gap_days == 0);
}

TEST_CASE("a profile as JSON says the same", "[profile]") {
  TestFolder const folder;
  folder.write("a.csv", "day\n03/04/2025\nNA\n");
  CHECK(
      to_json(profile_of(dataset_of("a.csv"), folder)) ==
      "{\"dataset\":\"d\",\"rows\":2,\"files\":[{\"name\":\"a.csv\",\"bytes\":18,\"rows\":2,\"skipped\":0}],"
      "\"columns\":[{\"name\":\"day\",\"type\":\"date\",\"declared\":false,\"personal\":false,\"present\":2,"
      "\"missing\":0,\"rejected\":0,\"unmapped\":0,\"distinct\":2,\"more_distinct\":false,"
      "\"date_format\":\"dd/mm/yyyy\",\"ambiguous_date\":true,\"decimal\":\".\",\"thousands\":\"\",\"marks\":[\"NA\"],"
      "\"top\":[{\"value\":\"03/04/2025\",\"count\":1},{\"value\":\"NA\",\"count\":1}],\"similar_groups\":0,"
      "\"similar\":[]}],\"time\":{\"column\":\"\",\"first\":null,\"last\":null,\"undated\":0,\"series\":0,"
      "\"gap_days\":0,\"gaps\":[]},\"key\":[],\"duplicate_rows\":0,\"duplicate_examples\":[],\"findings\":[],"
      "\"listed\":[]}");
}

TEST_CASE("the profile of an empty table has no values", "[profile]") {
  TestFolder const folder;
  folder.write("a.csv", "a,b\n");
  auto const found = profile_of(dataset_of("a.csv"), folder);
  CHECK(found.rows == 0);
  REQUIRE(found.columns.size() == 2);
  CHECK(found.columns[0].distinct == 0);
  CHECK(found.columns[0].type == Type::text);
}

TEST_CASE("the number of threads does not change a profile", "[profile]") {
  TestFolder const folder;
  std::string text = "date,who,n\n";
  for (int i = 0; i < 20'000; ++i)
    text += "2025-0" + std::to_string(1 + i % 9) + "-0" + std::to_string(1 + i % 7) + ",P" + std::to_string(i % 997) +
            "," + std::to_string(i % 31 * 3) + "\n";
  folder.write("a.csv", text);
  auto dataset = dataset_of("a.csv", {{"date", Type::date}, {"n", Type::integer}});
  dataset.date = {"date"};
  dataset.key = {"date", "who"};
  CHECK(to_json(profile_of(dataset, folder, 1)) == to_json(profile_of(dataset, folder, 4)));
}

TEST_CASE("a column of numbers with a slip is mostly numbers, one with many is text") {
  CHECK(infer_mostly({{"140", 30}, {"14O", 1}}).type == Type::integer);
  CHECK(infer_mostly({{"01.02.2025", 40}, {"13.02.2025", 20}, {"soon", 2}}).date_format == "dd.mm.yyyy");
  CHECK(infer_mostly({{"140", 30}, {"14O", 2}}).type == Type::text);  // one of sixteen
  CHECK(infer_mostly({{"140", 10}}).type == Type::text);              // too few to say
  CHECK(infer_mostly({{"007", 50}}).type == Type::text);
}
