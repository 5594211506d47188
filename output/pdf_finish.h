// The finishing pass over cairo's PDF: what cairo cannot write. Internal to the PDF renderer.
#pragma once

#include <string>
#include <vector>

#include "core/date.h"
#include "core/diagnostic.h"

namespace yekun {

struct PdfFacts {
  std::string title;
  std::string author;
  std::string subject;
  std::string language;  // of the document: "az"
  std::string producer;
  std::string keywords;  // of the document information too; empty: none
  Date as_of{};
  std::vector<std::string> alt{};  // of the figures, in reading order
};

/// Adds language, XMP metadata, alternative texts and page order for tabs, packs objects into streams and gives the
/// file an id made from its content.
Result<std::string> finish_pdf(std::string const& pdf, PdfFacts const& facts);

}  // namespace yekun
