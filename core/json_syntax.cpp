#include "core/json_syntax.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/utf8.h"

namespace yekun {
namespace {

bool is_number_character(char c) {
  return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::string_view word_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_word_byte(text[end])) ++end;
  return first_code_points(text.substr(at, end - at), 40);
}

std::size_t line_number(std::string_view text, std::size_t at) {
  return 1 + static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

bool is_typographic_quote(std::string_view rest) {
  static constexpr std::string_view kQuotes[] = {"“", "”", "„", "«", "»", "‘", "’"};
  return std::any_of(std::begin(kQuotes), std::end(kQuotes), [&](auto q) { return rest.starts_with(q); });
}

char const* closing(JsonStop::Open const& open) { return open.object ? "}" : "]"; }
char const* opening(JsonStop::Open const& open) { return open.object ? "{" : "["; }

/// The mistake inside the string that starts at `at`: not closed, a control character, or an unknown escape.
JsonMistake explain_string(std::string_view text, std::size_t at) {
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    char const c = text[i];
    if (c == '"' || c == '\n' || c == '\r') break;
    if (static_cast<unsigned char>(c) < 0x20)
      return {i, "json-syntax", c == '\t' ? "a tab inside a text" : "a control character inside a text",
              c == '\t' ? "write \\t, or use spaces" : "remove it"};
    if (c != '\\') continue;
    char const next = i + 1 < text.size() ? text[i + 1] : '\n';
    if (std::string_view("\"\\/bfnrtu").find(next) == std::string_view::npos && next != '\n')
      return {
          i, "json-syntax",
          fmt::format("'\\{}' means nothing inside a text", to_valid_utf8(first_code_points(text.substr(i + 1), 1))),
          "to write a backslash, double it: \\\\; in paths use / instead"};
    if (next == 'u') {
      auto const hex = text.substr(i + 2, 4);
      bool const good = hex.size() == 4 && hex.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
      if (!good)
        return {i, "json-syntax", "'\\u' must be followed by four hexadecimal digits",
                "write the character itself instead"};
    }
    ++i;
  }
  if (string_end(text, at) < text.size() &&
      text.substr(at, string_end(text, at) - at).find('\n') == std::string_view::npos)
    return {at, "json-syntax", "this text holds half of a '\\u' character pair", "write the character itself instead"};
  return {at, "json-syntax", "the text that starts here has no closing quote on its line",
          "add '\"' where the text ends"};
}

JsonMistake explain_end(std::string_view text, JsonStop const& stop) {
  std::size_t const at = stop.accepted_end;
  if (auto const comment = text.find("/*", at);
      comment != std::string_view::npos && text.find("*/", comment) == std::string_view::npos)
    return {comment, "json-syntax", "the comment that starts here is not closed", "add '*/' where the comment ends"};
  if (stop.open.empty()) return {0, "json-syntax", "the file is empty, expected '{'", ""};
  auto const& open = stop.open.back();
  return {open.at, "json-syntax", fmt::format("the '{}' here is not closed", opening(open)),
          fmt::format("add '{}' where it ends", closing(open))};
}

JsonMistake explain_word(std::string_view text, std::size_t at) {
  auto const word = word_at(text, at);
  std::string const low = lower(word);
  std::string hint = "put texts in double quotes";
  if (low == "true" || low == "yes" || low == "on") hint = "did you mean true?";
  if (low == "false" || low == "no" || low == "off") hint = "did you mean false?";
  if (low == "null" || low == "none" || low == "nil" || low == "nan") hint = "did you mean null?";
  return {at, "json-syntax", fmt::format("'{}' is not in quotes and is not true, false or null", word), hint};
}

JsonMistake explain_number(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && end < at + 40 && is_number_character(text[end])) ++end;
  auto const number = text.substr(at, end - at);
  std::string hint = "write numbers like 12, -0.5 or 1e6";
  if (number.size() > 1 && number[0] == '0' && number[1] >= '0' && number[1] <= '9')
    hint = "remove the leading zeros, or put it in quotes";
  if (number.starts_with('.')) hint = fmt::format("write 0{}", number);
  if (number.starts_with('+')) hint = fmt::format("write {}", number.substr(1));
  if (number.ends_with('.')) hint = fmt::format("write {}", number.substr(0, number.size() - 1));
  if (std::count(number.begin(), number.end(), '-') > 1) hint = "put dates in double quotes";
  return {at, "json-syntax", fmt::format("'{}' is not a number that JSON knows, or is too large", number), hint};
}

/// A value was expected and what stands at `at` is none.
JsonMistake explain_value(std::string_view text, std::size_t at) {
  char const c = text[at];
  if (c == '"') return explain_string(text, at);
  if (c == '\'' || is_typographic_quote(text.substr(at)))
    return {at, "json-syntax", fmt::format("texts start with \", not {}", first_code_points(text.substr(at), 1)),
            "use straight double quotes on both sides"};
  if (is_number_character(c) && c != 'e' && c != 'E') return explain_number(text, at);
  if (is_word_byte(c)) return explain_word(text, at);
  return {at, "json-syntax",
          fmt::format("expected a value, found '{}'", to_valid_utf8(first_code_points(text.substr(at), 1))), ""};
}

JsonMistake explain_name(std::string_view text, std::size_t at) {
  char const c = text[at];
  if (c == '"') return explain_string(text, at);
  if (c == '\'' || is_typographic_quote(text.substr(at)))
    return {at, "json-syntax", fmt::format("names start with \", not {}", first_code_points(text.substr(at), 1)),
            "use straight double quotes on both sides"};
  if (is_number_character(c) && at > 1 && text[at - 1] == ',' && is_number_character(text[at - 2])) {  // 8,5
    std::size_t start = at - 1;
    while (start > 0 && is_number_character(text[start - 1])) --start;
    auto const whole = text.substr(start, at - 1 - start);
    auto const rest = word_at(text, at);
    return {start, "json-syntax", fmt::format("'{},{}' is not a number that JSON knows", whole, rest),
            fmt::format("write a point: {}.{}", whole, rest)};
  }
  if (is_word_byte(c)) {
    auto const word = word_at(text, at);
    return {at, "json-syntax", fmt::format("the name '{}' must stand in double quotes", word),
            fmt::format("write \"{}\"", word)};
  }
  return {
      at, "json-syntax",
      fmt::format("expected a name in double quotes, found '{}'", to_valid_utf8(first_code_points(text.substr(at), 1))),
      ""};
}

/// After a complete value inside a container: a comma or the closing bracket was due.
JsonMistake explain_after_value(std::string_view text, JsonStop const& stop, std::size_t at) {
  auto const& open = stop.open.back();
  char const c = text[at];
  if (at == stop.accepted_end && is_number_character(c) && is_number_character(text[at - 1])) {  // 01, 2025-07-14
    std::size_t start = at;
    while (start > 0 && is_number_character(text[start - 1])) --start;
    return explain_number(text, start);
  }
  if (c == '}' || c == ']')
    return {at, "json-syntax",
            fmt::format("expected '{}' to close the '{}' of line {}, found '{}'", closing(open), opening(open),
                        line_number(text, open.at), c),
            ""};
  if (c == ':')
    return {at, "json-syntax", "expected ',' or a closing bracket, found ':'",
            open.object ? "" : "members with names need { } around them"};
  bool const text_runs_on = at == stop.accepted_end && is_word_byte(c) && text[at - 1] == '"';
  return {stop.accepted_end, "json-syntax", "a comma is missing here",
          text_runs_on ? "add ',' between this and what follows; or a text before it lacks its closing quote"
                       : "add ',' between this and what follows"};
}

}  // namespace

std::size_t skip_filler(std::string_view text, std::size_t i, bool marks) {
  while (i < text.size()) {
    char const c = text[i];
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || (marks && (c == ',' || c == ':'))) {
      ++i;
    } else if (text.substr(i, 2) == "//") {
      i = std::min(text.find('\n', i), text.size());
    } else if (text.substr(i, 2) == "/*") {
      auto const end = text.find("*/", i + 2);
      if (end == std::string_view::npos) return text.size();
      i = end + 2;
    } else {
      return i;
    }
  }
  return text.size();
}

std::size_t number_length(std::string_view text, std::size_t from) {
  auto const is_digit = [&](std::size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
  std::size_t i = from;
  if (i < text.size() && text[i] == '-') ++i;
  if (i < text.size() && text[i] == '0')
    ++i;
  else
    while (is_digit(i)) ++i;
  if (i < text.size() && text[i] == '.' && is_digit(i + 1))
    for (++i; is_digit(i);) ++i;
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    std::size_t const sign = i + 1 < text.size() && (text[i + 1] == '+' || text[i + 1] == '-') ? 1 : 0;
    if (is_digit(i + 1 + sign))
      for (i += 1 + sign; is_digit(i);) ++i;
  }
  return i - from;
}

std::size_t string_end(std::string_view text, std::size_t from) {
  for (std::size_t i = from + 1; i < text.size(); ++i) {
    if (text[i] == '\\')
      ++i;
    else if (text[i] == '"')
      return i + 1;
  }
  return text.size();
}

JsonMistake explain(std::string_view text, JsonStop const& stop) {
  std::size_t at = skip_filler(text, stop.accepted_end, false);
  if (at >= text.size()) return explain_end(text, stop);
  if (stop.open.empty()) {
    if (stop.after_opening) return explain_value(text, at);
    return {at, "json-syntax", "there is text after the end of the JSON value", "remove it, or put it in a comment"};
  }
  auto const& open = stop.open.back();
  if (stop.after_key) {
    if (text[at] != ':')
      return {stop.accepted_end, "json-syntax", fmt::format("expected ':' after the name \"{}\"", stop.key), ""};
    at = skip_filler(text, at + 1, false);
    if (at >= text.size()) return explain_end(text, stop);
    if (text[at] == ',' || text[at] == '}' || text[at] == ']')
      return {at, "json-syntax", fmt::format("the name \"{}\" has no value", stop.key),
              "write one after the ':', or remove the name"};
    return explain_value(text, at);
  }
  if (!stop.after_opening) {
    if (text[at] != ',') return explain_after_value(text, stop, at);
    std::size_t const comma = at;
    at = skip_filler(text, at + 1, false);
    if (at >= text.size()) return explain_end(text, stop);
    if (text[at] == '}' || text[at] == ']')
      return {comma, "json-syntax", fmt::format("a comma must not stand before '{}'", text[at]), "remove the comma"};
    if (text[at] == ',') return {at, "json-syntax", "two commas in a row", "remove one"};
  }
  if (stop.after_opening && (text[at] == '}' || text[at] == ']')) return explain_after_value(text, stop, at);
  return open.object ? explain_name(text, at) : explain_value(text, at);
}

}  // namespace yekun
