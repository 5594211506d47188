// Tokens of expressions, measures and formulas.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostic.h"

namespace yekun {

struct Token {
  enum class Kind { end, name, quoted_name, number, text, symbol };
  Kind kind = Kind::end;
  std::string text{};    // a name or text without its quotes; a symbol as it is ("!=" becomes "<>")
  std::uint32_t at = 0;  // bytes: [at, end)
  std::uint32_t finish = 0;
};

/// All tokens, closed by one of kind `end`. Letters outside ASCII count as letters of names.
Result<std::vector<Token>> tokenize(std::string_view text, Place const& place);

}  // namespace yekun
