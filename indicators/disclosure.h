// The cells that a run publishes, and the relations among them that a reader can use. The inside of protect().
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "indicators/attacker.h"
#include "indicators/population.h"
#include "indicators/question.h"
#include "indicators/resolve.h"

namespace yekun {

/// One published number: an indicator (or part of one) in a window at a place, wherever it is shown.
struct PublishedCell {
  std::string indicator{};
  std::string base{};  // of its population: what it has in common with cells of other places and windows
  Date first{};
  Date end{};
  PeriodKind kind = PeriodKind::range;
  std::map<std::string, std::string> place{};
  Value value{};
  bool people = false;     // counts people: may be too small to show
  bool of_people = false;  // an average or share over rows about people: their number may be too small
  bool mean = false;       // rows x value adds up to that of the whole
  std::uint64_t rows = 0;  // that it rests on
  std::string sum_base{};  // of a mean: the sum over the same rows
  bool left_out = false;   // a table without rows for the group tells that there are none
  bool suppressed = false;
  std::vector<std::size_t> made_of{};  // cells behind it: suppressed if one of them is
};

/// All cells of a run, with the relations that hold among their true values. Indicators over the same rows share cells.
class PublishedCells {
 public:
  PublishedCells(Programme const& programme, IndicatorGraph const& graph);

  void add(Answer const& answer);
  /// Parts that make up totals over groups, time and conditions, two sets of parts of one whole, equal levels of
  /// stocks, means and their sums, linear formulas.
  void relate();

  /// The cell's index; nullopt if it was not added.
  std::optional<std::size_t> find(std::string_view indicator, Period const& period,
                                  std::vector<PlacePart> const& place) const;

  std::vector<PublishedCell>& cells() { return cells_; }
  std::vector<LinearRelation> const& relations() const { return relations_; }

 private:
  using Window = std::pair<Date, Date>;

  std::size_t add_cell(std::string_view indicator, Period const& period, std::vector<PlacePart> const& place,
                       Value const& value, std::uint64_t rows);
  std::string key_of(std::string_view indicator, Period const& period, std::map<std::string, std::string> place) const;
  void add_figure(Figure const& figure);
  void find_left_out();
  void relate(std::size_t cell, std::string_view indicator, Value const& value, Lineage const& lineage);
  void add_lineage(Lineage const& node, std::vector<std::size_t>& made_of);
  using CellsByPlace = std::map<std::map<std::string, std::string>, std::map<Window, std::size_t>>;
  void relate_groups();
  void relate_groups(CellsByPlace const& base, CellsByPlace const& sums, Window const& window);
  /// Both make up the same whole, which is not published.
  void relate_parts(std::vector<std::size_t> const& parts, std::vector<std::size_t> const& others);
  /// Sums and means over the same rows.
  void relate_sum(std::vector<std::size_t> const& sums, std::vector<std::size_t> const& means);
  void relate_levels();
  void equal_levels(std::vector<std::size_t> const& same_place);
  void relate_total(std::size_t total, std::vector<std::size_t> const& parts);
  void relate_means(std::size_t total, std::vector<std::size_t> const& parts);
  void relate_conditions();
  void relate_combinations();
  void relate_to_combinations(std::string const& dimension);
  void relate_overlaps(std::string const& dimension);
  void relate_signed(std::size_t total, std::vector<std::size_t> const& plus, std::vector<std::size_t> const& minus);

  Programme const& programme_;
  IndicatorGraph const& graph_;
  std::vector<Population> populations_;  // by indicator
  std::map<std::string, std::size_t, std::less<>> index_;
  /// Cells of each indicator by window and place as asked for: what conditions make up each other.
  std::map<std::size_t, std::map<std::string, std::size_t>> spots_;
  std::vector<PublishedCell> cells_;
  /// The places that tables list, by window and dimensions.
  std::map<Window, std::map<std::set<std::string>, std::set<std::map<std::string, std::string>>>> listed_;
  std::map<std::string, std::size_t> by_key_;
  std::vector<LinearRelation> relations_;
  std::set<std::vector<std::size_t>> known_relations_;
};

/// The previous and other windows that a figure's comparisons are about.
struct ComparedWindow {
  Seldom<Value> Figure::*value;
  LineagePtr Figure::*lineage;
  Period window;
};
std::vector<ComparedWindow> compared_windows(Figure const& figure, Programme const& programme);

}  // namespace yekun
