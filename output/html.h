// Document -> a dashboard: one HTML file that needs no network and no scripts, and gains filters and sorting by them.
#pragma once

#include <string>

#include "charts/text_measurer.h"
#include "core/catalogue.h"
#include "reports/document.h"

namespace yekun {

/// Charts are drawn as SVG with their numbers in a table beneath; fonts are embedded, cut to the letters used; nothing
/// is loaded from elsewhere, which the page's own Content-Security-Policy enforces. All text is escaped. `catalogue` is
/// of the document's language. With a `measurer` charts over the whole width are drawn a second time for telephones,
/// where their words have room; without one, and else, such a chart is scrolled. The same document gives the same
/// bytes. Error (Fault::internal): a font cannot be cut.
Result<std::string> render_html(Document const& document, Catalogue const& catalogue,
                                TextMeasurer const* measurer = nullptr);

}  // namespace yekun
