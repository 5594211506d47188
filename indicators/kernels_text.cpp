// Texts: positions and lengths count code points, comparisons go by code point, nothing depends on a locale.
#include <algorithm>

#include "core/utf8.h"
#include "indicators/vec.h"

namespace yekun {
namespace {

std::size_t sequence_length(std::string_view text, std::size_t at) {
  std::size_t n = 1;
  while (at + n < text.size() && (static_cast<unsigned char>(text[at + n]) & 0xC0U) == 0x80U) ++n;
  return n;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// PostgreSQL's substr: positions before 1 exist but hold nothing; a negative count is empty.
std::string_view part_of(std::string_view text, std::int64_t start, std::optional<std::int64_t> count) {
  std::int64_t const limit = static_cast<std::int64_t>(text.size()) + 1;
  std::int64_t last = limit;  // one past
  if (count && (*count < 0 || __builtin_add_overflow(start, *count, &last))) last = *count < 0 ? 0 : limit;
  std::size_t at = 0;
  std::int64_t position = 1;
  for (; position < start && at < text.size(); ++position) at += sequence_length(text, at);
  std::size_t end = at;
  for (; position < last && end < text.size(); ++position) end += sequence_length(text, end);
  return text.substr(at, end - at);
}

std::string replaced(std::string_view text, std::string_view old, std::string_view with) {
  std::string out;
  while (!old.empty()) {
    std::size_t const at = text.find(old);
    if (at == std::string_view::npos) break;
    out.append(text.substr(0, at)).append(with);
    text.remove_prefix(at + old.size());
  }
  return out.append(text);
}

std::string value_text(Vec const& v, std::size_t j) {
  switch (v.type) {
    case Type::text:
      return std::string(v.text[j]);
    case Type::integer:
      return std::to_string(v.whole[j]);
    case Type::decimal:
      return to_text(Decimal{v.whole[j]});
    case Type::number:
      return to_shortest(v.number[j]);
    case Type::date:
      return to_iso(Date{static_cast<std::int32_t>(v.whole[j])});
    case Type::boolean:
      return v.flags[j] == kTrue ? "true" : "false";
  }
  return {};
}

std::string_view text_at(Vec const& v, std::size_t i) { return v.text[v.at(i)]; }

bool test(Function function, std::string_view text, std::string_view part) {
  if (function == Function::starts_with) return text.starts_with(part);
  if (function == Function::ends_with) return text.ends_with(part);
  return text.find(part) != std::string_view::npos;
}

/// Missing arguments of concat count as nothing; they are never all that decides.
Vec concatenated(std::vector<Vec> const& parts, std::size_t n, Scratch const& scratch) {
  Vec v = make_vec(Type::text, n);
  std::string text;
  for (std::size_t i = 0; i < n; ++i) {
    text.clear();
    for (Vec const& part : parts)
      if (part.has(i)) text.append(text_at(part, i));
    v.own_flags[i] = 1;
    v.own_text[i] = scratch.keep(text);
  }
  return v;
}

std::string_view text_result(BoundNode const& node, std::vector<Vec> const& parts, std::size_t i,
                             Scratch const& scratch) {
  switch (node.function) {
    case Function::lower:
      return scratch.keep(lower(text_at(parts[0], i)));
    case Function::trim:
      return trimmed(text_at(parts[0], i));
    case Function::text:
      return scratch.keep(value_text(parts[0], parts[0].at(i)));
    case Function::replace:
      return scratch.keep(replaced(text_at(parts[0], i), text_at(parts[1], i), text_at(parts[2], i)));
    default: {
      std::optional<std::int64_t> count;
      if (parts.size() > 2) count = parts[2].whole[parts[2].at(i)];
      return part_of(text_at(parts[0], i), parts[1].whole[parts[1].at(i)], count);
    }
  }
}

}  // namespace

Vec text_function(BoundNode const& node, std::vector<Vec> const& parts, std::size_t n, Scratch const& scratch) {
  if (node.function == Function::concat) return concatenated(parts, n, scratch);
  Vec v = make_vec(node.type, n);
  for (std::size_t i = 0; i < n; ++i) {
    bool known = true;
    for (Vec const& part : parts) known = known && part.has(i);
    v.own_flags[i] = node.type == Type::boolean ? kUnknown : known;
    if (!known) continue;
    if (node.type == Type::boolean)
      v.own_flags[i] = test(node.function, text_at(parts[0], i), text_at(parts[1], i)) ? kTrue : kFalse;
    else if (node.type == Type::integer)
      v.own_whole[i] = static_cast<std::int64_t>(count_code_points(text_at(parts[0], i)));
    else
      v.own_text[i] = text_result(node, parts, i, scratch);
  }
  return v;
}

bool matches_like(std::string_view text, std::string_view pattern, std::string_view escape) {
  std::size_t t = 0;
  std::size_t p = 0;
  std::size_t star = std::string_view::npos;  // where to go on after the last %
  std::size_t star_text = 0;
  while (true) {
    bool matched = false;
    if (p < pattern.size()) {
      bool const literal =
          !escape.empty() && pattern.substr(p).starts_with(escape) && p + escape.size() < pattern.size();
      std::size_t const q = literal ? p + escape.size() : p;
      if (!literal && pattern[p] == '%') {
        star = ++p;
        star_text = t;
        continue;
      }
      std::size_t const length = sequence_length(pattern, q);
      if (t < text.size() && !literal && pattern[p] == '_') {
        t += sequence_length(text, t);
        p = q + length;
        matched = true;
      } else if (text.substr(t, length) == pattern.substr(q, length)) {
        t += length;
        p = q + length;
        matched = true;
      }
    } else if (t == text.size()) {
      return true;
    }
    if (matched) continue;
    if (star == std::string_view::npos || star_text >= text.size()) return false;
    star_text += sequence_length(text, star_text);
    t = star_text;
    p = star;
  }
}

Vec like(BoundNode const& node, Vec const& a, Vec const& pattern, std::size_t n) {
  Vec v = make_vec(Type::boolean, n);
  for (std::size_t i = 0; i < n; ++i) {
    if (!a.has(i) || !pattern.has(i)) {
      v.own_flags[i] = kUnknown;
      continue;
    }
    bool const matched = matches_like(text_at(a, i), text_at(pattern, i), node.escape);
    v.own_flags[i] = matched != node.negated ? kTrue : kFalse;
  }
  return v;
}

}  // namespace yekun
