// Rules in words, for explain and the definitions page.
#pragma once

#include <string>

#include "indicators/resolve.h"

namespace yekun {

/// "the number of different person_id, each counted once, where status = 'delivered'". No period, no full stop.
std::string describe(MeasureSource const& source, ResolvedIndicator const& resolved, Indicator const& indicator,
                     Dataset const& dataset);

}  // namespace yekun
