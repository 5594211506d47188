// What the page and the plain text of a mail share.
#pragma once

#include <string>
#include <vector>

#include "delivery/mail_page.h"

namespace yekun {

/// The blocks that stand in the mail itself, in order: all but definitions, data quality, completeness, provenance and
/// sections to explore, and without the headings that would then have nothing beneath them.
std::vector<Block const*> mailed_blocks(Document const& document);

/// The lines under the report: what is attached, what was too large, and that no person wrote this.
std::vector<std::string> closing_lines(Catalogue const& catalogue, MailFrame const& frame);

/// That n more rows or columns (`key`) are in the attached workbook, or not shown here where none is attached.
std::string more_line(Catalogue const& catalogue, MailFrame const& frame, std::string const& key, std::size_t n);

/// Content-ID of a chart's picture: ASCII, unique in the message.
std::string picture_id(Document const& document, ChartBlock const& chart);

}  // namespace yekun
