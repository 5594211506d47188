// The blocks of a document as HTML. Internal to the dashboard.
#pragma once

#include <string>

#include "charts/text_measurer.h"
#include "core/catalogue.h"
#include "reports/document.h"

namespace yekun::html {

/// What every block needs: the document around it and the texts of its language.
struct Page {
  Document const& document;
  Catalogue const& catalogue;
  TextMeasurer const* measurer = nullptr;  // for charts that are drawn anew; may be null
};

std::string narrative(Narrative const& narrative);
std::string kpis(Page const& page, KpiRow const& row, std::size_t& charts);
std::string chart(Page const& page, ChartBlock const& block);
/// The tables of figures to choose from, folded; the script draws cards and charts of them.
std::string explore(Page const& page, ExploreBlock const& block);
std::string table(Page const& page, TableBlock const& block);

/// A cell's text with its marks: raised where appended, with the meaning as tooltip where the text itself is a mark.
std::string cell_text(Page const& page, Cell const& cell);
/// "met", "on-track", "behind", "away", "none": CSS classes behind "status-".
std::string status_class(Status status);
/// The caption with its number: "Table 3. Places".
std::string caption(Page const& page, char const* key, int number, std::string const& title);

}  // namespace yekun::html
