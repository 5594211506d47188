#include "core/date.h"

#include <catch2/catch.hpp>

using namespace yekun;

TEST_CASE("the first and last day are the limits that the header names", "[core]") {
  CHECK(to_iso(kFirstDate) == "0001-01-01");
  CHECK(to_iso(kLastDate) == "9999-12-31");
}
