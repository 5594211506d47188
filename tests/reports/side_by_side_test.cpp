#include "reports/side_by_side.h"

#include <catch2/catch.hpp>

using namespace yekun;

namespace {

Cell words(std::string text) {
  Cell cell;
  cell.text = std::move(text);
  return cell;
}

Cell figure(std::string id, std::int64_t number) {
  Cell cell;
  cell.value = Value::of(number);
  cell.figure = std::move(id);
  cell.text = std::to_string(number);
  return cell;
}

Document document(std::string language, std::string title, std::vector<TableRow> rows, std::string heading) {
  TableBlock table;
  table.title = title;
  table.columns = {{.heading = std::move(heading), .role = ColumnRole::label, .key = "region"},
                   {.heading = title, .key = "visits"}};
  table.rows = std::move(rows);
  Document out;
  out.stem = "r-" + language;
  out.language = std::move(language);
  out.title = std::move(title);
  out.blocks.emplace_back(std::move(table));
  return out;
}

}  // namespace

TEST_CASE("two languages stand side by side, rows matched by their figures, not by their order", "[reports]") {
  auto const english = document("en", "Visits",
                                {{RowKind::data, 0, {words("Baku"), figure("v@2025[region=baki]", 1)}},
                                 {RowKind::data, 0, {words("Guba"), figure("v@2025[region=quba]", 2)}}},
                                "Region");
  auto const russian = document("ru", "Визиты",
                                {{RowKind::data, 0, {words("Губа"), figure("v@2025[region=quba]", 2)}},
                                 {RowKind::data, 0, {words("Баку"), figure("v@2025[region=baki]", 1)}}},
                                "Район");
  Document const both = side_by_side(english, russian);
  CHECK(both.stem == "r-en-ru");
  CHECK(both.title == "Visits / Визиты");
  auto const& table = std::get<TableBlock>(both.blocks.front());
  REQUIRE(table.columns.size() == 3);
  CHECK(table.columns[0].heading == "Region");
  CHECK(table.columns[1].heading == "Район");
  CHECK(table.columns[2].heading == "Visits / Визиты");
  CHECK(table.header_columns == 2);
  CHECK(table.rows[0].cells[0].text == "Baku");
  CHECK(table.rows[0].cells[1].text == "Баку");
  CHECK(table.rows[0].cells[2].figure == "v@2025[region=baki]");
  CHECK(table.rows[1].cells[1].text == "Губа");
}

TEST_CASE("texts that are the same in both languages stand once", "[reports]") {
  CHECK(both_texts("AZN", "AZN") == "AZN");
  CHECK(both_texts("a", "") == "a");
  CHECK(both_texts("", "b") == "b");
  CHECK(both_texts("a", "b") == "a / b");
}
