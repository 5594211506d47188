#include "reports/aspects.h"

#include <algorithm>
#include <array>

#include "reports/format.h"

namespace yekun {

namespace {

std::optional<Value> value_of(Aspect aspect, Figure const& figure) {
  switch (aspect) {
    case Aspect::value:
      return figure.value;
    case Aspect::previous:
      return figure.previous;
    case Aspect::change:
      return figure.change;
    case Aspect::baseline:
      return figure.baseline;
    case Aspect::target:
      return figure.target;
    case Aspect::cumulative:
      return figure.cumulative;
    case Aspect::achievement:
      return figure.achievement;
    case Aspect::status:
      break;
  }
  return {};
}

NumberShape shape_for(Aspect aspect, Indicator const& indicator, IndicatorKind kind) {
  if (aspect == Aspect::change) return change_shape(indicator, kind);
  if (aspect == Aspect::achievement) return achievement_shape();
  return shape_of(indicator);
}

constexpr std::array<std::string_view, 8> kNames{"value",  "previous_period", "change",      "baseline",
                                                 "target", "cumulative",      "achievement", "status"};

std::string_view name_of(Aspect aspect) { return kNames.at(static_cast<std::size_t>(aspect)); }

bool has_target(Figure const& figure) { return figure.target && figure.target->is_value(); }

/// Growth from zero has no percentage: it is new.
bool is_new(Figure const& figure) {
  return figure.change && !figure.change->is_value() && figure.previous && figure.previous->is_value() &&
         to_double(figure.previous->number) == 0 && figure.value.is_value() && to_double(figure.value.number) != 0;
}

bool says_something(Aspect aspect, Figure const& figure) {
  if (aspect == Aspect::value) return true;
  if (aspect == Aspect::status) return has_target(figure);
  if (aspect == Aspect::change && is_new(figure)) return true;
  auto const value = value_of(aspect, figure);
  return value && value->is_value();
}

}  // namespace

std::string aspect_heading(Aspect aspect, Catalogue const& catalogue) {
  return catalogue.text("label." + std::string(name_of(aspect)));
}

TableColumn aspect_column(Aspect aspect, Indicator const& indicator, IndicatorKind kind, Catalogue const& catalogue) {
  TableColumn column;
  column.heading = aspect_heading(aspect, catalogue);
  column.role = aspect == Aspect::status ? ColumnRole::status : ColumnRole::number;
  column.shape = shape_for(aspect, indicator, kind);
  column.key = std::string(name_of(aspect));
  return column;
}

Cell aspect_cell(Aspect aspect, Figure const& figure, Indicator const& indicator, Catalogue const& catalogue) {
  if (aspect == Aspect::status) {
    Cell cell;
    cell.status = has_target(figure) ? status_of(figure, indicator.direction) : Status::none;
    cell.text = status_text(cell.status, catalogue);
    return cell;
  }
  if (aspect == Aspect::change && is_new(figure)) return words(catalogue.text("verdict.new"));
  auto const value = value_of(aspect, figure);
  if (!value) return {};
  if (aspect == Aspect::value) return figure_cell(figure, shape_for(aspect, indicator, figure.kind), catalogue);
  // A target that was never set, or a change that nothing can be compared with, is an empty cell: not a missing figure.
  if (value->state == State::missing) return {};
  Cell cell = value_cell(*value, shape_for(aspect, indicator, figure.kind), catalogue);
  cell.lineage = aspect_lineage(aspect, figure, indicator);
  return cell;
}

std::vector<Aspect> useful_aspects(std::vector<Aspect> const& wanted, std::vector<Figure const*> const& figures) {
  std::vector<Aspect> useful;
  std::copy_if(wanted.begin(), wanted.end(), std::back_inserter(useful), [&](Aspect aspect) {
    return std::any_of(figures.begin(), figures.end(),
                       [&](Figure const* figure) { return figure != nullptr && says_something(aspect, *figure); }) ||
           aspect == Aspect::value;
  });
  return useful;
}

}  // namespace yekun
