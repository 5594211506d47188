#include "reports/narrative_pieces.h"

namespace yekun {

namespace {

std::string trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

MessagePiece argument_piece(std::string_view text) {
  MessagePiece piece{std::string(text), true};
  std::string_view const inside = text.substr(1, text.size() - 2);
  auto const comma = inside.find(',');
  piece.name = trimmed(inside.substr(0, comma));
  if (comma == std::string_view::npos) return piece;
  std::string_view const rest = inside.substr(comma + 1);
  auto const second = rest.find(',');
  piece.kind = trimmed(rest.substr(0, second));
  if (second != std::string_view::npos) piece.style = trimmed(rest.substr(second + 1));
  return piece;
}

/// Past a quoted stretch that starts at `at` (an apostrophe before a brace); `at + 1` for a plain apostrophe.
std::size_t past_apostrophe(std::string_view text, std::size_t at) {
  if (at + 1 >= text.size() || (text[at + 1] != '{' && text[at + 1] != '}')) return at + 1;
  auto const end = text.find('\'', at + 1);
  return end == std::string_view::npos ? text.size() : end + 1;
}

}  // namespace

std::vector<MessagePiece> cut_message(std::string_view text) {
  std::vector<MessagePiece> pieces;
  std::size_t start = 0;
  int depth = 0;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '\'') {
      i = past_apostrophe(text, i);
      continue;
    }
    if (text[i] == '{' && depth++ == 0) {
      if (i > start) pieces.push_back({std::string(text.substr(start, i - start))});
      start = i;
    }
    ++i;
    if (text[i - 1] == '}' && depth > 0 && --depth == 0) {
      pieces.push_back(argument_piece(text.substr(start, i - start)));
      start = i;
    }
  }
  if (start < text.size()) pieces.push_back({std::string(text.substr(start))});
  return pieces;
}

std::optional<std::string> reference_of(MessagePiece const& piece) {
  constexpr std::string_view kMark = "ref:";
  if (!piece.argument || !piece.kind.empty() || !std::string_view(piece.name).starts_with(kMark)) return {};
  return trimmed(std::string_view(piece.name).substr(kMark.size()));
}

std::vector<MessageReference> references_of(std::string_view text) {
  std::vector<MessageReference> all;
  std::size_t at = 0;
  for (auto const& piece : cut_message(text)) {
    if (auto id = reference_of(piece)) all.push_back({std::move(*id), at});
    at += piece.text.size();
  }
  return all;
}

std::string without_references(std::string_view text) {
  std::string out;
  for (auto const& piece : cut_message(text))
    if (!reference_of(piece)) out += piece.text;
  return out;
}

}  // namespace yekun
