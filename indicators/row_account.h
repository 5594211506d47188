// Accounts for every row of a dataset with regard to one measure in one window and place.
#pragma once

#include "indicators/explain.h"
#include "indicators/source_cache.h"

namespace yekun {

struct RowQuery {
  Dataset const* dataset = nullptr;
  Programme const* programme = nullptr;
  Period window{};
  std::vector<PlacePart> place{};
  std::vector<std::string> conditions{};  // expressions
  std::string argument{};                 // expression; empty: none
  std::size_t rows = 0;                   // to show
  bool of_reports = false;
  OverTime over_time = OverTime::sum;
  std::int32_t carry_days = 0;
  Findings findings{};  // of the dataset's rules
};

struct AccountedRows {
  RowAccount rows{};
  std::vector<std::string> columns{};
  std::vector<ExplainedRow> shown{};
  std::vector<Finding> findings{};  // in rows of the window and place; those of rejected cells too
};

/// One scan (two where a stock's last or first dates must be found), in input order.
Result<AccountedRows> account_rows(RowQuery const& query, SourceCache& sources);

}  // namespace yekun
