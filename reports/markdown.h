// Markdown of narrative texts -> paragraphs. The CommonMark that reports need: emphasis, links, lists, quotes,
// headings.
#pragma once

#include <string_view>
#include <vector>

#include "reports/document.h"

namespace yekun {

/// A heading in a text becomes a bold paragraph; code and raw HTML are plain text; images are left out. Links other
/// than http, https and mailto become plain text. Line breaks within a paragraph are spaces; a hard break is a line
/// feed.
std::vector<Paragraph> parse_markdown(std::string_view text);

}  // namespace yekun
