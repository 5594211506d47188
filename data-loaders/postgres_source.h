// PostgreSQL tables and queries as a source.
#pragma once

#include <memory>

#include "data-loaders/source.h"

namespace yekun {

/// Connects when columns or rows are first asked for. Rows come by COPY in bounded memory, in the order of the table.
Result<std::unique_ptr<Source>> open_postgres_source(Dataset const& dataset, SourceContext const& context);

}  // namespace yekun
