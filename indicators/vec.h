// The inside of the evaluator: vectors of values, borrowed from columns where possible.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <string_view>
#include <vector>

#include "core/column.h"
#include "indicators/bind.h"

namespace yekun {

/// Truth of three-valued logic, so that `and` is the minimum and `or` the maximum.
inline constexpr std::uint8_t kFalse = 0;
inline constexpr std::uint8_t kUnknown = 1;
inline constexpr std::uint8_t kTrue = 2;

/// Values of one type. A constant holds one entry that stands for all rows. Pointers lead to borrowed or own storage.
struct Vec {
  Type type = Type::text;
  bool constant = false;
  std::uint8_t const* flags = nullptr;  // boolean: truth; else 1 present, 0 missing
  std::int64_t const* whole = nullptr;  // integer, decimal (millionths), date (days)
  double const* number = nullptr;
  std::string_view const* text = nullptr;
  std::vector<std::uint8_t> own_flags{};
  std::vector<std::int64_t> own_whole{};
  std::vector<double> own_number{};
  std::vector<std::string_view> own_text{};
  Column const* coded = nullptr;  // text, coded: `text` is not filled until asked for

  Vec() = default;
  Vec(Vec&&) = default;
  Vec& operator=(Vec&&) = default;
  Vec(Vec const&) = delete;
  Vec& operator=(Vec const&) = delete;
  ~Vec() = default;

  std::size_t at(std::size_t row) const { return constant ? 0 : row; }
  bool has(std::size_t row) const { return type == Type::boolean ? flags[at(row)] != kUnknown : flags[at(row)] != 0; }
};

/// Room for `n` entries of `type`, with pointers set.
Vec make_vec(Type type, std::size_t n);

/// The first overflow, as a node of the expression.
struct EvaluationError {
  BoundNode const* node = nullptr;
  std::string message{};
};

/// What kernels may use besides their operands.
struct Scratch {
  std::pmr::memory_resource* texts = nullptr;  // lives until the end of the batch
  EvaluationError* error = nullptr;
  void fail(BoundNode const& node, std::string message) const {
    if (error->node != nullptr) return;
    error->node = &node;
    error->message = std::move(message);
  }
  std::string_view keep(std::string_view text) const;
};

/// Runs f(row, index in a, index in b); loops without branches, so that compilers can vectorise them.
template <class F>
void for_pairs(Vec const& a, Vec const& b, std::size_t n, F f) {
  if (!a.constant && !b.constant) {
    for (std::size_t i = 0; i < n; ++i) f(i, i, i);
  } else if (b.constant) {
    for (std::size_t i = 0; i < n; ++i) f(i, a.constant ? 0 : i, std::size_t{0});
  } else {
    for (std::size_t i = 0; i < n; ++i) f(i, std::size_t{0}, i);
  }
}

Vec compare(BoundNode const& node, Vec const& a, Vec const& b, std::size_t n);
Vec in_list(BoundNode const& node, Vec const& a, std::size_t n);
Vec logical(BoundNode const& node, std::vector<Vec> const& parts, std::size_t n);
Vec case_when(BoundNode const& node, std::vector<Vec> const& parts, std::size_t n);
Vec coalesce(BoundNode const& node, std::vector<Vec> const& parts, std::size_t n);
Vec least_or_greatest(BoundNode const& node, std::vector<Vec> const& parts, std::size_t n);
Vec nullif(BoundNode const& node, std::vector<Vec> const& parts, std::size_t n);
Vec arithmetic(BoundNode const& node, std::vector<Vec> const& parts, std::size_t n, Scratch const& scratch);
Vec convert(BoundNode const& node, Vec const& a, std::size_t n, Scratch const& scratch);
Vec rounded(BoundNode const& node, std::vector<Vec> const& parts, std::size_t n, Scratch const& scratch);
Vec date_function(BoundNode const& node, std::vector<Vec> const& parts, std::size_t n, Scratch const& scratch);
Vec text_function(BoundNode const& node, std::vector<Vec> const& parts, std::size_t n, Scratch const& scratch);
Vec like(BoundNode const& node, Vec const& a, Vec const& pattern, std::size_t n);
Vec wg_disability(std::vector<Vec> const& parts, std::size_t n);
Vec band(std::vector<Vec> const& parts, std::size_t n, Scratch const& scratch);

/// `text` like `pattern`: % any run, _ one code point; `escape` (empty: none) takes the next character as it is.
bool matches_like(std::string_view text, std::string_view pattern, std::string_view escape);

}  // namespace yekun
