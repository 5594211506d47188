// How a table is brought to the width of a mail: smaller letters first, then fewer columns.
#pragma once

#include <cstddef>
#include <vector>

#include "reports/document.h"

namespace yekun {

/// What is shown of a table. All lengths are CSS pixels.
struct TableFit {
  std::vector<std::size_t> columns{};  // those that are shown, in order
  int font = 13;
  int side = 6;  // a cell's padding left and right
  std::size_t left_out = 0;
};

/// Columns of words break between words, numbers never; widths are estimated from an ordinary sans-serif face. Where
/// the smallest letters do not help, columns of numbers are left out: periods from the left, since the newest is to the
/// right, groups and indicators of one period from the right, totals last; one is always kept. Of indicators and
/// logical frameworks, sources and assumptions go first, then what the value is compared with; the value itself stays.
TableFit fit_table(TableBlock const& block, int room);

/// Whether only the row's first cell says something: it has the whole width.
bool is_title(TableRow const& row);

}  // namespace yekun
