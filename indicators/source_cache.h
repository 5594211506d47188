// The sources of a run, each opened once, and the schemas of their datasets.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "indicators/definitions.h"
#include "indicators/engine.h"
#include "indicators/row_schema.h"

namespace yekun {

class SourceCache final : public SourceOpener {
 public:
  SourceCache(Programme const& programme, SourceContext const& context) : programme_(programme), context_(context) {}
  Result<Source const*> open(std::string const& dataset) override;
  Result<std::vector<FoundColumn> const*> columns(std::string const& dataset);
  /// With the columns of its lookups' targets.
  Result<RowSchema const*> schema(std::string const& dataset);

 private:
  Programme const& programme_;
  SourceContext const& context_;
  std::map<std::string, std::unique_ptr<Source>> sources_{};
  std::map<std::string, std::vector<FoundColumn>> columns_{};
  std::map<std::string, RowSchema> schemas_{};
};

}  // namespace yekun
