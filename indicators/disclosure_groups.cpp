#include "indicators/disclosure_groups.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "indicators/formula_value.h"

namespace yekun {
namespace {

bool is_exclusion(std::string const& name) { return name.find('!') != std::string::npos; }

std::string name_of(std::string const& dimension, std::string const& value) {
  return value.front() == '!' ? dimension + value : dimension;
}

/// "sex!f" as "sex" and "!f".
std::pair<std::string, std::string> split_exclusion(std::string const& name) {
  std::size_t const mark = name.find('!');
  return {name.substr(0, mark), name.substr(mark)};
}

/// `names` with "sex!f" for "sex"; nullopt where it has no "sex" or `excluded` is no exclusion.
std::optional<Names> with_excluded(Names names, std::string const& excluded) {
  if (!is_exclusion(excluded) || names.erase(split_exclusion(excluded).first) == 0) return std::nullopt;
  names.insert(excluded);
  return names;
}

/// Whether a table of `names` tells more than one of `top`, by dimensions alone.
bool divides(Names const& names, Names const& top) {
  if (names.size() <= top.size() || !std::includes(names.begin(), names.end(), top.begin(), top.end())) return false;
  return std::none_of(names.begin(), names.end(),
                      [&](std::string const& name) { return is_exclusion(name) && !top.contains(name); });
}

CellPlace kept(CellPlace place, Names const& names) {
  std::erase_if(place, [&](auto const& one) { return !names.contains(name_of(one.first, one.second)); });
  return place;
}

void append(Parts& to, Parts const& from) { to.insert(to.end(), from.begin(), from.end()); }

}  // namespace

Names names_of(CellPlace const& place) {
  Names names;
  for (auto const& [dimension, value] : place) names.insert(name_of(dimension, value));
  return names;
}

/// Whether two sets of groups add up to the same: means weighed by their rows.
bool same_sum(std::vector<PublishedCell> const& cells, Parts const& a, Parts const& b) {
  bool const mean = cells[a.front()].mean;
  Number sum = std::int64_t{0};
  double means = 0;
  double most = 1;
  std::int64_t rows = 0;
  auto const take = [&](Parts const& parts, bool minus) {
    for (std::size_t const i : parts) {
      if (!cells[i].value.is_value()) continue;
      Number const number = cells[i].value.number;
      if (!mean) {
        sum = minus ? subtract(sum, number) : add(sum, number);
        continue;
      }
      auto const weight = static_cast<std::int64_t>(cells[i].rows) * (minus ? -1 : 1);
      rows += weight;
      means += to_double(number) * static_cast<double>(weight);
      most = std::max(most, std::abs(means));
    }
  };
  take(a, false);
  take(b, true);
  return mean ? rows == 0 && std::abs(means) <= 1e-9 * most : is_zero(sum);
}

Groups::Groups(std::vector<PublishedCell> const& cells, std::vector<Group> const& groups) : cells_(cells) {
  for (Group const& group : groups) tables_[names_of(group.place)].emplace(group.place, &group);
}

void Groups::add(Group group) {
  made_up_.push_back(std::move(group));
  tables_[names_of(made_up_.back().place)].emplace(made_up_.back().place, &made_up_.back());
}

std::vector<Names> Groups::tops(std::set<Names> const& others) const {
  std::set<Names> all = others;
  for (auto const& [names, table] : tables_) all.insert(names);
  std::set<Names> const written = all;
  for (auto const& names : written)
    for (auto const& other : written)
      for (auto const& excluded : other)
        if (auto const swapped = with_excluded(names, excluded)) all.insert(*swapped);
  std::set<Names> found;
  for (auto const& a : all)
    for (auto const& b : all) {
      Names both;
      std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::inserter(both, both.end()));
      found.insert(both);
    }
  std::vector<Names> out(found.begin(), found.end());
  std::stable_sort(out.begin(), out.end(), [](Names const& a, Names const& b) { return a.size() > b.size(); });
  return out;
}

std::set<Names> Groups::names() const {
  std::set<Names> out;
  for (auto const& [names, table] : tables_) out.insert(names);
  return out;
}

Group const* Groups::find(Names const& names, CellPlace const& place) const {
  auto const table = tables_.find(names);
  if (table == tables_.end()) return nullptr;
  auto const at = table->second.find(place);
  return at == table->second.end() ? nullptr : at->second;
}

std::map<CellPlace, std::vector<Parts>> Groups::partitions(Names const& top) const {
  Sets out;
  add_divided(top, out);
  for (auto const& [names, table] : tables_) {
    add_others(names, table, top, out);
    add_excluded(names, table, top, out);
  }
  return out;
}

void Groups::add_divided(Names const& top, Sets& out) const {
  std::map<CellPlace, std::vector<std::pair<Names, Parts>>> dividing;
  for (auto const& [names, table] : tables_) {
    if (!divides(names, top)) continue;
    std::map<CellPlace, Parts> wholes;
    for (auto const& [place, group] : table) append(wholes[kept(place, top)], group->cells);
    for (auto& [place, parts] : wholes) dividing[place].emplace_back(names, std::move(parts));
  }
  for (auto& [place, tables] : dividing)
    for (auto const& table : tables) {
      bool const coarser = std::any_of(tables.begin(), tables.end(), [&](auto const& other) {
        return divides(table.first, other.first) && same_sum(cells_, table.second, other.second);
      });
      if (!coarser) out[place].push_back(table.second);
    }
}

/// "Not the women" is made up of the other groups by sex.
void Groups::add_others(Names const& names, Table const& table, Names const& top, Sets& out) const {
  for (auto const& excluded : top) {
    auto const swapped = with_excluded(names, excluded);
    if (!swapped || (*swapped != top && !divides(*swapped, top))) continue;
    auto const [dimension, left_out] = split_exclusion(excluded);
    std::map<CellPlace, Parts> wholes;
    for (auto const& [place, group] : table) {
      auto const& value = place.at(dimension);
      if (value.front() != '=' || value.substr(1) == left_out.substr(1)) continue;
      CellPlace whole = place;
      whole[dimension] = left_out;
      append(wholes[kept(std::move(whole), top)], group->cells);
    }
    for (auto& [whole, parts] : wholes) out[whole].push_back(std::move(parts));
  }
}

/// A whole is the women, all others, and those whose sex is unknown.
void Groups::add_excluded(Names const& names, Table const& table, Names const& top, Sets& out) const {
  if (names.size() != top.size() + 1) return;
  for (auto const& excluded : names) {
    Names rest = names;
    rest.erase(excluded);
    if (!is_exclusion(excluded) || rest != top) continue;
    auto const [dimension, left_out] = split_exclusion(excluded);
    Names divided = top;
    divided.insert(dimension);
    for (auto const& [place, group] : table) {
      CellPlace whole = place;
      whole[dimension] = "=" + left_out.substr(1);
      Group const* const women = find(divided, whole);
      if (women == nullptr) continue;
      Parts parts = group->cells;
      append(parts, women->cells);
      whole[dimension] = "\x1d";
      if (Group const* const unknown = find(divided, whole)) append(parts, unknown->cells);
      whole.erase(dimension);
      out[whole].push_back(std::move(parts));
    }
  }
}

}  // namespace yekun
