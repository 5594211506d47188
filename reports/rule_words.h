// How an indicator is computed, in a reader's words.
#pragma once

#include <string>

#include "core/catalogue.h"
#include "indicators/definitions.h"

namespace yekun {

/// "Number of different person_id in home_services, where status = 'delivered'"; a formula is written with labels:
/// "Resident-days ÷ Place-days". What is measured over time is added for stocks. Never empty.
std::string rule_in_words(Indicator const& indicator, Programme const& programme, Catalogue const& catalogue);

/// "higher is better", "lower is better", or empty.
std::string direction_in_words(Direction direction, Catalogue const& catalogue);

}  // namespace yekun
