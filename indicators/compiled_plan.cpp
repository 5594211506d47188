#include "indicators/compiled_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace yekun {

namespace {

template <class T>
std::size_t index_of(std::vector<T>& all, T one) {
  auto const at = std::find(all.begin(), all.end(), one);
  if (at != all.end()) return static_cast<std::size_t>(at - all.begin());
  all.push_back(std::move(one));
  return all.size() - 1;
}

class Compiler {
 public:
  Compiler(AggregationPlan plan, RowSchema schema, Dataset const& dataset) : dataset_(dataset) {
    out_.plan = std::move(plan);
    out_.schema = std::move(schema);
  }

  Result<CompiledPlan> compile() {
    for (auto const& date : out_.plan.dates) out_.dates.push_back(schema_column(date));
    for (auto const& grouping : out_.plan.groupings) add(grouping);
    for (auto const& contact : out_.plan.contacts) {
      std::size_t const argument = expression(contact.argument);
      out_.contacts.push_back({ids(argument, contact.domain), mask(contact.conditions, argument, {}, true)});
    }
    add_combinations();
    collect_columns();
    if (!errors_.empty()) return failure(std::move(errors_));
    return std::move(out_);
  }

 private:
  void add(PlanGrouping const& grouping) {
    CompiledGrouping compiled;
    for (auto const& dimension : grouping.by) {
      compiled.by.push_back(expression(dimension.expression));
      compiled.splits |= !dimension.split.empty();
    }
    for (auto const& reporter : grouping.reporters) compiled.reporters.push_back(expression(quote_name(reporter)));
    for (auto const& aggregate : grouping.aggregates) compiled.aggregates.push_back(compile_aggregate(aggregate));
    out_.groupings.push_back(std::move(compiled));
  }

  CompiledAggregate compile_aggregate(PlanAggregate const& aggregate) {
    CompiledAggregate out;
    out.kind = aggregate.kind;
    if (!aggregate.argument.empty()) out.argument = expression(aggregate.argument);
    if (!aggregate.weight.empty()) out.weight = expression(aggregate.weight);
    if (out.argument) out.type = out_.expressions[*out.argument].bound.type();
    bool const dated = aggregate.kind == AggregateKind::first || aggregate.kind == AggregateKind::last;
    out.mask = mask(aggregate.conditions, out.argument, out.weight, dated);
    bool const pairs = aggregate.kind == AggregateKind::id_pairs;
    bool const by_id = pairs || aggregate.kind == AggregateKind::distinct || aggregate.kind == AggregateKind::id_counts;
    if (by_id && out.argument) out.ids = ids(*out.argument, aggregate.domain);
    if (pairs && out.weight) out.others = ids(*out.weight, "of " + aggregate.weight);
    return out;
  }

  std::size_t expression(std::string const& text) {
    for (std::size_t i = 0; i < texts_.size(); ++i)
      if (texts_[i] == text) return i;
    auto bound = parse(text).and_then([&](Expression const& e) { return bind(e, out_.schema.schema); });
    texts_.push_back(text);
    CompiledExpression compiled;
    if (bound)
      compiled = {std::move(*bound), false};
    else
      errors_.insert(errors_.end(), bound.error().begin(), bound.error().end());
    compiled.windowed = out_.schema.uses_window(compiled.bound);
    out_.expressions.push_back(std::move(compiled));
    return out_.expressions.size() - 1;
  }

  std::size_t mask(std::vector<std::string> const& conditions, std::optional<std::size_t> argument,
                   std::optional<std::size_t> weight, bool dated) {
    CompiledMask mask{{}, argument, weight, dated, false};
    for (auto const& condition : conditions) mask.conditions.push_back(expression(condition));
    std::sort(mask.conditions.begin(), mask.conditions.end());
    auto const windowed = [&](std::size_t i) { return out_.expressions[i].windowed; };
    mask.windowed = std::any_of(mask.conditions.begin(), mask.conditions.end(), windowed) ||
                    (argument && windowed(*argument)) || (weight && windowed(*weight));
    return index_of(out_.masks, std::move(mask));
  }

  std::size_t ids(std::size_t argument, std::string const& domain) {
    CompiledIds ids{argument, index_of(out_.domains, domain), mask({}, argument, {}, false)};
    return index_of(out_.ids, ids);
  }

  std::size_t schema_column(std::string const& name) {
    auto const found = find_column(out_.schema.schema, name);
    if (found) return *found;
    Diagnostic one;
    one.code = "unknown-column";
    one.place = dataset_.place;
    one.message = found.error().message;
    one.hint = found.error().hint;
    errors_.push_back(std::move(one));
    return 0;
  }

  /// Combinations that expressions read; what numbers their entities is an expression too.
  void add_combinations() {
    for (std::size_t e = 0; e < out_.expressions.size(); ++e)
      for (std::size_t const column : std::vector<std::size_t>(out_.expressions[e].bound.columns)) {
        ColumnOrigin const& origin = out_.schema.origins[column];
        bool const known = std::any_of(out_.combinations.begin(), out_.combinations.end(),
                                       [&](CompiledCombination const& one) { return one.schema_column == column; });
        if (origin.from != ColumnOrigin::From::combination || known) continue;
        std::string const& entity = out_.schema.combinations[origin.lookup].entity;
        std::string const domain = "combined " + out_.plan.dataset + "." + entity;
        out_.combinations.push_back({column, origin.lookup, ids(expression(entity), domain), nullptr});
      }
  }

  /// What must be read and worked out for the expressions, dates and lookups.
  void collect_columns() {
    std::size_t const lookups = dataset_.lookups.size();
    out_.lookup_keys.resize(lookups);
    out_.lookup_dates.resize(lookups);
    out_.lookup_columns.resize(lookups);
    for (std::size_t const column : out_.dates) need(column);
    for (auto const& compiled : out_.expressions)
      for (std::size_t const column : compiled.bound.columns) need(column);
    for (std::size_t const column : needed_)
      if (out_.schema.origins[column].from == ColumnOrigin::From::source)
        out_.reads.push_back({column, form_of(column)});
  }

  void need(std::size_t column) {
    if (!needed_.insert(column).second) return;
    ColumnOrigin const& origin = out_.schema.origins[column];
    if (origin.from == ColumnOrigin::From::lookup) {
      LookupSpec const& lookup = dataset_.lookups[origin.lookup];
      auto& keys = out_.lookup_keys[origin.lookup];
      if (keys.empty()) {
        for (auto const& key : lookup.columns) keys.push_back(schema_column(key));
        if (!lookup.valid_from.empty()) out_.lookup_dates[origin.lookup] = schema_column(lookup.date);
        for (std::size_t const key : std::vector<std::size_t>(keys)) need(key);
        if (out_.lookup_dates[origin.lookup]) need(*out_.lookup_dates[origin.lookup]);
      }
      out_.lookup_columns[origin.lookup].push_back(origin.column);
      out_.computed.push_back(column);
    } else if (origin.from == ColumnOrigin::From::derived) {
      for (std::size_t const part : origin.expression.columns) need(part);
      out_.computed.push_back(column);
    }
  }

  /// Columns whose every use is as an id stay raw: their texts seldom repeat.
  TextForm form_of(std::size_t column) const {
    if (out_.schema.schema.columns[column].type != Type::text) return TextForm::coded;
    bool as_id = false;
    for (auto const& ids : out_.ids) {
      auto const plain = out_.expressions[ids.expression].bound.plain_column();
      as_id |= plain == column;
    }
    if (!as_id) return TextForm::coded;
    for (auto const& grouping : out_.groupings) {
      for (auto const* const list : {&grouping.by, &grouping.reporters})
        for (std::size_t const e : *list)
          if (out_.expressions[e].bound.plain_column() == column) return TextForm::coded;
    }
    return TextForm::raw;
  }

  Dataset const& dataset_;
  CompiledPlan out_{};
  std::vector<std::string> texts_{};
  std::set<std::size_t> needed_{};
  Diagnostics errors_{};
};

}  // namespace

Result<CompiledPlan> compile(AggregationPlan plan, RowSchema schema, Dataset const& dataset) {
  return Compiler(std::move(plan), std::move(schema), dataset).compile();
}

}  // namespace yekun
