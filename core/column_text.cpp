#include "core/column_text.h"

namespace yekun {

std::string entry_text(Column const& column, std::size_t row) {
  if (!column.has(row)) return {};
  switch (column.type) {
    case Type::text:
      return std::string(column.text(row));
    case Type::integer:
      return std::to_string(column.whole[row]);
    case Type::decimal:
      return to_text(Decimal{column.whole[row]});
    case Type::number:
      return to_shortest(column.number[row]);
    case Type::date:
      return to_iso(Date{static_cast<std::int32_t>(column.whole[row])});
    case Type::boolean:
      return column.whole[row] != 0 ? "true" : "false";
  }
  return {};
}

}  // namespace yekun
