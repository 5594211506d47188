#include "data-loaders/infer_types.h"

#include "csv_fixture.h"

using namespace yekun;
using namespace yekun::testing;

namespace {

InferredColumn inferred(std::vector<std::string> const& cells) {
  TypeEvidence evidence;
  for (auto const& cell : cells) evidence.add(cell);
  return evidence.conclude("x");
}

}  // namespace

TEST_CASE("types are inferred from whole columns", "[data-loaders]") {
  CHECK(inferred({"1", "-20", ""}).type == Type::integer);
  CHECK(inferred({"1", "2.50"}).type == Type::decimal);
  CHECK(inferred({"1", "2.1234567"}).type == Type::number);
  CHECK(inferred({"yes", "no", "1"}).type == Type::boolean);
  CHECK(inferred({"1", "0"}).type == Type::integer);
  CHECK(inferred({"1", "x"}).type == Type::text);
  CHECK(inferred({"", ""}).type == Type::text);
  CHECK(inferred({}).type == Type::text);
}

TEST_CASE("ids with leading zeros and very long numbers stay text", "[data-loaders]") {
  CHECK(inferred({"007", "12"}).type == Type::text);
  CHECK(inferred({"1234567890123456"}).type == Type::text);
  CHECK(inferred({"0", "0.5"}).type == Type::decimal);
}

TEST_CASE("a decimal comma is inferred", "[data-loaders]") {
  auto const column = inferred({"1,5", "2"});
  CHECK(column.type == Type::decimal);
  CHECK(column.decimal == ',');
}

TEST_CASE("the order of day and month is taken from the whole column, or told to be open", "[data-loaders]") {
  auto const ours = inferred({"01/02/2025", "13/02/2025"});
  CHECK(ours.date_format == "dd/mm/yyyy");
  CHECK(ours.note.empty());
  CHECK(inferred({"01/02/2025", "02/13/2025"}).date_format == "mm/dd/yyyy");
  auto const open = inferred({"01/02/2025", "02/03/2025"});
  CHECK(open.type == Type::date);
  CHECK(open.note == "every date fits dd/mm/yyyy and mm/dd/yyyy alike; dd/mm/yyyy is taken");
  CHECK(inferred({"2025-02-01"}).date_format.empty());
  CHECK(inferred({"14 iyul 2025", "1 март 2025"}).date_format == "d mmmm yyyy");
}

TEST_CASE("marks of missing values are proposed where the rest has a type", "[data-loaders]") {
  auto const column = inferred({"1", "NA", "-", "2"});
  CHECK(column.type == Type::integer);
  CHECK(column.missing == std::vector<std::string>{"-", "NA"});
  CHECK(inferred({"a", "NA"}).missing.empty());
}

TEST_CASE("all columns of a file are inferred, with any number of workers", "[data-loaders]") {
  TestFolder const folder;
  folder.write("a.csv", "id,day,n\n001,2025-01-01,1\n002,2025-01-02,\n");
  auto const source = open_source(dataset_of("a.csv"), folder.context());
  REQUIRE(source);
  for (unsigned threads : {1U, 3U}) {
    auto const columns = infer_types(**source, threads);
    REQUIRE(columns);
    REQUIRE(columns->size() == 3);
    CHECK((*columns)[0].type == Type::text);
    CHECK((*columns)[1].type == Type::date);
    CHECK((*columns)[2].type == Type::integer);
    CHECK((*columns)[2].empty == 1);
  }
}
