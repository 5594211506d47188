// Where a value axis has its ticks: the extended Wilkinson algorithm (Talbot, Lin and Hanrahan, 2010).
#pragma once

#include <vector>

namespace yekun::charts {

struct Ticks {
  double low = 0;   // of the axis: the first tick
  double high = 1;  // the last tick
  double step = 1;
  std::vector<double> values{};  // at least two, ascending
};

/// Ticks that cover [low, high], about `wanted` of them (2 or more). `whole`: steps of whole numbers only. An empty or
/// reversed range is widened to one that holds both ends; values that are not finite count as 0.
Ticks nice_ticks(double low, double high, int wanted, bool whole);

/// Powers of ten that cover [low, high], both above 0.
Ticks log_ticks(double low, double high);

/// Decimals needed to write every multiple of `step`; at most 6.
int places_of(double step);

}  // namespace yekun::charts
