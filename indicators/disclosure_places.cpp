// Which groups make up which: tables by other dimensions, their totals, and "all others" beside one group.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "indicators/disclosure.h"
#include "indicators/formula_value.h"

namespace yekun {
namespace {

using CellPlace = std::map<std::string, std::string>;
using Names = std::set<std::string>;  // what a place is told by: dimensions; "sex!f": not the women
using Parts = std::vector<std::size_t>;

bool is_exclusion(std::string const& name) { return name.find('!') != std::string::npos; }

std::string name_of(std::string const& dimension, std::string const& value) {
  return value.front() == '!' ? dimension + value : dimension;
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

/// The groups of some rows: by the names that tell them, then by place.
class Groups {
 public:
  Groups(std::vector<PublishedCell> const& cells, Parts const& same_rows) : cells_(cells) {
    for (std::size_t const i : same_rows) {
      Names names;
      for (auto const& [dimension, value] : cells[i].place) names.insert(name_of(dimension, value));
      tables_[names].emplace(cells[i].place, i);
    }
  }

  /// The tables there are, and what two of them have in common; a table by sex is also one of "not the women".
  std::set<Names> tops() const {
    std::set<Names> all;
    for (auto const& [names, cells] : tables_) {
      all.insert(names);
      for (auto const& [other, others] : tables_)
        for (auto const& excluded : other)
          if (auto const others_of = with_excluded(names, excluded)) all.insert(*others_of);
    }
    std::set<Names> out;
    for (auto const& a : all)
      for (auto const& b : all) {
        Names both;
        std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::inserter(both, both.end()));
        out.insert(both);
      }
    return out;
  }

  std::optional<std::size_t> find(Names const& names, CellPlace const& place) const {
    auto const table = tables_.find(names);
    if (table == tables_.end()) return std::nullopt;
    auto const at = table->second.find(place);
    return at == table->second.end() ? std::nullopt : std::optional(at->second);
  }

  /// For each place told by `top`: the sets of groups that make it up, if every group of it is there. A table is left
  /// out where a coarser one makes up the same.
  std::map<CellPlace, std::vector<Parts>> partitions(Names const& top) const {
    std::map<CellPlace, std::vector<Parts>> out;
    std::map<CellPlace, std::vector<std::pair<Names, Parts>>> dividing;
    for (auto const& [names, cells] : tables_) {
      if (divides(names, top))
        for (auto& [place, parts] : wholes(cells, [&](CellPlace& p) { keep(p, top); }))
          dividing[place].emplace_back(names, std::move(parts));
      add_others(names, cells, top, out);
      add_excluded(names, cells, top, out);
    }
    for (auto& [place, tables] : dividing)
      for (auto const& [names, parts] : tables) {
        bool const coarser = std::any_of(tables.begin(), tables.end(), [&](auto const& other) {
          return divides(names, other.first) && same_sum(cells_, parts, other.second);
        });
        if (!coarser) out[place].push_back(parts);
      }
    return out;
  }

 private:
  using Table = std::map<CellPlace, std::size_t>;

  static bool divides(Names const& names, Names const& top) {
    if (names.size() <= top.size() || !std::includes(names.begin(), names.end(), top.begin(), top.end())) return false;
    return std::none_of(names.begin(), names.end(),
                        [&](std::string const& name) { return is_exclusion(name) && !top.contains(name); });
  }
  /// `names` with "sex!f" for "sex"; nullopt where it has no "sex" or `excluded` is no exclusion.
  static std::optional<Names> with_excluded(Names names, std::string const& excluded) {
    if (!is_exclusion(excluded) || names.erase(excluded.substr(0, excluded.find('!'))) == 0) return std::nullopt;
    names.insert(excluded);
    return names;
  }
  static void keep(CellPlace& place, Names const& names) {
    std::erase_if(place, [&](auto const& one) { return !names.contains(name_of(one.first, one.second)); });
  }

  /// The groups of a table by what they become when their places change.
  template <class Change>
  static std::map<CellPlace, Parts> wholes(Table const& cells, Change const& change) {
    std::map<CellPlace, Parts> out;
    for (auto const& [place, cell] : cells) {
      CellPlace whole = place;
      change(whole);
      out[whole].push_back(cell);
    }
    return out;
  }

  /// "Not the women" is made up of the other groups by sex.
  static void add_others(Names const& names, Table const& cells, Names const& top,
                         std::map<CellPlace, std::vector<Parts>>& out) {
    for (auto const& excluded : top) {
      if (!is_exclusion(excluded)) continue;
      std::size_t const mark = excluded.find('!');
      std::string const dimension = excluded.substr(0, mark);
      if (with_excluded(names, excluded) != top) continue;
      Table others;
      for (auto const& [place, cell] : cells)
        if (auto const& value = place.at(dimension);
            value.front() == '=' && value.substr(1) != excluded.substr(mark + 1))
          others.emplace(place, cell);
      for (auto& [whole, parts] : wholes(others, [&](CellPlace& place) { place[dimension] = excluded.substr(mark); }))
        out[whole].push_back(std::move(parts));
    }
  }

  /// A whole is the women, all others, and those whose sex is unknown.
  void add_excluded(Names const& names, Table const& cells, Names const& top,
                    std::map<CellPlace, std::vector<Parts>>& out) const {
    if (names.size() != top.size() + 1) return;
    for (auto const& excluded : names) {
      Names rest = names;
      rest.erase(excluded);
      if (!is_exclusion(excluded) || rest != top) continue;
      std::size_t const mark = excluded.find('!');
      std::string const dimension = excluded.substr(0, mark);
      Names divided = top;
      divided.insert(dimension);
      for (auto const& [place, cell] : cells) {
        CellPlace of = place;
        of[dimension] = "=" + excluded.substr(mark + 1);
        auto const group = find(divided, of);
        if (!group) continue;
        Parts parts{cell, *group};
        of[dimension] = "\x1d";
        if (auto const unknown = find(divided, of)) parts.push_back(*unknown);
        of.erase(dimension);
        out[of].push_back(std::move(parts));
      }
    }
  }

  std::vector<PublishedCell> const& cells_;
  std::map<Names, Table> tables_{};
};

}  // namespace

void PublishedCells::relate_parts(std::vector<std::size_t> const& parts, std::vector<std::size_t> const& others) {
  if (!same_sum(cells_, parts, others)) return;
  LinearRelation relation;
  std::vector<std::size_t> shape;
  auto const take = [&](std::vector<std::size_t> const& some, bool minus) {
    for (std::size_t const i : some) {
      if (!cells_[i].value.is_value()) continue;
      Residue const factor = cells_[i].mean ? residue_of(static_cast<std::int64_t>(cells_[i].rows)) : Residue{1};
      relation.push_back({i, minus ? Residue{} - factor : factor});
      shape.push_back(i);
    }
  };
  take(parts, false);
  take(others, true);
  if (relation.size() > 1 && known_relations_.insert(std::move(shape)).second)
    relations_.push_back(std::move(relation));
}

void PublishedCells::relate_places(std::vector<std::size_t> const& same_rows) {
  Groups const groups(cells_, same_rows);
  for (auto const& top : groups.tops())
    for (auto const& [place, sets] : groups.partitions(top)) {
      auto const total = groups.find(top, place);
      for (std::size_t i = 0; i < sets.size(); ++i)
        if (total)
          relate_total(*total, sets[i]);
        else if (i > 0)
          relate_parts(sets[0], sets[i]);
    }
}

void PublishedCells::relate_places() {
  std::map<std::tuple<std::string, Date, Date>, std::vector<std::size_t>> groups;
  for (std::size_t i = 0; i < cells_.size(); ++i) groups[{cells_[i].base, cells_[i].first, cells_[i].end}].push_back(i);
  for (auto const& [rows, cells] : groups) relate_places(cells);
}

}  // namespace yekun
