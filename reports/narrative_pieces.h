// A message cut at its outermost arguments.
#pragma once

#include <optional>
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

/// "{ref:results}": the number of the table or chart of the section with that id.
struct MessageReference {
  std::string id;
  std::size_t at = 0;  // bytes before it in the message
};
/// The id behind a piece "{ref:results}"; nullopt for any other.
std::optional<std::string> reference_of(MessagePiece const& piece);
/// The references of a message, in order.
std::vector<MessageReference> references_of(std::string_view text);
/// The message with its references left out: ICU does not know them.
std::string without_references(std::string_view text);

}  // namespace yekun
