#include "indicators/disclosure.h"

#include <algorithm>

#include "indicators/disclosure_groups.h"
#include "indicators/formula_value.h"

namespace yekun {
namespace {

std::string spot_of(Period const& period, std::map<std::string, std::string> const& place) {
  std::string spot = std::to_string(period.first.days) + ':' + std::to_string(period.end.days);
  for (auto const& [dimension, value] : place) spot.append(1, '\x1e').append(dimension).append(1, '\x1f').append(value);
  return spot;
}

std::map<std::string, std::string> place_of(std::vector<PlacePart> const& parts) {
  std::map<std::string, std::string> place;
  for (PlacePart const& part : parts) {
    if (part.unknown) place[part.dimension] = "\x1d";  // stands for the unknown group, which no value can be
    if (part.value) place[part.dimension] = "=" + *part.value;
  }
  return place;
}

/// Whether a population's own place ("=f", "!f") is, or may hold, the one asked for: others than women among the men.
bool allows(std::string const& own, std::string const& asked) {
  return own == asked || (own.front() == '!' && asked.front() == '=' && own.substr(1) != asked.substr(1));
}

/// The node as a sum of factor x cell plus something known. nullopt: it is not linear.
struct Linear {
  std::map<std::size_t, Residue> factors{};
  std::optional<Number> constant{};  // set if there are no cells
};

Residue residue_of(Number const& number, bool& exact) {
  if (auto const* whole = std::get_if<std::int64_t>(&number)) return yekun::residue_of(*whole);
  if (auto const* decimal = std::get_if<Decimal>(&number))
    return yekun::residue_of(decimal->micros) * inverse(yekun::residue_of(kMicro));
  exact = false;
  return {1};
}

void scale(Linear& linear, Residue factor) {
  for (auto& [cell, value] : linear.factors) value = value * factor;
}

class LinearForm {
 public:
  explicit LinearForm(PublishedCells const& cells) : cells_(cells) {}

  std::optional<Linear> of(Lineage const& node) const {
    switch (node.kind) {
      case Lineage::Kind::cell:
        return of_cell(node);
      case Lineage::Kind::constant:
      case Lineage::Kind::target:
      case Lineage::Kind::baseline: {
        Linear known;
        known.constant = node.value.number;
        return known;
      }
      case Lineage::Kind::add:
      case Lineage::Kind::subtract:
        return of_sum(node);
      case Lineage::Kind::negate: {
        auto inner = of(*node.parts[0]);
        if (inner) scale(*inner, Residue{} - Residue{1});
        return inner;
      }
      case Lineage::Kind::multiply:
      case Lineage::Kind::divide:
        return of_product(node);
      case Lineage::Kind::function:
        if (node.parts.size() == 1 && node.name != "round" && node.name != "abs") return of(*node.parts[0]);
        return std::nullopt;
    }
    return std::nullopt;
  }

 private:
  std::optional<Linear> of_cell(Lineage const& node) const {
    auto const cell = cells_.find(node.indicator, node.period, node.place);
    if (!cell) return std::nullopt;
    Linear out;
    out.factors[*cell] = {1};
    return out;
  }

  std::optional<Linear> of_sum(Lineage const& node) const {
    auto a = of(*node.parts[0]);
    auto b = of(*node.parts[1]);
    if (!a || !b) return std::nullopt;
    if (node.kind == Lineage::Kind::subtract) scale(*b, Residue{} - Residue{1});
    for (auto const& [cell, factor] : b->factors) a->factors[cell] = a->factors[cell] + factor;
    a->constant.reset();
    return a;
  }

  std::optional<Linear> of_product(Lineage const& node) const {
    auto a = of(*node.parts[0]);
    auto b = of(*node.parts[1]);
    if (!a || !b) return std::nullopt;
    if (node.kind == Lineage::Kind::multiply && a->factors.empty()) std::swap(a, b);
    if (!b->factors.empty() || !b->constant || is_zero(*b->constant)) return std::nullopt;
    bool exact = true;
    Residue factor = residue_of(*b->constant, exact);
    if (!exact) return std::nullopt;
    if (node.kind == Lineage::Kind::divide) factor = inverse(factor);
    scale(*a, factor);
    a->constant.reset();
    return a;
  }

  PublishedCells const& cells_;
};

}  // namespace

std::vector<ComparedWindow> compared_windows(Figure const& figure, Programme const& programme) {
  std::vector<ComparedWindow> out;
  if (figure.previous)
    out.push_back({&Figure::previous, &Figure::previous_lineage, previous(figure.period, programme.fiscal)});
  if (figure.last_year)
    out.push_back(
        {&Figure::last_year, &Figure::last_year_lineage, same_period_last_year(figure.period, programme.fiscal)});
  if (figure.cumulative)
    out.push_back(
        {&Figure::cumulative, &Figure::cumulative_lineage, cumulative_window(figure.period, programme, false)});
  return out;
}

PublishedCells::PublishedCells(Programme const& programme, IndicatorGraph const& graph)
    : programme_(programme), graph_(graph), populations_(populations_of(programme, graph)) {
  for (std::size_t i = 0; i < graph.indicators.size(); ++i) index_[graph.indicators[i].id] = i;
}

/// The population's own place joins the one asked for; where they contradict each other nobody is meant.
std::string PublishedCells::key_of(std::string_view indicator, Period const& period,
                                   std::map<std::string, std::string> place) const {
  auto const at = index_.find(indicator);
  if (at == index_.end()) return std::string(indicator) + '\x1d' + spot_of(period, place);
  Population const& population = populations_[at->second];
  std::string key = population.base;
  for (auto const& [column, value] : population.place) {
    auto const [here, is_new] = place.try_emplace(column, value);
    if (!is_new && !allows(value, here->second)) key += '\x1c' + column + value;
  }
  return key + '\x1d' + spot_of(period, place);
}

std::optional<std::size_t> PublishedCells::find(std::string_view indicator, Period const& period,
                                                std::vector<PlacePart> const& place) const {
  auto const at = by_key_.find(key_of(indicator, period, place_of(place)));
  if (at == by_key_.end()) return std::nullopt;
  return at->second;
}

std::size_t PublishedCells::add_cell(std::string_view indicator, Period const& period,
                                     std::vector<PlacePart> const& place, Value const& value, std::uint64_t rows) {
  std::map<std::string, std::string> asked = place_of(place);
  auto const [at, is_new] = by_key_.try_emplace(key_of(indicator, period, asked), cells_.size());
  if (is_new) cells_.emplace_back();
  PublishedCell& cell = cells_[at->second];
  if (is_new || (!cell.value.is_value() && value.is_value())) cell.value = value;
  cell.rows = std::max(cell.rows, rows);
  auto const known = index_.find(indicator);
  if (known != index_.end()) {
    Population const& population = populations_[known->second];
    bool const nobody = at->first.find('\x1c') != std::string::npos;  // women among the men: zero by definition
    cell.people = !nobody && (cell.people || population.people);
    cell.of_people = cell.of_people || population.of_people;
    spots_[known->second][spot_of(period, asked)] = at->second;
    if (is_new) {
      cell.base = at->first.substr(0, at->first.find('\x1d'));
      cell.mean = population.mean;
      cell.sum_base = population.sum_base;
      for (auto const& part : population.place) asked.insert(part);
    }
  }
  if (is_new) {
    cell.indicator = std::string(indicator);
    cell.first = period.first;
    cell.end = period.end;
    cell.kind = period.kind;
    cell.place = std::move(asked);
  }
  return at->second;
}

void PublishedCells::add_lineage(Lineage const& node, std::vector<std::size_t>& made_of) {
  if (node.kind == Lineage::Kind::cell)
    made_of.push_back(add_cell(node.indicator, node.period, node.place, node.value, node.rows));
  for (LineagePtr const& part : node.parts)
    if (part) add_lineage(*part, made_of);
}

void PublishedCells::relate(std::size_t cell, std::string_view indicator, Value const& value, Lineage const& lineage) {
  bool const measured = lineage.kind == Lineage::Kind::cell;
  if (measured && lineage.indicator == indicator) return;
  std::vector<std::size_t> made_of;
  add_lineage(lineage, made_of);
  cells_[cell].made_of = made_of;
  if (measured) return;
  auto linear = LinearForm(*this).of(lineage);
  if (!linear || linear->factors.empty() || !value.is_value()) return;
  LinearRelation relation{{cell, Residue{} - Residue{1}}};
  std::vector<std::size_t> shape{cell};
  for (auto const& [part, factor] : linear->factors) {
    if (part == cell) return;
    relation.push_back({part, factor});
    shape.push_back(part);
  }
  if (known_relations_.insert(std::move(shape)).second) relations_.push_back(std::move(relation));
}

void PublishedCells::add_figure(Figure const& figure) {
  bool const measured = !figure.lineage || figure.lineage->kind == Lineage::Kind::cell;
  std::size_t const cell =
      add_cell(figure.indicator, figure.period, figure.place, figure.value, measured ? figure.rows_used : 0);
  for (ComparedWindow const& compared : compared_windows(figure, programme_)) {
    Value const& value = *(figure.*compared.value);
    std::size_t const other = add_cell(figure.indicator, compared.window, figure.place, value, 0);
    if (auto const& lineage = figure.*compared.lineage) relate(other, figure.indicator, value, *lineage);
  }
  if (figure.lineage) relate(cell, figure.indicator, figure.value, *figure.lineage);
}

void PublishedCells::add(Answer const& answer) {
  for (AnswerRow const& row : answer.rows) {
    auto const place = place_of(row.key);
    listed_[{row.period.first, row.period.end}][names_of(place)].insert(place);
    for (Figure const& figure : row.figures) add_figure(figure);
  }
}

}  // namespace yekun
