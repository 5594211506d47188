#include "data-loaders/hxl.h"

#include <algorithm>
#include <array>

namespace yekun {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_token(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; }

void skip_spaces(std::string_view& text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
}

/// A letter, then letters, digits and "_", in lower case; empty if there is none.
std::string take_token(std::string_view& text) {
  std::string token;
  if (text.empty() || !is_letter(text.front())) return token;
  while (!text.empty() && is_token(text.front())) {
    char const c = text.front();
    token.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
    text.remove_prefix(1);
  }
  return token;
}

bool has(std::vector<std::string> const& all, std::string const& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

constexpr std::array<std::string_view, 48> kStandard{
    "access",      "activity", "adm1",        "adm2",       "adm3",      "adm4",     "adm5",       "affected",
    "beneficiary", "capacity", "cause",       "channel",    "contact",   "country",  "crisis",     "currency",
    "date",        "delivery", "description", "event",      "frequency", "geo",      "group",      "impact",
    "indicator",   "inneed",   "item",        "loc",        "meta",      "modality", "need",       "operations",
    "org",         "output",   "people",      "population", "reached",   "region",   "respondee",  "sector",
    "service",     "severity", "status",      "subsector",  "targeted",  "theme",    "timeperiod", "value"};

bool is_standard(HxlTag const& tag) {
  std::string_view const name = std::string_view(tag.tag).substr(1);
  return name.starts_with("x_") || std::find(kStandard.begin(), kStandard.end(), name) != kStandard.end();
}

}  // namespace

std::optional<HxlPattern> parse_hxl_pattern(std::string_view text) {
  HxlPattern pattern;
  skip_spaces(text);
  if (!text.starts_with('#')) return std::nullopt;
  text.remove_prefix(1);
  if (text.starts_with('*')) {
    pattern.tag = "#*";
    text.remove_prefix(1);
  } else {
    std::string const token = take_token(text);
    if (token.empty()) return std::nullopt;
    pattern.tag = "#" + token;
  }
  for (skip_spaces(text); !text.empty(); skip_spaces(text)) {
    char const sign = text.front();
    text.remove_prefix(1);
    if (sign == '!') {
      skip_spaces(text);
      pattern.exactly = true;
      return text.empty() ? std::optional(pattern) : std::nullopt;
    }
    if (sign != '+' && sign != '-') return std::nullopt;
    skip_spaces(text);
    std::string token = take_token(text);
    if (token.empty()) return std::nullopt;
    (sign == '+' ? pattern.with : pattern.without).push_back(std::move(token));
  }
  return pattern;
}

std::optional<HxlTag> parse_hxl_tag(std::string_view text) {
  auto const pattern = parse_hxl_pattern(text);
  if (!pattern || pattern->tag == "#*" || pattern->exactly || !pattern->without.empty()) return std::nullopt;
  HxlTag tag{pattern->tag, pattern->with};
  std::sort(tag.attributes.begin(), tag.attributes.end());
  tag.attributes.erase(std::unique(tag.attributes.begin(), tag.attributes.end()), tag.attributes.end());
  return tag;
}

std::string to_text(HxlTag const& tag) {
  std::string text = tag.tag;
  for (auto const& attribute : tag.attributes) text += "+" + attribute;
  return text;
}

bool HxlPattern::matches(HxlTag const& other) const {
  if (tag != "#*" && tag != other.tag) return false;
  auto const there = [&](std::string const& one) { return has(other.attributes, one); };
  if (!std::all_of(with.begin(), with.end(), there) || std::any_of(without.begin(), without.end(), there)) return false;
  auto const asked = [&](std::string const& one) { return has(with, one); };
  return !exactly || std::all_of(other.attributes.begin(), other.attributes.end(), asked);
}

bool is_hxl_row(std::vector<std::string> const& cells) {
  std::size_t tags = 0;
  std::size_t filled = 0;
  bool standard = false;
  for (auto const& cell : cells) {
    if (cell.find_first_not_of(" \t\r\n") == std::string::npos) continue;
    ++filled;
    auto const tag = parse_hxl_tag(cell);
    if (!tag) continue;
    ++tags;
    standard = standard || is_standard(*tag);
  }
  return tags * 2 >= filled && (standard || (tags > 1 && tags == filled));
}

}  // namespace yekun
