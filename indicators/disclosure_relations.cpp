// Which published cells make up which others. A relation counts if it holds for the true values: then a reader who
// supposes it is right.
#include <algorithm>

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

void PublishedCells::relate_places() {
  struct Total {
    std::size_t cell = 0;
    std::string dimension{};
    bool operator<(Total const& other) const {
      return cell != other.cell ? cell < other.cell : dimension < other.dimension;
    }
  };
  std::map<Total, std::vector<std::size_t>> parts_of;
  using Spot = std::tuple<std::string, Date, Date, std::map<std::string, std::string>>;
  std::map<Spot, std::size_t> spots;
  for (std::size_t i = 0; i < cells_.size(); ++i)
    spots.emplace(Spot{cells_[i].indicator, cells_[i].first, cells_[i].end, cells_[i].place}, i);
  for (auto const& [spot, i] : spots) {
    for (auto const& [dimension, value] : cells_[i].place) {
      Spot above = spot;
      std::get<3>(above).erase(dimension);
      if (auto const total = spots.find(above); total != spots.end()) parts_of[{total->second, dimension}].push_back(i);
    }
  }
  for (auto const& [total, parts] : parts_of) relate_total(total.cell, parts);
}

/// Windows of one kind that tile a longer one, and any two that join to a third.
void PublishedCells::tile(std::vector<std::size_t> const& same_place) {
  std::map<std::pair<PeriodKind, Date>, std::size_t> by_start;
  std::map<std::pair<Date, Date>, std::size_t> by_window;
  for (std::size_t const i : same_place) {
    by_start[{cells_[i].kind, cells_[i].first}] = i;
    by_window[{cells_[i].first, cells_[i].end}] = i;
  }
  static constexpr PeriodKind kKinds[] = {PeriodKind::day,        PeriodKind::week, PeriodKind::month,
                                          PeriodKind::quarter,    PeriodKind::half, PeriodKind::year,
                                          PeriodKind::fiscal_year};
  for (std::size_t const whole : same_place) {
    for (PeriodKind const kind : kKinds) {
      std::vector<std::size_t> parts;
      Date at = cells_[whole].first;
      while (at < cells_[whole].end) {
        auto const part = by_start.find({kind, at});
        if (part == by_start.end() || part->second == whole) break;
        parts.push_back(part->second);
        at = cells_[part->second].end;
      }
      if (at == cells_[whole].end && parts.size() > 1) relate_total(whole, parts);
    }
    for (std::size_t const front : same_place) {
      if (cells_[front].first != cells_[whole].first || cells_[front].end >= cells_[whole].end) continue;
      auto const rest = by_window.find({cells_[front].end, cells_[whole].end});
      if (rest != by_window.end()) relate_total(whole, {front, rest->second});
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

void PublishedCells::relate_windows() {
  std::map<std::pair<std::string, std::map<std::string, std::string>>, std::vector<std::size_t>> places;
  for (std::size_t i = 0; i < cells_.size(); ++i) places[{cells_[i].indicator, cells_[i].place}].push_back(i);
  for (auto const& [place, same_place] : places) {
    if (same_place.size() < 2) continue;
    tile(same_place);
    equal_levels(same_place);
  }
}

void PublishedCells::relate() {
  relate_places();
  relate_windows();
}

}  // namespace yekun
