// What a report is made from, as one hash: whether what was made before is still what would be made now.
#pragma once

#include <optional>
#include <string>

#include "app/prepared_report.h"

namespace yekun {

/// SHA-256 over the program (its build, not only its version), the spec, period and as-of day, the data files that were
/// read with the lookups, targets, maps, comments and logo beside them. nullopt: something has no hash (a database), so
/// that nothing can be said.
std::optional<std::string> inputs_digest(PreparedReport const& report, SourceContext const& sources);

/// Its outputs and languages as text: "pdf,xlsx;az,en".
std::string options_text(BuildPlan const& plan);

}  // namespace yekun
