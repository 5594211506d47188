#include "reports/row_names.h"

#include <algorithm>

namespace yekun {
namespace {

bool uses_broken(Expression const& expression, RowNames const& names) {
  auto const used = columns_of(expression.root);
  return std::any_of(used.begin(), used.end(), [&](std::string const& name) { return names.broken.count(name) != 0; });
}

void add_derived(DerivedColumn const& derived, RowNames& out, Diagnostics& problems) {
  SchemaColumn column{derived.name, Type::text, false};
  auto const parsed = parse(derived.expression, derived.place);
  auto const bound = parsed ? bind(*parsed, out.schema) : Result<BoundExpression>(tl::unexpect, parsed.error());
  if (bound) {
    column.type = bound->type();
    column.personal = bound->personal;
  } else {
    out.broken.insert(derived.name);
    if (!parsed || !uses_broken(*parsed, out))
      problems.insert(problems.end(), bound.error().begin(), bound.error().end());
  }
  out.schema.columns.push_back(std::move(column));
}

}  // namespace

bool uses_broken(Measure const& measure, RowNames const& names) {
  for (auto const* part : {&measure.argument, &measure.weight, &measure.activity, &measure.earlier})
    if (*part && uses_broken(**part, names)) return true;
  return false;
}

RowNames row_names(NameIndex const& index, Dataset const& dataset, Diagnostics& problems) {
  RowNames out;
  auto const is_derived = [&](std::string const& name) {
    return std::any_of(dataset.derived.begin(), dataset.derived.end(),
                       [&](auto const& one) { return one.name == name; });
  };
  for (auto const& column : index.columns(dataset))
    if (!is_derived(column.name)) out.schema.columns.push_back({column.name, column.type, column.personal});
  out.schema.columns.push_back({"window_first", Type::date, false});
  out.schema.columns.push_back({"window_end", Type::date, false});
  for (auto const& derived : dataset.derived) add_derived(derived, out, problems);
  return out;
}

Diagnostics expression_mistakes(Expression const& expression, RowNames const& names, bool condition) {
  auto const bound = condition ? bind_condition(expression, names.schema) : bind(expression, names.schema);
  if (bound || uses_broken(expression, names)) return {};
  return bound.error();
}

}  // namespace yekun
