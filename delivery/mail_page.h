// A Document as the body of a mail: tables and inline styles, which is what mail programs show; and as plain text that
// is a readable report by itself.
#pragma once

#include <string>
#include <vector>

#include "core/catalogue.h"
#include "reports/document.h"

namespace yekun {

/// What the mail says besides the document.
struct MailFrame {
  std::vector<std::string> reasons{};   // why it comes: "Occupancy is above 100% in Quba"; first thing in the mail
  std::vector<std::string> attached{};  // file names
  std::vector<std::string> left_out{};  // files too large to attach
  std::string left_out_at{};            // where they are; empty: nowhere to name
};

inline constexpr std::size_t kMostPageBytes = 102'400;  // mail programs cut longer pages

/// The page shows the picture of chart c as cid:<picture_id(document, c)>; alt text tells those who see none. Tables
/// are cut to as many rows as keep the page under kMostPageBytes, and say so; definitions, data quality and provenance
/// stay in the attachments. All text is escaped. No scripts, nothing loaded from elsewhere.
std::string mail_page(Document const& document, Catalogue const& catalogue, MailFrame const& frame);

/// Lines of at most 76 columns except where a word or a table is wider; tables aligned, figures to the right.
std::string mail_plain(Document const& document, Catalogue const& catalogue, MailFrame const& frame);

}  // namespace yekun
