// Which published cells make up which others. A relation counts if it holds for the true values: then a reader who
// supposes it is right.
#include <algorithm>
#include <cmath>

#include "indicators/disclosure.h"
#include "indicators/formula_value.h"

namespace yekun {
namespace {

/// Parts without a value are nothing (no rows).
Number sum_of(std::vector<PublishedCell> const& cells, std::vector<std::size_t> const& parts) {
  Number sum = std::int64_t{0};
  for (std::size_t const part : parts)
    if (cells[part].value.is_value()) sum = add(sum, cells[part].value.number);
  return sum;
}

}  // namespace

void PublishedCells::relate_total(std::size_t total, std::vector<std::size_t> const& parts) {
  if (!cells_[total].value.is_value() || parts.empty()) return;
  if (cells_[total].mean) return relate_means(total, parts);
  if (compare(cells_[total].value.number, sum_of(cells_, parts)) != 0) return;
  std::vector<std::size_t> shape{total};
  LinearRelation relation{{total, Residue{} - Residue{1}}};
  for (std::size_t const part : parts) {
    if (!cells_[part].value.is_value()) continue;
    relation.push_back({part, {1}});
    shape.push_back(part);
  }
  if (relation.size() > 1 && known_relations_.insert(std::move(shape)).second)
    relations_.push_back(std::move(relation));
}

/// The mean of the whole weighs the parts' means by their rows.
void PublishedCells::relate_means(std::size_t total, std::vector<std::size_t> const& parts) {
  PublishedCell const& whole = cells_[total];
  auto const weight = [](PublishedCell const& cell) { return residue_of(static_cast<std::int64_t>(cell.rows)); };
  std::vector<std::size_t> shape{total};
  LinearRelation relation{{total, Residue{} - weight(whole)}};
  std::uint64_t rows = 0;
  double sum = 0;
  for (std::size_t const part : parts) {
    PublishedCell const& cell = cells_[part];
    if (!cell.value.is_value()) continue;
    rows += cell.rows;
    sum += to_double(cell.value.number) * static_cast<double>(cell.rows);
    relation.push_back({part, weight(cell)});
    shape.push_back(part);
  }
  double const expected = to_double(whole.value.number) * static_cast<double>(whole.rows);
  if (rows == 0 || rows != whole.rows || std::abs(sum - expected) > 1e-9 * std::max(1.0, std::abs(expected))) return;
  if (known_relations_.insert(std::move(shape)).second) relations_.push_back(std::move(relation));
}

namespace {

using Spots = std::map<std::string, std::size_t>;

/// Whether the parts make up the total wherever it has a value, and not only because all parts but one are nothing.
bool make_up(std::vector<PublishedCell> const& cells, Spots const& total, std::vector<Spots const*> const& parts) {
  bool mixed = false;
  for (auto const& [spot, cell] : total) {
    if (!cells[cell].value.is_value()) continue;
    std::vector<std::size_t> here;
    bool all_there = true;
    for (Spots const* const part : parts) {
      auto const at = part->find(spot);
      bool const there = at != part->end() && cells[at->second].value.is_value();
      if (there) here.push_back(at->second);
      all_there = all_there && there && !is_zero(cells[at->second].value.number);
    }
    if (compare(cells[cell].value.number, sum_of(cells, here)) != 0) return false;
    mixed = mixed || all_there;
  }
  return mixed;
}

}  // namespace

/// Indicators that measure the same under conditions that exclude each other and leave nothing out: women and men,
/// delivered and refused. Found from the numbers, as a reader would.
void PublishedCells::relate_conditions() {
  std::map<std::string, std::vector<std::size_t>> families;
  for (auto const& [indicator, spots] : spots_)
    if (!populations_[indicator].mean && !populations_[indicator].of_people)
      families[populations_[indicator].family].push_back(indicator);
  for (auto const& [family, members] : families) {
    if (members.size() < 3 || members.size() > 24) continue;
    auto const relate_all = [&](std::size_t total, std::vector<std::size_t> const& parts) {
      std::vector<Spots const*> of_parts;
      for (std::size_t const part : parts) of_parts.push_back(&spots_.at(part));
      if (!make_up(cells_, spots_.at(total), of_parts)) return;
      for (auto const& [spot, cell] : spots_.at(total)) {
        std::vector<std::size_t> here;
        for (Spots const* const part : of_parts)
          if (auto const at = part->find(spot); at != part->end()) here.push_back(at->second);
        relate_total(cell, here);
      }
    };
    for (std::size_t const total : members)
      for (std::size_t a = 0; a < members.size(); ++a)
        for (std::size_t b = a + 1; b < members.size(); ++b) {
          if (members[a] == total || members[b] == total) continue;
          relate_all(total, {members[a], members[b]});
          for (std::size_t c = b + 1; c < members.size(); ++c)
            if (members[c] != total) relate_all(total, {members[a], members[b], members[c]});
        }
  }
}

/// The level at a year's end is the level at the end of its last quarter.
void PublishedCells::equal_levels(std::vector<std::size_t> const& same_place) {
  auto const i = graph_.find(cells_[same_place.front()].indicator);
  if (!i) return;
  OverTime const over_time = graph_.indicators[*i].over_time;
  if (over_time != OverTime::last && over_time != OverTime::first) return;
  std::map<Date, std::size_t> known;
  for (std::size_t const cell : same_place) {
    auto const [at, is_new] =
        known.try_emplace(over_time == OverTime::last ? cells_[cell].end : cells_[cell].first, cell);
    if (!is_new) relate_total(at->second, {cell});
  }
}

void PublishedCells::relate_levels() {
  std::map<std::pair<std::string, std::map<std::string, std::string>>, std::vector<std::size_t>> places;
  for (std::size_t i = 0; i < cells_.size(); ++i) places[{cells_[i].base, cells_[i].place}].push_back(i);
  for (auto const& [place, same_place] : places) {
    if (same_place.size() > 1) equal_levels(same_place);
  }
}

void PublishedCells::relate() {
  find_left_out();
  relate_groups();
  relate_levels();
  relate_conditions();
  relate_combinations();
}

}  // namespace yekun
