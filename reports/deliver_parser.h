// "deliver" of a report: recipients, attachments, conditions, and the way out.
#pragma once

#include "reports/deliver_spec.h"
#include "reports/spec_reader.h"

namespace yekun {

/// Mistakes are noted with their places: addresses that are none, names that do not exist, passwords in the spec.
DeliverSpec parse_deliver(JsonNode const& node, SpecNotes& notes);

/// "through": the way out.
TransportSpec parse_through(JsonNode const& node, SpecNotes& notes);

/// A text that must be an address; nothing, with a note, where it is none.
std::optional<MailAddress> read_address(JsonNode const& node, std::string_view key, SpecNotes& notes);

}  // namespace yekun
