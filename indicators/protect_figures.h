// What protect() decided, put into the figures: values, comparisons and lineages. The inside of protect().
#pragma once

#include "indicators/disclosure.h"

namespace yekun {

/// Suppressed cells lose their numbers everywhere in the figure; counts of people that stay are rounded and what
/// depends on them is worked out again.
void protect_figure(Figure& figure, Programme const& programme, IndicatorGraph const& graph, PublishedCells& published);

}  // namespace yekun
