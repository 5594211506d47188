// How a file writes its numbers, where the spec does not say.
#pragma once

#include <string>
#include <vector>

#include "data-loaders/cell_parser.h"
#include "data-loaders/dataset.h"

namespace yekun {

/// From cells of columns that are declared as numbers. A decimal comma or a grouping is taken only where some cell
/// leaves no doubt and none says otherwise: "12,5" is a decimal comma, "1 234" a space between thousands, "1,234" alone
/// decides nothing (and is a rejected cell then). What `declared` says stays.
NumberForm sniff_numbers(std::vector<std::string> const& cells, Dialect const& declared);

}  // namespace yekun
