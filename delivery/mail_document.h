// A Document as a mail shows it: narrower than paper, and read on telephones.
#pragma once

#include "charts/text_measurer.h"
#include "core/catalogue.h"
#include "reports/document.h"

namespace yekun {

/// The document with charts of the full width laid out narrower, as far as that shortens no name, so that they can be
/// read where a telephone shows them small; and with units beside the indicators' names instead of in a column of their
/// own.
Document mail_document(Document document, Catalogue const& catalogue, TextMeasurer const& measurer);

}  // namespace yekun
