// Which groups of a table make up which: what sets of cells add up to one whole. The inside of protect().
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "indicators/disclosure.h"

namespace yekun {

using CellPlace = std::map<std::string, std::string>;  // as PublishedCell::place
using Names = std::set<std::string>;                   // what a place is told by: dimensions; "sex!f": not the women
using Parts = std::vector<std::size_t>;                // cells

Names names_of(CellPlace const& place);

/// Whether two sets of cells, neither empty, add up to the same: means weighed by their rows.
bool same_sum(std::vector<PublishedCell> const& cells, Parts const& a, Parts const& b);

/// A group of a window: its cell, or the cells of shorter windows that make it up.
struct Group {
  CellPlace place{};
  Parts cells{};
  bool published = false;  // `cells` is its own cell
};

/// The groups of one base and window. Keeps references to both arguments.
class Groups {
 public:
  Groups(std::vector<PublishedCell> const& cells, std::vector<Group> const& groups);

  /// A group that is not published but made up of some that are.
  void add(Group group);
  /// The tables there are, and what two of them, or one and one of `others`, have in common; a table by sex is also one
  /// of "not the women". Those that tell most come first.
  std::vector<Names> tops(std::set<Names> const& others) const;
  std::set<Names> names() const;
  Group const* find(Names const& names, CellPlace const& place) const;
  /// For each place told by `top`: the sets of cells that make it up, if every group of it is there. A table is left
  /// out where a coarser one makes up the same.
  std::map<CellPlace, std::vector<Parts>> partitions(Names const& top) const;

 private:
  using Table = std::map<CellPlace, Group const*>;
  using Sets = std::map<CellPlace, std::vector<Parts>>;
  void add_divided(Names const& top, Sets& out) const;
  void add_others(Names const& names, Table const& table, Names const& top, Sets& out) const;
  void add_excluded(Names const& names, Table const& table, Names const& top, Sets& out) const;

  std::vector<PublishedCell> const& cells_;
  std::deque<Group> made_up_{};
  std::map<Names, Table> tables_{};
};

}  // namespace yekun
