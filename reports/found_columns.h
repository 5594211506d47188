// The columns that are really there, so that names in a spec can be checked against the data.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "data-loaders/source.h"
#include "indicators/definitions.h"

namespace yekun {

struct FoundColumns {
  /// By dataset; a dataset whose source cannot be opened is not in it.
  std::map<std::string, std::vector<FoundColumn>> by_dataset{};
  Diagnostics problems{};  // why sources cannot be opened (Fault::data)
};

/// Opens every dataset's source and reads its headings. Datasets without a source (a mistake already reported) are left
/// out.
FoundColumns find_columns(Programme const& programme, SourceContext const& context);

}  // namespace yekun
