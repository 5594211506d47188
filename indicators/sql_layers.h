// Windows in which a statement can count different people at once: those that do not overlap.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/period.h"

namespace yekun {

struct SqlLayer {
  std::vector<std::int32_t> days{};  // boundaries, sorted; none: all rows count, those without a date too
  /// By stretch, which begins at the boundary of the same index: index of the window; nullopt: between two windows.
  std::vector<std::optional<std::size_t>> windows{};
};

/// As few layers as possible, each window in one. Empty: a window has days that no Date has.
std::vector<SqlLayer> sql_layers(std::vector<Period> const& windows);

}  // namespace yekun
