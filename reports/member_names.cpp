#include "reports/member_names.h"

#include <algorithm>

#include "core/latin.h"

namespace yekun {
namespace {

constexpr std::size_t kLongest = 60;
constexpr std::size_t kHashDigits = 6;

bool is_plain(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

char lower_ascii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string folded(std::string name) {
  std::transform(name.begin(), name.end(), name.begin(), lower_ascii);
  return name;
}

/// Letters and digits; marks that transliteration leaves ("k'") vanish, everything else is a hyphen.
std::string hyphened(std::string_view latin) {
  std::string name;
  for (char const c : latin) {
    if (c == '\'' || c == '`' || c == '"') continue;
    if (is_plain(c))
      name += c;
    else if (!name.empty() && name.back() != '-')
      name += '-';
  }
  while (!name.empty() && name.back() == '-') name.pop_back();
  return name;
}

/// FNV-1a: the same on every machine; names that still meet get more digits.
std::string hash_digits(std::string_view value, std::size_t digits) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (char const c : value) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (std::size_t i = 0; i < digits; ++i, hash >>= 4U) out += kDigits[hash & 15U];
  return out;
}

struct Wish {
  std::string name;
  bool own = false;     // the value itself
  bool hashed = false;  // cannot stand alone
};

Wish wish_of(std::string const& value, Latin const& latin) {
  Wish out;
  out.name = hyphened(latin.letters(value));
  out.own = out.name == value;
  out.hashed = out.name.empty() || out.name.size() > kLongest;
  if (out.name.empty()) out.name = "value";
  if (out.hashed) out.own = false;
  return out;
}

std::string with_hash(Wish const& wish, std::string const& value, std::size_t digits) {
  std::string name = wish.name.substr(0, kLongest - digits - 1);
  while (!name.empty() && name.back() == '-') name.pop_back();
  return name + "-" + hash_digits(value, digits);
}

}  // namespace

std::map<std::string, std::string> member_names(std::vector<std::string> const& values) {
  Latin const latin;
  std::map<std::string, Wish> wishes;
  std::map<std::string, std::vector<std::string>> same;  // folded name -> the values that wish it
  for (auto const& value : values)
    if (auto const [at, added] = wishes.emplace(value, wish_of(value, latin)); added)
      if (!at->second.hashed) same[folded(at->second.name)].push_back(value);
  for (auto const& [name, wanting] : same) {
    auto const owners = std::count_if(wanting.begin(), wanting.end(), [&](auto const& v) { return wishes[v].own; });
    for (auto const& value : wanting)
      if (Wish& wish = wishes[value]; wanting.size() > 1 && !(wish.own && owners == 1)) wish.hashed = true;
  }
  std::map<std::string, std::string> names;
  std::map<std::string, bool> taken;
  for (auto const& [value, wish] : wishes)
    if (!wish.hashed) taken[folded(names[value] = wish.name)] = true;
  for (auto const& [value, wish] : wishes) {
    if (!wish.hashed) continue;
    std::string name = with_hash(wish, value, kHashDigits);
    for (std::size_t digits = kHashDigits; taken.count(folded(name)) > 0 && digits < 16;)
      name = with_hash(wish, value, ++digits);
    taken[folded(names[value] = name)] = true;
  }
  return names;
}

}  // namespace yekun
