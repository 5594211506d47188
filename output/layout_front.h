// What stands before and around the text: title block or page, contents, running header and footer. Internal.
#pragma once

#include <vector>

#include "output/layout_flow.h"

namespace yekun::page {

/// The accent block with programme, title, period, as-of date, partners, status and logo. Its height is from the page's
/// top edge; the text starts below it.
struct Front {
  std::vector<Item> items{};
  double height = 0;
};
/// A band at the top of the first page, or (`whole_page`) a title page.
Front lay_out_front(Document const& document, TypeMeasurer const& measurer, Catalogue const& catalogue,
                    bool whole_page);

/// The table of contents: headings with their pages. `bookmarks` of an earlier layout; page 0 shows none.
void add_contents(Flow& flow, Document const& document, TypeMeasurer const& measurer, Catalogue const& catalogue,
                  std::map<std::string, int> const& page_of);

}  // namespace yekun::page
