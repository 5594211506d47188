// What a reader can work out: which unknown cells are uniquely determined by linear relations among published ones.
#pragma once

#include <cstdint>
#include <vector>

namespace yekun {

/// Arithmetic modulo the prime 2^61 - 1: exact elimination without growing fractions. A cell that rational elimination
/// would determine escapes only if that prime divides a minor of the system, which none of a table's does.
struct Residue {
  std::uint64_t value = 0;
};
Residue residue_of(std::int64_t number);
Residue operator+(Residue a, Residue b);
Residue operator-(Residue a, Residue b);
Residue operator*(Residue a, Residue b);
/// `a` is not zero.
Residue inverse(Residue a);

struct Term {
  std::size_t cell = 0;
  Residue factor{};
};

/// Sum of factor x cell is known.
using LinearRelation = std::vector<Term>;

struct AttackResult {
  std::vector<std::size_t> determined{};  // of the unknown cells, ascending
  bool exhausted = false;                 // too large to decide: take all as determined
};

/// `unknown[cell]`: the reader does not see it. All other cells count as seen.
AttackResult attack(std::vector<LinearRelation> const& relations, std::vector<std::uint8_t> const& unknown);

}  // namespace yekun
