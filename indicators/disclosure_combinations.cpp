// What combinations of a person's values (dimensions with combined_by) say about each other and about the values alone:
// those with A are those with A only, with A and B, ...; all are A + B - (A and B). As all relations, they count if
// they hold for the true numbers.
#include <algorithm>
#include <tuple>

#include "indicators/dimension.h"
#include "indicators/disclosure.h"
#include "indicators/formula_value.h"

namespace yekun {
namespace {

/// What a cell is about but for one dimension.
using Spot = std::tuple<std::string, Date, Date, std::map<std::string, std::string>>;

Spot spot_of(PublishedCell const& cell, std::string const& without) {
  Spot spot{cell.base, cell.first, cell.end, cell.place};
  std::get<3>(spot).erase(without);
  return spot;
}

/// The values that a place names in a dimension; none for the unknown group.
std::vector<std::string> values_of(std::string const& named) {
  if (named.empty() || named.front() != '=') return {};
  return combined_values(std::string_view(named).substr(1));
}

bool includes(std::vector<std::string> const& all, std::vector<std::string> const& some) {
  return std::all_of(some.begin(), some.end(),
                     [&](std::string const& one) { return std::find(all.begin(), all.end(), one) != all.end(); });
}

/// The cells of a dimension's groups, by what else they are about.
std::map<Spot, std::vector<std::size_t>> groups_of(std::vector<PublishedCell> const& cells,
                                                   std::string const& dimension) {
  std::map<Spot, std::vector<std::size_t>> out;
  for (std::size_t i = 0; i < cells.size(); ++i)
    if (cells[i].place.contains(dimension) && !cells[i].mean) out[spot_of(cells[i], dimension)].push_back(i);
  return out;
}

}  // namespace

/// total = sum of plus - sum of minus
void PublishedCells::relate_signed(std::size_t total, std::vector<std::size_t> const& plus,
                                   std::vector<std::size_t> const& minus) {
  if (!cells_[total].value.is_value()) return;
  Number sum = std::int64_t{0};
  LinearRelation relation{{total, Residue{} - Residue{1}}};
  std::vector<std::size_t> shape{total};
  auto const take = [&](std::vector<std::size_t> const& some, bool negative) {
    for (std::size_t const i : some) {
      if (!cells_[i].value.is_value()) continue;
      sum = negative ? subtract(sum, cells_[i].value.number) : yekun::add(sum, cells_[i].value.number);
      relation.push_back({i, negative ? Residue{} - Residue{1} : Residue{1}});
      shape.push_back(i);
    }
  };
  take(plus, false);
  take(minus, true);
  if (relation.size() < 2 || compare(sum, cells_[total].value.number) != 0) return;
  if (known_relations_.insert(std::move(shape)).second) relations_.push_back(std::move(relation));
}

/// A value alone, and a set of values, is the sum of the combinations that hold it.
void PublishedCells::relate_to_combinations(std::string const& dimension) {
  auto const groups = groups_of(cells_, dimension);
  for (std::size_t i = 0; i < cells_.size(); ++i)
    for (auto const& [other, named] : cells_[i].place) {
      auto const values = values_of(named);
      if (other == dimension || values.empty()) continue;
      auto const at = groups.find(spot_of(cells_[i], other));
      if (at == groups.end()) continue;
      std::vector<std::size_t> parts;
      for (std::size_t const part : at->second)
        if (includes(values_of(cells_[part].place.at(dimension)), values)) parts.push_back(part);
      relate_total(i, parts);
    }
}

/// All people are those of the single values less those of the pairs and so on; a set is the same set elsewhere.
void PublishedCells::relate_overlaps(std::string const& dimension) {
  auto const groups = groups_of(cells_, dimension);
  std::map<Spot, std::size_t> totals;
  for (std::size_t i = 0; i < cells_.size(); ++i) totals.emplace(spot_of(cells_[i], {}), i);
  for (auto const& [spot, sets] : groups) {
    auto const total = totals.find(spot);
    if (total == totals.end()) continue;
    std::vector<std::size_t> plus;
    std::vector<std::size_t> minus;
    for (std::size_t const i : sets) {
      bool const even = values_of(cells_[i].place.at(dimension)).size() % 2 == 0;
      bool const unknown = cells_[i].place.at(dimension).front() != '=';
      (even && !unknown ? minus : plus).push_back(i);
    }
    relate_signed(total->second, plus, minus);
  }
  for (std::size_t i = 0; i < cells_.size(); ++i)
    for (auto const& [other, named] : cells_[i].place) {
      if (other == dimension || values_of(named).empty()) continue;
      auto const at = groups.find(spot_of(cells_[i], other));
      if (at == groups.end()) continue;
      for (std::size_t const same : at->second)
        if (cells_[same].place.at(dimension) == named) relate_total(i, {same});
    }
}

void PublishedCells::relate_combinations() {
  for (Dimension const& dimension : programme_.dimensions) {
    if (dimension.combined_by.empty()) continue;
    if (dimension.overlaps == 0)
      relate_to_combinations(dimension.id);
    else
      relate_overlaps(dimension.id);
  }
}

}  // namespace yekun
