#include "delivery/mail_table.h"

#include <catch2/catch.hpp>

namespace yekun {
namespace {

/// A label column and n columns of numbers.
TableBlock months(std::size_t n, std::string const& number) {
  TableBlock out;
  out.columns.push_back({"Region", "", ColumnRole::label, {}, "region"});
  TableRow row;
  row.cells.emplace_back().text = "Quba";
  for (std::size_t i = 0; i < n; ++i) {
    out.columns.push_back({"Jan", "", ColumnRole::number, {}, "m"});
    row.cells.emplace_back().text = number;
  }
  out.rows.push_back(row);
  return out;
}

TEST_CASE("A table that fits is shown whole in ordinary letters") {
  auto const fit = fit_table(months(3, "1,234"), 576);
  CHECK(fit.columns == std::vector<std::size_t>{0, 1, 2, 3});
  CHECK(fit.font == 13);
  CHECK(fit.left_out == 0);
}

TEST_CASE("A wider table gets smaller letters before it loses a column") {
  auto const fit = fit_table(months(8, "1,234,567"), 576);  // 9 characters: 8 * (67 + 12) + 57 = 689 at 13 px
  CHECK(fit.font == 11);                                    // 8 * (56.4 + 6) + 45 = 544
  CHECK(fit.left_out == 0);
  CHECK(fit_table(months(7, "1,234,567"), 576).font == 12);  // 7 * (61.6 + 8) + 53 = 540
}

TEST_CASE("Where the smallest letters do not help, the first months go and the last stay") {
  auto const fit = fit_table(months(12, "1,234,567"), 576);
  CHECK(fit.font == 11);
  CHECK(fit.left_out == 4);
  CHECK(fit.columns == std::vector<std::size_t>{0, 5, 6, 7, 8, 9, 10, 11, 12});
}

TEST_CASE("One column of numbers stays however little room there is, and a table of none is left as it is") {
  CHECK(fit_table(months(3, "1,234,567"), 10).columns == std::vector<std::size_t>{0, 3});
  CHECK(fit_table(months(0, ""), 10).columns == std::vector<std::size_t>{0});
  CHECK(fit_table({}, 576).columns.empty());
}

TEST_CASE("Words break where they have spaces; a title over rows takes no room of the first column") {
  auto block = months(6, "1,234");
  block.columns[0].heading = "Indicator";
  block.rows[0].cells[0].text = "people who got at least one service at home in the period";
  TableRow title;
  title.kind = RowKind::group;
  title.cells.resize(7);
  title.cells[0].text =
      "Incomprehensibilities-of-internationalisation-and-counterrevolutionaries_without_any_space_at_all";
  block.rows.push_back(title);
  CHECK(is_title(title));
  CHECK_FALSE(is_title(block.rows[0]));
  CHECK(fit_table(block, 576).font == 13);
}

/// The columns that are left where there is room for so many.
std::vector<std::string> left_of(TableBlock const& block, int room) {
  std::vector<std::string> out;
  for (auto const c : fit_table(block, room).columns) out.push_back(block.columns[c].key);
  return out;
}

TEST_CASE("Indicators keep their value, and give up what it is compared with before their target") {
  auto block = months(7, "1,234,567");
  block.kind = TableKind::indicators;
  std::vector<std::string> const keys{"indicator", "value",      "previous_period", "change",
                                      "target",    "cumulative", "achievement",     "status"};
  for (std::size_t c = 0; c < keys.size(); ++c) block.columns[c].key = keys[c];
  block.columns.back().role = ColumnRole::status;
  CHECK(left_of(block, 5000) == keys);
  CHECK(left_of(block, 400) ==
        std::vector<std::string>{"indicator", "value", "change", "target", "achievement", "status"});
  CHECK(left_of(block, 260) == std::vector<std::string>{"indicator", "value", "target", "status"});
  CHECK(left_of(block, 10) == std::vector<std::string>{"indicator", "value", "status"});
}

TEST_CASE("Of groups of one period the last go first, and the total stays; of periods the oldest go") {
  auto block = months(4, "1,234,567,890");
  for (std::size_t c = 1; c <= 4; ++c) {
    block.columns[c].key = std::string(1, static_cast<char>('a' + c - 1));
    block.rows[0].cells[c].figure = "people@2025-Q3[group=" + std::to_string(c) + "]";
  }
  block.rows[0].cells[4].figure = "people@2025-Q3";
  block.rows[0].cells[4].emphasis = true;
  CHECK(left_of(block, 250) == std::vector<std::string>{"region", "a", "d"});
  CHECK(left_of(block, 150) == std::vector<std::string>{"region", "d"});
  block.rows[0].cells[2].figure = "people@2025-Q2";
  CHECK(left_of(block, 250) == std::vector<std::string>{"region", "c", "d"});
}

TEST_CASE("A logical framework gives up its sources before its targets") {
  auto block = months(5, "1,234,567,890");
  block.kind = TableKind::logframe;
  block.columns.push_back({"Sources", "", ColumnRole::text, {}, "source"});
  block.rows[0].cells.emplace_back().text = "Registers-of-the-institutions";
  auto const fit = fit_table(block, 500);
  CHECK(fit.columns == std::vector<std::size_t>{0, 1, 2, 3, 4, 5});
  CHECK(fit.left_out == 1);
}

}  // namespace
}  // namespace yekun
