#include "reports/row_sheet_maker.h"

#include <algorithm>

#include "core/column_text.h"
#include "core/utf8.h"
#include "indicators/dimension.h"
#include "indicators/evaluate.h"
#include "indicators/quality_rules.h"
#include "reports/labels.h"

namespace yekun {

namespace {

using Role = RowColumn::Role;

Result<BoundExpression> bound_text(std::string const& text, Schema const& schema) {
  auto const parsed = parse(text);
  if (!parsed) return failure(parsed.error());
  return bind(*parsed, schema);
}

bool has_window(Period const& period) { return period.first < period.end && period.label != "all"; }

Column empty_like(Column const& from) {
  Column out;
  out.type = from.type;
  return out;
}

/// The entries of some rows. Texts are coded anew: nothing of the other rows stays behind.
Column picked(Column const& from, std::vector<std::size_t> const& rows) {
  Column out = empty_like(from);
  auto dictionary = std::make_shared<Dictionary>();
  for (std::size_t const row : rows) {
    bool const has = from.has(row);
    out.present.push_back(has ? 1 : 0);
    if (from.type == Type::text)
      out.codes.push_back(has ? dictionary->code(from.text(row)) : 0);
    else if (from.type == Type::number)
      out.number.push_back(has ? from.number[row] : 0);
    else
      out.whole.push_back(has ? from.whole[row] : 0);
  }
  out.dictionary = std::move(dictionary);
  return out;
}

/// 1 and 0: where the condition is true, or where there is a value.
Column flags(Column const& from, bool valued) {
  Column out;
  out.type = Type::integer;
  out.present.assign(from.size(), 1);
  for (std::size_t row = 0; row < from.size(); ++row)
    out.whole.push_back(from.has(row) && (valued || from.whole[row] != 0) ? 1 : 0);
  return out;
}

/// Ids as texts become running numbers in the order of the rows: the file cannot be joined to another by them.
Column numbered(Column const& from) {
  Column out;
  out.type = Type::integer;
  Dictionary known;
  for (std::size_t row = 0; row < from.size(); ++row) {
    out.present.push_back(from.has(row) ? 1 : 0);
    out.whole.push_back(from.has(row) ? std::int64_t{known.code(entry_text(from, row))} + 1 : 0);
  }
  return out;
}

/// Groups as texts, as the engine names them.
Column texts(Column const& from) {
  Column out;
  out.type = Type::text;
  auto dictionary = std::make_shared<Dictionary>();
  for (std::size_t row = 0; row < from.size(); ++row) {
    out.present.push_back(from.has(row) ? 1 : 0);
    out.codes.push_back(from.has(row) ? dictionary->code(entry_text(from, row)) : 0);
  }
  out.dictionary = std::move(dictionary);
  return out;
}

}  // namespace

std::optional<std::size_t> RowSheetMaker::column_of(std::string const& key, Role role) const {
  for (std::size_t i = 0; i < columns_.size(); ++i)
    if (columns_[i].column.key == key && columns_[i].column.role == role) return i;
  return {};
}

std::optional<std::size_t> RowSheetMaker::add_column(Role role, std::string const& key, std::string const& heading,
                                                     Result<BoundExpression> bound, bool valued) {
  if (auto const known = column_of(key, role)) return known;
  bool const by_person = role == Role::number || role == Role::filter;
  if (!bound || schema_.uses_window(*bound) || (by_person && bound->personal)) return {};
  columns_.push_back({{role, heading, key, {}}, *std::move(bound), valued});
  return columns_.size() - 1;
}

std::optional<std::size_t> RowSheetMaker::add_day() {
  if (dataset_.date.size() != 1) return {};
  return add_column(Role::day, dataset_.date.front(), dataset_.date.front(),
                    bound_text(quote_name(dataset_.date.front()), schema_.schema));
}

std::optional<std::size_t> RowSheetMaker::add_group(std::string const& name) {
  Dimension const* const dimension = programme_.dimension(name);
  auto const rule =
      dimension != nullptr ? resolve_dimension(*dimension, schema_.schema) : resolve_column(name, schema_.schema);
  if (!rule || !rule->split.empty()) return {};
  return add_column(Role::group, name, dimension_label(programme_, name, catalogue_.locale().language()),
                    bound_text(rule->expression, schema_.schema));
}

bool RowSheetMaker::add_places(Lineage const& leaf) {
  return std::all_of(leaf.place.begin(), leaf.place.end(), [&](PlacePart const& part) {
    return (!part.value && !part.unknown) || add_group(part.dimension);
  });
}

std::optional<RowMeasure> RowSheetMaker::measure_of(Lineage const& leaf, Indicator const& indicator) {
  auto const measure = parse_measure(indicator.measure);
  if (!measure || to_text(*measure) != leaf.measure) return {};
  RowMeasure out{leaf.indicator, leaf.measure, leaf.predicate, RowMeasure::Kind::rows, {}, {}};
  std::string const argument = measure->argument ? to_text(measure->argument->root) : std::string();
  auto const argument_column = [&](Role role, std::string const& heading, bool valued) {
    return add_column(role, argument, heading, bound_text(argument, schema_.schema), valued);
  };
  if (measure->kind == MeasureKind::sum) {
    out.kind = RowMeasure::Kind::sum;
    out.column = argument_column(Role::number, argument, false);
  } else if (measure->kind == MeasureKind::distinct) {
    out.kind = RowMeasure::Kind::people;
    auto const bound = bound_text(argument, schema_.schema);
    out.column =
        argument_column(Role::person, bound && bound->personal ? catalogue_.text("workbook.person") : argument, false);
  } else if (measure->kind == MeasureKind::count) {
    auto const filter = argument_column(Role::filter, argument + " is not null", true);
    if (!filter) return {};
    out.filters.push_back(*filter);
  } else if (measure->kind != MeasureKind::rows) {
    return {};
  }
  if (out.kind != RowMeasure::Kind::rows && !out.column) return {};
  if (leaf.predicate.empty()) return out;
  auto const filter =
      add_column(Role::filter, leaf.predicate, leaf.predicate, bound_text(leaf.predicate, schema_.schema));
  if (!filter) return {};
  out.filters.push_back(*filter);
  return out;
}

void RowSheetMaker::add(Lineage const& leaf, Indicator const& indicator) {
  bool const of_events = indicator.over_time == OverTime::unset || indicator.over_time == OverTime::sum ||
                         indicator.over_time == OverTime::recount;
  if (!of_events || dataset_.date.size() > 1) return;
  if (has_window(leaf.period) && !add_day()) return;
  if (!add_places(leaf)) return;
  bool const known = std::any_of(measures_.begin(), measures_.end(), [&](RowMeasure const& one) {
    return one.indicator == leaf.indicator && one.measure == leaf.measure && one.predicate == leaf.predicate;
  });
  if (!known) {
    auto measure = measure_of(leaf, indicator);
    if (!measure) return;
    measures_.push_back(*std::move(measure));
  }
  leaves_.push_back(&leaf);
}

std::vector<std::size_t> RowSheetMaker::wanted() const {
  std::set<std::size_t> all;
  for (Planned const& one : columns_) all.insert(one.bound.columns.begin(), one.bound.columns.end());
  return {all.begin(), all.end()};
}

Result<std::vector<Column>> RowSheetMaker::evaluate(JoinedRows const& rows) {
  std::vector<Column> out;
  for (Planned const& one : columns_) {
    std::vector<Column const*> inputs;
    for (auto const used : one.bound.columns) inputs.push_back(rows.columns()[used]);
    Evaluator evaluator(one.bound);
    auto made = evaluator.evaluate(inputs, rows.table().row_in_file.size());
    if (!made) return failure(made.error());
    if (one.column.role == Role::filter)
      out.push_back(flags(*made, one.valued));
    else if (one.column.role == Role::group || one.column.role == Role::person)
      out.push_back(texts(*made));
    else
      out.push_back(*std::move(made));
  }
  return out;
}

std::vector<std::uint8_t> RowSheetMaker::in_spot(Spot const& spot, std::vector<Column> const& columns,
                                                 std::size_t count) const {
  std::vector<std::uint8_t> in(count, 1);
  if (auto const day = has_window(spot.period) ? column_of(dataset_.date.front(), Role::day) : std::nullopt)
    for (std::size_t row = 0; row < count; ++row)
      in[row] = columns[*day].has(row) && columns[*day].whole[row] >= spot.period.first.days &&
                columns[*day].whole[row] < spot.period.end.days;
  for (PlacePart const& part : spot.place) {
    if (!part.value && !part.unknown) continue;
    Column const& column = columns[*column_of(part.dimension, Role::group)];
    auto const code = part.value ? column.dictionary->find(*part.value) : std::nullopt;
    for (std::size_t row = 0; row < count; ++row)
      in[row] =
          in[row] != 0 && (part.unknown ? !column.has(row) : code && column.has(row) && column.codes[row] == *code);
  }
  return in;
}

std::vector<std::size_t> RowSheetMaker::rows_in(std::vector<Column> const& columns, std::size_t count) const {
  std::set<std::string> known;
  std::vector<std::uint8_t> keep(count, 0);
  for (Lineage const* leaf : leaves_) {
    if (!known.insert(figure_id("", leaf->period, leaf->place)).second) continue;
    auto const in = in_spot({leaf->period, leaf->place}, columns, count);
    for (std::size_t row = 0; row < count; ++row) keep[row] |= in[row];
  }
  std::vector<std::size_t> out;
  for (std::size_t row = 0; row < count; ++row)
    if (keep[row] != 0) out.push_back(row);
  return out;
}

Result<std::optional<DataSheet>> RowSheetMaker::fill(JoinedRows const& rows, std::size_t most) {
  auto const columns = evaluate(rows);
  if (!columns) return failure(columns.error());
  auto const kept = rows_in(*columns, rows.table().row_in_file.size());
  if (kept.size() > most) return std::nullopt;
  DataSheet out;
  out.id = dataset_.id;
  out.title = dataset_.id;
  out.rows = kept.size();
  out.measures = measures_;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    out.columns.push_back(columns_[i].column);
    Column values = picked((*columns)[i], kept);
    out.columns.back().values = columns_[i].column.role == Role::person ? numbered(values) : std::move(values);
  }
  return out;
}

}  // namespace yekun
