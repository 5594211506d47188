// JSON with comments, read into a tree that knows where every value stands. Built over nlohmann's SAX interface.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/diagnostic.h"

namespace yekun {

enum class JsonKind { null, boolean, integer, number, string, array, object };

struct JsonMember;

/// A JSON value with its place. Numbers keep their text, so decimals stay exact.
struct JsonNode {
  JsonKind kind = JsonKind::null;
  Place place{};       // of the value's first character
  std::string text{};  // of a string: its value; of a number: as written; else empty
  bool boolean = false;
  std::int64_t integer = 0;         // of an integer
  double number = 0;                // of an integer or number
  std::vector<JsonNode> items{};    // of an array
  std::vector<JsonMember> members;  // of an object, in the order written

  /// The member's value, or null if there is none (or this is not an object).
  JsonNode const* find(std::string_view key) const;
};

struct JsonMember {
  std::string key;
  Place key_place{};
  JsonNode value;
};

/// Bounds that keep hostile input from exhausting memory or the stack (trees are destroyed recursively).
struct JsonLimits {
  std::size_t bytes = 16U << 20U;
  std::size_t values = 500'000;
  std::size_t depth = 200;
};

/// Parses the whole text; `//` and `/* */` comments are allowed. Duplicate keys are errors (all are reported, with the
/// place of the first definition in the hint). A byte order mark is skipped. A syntax error names line and column.
/// `file` is used in places only.
Result<JsonNode> parse_json(std::string_view text, std::string const& file, JsonLimits const& limits = {});

/// The line of `text` with number `line` (1-based), without its end; for carets under errors.
std::string line_of(std::string_view text, std::uint64_t line);

/// `text` quoted and escaped as a JSON string.
std::string quote_json(std::string_view text);

}  // namespace yekun
