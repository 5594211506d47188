// What makes up what over groups and time: tables by other dimensions, their totals, "all others" beside one group, and
// windows that tile a longer one.
#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "indicators/disclosure_groups.h"
#include "indicators/formula_value.h"

namespace yekun {
namespace {

using Window = std::pair<Date, Date>;
using CellsByPlace = std::map<CellPlace, std::map<Window, std::size_t>>;
bool is_within(Window const& inner, Window const& outer) {
  return inner != outer && outer.first <= inner.first && inner.second <= outer.second;
}

/// The sets of shorter windows of one place that make up `whole`: all of one kind inside it, for what is not listed is
/// nothing, or any two that join.
std::vector<Parts> tiles(std::vector<PublishedCell> const& cells, std::map<Window, std::size_t> const& windows,
                         Window const& whole) {
  std::map<PeriodKind, Parts> kinds;
  std::vector<Parts> out;
  for (auto at = windows.lower_bound({whole.first, whole.first}); at != windows.end(); ++at) {
    auto const& [window, cell] = *at;
    if (window.first >= whole.second) break;
    if (!is_within(window, whole)) continue;
    if (cells[cell].kind != PeriodKind::range) kinds[cells[cell].kind].push_back(cell);
    auto const rest = windows.find({window.second, whole.second});
    if (window.first == whole.first && rest != windows.end()) out.push_back({cell, rest->second});
  }
  for (auto& [kind, parts] : kinds) out.push_back(std::move(parts));
  return out;
}

/// The groups of a window: those published, and those that shorter windows make up.
std::vector<Group> groups_of(std::vector<PublishedCell> const& cells, CellsByPlace const& base, Window const& window) {
  std::vector<Group> out;
  for (auto const& [place, windows] : base) {
    if (auto const at = windows.find(window); at != windows.end()) {
      out.push_back({place, {at->second}, true});
      continue;
    }
    if (auto sets = tiles(cells, windows, window); !sets.empty()) out.push_back({place, std::move(sets.back()), false});
  }
  return out;
}

}  // namespace

void PublishedCells::relate_parts(std::vector<std::size_t> const& parts, std::vector<std::size_t> const& others) {
  if (parts.empty() || others.empty() || !same_sum(cells_, parts, others)) return;
  std::map<std::size_t, Residue> factors;
  auto const take = [&](std::vector<std::size_t> const& some, bool minus) {
    for (std::size_t const i : some) {
      if (!cells_[i].value.is_value()) continue;
      Residue const factor = cells_[i].mean ? residue_of(static_cast<std::int64_t>(cells_[i].rows)) : Residue{1};
      factors[i] = minus ? factors[i] - factor : factors[i] + factor;
    }
  };
  take(parts, false);
  take(others, true);
  std::erase_if(factors, [](auto const& one) { return one.second.value == 0; });
  LinearRelation relation;
  std::vector<std::size_t> shape{cells_.size()};  // unlike that of any total
  for (auto const& [cell, factor] : factors) {
    relation.push_back({cell, factor});
    shape.push_back(cell);
  }
  if (relation.size() > 1 && known_relations_.insert(std::move(shape)).second)
    relations_.push_back(std::move(relation));
}

void PublishedCells::relate_sum(std::vector<std::size_t> const& sums, std::vector<std::size_t> const& means) {
  LinearRelation relation;
  std::vector<std::size_t> shape;
  double expected = 0;
  double total = 0;
  for (std::size_t const i : sums) {
    if (!cells_[i].value.is_value()) continue;
    expected += to_double(cells_[i].value.number);
    relation.push_back({i, Residue{} - Residue{1}});
    shape.push_back(i);
  }
  for (std::size_t const i : means) {
    if (!cells_[i].value.is_value()) continue;
    total += to_double(cells_[i].value.number) * static_cast<double>(cells_[i].rows);
    relation.push_back({i, residue_of(static_cast<std::int64_t>(cells_[i].rows))});
    shape.push_back(i);
  }
  if (relation.size() < 2 || std::abs(total - expected) > 1e-9 * std::max(1.0, std::abs(expected))) return;
  if (known_relations_.insert(std::move(shape)).second) relations_.push_back(std::move(relation));
}

/// `sums`: the sums over the rows of these means, if they are means.
void PublishedCells::relate_groups(CellsByPlace const& base, CellsByPlace const& sums, Window const& window) {
  auto const groups = groups_of(cells_, base, window);
  auto const of_sums = groups_of(cells_, sums, window);
  Groups table(cells_, groups);
  Groups sum_table(cells_, of_sums);
  for (auto const& top : sum_table.tops(table.names()))
    for (auto& [place, sets] : sum_table.partitions(top))
      if (sum_table.find(top, place) == nullptr) sum_table.add({place, std::move(sets.front()), false});
  for (Group const& group : groups) {
    if (group.published)
      for (auto const& parts : tiles(cells_, base.at(group.place), window)) relate_total(group.cells[0], parts);
    if (Group const* const sum = sum_table.find(names_of(group.place), group.place))
      relate_sum(sum->cells, group.cells);
  }
  for (auto const& top : table.tops(sum_table.names()))
    for (auto& [place, sets] : table.partitions(top)) {
      Group const* const whole = table.find(top, place);
      if (Group const* const sum = sum_table.find(top, place))
        for (auto const& parts : sets) relate_sum(sum->cells, parts);
      if (whole != nullptr && !whole->published) sets.push_back(whole->cells);
      for (auto const& parts : sets)
        if (whole != nullptr && whole->published)
          relate_total(whole->cells[0], parts);
        else
          relate_parts(sets.back(), parts);
      if (whole == nullptr) table.add({place, sets.front(), false});
    }
}

void PublishedCells::find_left_out() {
  if (!programme_.disclosure.zeros) return;
  for (PublishedCell& cell : cells_) {
    if (!cell.value.is_value() || !is_zero(cell.value.number)) continue;
    auto const window = listed_.find({cell.first, cell.end});
    if (window == listed_.end()) continue;
    Names const names = names_of(cell.place);
    auto const is_there = [&](CellPlace const& listed) {
      return std::includes(listed.begin(), listed.end(), cell.place.begin(), cell.place.end());
    };
    cell.left_out = std::any_of(window->second.begin(), window->second.end(), [&](auto const& table) {
      return std::includes(table.first.begin(), table.first.end(), names.begin(), names.end()) &&
             std::none_of(table.second.begin(), table.second.end(), is_there);
    });
  }
}

void PublishedCells::relate_groups() {
  std::map<std::string, CellsByPlace> bases;
  std::map<std::string, std::set<Window>> windows;
  std::map<std::string, std::string> sums;  // of bases of means
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    PublishedCell const& cell = cells_[i];
    bases[cell.base][cell.place].emplace(Window{cell.first, cell.end}, i);
    windows[cell.base].emplace(cell.first, cell.end);
    if (!cell.sum_base.empty()) sums[cell.base] = cell.sum_base;
  }
  for (auto const& [name, base] : bases) {
    auto const sum = sums.find(name);
    CellsByPlace const none;
    auto asked = windows.at(name);
    if (sum != sums.end() && bases.contains(sum->second)) asked.merge(std::set<Window>(windows.at(sum->second)));
    for (auto const& window : asked)
      relate_groups(base, sum != sums.end() && bases.contains(sum->second) ? bases.at(sum->second) : none, window);
  }
}

}  // namespace yekun
