#include "indicators/attacker.h"

#include <algorithm>
#include <map>

namespace yekun {
namespace {

constexpr std::uint64_t kPrime = (std::uint64_t{1} << 61U) - 1;
constexpr std::size_t kMostSteps = 100'000'000;

using Row = std::vector<Term>;  // ascending by cell

/// a - factor * b
Row minus(Row const& a, Row const& b, Residue factor, std::size_t& steps) {
  Row out;
  out.reserve(a.size() + b.size());
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() || j < b.size()) {
    if (j == b.size() || (i < a.size() && a[i].cell < b[j].cell)) {
      out.push_back(a[i++]);
    } else if (i == a.size() || b[j].cell < a[i].cell) {
      out.push_back({b[j].cell, Residue{} - factor * b[j].factor});
      ++j;
    } else {
      Residue const left = a[i].factor - factor * b[j].factor;
      if (left.value != 0) out.push_back({a[i].cell, left});
      ++i;
      ++j;
    }
  }
  steps += a.size() + b.size();
  return out;
}

Residue factor_at(Row const& row, std::size_t cell) {
  auto const at =
      std::lower_bound(row.begin(), row.end(), cell, [](Term const& t, std::size_t c) { return t.cell < c; });
  return at != row.end() && at->cell == cell ? at->factor : Residue{};
}

/// The relation over unknown cells only, like cells joined.
Row reduced(LinearRelation const& relation, std::vector<std::uint8_t> const& unknown) {
  std::map<std::size_t, Residue> factors;
  for (Term const& term : relation)
    if (unknown[term.cell] != 0) factors[term.cell] = factors[term.cell] + term.factor;
  Row row;
  for (auto const& [cell, factor] : factors)
    if (factor.value != 0) row.push_back({cell, factor});
  return row;
}

}  // namespace

Residue residue_of(std::int64_t number) {
  std::int64_t const rest = number % static_cast<std::int64_t>(kPrime);
  return {static_cast<std::uint64_t>(rest < 0 ? rest + static_cast<std::int64_t>(kPrime) : rest)};
}

Residue operator+(Residue a, Residue b) {
  std::uint64_t const sum = a.value + b.value;
  return {sum >= kPrime ? sum - kPrime : sum};
}

Residue operator-(Residue a, Residue b) {
  return {a.value >= b.value ? a.value - b.value : a.value + kPrime - b.value};
}

Residue operator*(Residue a, Residue b) {
  __extension__ using Wide = unsigned __int128;
  return {static_cast<std::uint64_t>(static_cast<Wide>(a.value) * b.value % kPrime)};
}

Residue inverse(Residue a) {
  Residue result{1};
  for (std::uint64_t exponent = kPrime - 2; exponent != 0; exponent >>= 1U) {
    if ((exponent & 1U) != 0) result = result * a;
    a = a * a;
  }
  return result;
}

AttackResult attack(std::vector<LinearRelation> const& relations, std::vector<std::uint8_t> const& unknown) {
  std::vector<Row> rows;
  for (LinearRelation const& relation : relations)
    if (Row row = reduced(relation, unknown); !row.empty()) rows.push_back(std::move(row));
  std::sort(rows.begin(), rows.end(), [](Row const& a, Row const& b) { return a.size() < b.size(); });
  // Reduced row echelon form: every pivot stands in its own row only.
  std::map<std::size_t, std::size_t> row_of_pivot;
  std::vector<std::vector<std::size_t>> rows_with(unknown.size());  // rows of `echelon` that (may) hold a cell
  std::vector<Row> echelon;
  AttackResult result;
  std::size_t steps = 0;
  for (Row& row : rows) {
    for (Term const& term : Row(row))
      if (auto const pivot = row_of_pivot.find(term.cell); pivot != row_of_pivot.end())
        row = minus(row, echelon[pivot->second], factor_at(row, term.cell), steps);
    if (row.empty()) continue;
    std::size_t const pivot = std::min_element(row.begin(), row.end(), [&](Term const& a, Term const& b) {
                                return rows_with[a.cell].size() < rows_with[b.cell].size();
                              })->cell;
    Residue const scale = inverse(factor_at(row, pivot));
    for (Term& term : row) term.factor = term.factor * scale;
    for (std::size_t const other : std::vector<std::size_t>(rows_with[pivot])) {
      Residue const factor = factor_at(echelon[other], pivot);
      if (factor.value == 0) continue;
      echelon[other] = minus(echelon[other], row, factor, steps);
      for (Term const& term : row) rows_with[term.cell].push_back(other);
    }
    for (Term const& term : row) rows_with[term.cell].push_back(echelon.size());
    row_of_pivot[pivot] = echelon.size();
    echelon.push_back(std::move(row));
    if (steps > kMostSteps) {
      result.exhausted = true;
      return result;
    }
  }
  for (auto const& [pivot, row] : row_of_pivot)
    if (echelon[row].size() == 1) result.determined.push_back(pivot);
  return result;
}

}  // namespace yekun
