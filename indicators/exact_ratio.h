// One exact quotient of two whole numbers, rounded once.
#pragma once

#include "core/decimal.h"

namespace yekun {

/// numerator / denominator to the nearest double, ties to even. The denominator must not be 0; both below 2^126 in
/// size.
double exact_ratio(Int128 numerator, Int128 denominator);

}  // namespace yekun
