// A small typed reader over JSON trees: required and optional fields, unknown keys refused with did-you-mean, every
// mistake collected with its place. What can only be checked later (names, texts, expressions) is noted with its place.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.h"
#include "core/decimal.h"
#include "core/diagnostic.h"
#include "core/json_tree.h"
#include "core/locale.h"

namespace yekun {

/// What a name in a spec stands for.
enum class NameKind {
  dataset,         // "services"
  column,          // of `scope`, a dataset: "region"
  date,            // a column of `scope` whose values are days
  dataset_column,  // "services.person_id"; several columns of one dataset: "population.region,year"
  dimension,       // a dimension or a column of some dataset
  grouping,        // a dimension, a column, or a period: "period", "month", ...
  indicator,
  expression,  // over the rows of `scope`, a dataset
  measure,     // over the rows of `scope`: "sum(residents)"
  formula,     // over indicators
  row_filter   // over the rows of every dataset of the indicators asked: `where` of a section
};

/// A name or expression in a spec and where it stands.
struct NameUse {
  NameKind kind = NameKind::indicator;
  std::string name;
  std::string scope{};  // the dataset, where the kind needs one
  Place place{};        // of a name: the value; of an expression: its first character
};

/// A text for readers and where it stands.
struct TextUse {
  std::string what;  // the key: "title"
  LocalText text{};
  std::map<std::string, Place> places{};  // by language; "" for a text that holds for all languages
  Place place{};
  bool message = false;  // an ICU message: arguments are checked
};

/// What was found while one spec was read.
struct SpecNotes {
  Diagnostics problems{};
  std::vector<NameUse> names{};
  std::vector<TextUse> texts{};
  std::vector<NameUse> broken{};  // columns (name, scope) whose declaration is wrong: what uses them is not blamed
  void error(Place const& place, std::string code, std::string message, std::string hint = {});
  void warning(Place const& place, std::string code, std::string message, std::string hint = {});
};

/// One word of a closed list.
template <class E>
struct Word {
  std::string_view word;
  E value;
};

/// "a text", "a number", "a list", ... for messages.
std::string_view kind_words(JsonKind kind);

/// May a list be empty?
enum class Empty { refused, allowed };

/// The place `offset` characters into a JSON string that begins at `place` (0: the first character inside the quotes).
Place inside(Place const& place, std::uint64_t offset = 0);

/// Reads of single values. Each returns false after noting an error; `key` names the value in messages.
bool read_text(JsonNode const& node, std::string_view key, std::string& out, SpecNotes& notes);      // not empty
bool read_any_text(JsonNode const& node, std::string_view key, std::string& out, SpecNotes& notes);  // may be empty
/// One text or a list of them.
bool read_texts(JsonNode const& node, std::string_view key, std::vector<std::string>& out, SpecNotes& notes,
                Empty empty = Empty::refused);
bool read_boolean(JsonNode const& node, std::string_view key, bool& out, SpecNotes& notes);
bool read_whole(JsonNode const& node, std::string_view key, std::int64_t least, std::int64_t most, std::int64_t& out,
                SpecNotes& notes);
bool read_decimal(JsonNode const& node, std::string_view key, Decimal& out, SpecNotes& notes);
bool read_local_text(JsonNode const& node, std::string_view key, LocalText& out, SpecNotes& notes,
                     bool message = false);
/// Letters, digits and _; begins with a letter or _.
bool is_identifier(std::string_view text);
/// The members of an object whose keys are ids; x- keys are left out, bad ids are errors (and left out).
std::vector<JsonMember const*> read_ids(JsonNode const& node, std::string_view key, SpecNotes& notes);
void wrong_type(JsonNode const& node, std::string_view key, std::string_view expected, SpecNotes& notes);
void unknown_word(JsonNode const& node, std::string_view key, std::vector<std::string> const& words, SpecNotes& notes);

/// Reads one object. Every key asked for is known; finish() refuses the others. Keys that start with "x-" are free.
class ObjectReader {
 public:
  /// `what` names the object in messages: "a rule". A node that is no object is an error; all keys are absent then.
  ObjectReader(JsonNode const& node, std::string what, SpecNotes& notes);

  bool is_object() const { return node_.kind == JsonKind::object; }
  JsonNode const& node() const { return node_; }
  SpecNotes& notes() { return notes_; }

  JsonNode const* optional(std::string_view key);
  JsonNode const* required(std::string_view key);

  /// Each leaves `out` as it is where the key is absent or wrong, and returns the value's node where it was read.
  JsonNode const* text(std::string_view key, std::string& out);
  JsonNode const* texts(std::string_view key, std::vector<std::string>& out, Empty empty = Empty::refused);
  JsonNode const* boolean(std::string_view key, bool& out);
  JsonNode const* whole(std::string_view key, std::int64_t least, std::int64_t most, std::int64_t& out);
  JsonNode const* decimal(std::string_view key, std::optional<Decimal>& out);
  JsonNode const* date(std::string_view key, std::optional<Date>& out);
  JsonNode const* local_text(std::string_view key, LocalText& out, bool message = false);
  /// The same as text() and texts(), noting the names for the later check.
  JsonNode const* name(std::string_view key, NameKind kind, std::string& out, std::string const& scope = {});
  JsonNode const* names(std::string_view key, NameKind kind, std::vector<std::string>& out,
                        std::string const& scope = {}, Empty empty = Empty::refused);

  template <class E>
  JsonNode const* choice(std::string_view key, E& out, std::span<Word<E> const> words) {
    std::string word;
    auto const* node = text(key, word);
    if (node == nullptr) return nullptr;
    for (auto const& one : words) {
      if (one.word != word) continue;
      out = one.value;
      return node;
    }
    std::vector<std::string> known;
    for (auto const& one : words) known.emplace_back(one.word);
    unknown_word(*node, key, known, notes_);
    return nullptr;
  }

  /// Whether a key that nobody asked for is nearly `key`: then its absence need not be reported as well.
  bool misspelt(std::string_view key) const;

  /// Call last: reports what is missing and what is unknown.
  void finish();

 private:
  JsonNode const& node_;
  std::string what_;
  SpecNotes& notes_;
  bool is_unknown(JsonMember const& member) const;
  std::vector<std::string> known_{};
  std::vector<std::string> missing_{};
};

/// Notes the names of a node that read_texts() accepted.
void note_names(JsonNode const& node, NameKind kind, std::string const& scope, SpecNotes& notes);

/// "password=..." or "://user:password@".
bool holds_secret(std::string_view connection);

/// The line with passwords of connections masked.
std::string redact(std::string line);

/// Sorts by place (stable), drops exact repeats and fills in the source line, passwords masked, of every
/// diagnostic in `file`.
void finish_diagnostics(Diagnostics& diagnostics, std::string const& file, std::string_view text);

}  // namespace yekun
