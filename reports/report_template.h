// Reports that follow a template: its keys and sections where the report has none of its own, and "$name" parameters.
#pragma once

#include <string>
#include <vector>

#include "reports/spec_reader.h"

namespace yekun {

/// The names of the carried templates (templates/reports/), sorted.
std::vector<std::string> template_names();

/// The report as it stands once its `template` (a carried one, or the path of a file below `folder`, the report's) is
/// laid under it and its parameters are filled in:
/// - keys of the report replace the template's;
/// - a section with the id of one of the template's replaces what it names of that, `"remove": true` takes it out;
///   any other section stands after the one before it in the report's list, or after the one that `after` names; a list
///   without any `id` or `after` stands instead of the template's;
/// - a value "$name" stands for `name` of `with` (a list within a list is spliced). A section that uses one that is
///   null or absent is left out where it is `optional`; else that is an error.
/// Every node keeps the place where it was written. Without `template` and `with` the report is returned as it is.
/// The template's text is appended to `followed`.
JsonNode with_template(JsonNode report, std::string const& folder, SpecNotes& notes, std::string& followed);

/// The keys of a section that say what it shows: "kpis", "text", ...
std::vector<std::string> const& section_contents();

}  // namespace yekun
