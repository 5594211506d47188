#include "reports/spec_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace yekun {
namespace {

Diagnostic diagnostic(Severity severity, Place const& place, std::string code, std::string message, std::string hint) {
  Diagnostic out;
  out.severity = severity;
  out.fault = Fault::spec;
  out.code = std::move(code);
  out.place = place;
  out.message = std::move(message);
  out.hint = std::move(hint);
  return out;
}

bool is_free(std::string_view key) { return key.starts_with("x-"); }

}  // namespace

void SpecNotes::error(Place const& place, std::string code, std::string message, std::string hint) {
  problems.push_back(diagnostic(Severity::error, place, std::move(code), std::move(message), std::move(hint)));
}

void SpecNotes::warning(Place const& place, std::string code, std::string message, std::string hint) {
  problems.push_back(diagnostic(Severity::warning, place, std::move(code), std::move(message), std::move(hint)));
}

std::string_view kind_words(JsonKind kind) {
  switch (kind) {
    case JsonKind::null:
      return "null";
    case JsonKind::boolean:
      return "true or false";
    case JsonKind::integer:
    case JsonKind::number:
      return "a number";
    case JsonKind::string:
      return "a text";
    case JsonKind::array:
      return "a list";
    case JsonKind::object:
      return "an object";
  }
  return "a value";
}

Place inside(Place const& place, std::uint64_t offset) {
  Place out = place;
  out.column += 1 + offset;
  return out;
}

void wrong_type(JsonNode const& node, std::string_view key, std::string_view expected, SpecNotes& notes) {
  auto const found = node.kind == JsonKind::boolean ? (node.boolean ? "true" : "false") : kind_words(node.kind);
  bool const quoted_number =
      node.kind == JsonKind::string && !node.text.empty() && expected.ends_with("number") &&
      node.text.find_first_not_of("0123456789. ", node.text.front() == '-' ? 1 : 0) == std::string::npos;
  std::string bare = quoted_number ? node.text : "";
  bare.erase(std::remove(bare.begin(), bare.end(), ' '), bare.end());
  notes.error(node.place, "wrong-type", fmt::format("expected {} for '{}', found {}", expected, key, found),
              bare.empty() ? "" : fmt::format("write it without quotes: {}", bare));
}

void unknown_word(JsonNode const& node, std::string_view key, std::vector<std::string> const& words, SpecNotes& notes) {
  notes.error(node.place, "unknown-word", fmt::format("unknown word '{}' for '{}'", node.text, key),
              suggestion(node.text, words));
}

bool read_any_text(JsonNode const& node, std::string_view key, std::string& out, SpecNotes& notes) {
  if (node.kind != JsonKind::string) {
    wrong_type(node, key, "a text", notes);
    return false;
  }
  out = node.text;
  return true;
}

bool read_text(JsonNode const& node, std::string_view key, std::string& out, SpecNotes& notes) {
  if (!read_any_text(node, key, out, notes)) return false;
  if (!out.empty()) return true;
  notes.error(node.place, "empty-text", fmt::format("'{}' is an empty text", key), "write a text or leave the key out");
  return false;
}

bool read_texts(JsonNode const& node, std::string_view key, std::vector<std::string>& out, SpecNotes& notes,
                Empty empty) {
  std::vector<std::string> read;
  std::string one;
  if (node.kind == JsonKind::string) {
    if (!read_text(node, key, one, notes)) return false;
    read.push_back(one);
  } else if (node.kind == JsonKind::array) {
    bool good = true;
    for (auto const& item : node.items) {
      if (read_text(item, key, one, notes))
        read.push_back(one);
      else
        good = false;
    }
    if (!good) return false;
  } else {
    wrong_type(node, key, "a text or a list of texts", notes);
    return false;
  }
  if (read.empty() && empty == Empty::refused) {
    notes.error(node.place, "empty-list", fmt::format("'{}' is an empty list", key));
    return false;
  }
  out = std::move(read);
  return true;
}

bool read_boolean(JsonNode const& node, std::string_view key, bool& out, SpecNotes& notes) {
  if (node.kind != JsonKind::boolean) {
    wrong_type(node, key, "true or false", notes);
    return false;
  }
  out = node.boolean;
  return true;
}

bool read_whole(JsonNode const& node, std::string_view key, std::int64_t least, std::int64_t most, std::int64_t& out,
                SpecNotes& notes) {
  if (node.kind != JsonKind::integer) {
    wrong_type(node, key, "a whole number", notes);
    return false;
  }
  if (node.integer < least || node.integer > most) {
    notes.error(node.place, "out-of-range",
                fmt::format("'{}' must be from {} to {}, found {}", key, least, most, node.text));
    return false;
  }
  out = node.integer;
  return true;
}

bool read_decimal(JsonNode const& node, std::string_view key, Decimal& out, SpecNotes& notes) {
  if (node.kind != JsonKind::integer && node.kind != JsonKind::number) {
    wrong_type(node, key, "a number", notes);
    return false;
  }
  auto const parsed = parse_decimal(node.text);
  if (parsed.error != DecimalError::none) {
    notes.error(node.place, "bad-number",
                fmt::format("'{}' must be a number with at most 6 places, found {}", key, node.text));
    return false;
  }
  out = parsed.value;
  return true;
}

bool read_local_text(JsonNode const& node, std::string_view key, LocalText& out, SpecNotes& notes, bool message) {
  TextUse use{std::string(key), {}, {}, node.place, message};
  if (node.kind == JsonKind::string) {
    std::string one;
    if (!read_text(node, key, one, notes)) return false;
    use.text.emplace("", one);
    use.places.emplace("", node.place);
  } else if (node.kind == JsonKind::object) {
    std::vector<std::string> const languages(std::begin(kLanguages), std::end(kLanguages));
    for (auto const& [language, place, value] : node.members) {
      if (is_free(language)) continue;
      if (std::find(languages.begin(), languages.end(), language) == languages.end()) {
        notes.error(place, "unknown-language", fmt::format("unknown language '{}' in '{}'", language, key),
                    suggestion(language, languages));
        continue;
      }
      std::string one;
      if (!read_text(value, key, one, notes)) continue;
      use.text.emplace(language, one);
      use.places.emplace(language, value.place);
    }
    if (node.members.empty()) notes.error(node.place, "empty-text", fmt::format("'{}' has no language", key));
  } else {
    wrong_type(node, key, "a text, or an object of language and text", notes);
    return false;
  }
  out = use.text;
  notes.texts.push_back(std::move(use));
  return true;
}

bool is_identifier(std::string_view text) {
  auto const letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  auto const digit = [](char c) { return c >= '0' && c <= '9'; };
  return !text.empty() && letter(text.front()) &&
         std::all_of(text.begin(), text.end(), [&](char c) { return letter(c) || digit(c); });
}

std::vector<JsonMember const*> read_ids(JsonNode const& node, std::string_view key, SpecNotes& notes) {
  std::vector<JsonMember const*> out;
  if (node.kind != JsonKind::object) {
    wrong_type(node, key, "an object", notes);
    return out;
  }
  for (auto const& member : node.members) {
    if (is_free(member.key)) continue;
    if (is_identifier(member.key)) {
      out.push_back(&member);
      continue;
    }
    notes.error(member.key_place, "bad-name", fmt::format("'{}' cannot be a name in '{}'", member.key, key),
                "use letters a-z, digits and _, beginning with a letter");
  }
  return out;
}

void note_names(JsonNode const& node, NameKind kind, std::string const& scope, SpecNotes& notes) {
  bool const code = kind == NameKind::expression || kind == NameKind::measure || kind == NameKind::formula ||
                    kind == NameKind::row_filter;
  auto const note = [&](JsonNode const& one) {
    notes.names.push_back({kind, one.text, scope, code ? inside(one.place) : one.place});
  };
  if (node.kind == JsonKind::string) note(node);
  for (auto const& item : node.items) note(item);
}

ObjectReader::ObjectReader(JsonNode const& node, std::string what, SpecNotes& notes)
    : node_(node), what_(std::move(what)), notes_(notes) {
  if (!is_object())
    notes_.error(node_.place, "wrong-type",
                 fmt::format("expected an object for {}, found {}", what_, kind_words(node_.kind)));
}

JsonNode const* ObjectReader::optional(std::string_view key) {
  known_.emplace_back(key);
  return node_.find(key);
}

JsonNode const* ObjectReader::required(std::string_view key) {
  auto const* found = optional(key);
  if (found == nullptr && is_object()) missing_.emplace_back(key);
  return found;
}

JsonNode const* ObjectReader::text(std::string_view key, std::string& out) {
  auto const* node = optional(key);
  return node != nullptr && read_text(*node, key, out, notes_) ? node : nullptr;
}

JsonNode const* ObjectReader::texts(std::string_view key, std::vector<std::string>& out, Empty empty) {
  auto const* node = optional(key);
  return node != nullptr && read_texts(*node, key, out, notes_, empty) ? node : nullptr;
}

JsonNode const* ObjectReader::boolean(std::string_view key, bool& out) {
  auto const* node = optional(key);
  return node != nullptr && read_boolean(*node, key, out, notes_) ? node : nullptr;
}

JsonNode const* ObjectReader::whole(std::string_view key, std::int64_t least, std::int64_t most, std::int64_t& out) {
  auto const* node = optional(key);
  return node != nullptr && read_whole(*node, key, least, most, out, notes_) ? node : nullptr;
}

JsonNode const* ObjectReader::decimal(std::string_view key, std::optional<Decimal>& out) {
  auto const* node = optional(key);
  Decimal value;
  if (node == nullptr || !read_decimal(*node, key, value, notes_)) return nullptr;
  out = value;
  return node;
}

JsonNode const* ObjectReader::date(std::string_view key, std::optional<Date>& out) {
  std::string written;
  auto const* node = text(key, written);
  if (node == nullptr) return nullptr;
  out = parse_iso_date(written);
  if (out) return node;
  notes_.error(node->place, "bad-date", fmt::format("'{}' is not a date", written), "write it as 2025-07-14");
  return nullptr;
}

JsonNode const* ObjectReader::local_text(std::string_view key, LocalText& out, bool message) {
  auto const* node = optional(key);
  return node != nullptr && read_local_text(*node, key, out, notes_, message) ? node : nullptr;
}

JsonNode const* ObjectReader::name(std::string_view key, NameKind kind, std::string& out, std::string const& scope) {
  auto const* node = text(key, out);
  if (node != nullptr) note_names(*node, kind, scope, notes_);
  return node;
}

JsonNode const* ObjectReader::names(std::string_view key, NameKind kind, std::vector<std::string>& out,
                                    std::string const& scope, Empty empty) {
  auto const* node = texts(key, out, empty);
  if (node != nullptr) note_names(*node, kind, scope, notes_);
  return node;
}

bool ObjectReader::is_unknown(JsonMember const& member) const {
  return !is_free(member.key) && std::find(known_.begin(), known_.end(), member.key) == known_.end();
}

bool ObjectReader::misspelt(std::string_view key) const {
  return std::any_of(node_.members.begin(), node_.members.end(), [&](JsonMember const& member) {
    return is_unknown(member) && nearest(member.key, known_) == key;
  });
}

void ObjectReader::finish() {
  for (auto const& key : missing_)
    if (!misspelt(key)) notes_.error(node_.place, "missing-key", fmt::format("'{}' is missing in {}", key, what_));
  for (auto const& member : node_.members) {
    if (!is_unknown(member)) continue;
    notes_.error(member.key_place, "unknown-key", fmt::format("unknown key '{}' in {}", member.key, what_),
                 suggestion(member.key, known_));
  }
}

void finish_diagnostics(Diagnostics& diagnostics, std::string const& file, std::string_view text) {
  auto const key = [](Diagnostic const& d) {
    return std::tie(d.place.file, d.place.line, d.place.column, d.place.row, d.place.field, d.code, d.message);
  };
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [&](auto const& a, auto const& b) { return key(a) < key(b); });
  auto const same = [&](auto const& a, auto const& b) { return key(a) == key(b); };
  diagnostics.erase(std::unique(diagnostics.begin(), diagnostics.end(), same), diagnostics.end());
  for (auto& one : diagnostics)
    if (one.place.file == file && one.place.line > 0 && one.source_line.empty())
      one.source_line = redact(line_of(text, one.place.line));
}

}  // namespace yekun
