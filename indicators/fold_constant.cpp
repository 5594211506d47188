#include "indicators/evaluate.h"

namespace yekun {

Result<Constant> fold_constant(BoundExpression const& bound) {
  auto const column = Evaluator(bound).evaluate({}, 1);
  if (!column) {
    Diagnostics errors = column.error();
    for (Diagnostic& d : errors) d.fault = Fault::spec;
    return failure(std::move(errors));
  }
  if (!column->has(0)) return Constant{};
  switch (column->type) {
    case Type::text:
      return Constant{std::string(column->text(0))};
    case Type::integer:
      return Constant{column->whole[0]};
    case Type::decimal:
      return Constant{Decimal{column->whole[0]}};
    case Type::number:
      return Constant{column->number[0]};
    case Type::date:
      return Constant{Date{static_cast<std::int32_t>(column->whole[0])}};
    case Type::boolean:
      return Constant{column->whole[0] != 0};
  }
  return Constant{};
}

}  // namespace yekun
