#include <algorithm>

#include "reports/spec_reader.h"

namespace yekun {
namespace {

struct Range {
  std::size_t first = 0;
  std::size_t end = 0;
};

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

/// After "password =" or "password": ", up to a space or a quote.
Range after_key(std::string const& text, std::size_t from) {
  static constexpr std::string_view kKey = "password";
  auto const key = text.find(kKey, from);
  if (key == std::string::npos) return {};
  auto first = text.find_first_not_of(" \"", key + kKey.size());
  if (first == std::string::npos || (text[first] != '=' && text[first] != ':'))
    return after_key(text, key + kKey.size());
  first = std::min(text.find_first_not_of(" \"", first + 1), text.size());
  return {first, std::min(text.find_first_of(" \"", first), text.size())};
}

/// Between ":" and "@" of "scheme://user:password@host".
Range in_address(std::string const& text, std::size_t from) {
  auto const scheme = text.find("://", from);
  if (scheme == std::string::npos) return {};
  auto const end = text.find_first_of("@/ \"", scheme + 3);
  auto const colon = text.find(':', scheme + 3);
  if (end == std::string::npos || text[end] != '@' || colon == std::string::npos || colon > end)
    return in_address(text, scheme + 3);
  return {colon + 1, end};
}

}  // namespace

bool holds_secret(std::string_view connection) {
  auto const text = lower_ascii(connection);
  return after_key(text, 0).end > 0 || in_address(text, 0).end > 0;
}

std::string redact(std::string line) {
  for (auto const find : {after_key, in_address}) {
    for (auto range = find(lower_ascii(line), 0); range.end > 0;) {
      line.replace(range.first, range.end - range.first, "***");
      range = find(lower_ascii(line), range.first + 3);
    }
  }
  return line;
}

}  // namespace yekun
