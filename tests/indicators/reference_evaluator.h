// A slow, obvious second implementation of simple questions: for every cell it goes through all rows again.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/period.h"

namespace yekun::test {

/// A row of the random dataset: group columns g, h (missing: nullopt), a person, a date, an integer and a decimal.
struct ReferenceRow {
  std::optional<Date> date{};
  std::optional<std::string> g{};
  std::optional<std::string> h{};
  std::optional<std::string> person{};
  std::optional<std::int64_t> x{};
  std::optional<std::int64_t> micros{};  // of the decimal
  std::string flag{};                    // "yes", "no" or empty
  std::string reporter{};
};

/// Indicators of the random plans, by name.
///   rows, yes (rows with flag = 'yes'), people, sum_x, sum_d, mean_d, least, most, median, share_yes, fresh (new
///   people), last_x (stock by reporter, last date), first_d (value of d on the earliest date), twice (people with two
///   rows)
struct ReferenceQuestion {
  std::vector<std::string> indicators{};
  std::vector<std::string> by{};  // g, h
  std::vector<Period> windows{};
  std::optional<Period> whole{};  // totals over all windows; label "all": every row
  bool totals = false;
};

/// The answer as the contract's CSV. `everything`: the one window counts rows without a date too.
std::string reference_csv(std::vector<ReferenceRow> const& rows, ReferenceQuestion const& question);

}  // namespace yekun::test
