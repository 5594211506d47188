// Visits what a document holds, whatever the block.
#pragma once

#include <functional>

#include "reports/document.h"

namespace yekun {

/// Calls `visit` for each cell of a KPI or table, in reading order.
void for_each_cell(Document const& document, std::function<void(Cell const&)> const& visit);

/// Calls `visit` for the lineage of each cell and chart point that has one, in reading order.
void for_each_lineage(Document const& document, std::function<void(Lineage const&)> const& visit);

}  // namespace yekun
