// Narrative texts: markdown with ICU messages over indicators -> paragraphs with the numbers in the reader's language.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/catalogue.h"
#include "indicators/definitions.h"
#include "reports/document.h"

namespace yekun {

/// A name that a text may use: a computed value of an indicator, or a text (period, programme, as_of).
struct NarrativeValue {
  Value value{};
  NumberShape shape{};
  std::string figure{};
  std::string text{};  // of a built-in; value is ignored where `is_text`
  bool is_text = false;
};
using NarrativeValues = std::map<std::string, NarrativeValue, std::less<>>;

/// The indicator behind a name in a text: itself, or the one whose companion (`x_target`, ...) it is; empty if none.
std::string narrative_indicator(std::string_view name, Programme const& programme);

/// Indicators that a text names, each once, in order of appearance: `{x, …}` and its companions `{x_target}`,
/// `{x_previous}`, `{x_change}`, `{x_baseline}`, `{x_cumulative}`, `{x_achievement}`, `{x_last_year}`. The error is a
/// message without place: a text that ICU cannot parse, a name that is neither indicator, companion nor built-in
/// (period, previous_period, programme, as_of, group).
tl::expected<std::vector<std::string>, std::string> narrative_indicators(std::string_view text,
                                                                         Programme const& programme);

/// `{x}`, `{x, number}` and `{x, number, percent}` are written as tables write the indicator; plural, select and
/// number with any other style are ICU's. A missing value reads "no data" whatever the form. Runs that show a figure
/// carry its id. `{ref:results}` gives a run whose `target` is that id, to be replaced by what it refers to. The error
/// is a message without place.
tl::expected<std::vector<Paragraph>, std::string> write_narrative(std::string_view text, NarrativeValues const& values,
                                                                  Catalogue const& catalogue);

/// The same for a title: one line, no markdown.
tl::expected<std::string, std::string> write_line(std::string_view text, NarrativeValues const& values,
                                                  Catalogue const& catalogue);

}  // namespace yekun
