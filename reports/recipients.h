// The readers of a report: those the spec names and those that stand in a dataset.
#pragma once

#include <vector>

#include "data-loaders/source.h"
#include "indicators/definitions.h"
#include "reports/deliver_spec.h"

namespace yekun {

struct Recipients {
  std::vector<MailRecipient> all{};  // in order; the same address for the same member comes once
  Diagnostics problems{};            // rows whose address is none (Fault::delivery): told, the others get theirs
};

/// Errors: the dataset cannot be read (Fault::data). An address is never printed: problems name file and row.
Result<Recipients> read_recipients(Programme const& programme, MailSpec const& mail, SourceContext const& context);

}  // namespace yekun
