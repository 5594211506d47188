// The parts of programme.json, a parser each.
#pragma once

#include "indicators/definitions.h"
#include "reports/spec_reader.h"

namespace yekun {

Dataset parse_dataset(std::string const& id, JsonNode const& node, SpecNotes& notes);
SourceSpec parse_source(JsonNode const& node, SpecNotes& notes);
std::vector<RuleSpec> parse_rules(JsonNode const& node, std::string const& dataset, SpecNotes& notes);
std::vector<LookupSpec> parse_lookups(JsonNode const& node, std::string const& dataset, SpecNotes& notes);
Dimension parse_dimension(std::string const& id, JsonNode const& node, SpecNotes& notes);
/// Adds the indicators of "packs": templates over roles of columns (docs/packs.md).
void parse_packs(JsonNode const& node, Programme& programme, SpecNotes& notes);
Indicator parse_indicator(std::string const& id, JsonNode const& node, FiscalYear const& fiscal, SpecNotes& notes);

/// The members of an object of texts: "map": {"K": "female"}.
void parse_mapping(JsonNode const& node, std::string_view key, std::map<std::string, std::string>& out,
                   SpecNotes& notes);

/// "a,b" -> a, b; without spaces around.
std::vector<std::string> split_names(std::string_view text);

/// "dataset.column" or "dataset.a,b" cut in two; both empty where there is no dot.
struct DatasetColumns {
  std::string dataset;
  std::vector<std::string> columns;
};
DatasetColumns split_dataset_columns(std::string_view text);

}  // namespace yekun
