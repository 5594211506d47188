// Comparisons, three-valued logic, lists, case and the functions that pick one of their arguments.
#include <algorithm>

#include "indicators/vec.h"

namespace yekun {
namespace {

template <class T, class Test>
void compare_as(T const* a, T const* b, Vec const& va, Vec const& vb, std::uint8_t* out, std::size_t n, Test test) {
  std::uint8_t const* const fa = va.flags;
  std::uint8_t const* const fb = vb.flags;
  for_pairs(va, vb, n, [=](std::size_t i, std::size_t ia, std::size_t ib) {
    auto const known = static_cast<std::uint8_t>(fa[ia] & fb[ib]);
    auto const truth = static_cast<std::uint8_t>(test(a[ia], b[ib]) ? kTrue : kFalse);
    out[i] = known != 0 ? truth : kUnknown;
  });
}

template <class T>
void compare_values(Comparison c, T const* a, T const* b, Vec const& va, Vec const& vb, std::uint8_t* out,
                    std::size_t n) {
  switch (c) {
    case Comparison::equal:
      return compare_as(a, b, va, vb, out, n, [](T const& x, T const& y) { return x == y; });
    case Comparison::not_equal:
      return compare_as(a, b, va, vb, out, n, [](T const& x, T const& y) { return x != y; });
    case Comparison::less:
      return compare_as(a, b, va, vb, out, n, [](T const& x, T const& y) { return x < y; });
    case Comparison::less_equal:
      return compare_as(a, b, va, vb, out, n, [](T const& x, T const& y) { return x <= y; });
    case Comparison::greater:
      return compare_as(a, b, va, vb, out, n, [](T const& x, T const& y) { return x > y; });
    case Comparison::greater_equal:
      return compare_as(a, b, va, vb, out, n, [](T const& x, T const& y) { return x >= y; });
  }
}

/// Presence of a truth, so that booleans compare like the rest.
Vec truth_as_whole(Vec const& a, std::size_t n) {
  Vec v = make_vec(Type::integer, a.constant ? 1 : n);
  v.constant = a.constant;
  for (std::size_t i = 0; i < v.own_flags.size(); ++i) {
    v.own_flags[i] = a.flags[i] != kUnknown;
    v.own_whole[i] = a.flags[i] == kTrue;
  }
  return v;
}

void copy_entry(Vec& out, std::size_t i, Vec const& from) {
  std::size_t const j = from.at(i);
  out.own_flags[i] = from.flags[j];
  if (out.type == Type::number)
    out.own_number[i] = from.number[j];
  else if (out.type == Type::text)
    out.own_text[i] = from.flags[j] != 0 ? from.text[j] : std::string_view{};
  else if (out.type != Type::boolean)
    out.own_whole[i] = from.whole[j];
}

/// -1, 0, 1 of two present entries.
int three_way(Vec const& a, std::size_t i, Vec const& b, std::size_t j) {
  switch (a.type) {
    case Type::number:
      return a.number[i] < b.number[j] ? -1 : a.number[i] > b.number[j] ? 1 : 0;
    case Type::text:
      return a.text[i].compare(b.text[j]);
    case Type::boolean:
      return int{a.flags[i]} - int{b.flags[j]};
    default:
      return a.whole[i] < b.whole[j] ? -1 : a.whole[i] > b.whole[j] ? 1 : 0;
  }
}

template <class T>
std::vector<T> values_of(std::vector<Constant> const& list) {
  std::vector<T> out;
  for (Constant const& c : list) {
    if constexpr (std::is_same_v<T, std::int64_t>) {
      if (auto const* decimal = std::get_if<Decimal>(&c)) out.push_back(decimal->micros);
      if (auto const* date = std::get_if<Date>(&c)) out.push_back(date->days);
      if (auto const* whole = std::get_if<std::int64_t>(&c)) out.push_back(*whole);
      if (auto const* truth = std::get_if<bool>(&c)) out.push_back(*truth ? kTrue : kFalse);
    } else if constexpr (std::is_same_v<T, double>) {
      if (auto const* number = std::get_if<double>(&c)) out.push_back(*number);
    } else {
      if (auto const* text = std::get_if<std::string>(&c)) out.emplace_back(*text);
    }
  }
  return out;
}

template <class T, class Get>
void search_list(BoundNode const& node, Vec const& a, Vec& out, Get get) {
  std::vector<T> const list = values_of<T>(node.list);
  std::uint8_t const found = node.negated ? kFalse : kTrue;
  std::uint8_t const absent = node.list_has_null ? kUnknown : node.negated ? kTrue : kFalse;
  for (std::size_t i = 0; i < out.own_flags.size(); ++i) {
    if (!a.has(i)) {
      out.own_flags[i] = kUnknown;
    } else {
      bool const is_in = list.size() <= 8 ? std::find(list.begin(), list.end(), get(i)) != list.end()
                                          : std::binary_search(list.begin(), list.end(), get(i));
      out.own_flags[i] = is_in ? found : absent;
    }
  }
}

}  // namespace

Vec compare(BoundNode const& node, Vec const& a, Vec const& b, std::size_t n) {
  Vec v = make_vec(Type::boolean, n);
  std::uint8_t* const out = v.own_flags.data();
  switch (a.type) {
    case Type::number:
      compare_values(node.comparison, a.number, b.number, a, b, out, n);
      break;
    case Type::text:
      compare_values(node.comparison, a.text, b.text, a, b, out, n);
      break;
    case Type::boolean: {
      Vec const x = truth_as_whole(a, n);
      Vec const y = truth_as_whole(b, n);
      compare_values(node.comparison, x.whole, y.whole, x, y, out, n);
      break;
    }
    default:
      compare_values(node.comparison, a.whole, b.whole, a, b, out, n);
      break;
  }
  return v;
}

Vec in_list(BoundNode const& node, Vec const& a, std::size_t n) {
  Vec v = make_vec(Type::boolean, n);
  if (a.type == Type::text)
    search_list<std::string_view>(node, a, v, [&](std::size_t i) { return a.text[a.at(i)]; });
  else if (a.type == Type::number)
    search_list<double>(node, a, v, [&](std::size_t i) { return a.number[a.at(i)]; });
  else if (a.type == Type::boolean)
    search_list<std::int64_t>(node, a, v, [&](std::size_t i) { return std::int64_t{a.flags[a.at(i)]}; });
  else
    search_list<std::int64_t>(node, a, v, [&](std::size_t i) { return a.whole[a.at(i)]; });
  return v;
}

Vec logical(BoundNode const& node, std::vector<Vec> const& parts, std::size_t n) {
  Vec v = make_vec(Type::boolean, n);
  std::uint8_t* const out = v.own_flags.data();
  std::uint8_t const* const a = parts[0].flags;
  if (node.op == Op::logical_not) {
    for (std::size_t i = 0; i < n; ++i) out[i] = static_cast<std::uint8_t>(2 - a[i]);
    return v;
  }
  std::uint8_t const* const b = parts[1].flags;
  if (node.op == Op::logical_and)
    for_pairs(parts[0], parts[1], n,
              [=](std::size_t i, std::size_t x, std::size_t y) { out[i] = a[x] < b[y] ? a[x] : b[y]; });
  else
    for_pairs(parts[0], parts[1], n,
              [=](std::size_t i, std::size_t x, std::size_t y) { out[i] = a[x] > b[y] ? a[x] : b[y]; });
  return v;
}

Vec case_when(BoundNode const& node, std::vector<Vec> const& parts, std::size_t n) {
  Vec v = make_vec(node.type, n);
  std::uint8_t const missing = node.type == Type::boolean ? kUnknown : 0;
  for (std::size_t i = 0; i < n; ++i) {
    std::size_t chosen = parts.size() % 2 == 1 ? parts.size() - 1 : parts.size();
    for (std::size_t k = 0; k + 1 < parts.size(); k += 2) {
      if (parts[k].flags[parts[k].at(i)] != kTrue) continue;
      chosen = k + 1;
      break;
    }
    if (chosen < parts.size())
      copy_entry(v, i, parts[chosen]);
    else
      v.own_flags[i] = missing;
  }
  return v;
}

Vec coalesce(BoundNode const& node, std::vector<Vec> const& parts, std::size_t n) {
  Vec v = make_vec(node.type, n);
  for (std::size_t i = 0; i < n; ++i) {
    std::size_t k = 0;
    while (k + 1 < parts.size() && !parts[k].has(i)) ++k;
    copy_entry(v, i, parts[k]);
  }
  return v;
}

Vec least_or_greatest(BoundNode const& node, std::vector<Vec> const& parts, std::size_t n) {
  Vec v = make_vec(node.type, n);
  int const wanted = node.function == Function::least ? -1 : 1;
  for (std::size_t i = 0; i < n; ++i) {
    std::size_t best = 0;
    for (std::size_t k = 1; k < parts.size(); ++k) {
      if (!parts[k].has(i)) continue;
      if (!parts[best].has(i) || three_way(parts[k], parts[k].at(i), parts[best], parts[best].at(i)) * wanted > 0)
        best = k;
    }
    copy_entry(v, i, parts[best]);
  }
  return v;
}

Vec nullif(BoundNode const& node, std::vector<Vec> const& parts, std::size_t n) {
  Vec v = make_vec(node.type, n);
  for (std::size_t i = 0; i < n; ++i) {
    bool const same =
        parts[0].has(i) && parts[1].has(i) && three_way(parts[0], parts[0].at(i), parts[1], parts[1].at(i)) == 0;
    copy_entry(v, i, parts[0]);
    if (same) v.own_flags[i] = node.type == Type::boolean ? kUnknown : 0;
  }
  return v;
}

Vec wg_disability(std::vector<Vec> const& parts, std::size_t n) {
  Vec v = make_vec(Type::boolean, n);
  for (std::size_t i = 0; i < n; ++i) {
    std::uint8_t truth = kFalse;
    for (Vec const& part : parts) {
      std::int64_t const answer = part.has(i) ? part.whole[part.at(i)] : 0;
      if (answer < 1 || answer > 4) {
        truth = kUnknown;
        break;
      }
      if (answer >= 3) truth = kTrue;
    }
    v.own_flags[i] = truth;
  }
  return v;
}

}  // namespace yekun
