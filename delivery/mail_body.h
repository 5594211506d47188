// What the page and the plain text of a mail share.
#pragma once

#include <string>
#include <vector>

#include "delivery/mail_page.h"

namespace yekun {

/// The blocks that stand in the mail itself, in order: all but definitions, data quality, completeness and provenance,
/// and without the headings that would then have nothing beneath them.
std::vector<Block const*> mailed_blocks(Document const& document);

/// The lines under the report: what is attached, what was too large, and that no person wrote this.
std::vector<std::string> closing_lines(Catalogue const& catalogue, MailFrame const& frame);

/// Content-ID of a chart's picture: ASCII, unique in the message.
std::string picture_id(Document const& document, ChartBlock const& chart);

}  // namespace yekun
