#include "reports/texts_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/utf8.h"
#include "reports/narrative.h"
#include "reports/narrative_pieces.h"

namespace yekun {
namespace {

constexpr std::string_view kBuiltIn[] = {"period", "previous_period", "programme", "as_of", "group"};

bool is_known(std::string_view name, Programme const& programme) {
  if (std::find(std::begin(kBuiltIn), std::end(kBuiltIn), name) != std::end(kBuiltIn)) return true;
  return !narrative_indicator(name, programme).empty();
}

void check_references(std::string const& message, bool narrative, Place const& place,
                      std::vector<std::string> const& sections, SpecNotes& notes) {
  for (auto const& [id, at] : references_of(message)) {
    std::size_t const before = count_code_points(std::string_view(message).substr(0, at));
    if (!narrative)
      notes.error(inside(place, before), "misplaced-reference",
                  fmt::format("'{{ref:{}}}' can stand in a 'text' only", id));
    else if (std::find(sections.begin(), sections.end(), id) == sections.end())
      notes.error(inside(place, before), "unknown-reference", fmt::format("no section is called '{}'", id),
                  sections.empty() ? "give a section of this report an \"id\"" : suggestion(id, sections));
  }
}

/// Of a mail's subject: title and period, nothing else.
void check_subject(std::string const& message, Place const& place, SpecNotes& notes) {
  static std::vector<std::string> const known{"title", "period"};
  auto const names = message_arguments(message);
  if (!names)
    notes.error(place, "bad-message", fmt::format("the text cannot be read as a message: {}", names.error()),
                "write {title} and {period}");
  else
    for (auto const& name : *names)
      if (std::find(known.begin(), known.end(), name) == known.end())
        notes.error(place, "unknown-argument", fmt::format("'{{{}}}' cannot stand in a subject", name),
                    suggestion(name, known));
}

void check_message(std::string const& message, Place const& place, Programme const& programme, SpecNotes& notes) {
  auto const names = message_arguments(without_references(message));
  if (!names) {
    notes.error(place, "bad-message", fmt::format("the text cannot be read as a message: {}", names.error()),
                "write {indicator}, {indicator, number} or {indicator, plural, one {...} other {...}}");
    return;
  }
  for (auto const& name : *names) {
    if (is_known(name, programme)) continue;
    std::vector<std::string> known = built_in_arguments();
    for (auto const& indicator : programme.indicators) known.push_back(indicator.id);
    notes.error(place, "unknown-argument",
                fmt::format("'{{{}}}' in the text is neither an indicator nor built in", name),
                suggestion(name, known));
  }
}

}  // namespace

std::vector<std::string> built_in_arguments() { return {std::begin(kBuiltIn), std::end(kBuiltIn)}; }

void check_text(TextUse const& use, std::vector<std::string> const& languages, Programme const& programme,
                std::vector<std::string> const& sections, SpecNotes& notes) {
  if (use.text.count("") == 0 && !use.text.empty()) {
    std::vector<std::string> absent;
    for (auto const& language : languages)
      if (use.text.count(language) == 0) absent.push_back(language);
    if (!absent.empty())
      notes.error(use.place, "missing-language",
                  fmt::format("'{}' is missing in {}", use.what, fmt::join(absent, ", ")),
                  "every language of the report needs its text; one text without languages holds for all");
  }
  if (!use.message) return;
  for (auto const& [language, message] : use.text) {
    if (use.what == "subject") {
      check_subject(message, use.places.at(language), notes);
      continue;
    }
    check_message(message, use.places.at(language), programme, notes);
    check_references(message, use.what == "text", use.places.at(language), sections, notes);
  }
}

}  // namespace yekun
