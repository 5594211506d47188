#include "reports/found_columns.h"

#include <fmt/format.h>

#include "indicators/findings_source.h"

namespace yekun {

namespace {

/// One message for the file instead of one for each of its columns.
Diagnostic empty_source(Dataset const& dataset) {
  return {Severity::error,
          Fault::data,
          "empty-file",
          dataset.source.place,
          fmt::format("'{}' is empty, a row of headings was expected", dataset.source.files.front()),
          "save the data again; a file without any data keeps its headings"};
}

}  // namespace

FoundColumns find_columns(Programme const& programme, SourceContext const& context) {
  FoundColumns out;
  auto const refuse = [&](Diagnostics const& problems) {
    out.problems.insert(out.problems.end(), problems.begin(), problems.end());
  };
  for (auto const& dataset : programme.datasets) {
    if (is_findings(dataset)) {
      out.by_dataset.emplace(dataset.id, *open_findings(programme, context)->columns());
      continue;
    }
    if (dataset.source.files.empty() && dataset.source.connection.empty()) continue;
    auto const source = open_source(dataset, context);
    if (!source) {
      refuse(source.error());
      continue;
    }
    auto columns = (*source)->columns();
    if (columns && columns->empty() && !dataset.source.files.empty())
      refuse({empty_source(dataset)});
    else if (columns)
      out.by_dataset.emplace(dataset.id, std::move(*columns));
    else
      refuse(columns.error());
  }
  return out;
}

}  // namespace yekun
