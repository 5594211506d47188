// Where a figure came from, as JSON.
#pragma once

#include <string>

#include "indicators/figure.h"

namespace yekun {

/// One object a node: "op" (cell, constant, add, subtract, multiply, divide, negate, function, target, baseline),
/// "value" or "state"; of cells also "indicator", "measure", "where", "period" and "place" (null: rolled up); of
/// functions "name"; "parts" where there are some. A value that is not to be shown has its state alone.
std::string to_json(Lineage const& lineage);

/// "value", "missing", "not_applicable", "suppressed".
std::string_view name_of(State state);

}  // namespace yekun
