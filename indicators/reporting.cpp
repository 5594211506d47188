#include "indicators/reporting.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/column_text.h"
#include "indicators/quality_rules.h"
#include "indicators/resolve.h"

namespace yekun {
namespace {

std::string as_text(std::string const& column, Schema const& schema) {
  for (auto const& one : schema.columns)
    if (one.name == column && one.type == Type::text) return quote_name(column);
  return fmt::format("text({})", quote_name(column));
}

std::string listed(std::vector<std::string> const& units) {
  std::string out;
  for (std::string const& unit : units) {
    std::string quoted;
    for (char const c : unit) quoted += c == '\'' ? "''" : std::string(1, c);
    out += fmt::format("{}'{}'", out.empty() ? "" : ", ", quoted);
  }
  return out;
}

}  // namespace

std::optional<std::string> reporting_unit(Dataset const& dataset, Schema const& schema) {
  auto const reporters = reporters_of(dataset);
  if (dataset.date.size() != 1 || !reporters || reporters->empty()) return std::nullopt;
  std::string unit = as_text(reporters->front(), schema);
  for (std::size_t i = 1; i < reporters->size(); ++i)
    unit += fmt::format(" || '|' || {}", as_text((*reporters)[i], schema));
  if (!dataset.expected.empty())
    unit = fmt::format("case when {0} in ({1}) then {0} end", unit, listed(dataset.expected));
  auto const parsed = parse(unit);
  return parsed ? to_text(parsed->root) : unit;
}

bool is_of_reporter(DimensionRule const& rule, RowSchema const& schema, Dataset const& dataset) {
  auto const reporters = reporters_of(dataset);
  auto const bound = parse(rule.expression).and_then([&](Expression const& e) { return bind(e, schema.schema); });
  if (!reporters || !bound || !rule.split.empty()) return false;
  auto const reports = [&](std::string const& name) {
    return std::find(reporters->begin(), reporters->end(), name) != reporters->end();
  };
  return std::all_of(bound->columns.begin(), bound->columns.end(), [&](std::size_t column) {
    ColumnOrigin const& origin = schema.origins[column];
    if (origin.from == ColumnOrigin::From::source) return reports(origin.column);
    if (origin.from != ColumnOrigin::From::lookup) return false;
    LookupSpec const& lookup = dataset.lookups[origin.lookup];
    return lookup.valid_from.empty() && std::all_of(lookup.columns.begin(), lookup.columns.end(), reports);
  });
}

std::string on_time_condition(Dataset const& dataset) {
  return fmt::format("{} <= date_add(window_end, {}, 'days')", quote_name(dataset.submitted), dataset.due_days - 1);
}

Result<void> read_expected(Programme& programme, SourceCache& sources) {
  for (Dataset& dataset : programme.datasets) {
    bool const read = std::any_of(programme.indicators.begin(), programme.indicators.end(),
                                  [&](Indicator const& one) { return one.dataset == dataset.id; });
    if (!read || dataset.expected_from.empty() || !dataset.expected.empty()) continue;
    std::size_t const dot = dataset.expected_from.find('.');
    auto const source = sources.open(dataset.expected_from.substr(0, dot));
    if (!source) return failure(source.error());
    auto const table = read_table(**source, {dataset.expected_from.substr(dot + 1)});
    if (!table) return failure(table.error());
    std::set<std::string> units;
    for (std::size_t row = 0; row < table->rows(); ++row)
      if (table->columns.front().has(row)) units.insert(entry_text(table->columns.front(), row));
    dataset.expected.assign(units.begin(), units.end());
  }
  return {};
}

}  // namespace yekun
