// Who or what an indicator's cells are about: two indicators over the same rows are one published cell. The inside of
// protect().
#pragma once

#include <map>
#include <string>
#include <vector>

#include "indicators/resolve.h"

namespace yekun {

/// Cells with one base, window and place hold one and the same number. `sex = 'f'` in an indicator's `where` counts as
/// a place, so that "women" is the group of the women; `sex <> 'f'` is the place of all others whose sex is known.
struct Population {
  std::string base{};                          // what is measured and over which rows, without the place
  std::string family{};                        // what is measured, over whichever rows
  std::map<std::string, std::string> place{};  // column -> "=value", or "!value": any other
  std::string sum_base{};                      // of an average: base of the sum over the same rows; else empty
  bool people = false;                         // counts people
  bool of_people = false;                      // an average, quantile or share over rows about people
  bool mean = false;                           // sum over rows / rows: the whole's follows from the parts'
};

/// Of every indicator, in the order of Programme::indicators.
std::vector<Population> populations_of(Programme const& programme, IndicatorGraph const& graph);

}  // namespace yekun
