#include "data-loaders/sqlite_source.h"

namespace yekun {

Result<std::unique_ptr<Source>> open_sqlite_source(Dataset const& dataset, SourceContext const&,
                                                   std::vector<std::string> files) {
  Place place = dataset.source.place;
  std::string const name = files.empty() ? dataset.id : files.front();
  return failure({.fault = Fault::data,
                  .code = "unsupported-format",
                  .place = place,
                  .message = "'" + name + "' cannot be read: SQLite databases are not supported by this build",
                  .hint = "save it as CSV"});
}

}  // namespace yekun
