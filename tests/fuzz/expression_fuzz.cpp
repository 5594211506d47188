// Any text as an expression or a measure: its canonical text reads as the same, and its value over eight rows at once
// is that of each row alone.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "indicators/evaluate.h"
#include "indicators/measure.h"
#include "tests/indicators/small_table.h"

namespace {

using yekun::Type;
using yekun::test::SmallTable;

/// Rows [first, end) of the table that every expression is computed over.
SmallTable table(std::size_t first, std::size_t end) {
  SmallTable out;
  auto const add = [&](char const* name, Type type, std::vector<std::string> cells,
                       yekun::TextForm form = yekun::TextForm::coded) {
    out.add(name, type,
            {cells.begin() + static_cast<std::ptrdiff_t>(first), cells.begin() + static_cast<std::ptrdiff_t>(end)},
            form);
  };
  add("status", Type::text, {"present", "absent", "", "present", "50%", "Bakı", "a_b", " x "});
  add("n", Type::integer, {"10", "-20", "0", "", "9223372036854775807", "-9223372036854775807", "3", "1"});
  add("cost", Type::decimal, {"1.5", "-0.25", "", "100", "0", "0.000001", "9000000000000", "-1"});
  add("weight", Type::number, {"0.5", "2", "", "0", "1e300", "-1e-300", "-0.0", "3"});
  add("birth", Type::date,
      {"2000-02-29", "1950-07-14", "", "2025-01-01", "1900-01-01", "2100-12-31", "2024-02-29", "2023-03-31"});
  add("active", Type::boolean, {"true", "false", "", "true", "", "false", "true", "true"});
  add("place.region", Type::text, {"Quba", "Bakı", "Şəki", "", "Quba", "თბილისი", "Москва", "İmişli"});
  add("person", Type::text, {"p1", "p2", "", "p4", "p1", "p", "P1", "0"}, yekun::TextForm::raw);
  return out;
}

void must(bool fact) {
  if (!fact) std::abort();
}

void same_row_by_row(yekun::BoundExpression const& bound) {
  SmallTable const all = table(0, 8);  // a raw text lives as long as its batch
  auto const together = yekun::evaluate(bound, all.batch);
  bool overflow = false;
  for (std::size_t row = 0; row < 8; ++row) {
    SmallTable const one = table(row, row + 1);
    auto const alone = yekun::evaluate(bound, one.batch);
    overflow = overflow || !alone;
    if (together && alone) must(yekun::test::cell_text(*together, row) == yekun::test::cell_text(*alone, 0));
  }
  must(together.has_value() == !overflow);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  SmallTable const rows = table(0, 8);
  if (auto const parsed = yekun::parse(text)) {
    std::string const canonical = yekun::to_text(parsed->root);
    auto const again = yekun::parse(canonical);
    must(again && yekun::to_text(again->root) == canonical);
    if (auto const bound = yekun::bind(*parsed, rows.schema)) same_row_by_row(*bound);
  }
  if (auto const measure = yekun::parse_measure(text)) {
    std::string const canonical = yekun::to_text(*measure);
    auto const again = yekun::parse_measure(canonical);
    must(again && yekun::to_text(*again) == canonical);
    static_cast<void>(yekun::bind(*measure, rows.schema));
  }
  return 0;
}
