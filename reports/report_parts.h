// The parts of report.json, a parser each.
#pragma once

#include "reports/report_spec.h"
#include "reports/spec_reader.h"

namespace yekun {

std::vector<Section> parse_sections(JsonNode const& node, SpecNotes& notes);
TableSection parse_table(JsonNode const& node, SpecNotes& notes);
ChartSection parse_chart(JsonNode const& node, SpecNotes& notes);

/// "residents" or "residents:desc"; notes the indicator.
void parse_sort(ObjectReader& reader, std::string& indicator, bool& descending);

}  // namespace yekun
