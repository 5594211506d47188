// A message cut at its outermost arguments.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace yekun {

/// "At {period} **{n, number}** left" gives "At ", {period}, " **", {n, number}, "** left". Apostrophes quote braces as
/// in ICU; unbalanced braces stay as they are in the last piece (ICU reports them).
struct MessagePiece {
  std::string text;  // with its braces where it is an argument
  bool argument = false;
  std::string name{};   // of an argument: "n"
  std::string kind{};   // "number", "plural", ...; empty: plain
  std::string style{};  // the rest, trimmed
};

std::vector<MessagePiece> cut_message(std::string_view text);

}  // namespace yekun
