#include "core/locale.h"

#include <catch2/catch.hpp>

using namespace yekun;

namespace {

std::string said(std::string_view language, std::string_view period) {
  auto const parsed = parse_period(period, {});
  return parsed ? Locale(language).period(*parsed) : parsed.error();
}

}  // namespace

TEST_CASE("a quarter is named as each language names it", "[core]") {
  CHECK(said("az", "2025-Q3") == "2025-ci ilin 3-cü rübü");
  CHECK(said("ka", "2025-Q3") == "2025 წლის III კვარტალი");
  CHECK(said("tk", "2025-Q3") == "2025-nji ýylyň 3-nji çärýegi");
  CHECK(said("ru", "2025-Q3") == "III квартал 2025 г.");
  CHECK(said("en", "2025-Q3") == "3rd quarter of 2025");
}
