// Blocks -> pieces. Internal to the layout.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "output/layout_flow.h"

namespace yekun::page {

/// What the makers of pieces share.
struct Setting {
  Document const& document;
  TypeMeasurer const& measurer;
  Catalogue const& catalogue;
  Flow& flow;
  Theme const& theme() const { return document.theme; }
  double width() const { return flow.geometry().text_width(); }
};

void add_heading(Setting const& setting, Heading const& heading);
void add_narrative(Setting const& setting, Narrative const& narrative);
void add_kpis(Setting const& setting, KpiRow const& row);
/// Charts side by side; their shares make at most 1.
void add_charts(Setting const& setting, std::span<ChartBlock const* const> charts);
void add_table(Setting const& setting, TableBlock const& table);

/// A status as shape and colour.
Sign status_sign(Status status, Theme const& theme, double x, double y, double size);
Colour status_colour(Status status, Theme const& theme);

}  // namespace yekun::page
