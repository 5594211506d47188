// Why a JSON text does not parse, in words for people who do not program. Used by json_tree.cpp only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostic.h"

namespace yekun {

/// What the parser was in when it stopped: the containers that are open and the last token that it accepted.
struct JsonStop {
  struct Open {
    bool object = false;
    std::size_t at = 0;  // offset of the bracket
  };
  std::vector<Open> open{};
  std::size_t accepted_end = 0;  // offset one past the last accepted token
  bool after_key = false;        // that token was a member's name
  bool after_opening = true;     // that token was a bracket that opens, or there was none
  std::string key{};             // the last accepted name
};

/// Offset of the first byte at or after `from` that is not white space, a comment or, if `marks`, `,` or `:`.
/// The length of `text` if there is none or a block comment is not closed.
std::size_t skip_filler(std::string_view text, std::size_t from, bool marks);

/// Length of the JSON number that starts at `from`.
std::size_t number_length(std::string_view text, std::size_t from);

/// One past the closing quote of the string that starts at `from`; the length of `text` if it is not closed.
std::size_t string_end(std::string_view text, std::size_t from);

/// A mistake and the byte offset to show it at.
struct JsonMistake {
  std::size_t at = 0;
  std::string code{};
  std::string message{};
  std::string hint{};
};
JsonMistake explain(std::string_view text, JsonStop const& stop);

}  // namespace yekun
