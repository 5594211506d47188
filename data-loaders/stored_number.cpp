#include "data-loaders/stored_number.h"

#include "data-loaders/xlsx_serial.h"

namespace yekun {

void write_number(RowWriter& writer, std::size_t column, std::string_view text, bool binary, std::uint64_t row) {
  Type const type = writer.type(column);
  if (type == Type::date) return writer.text(column, text, row);
  auto const value = parse_cell_number(text);
  if (!value) return writer.reject(column, text, "the number is too large", row);
  if (type == Type::number && writer.plain(column)) return writer.number(column, *value);
  bool const exponent = text.find_first_of("eE") != std::string_view::npos;
  std::string plain(text);
  if (exponent || binary) {
    plain.clear();
    append_number(*value, plain);
  }
  if (type == Type::decimal && parse_decimal(plain).error == DecimalError::too_many_places) {
    auto const exact = exact_decimal(*value);
    if (exact.error == DecimalError::none) plain = to_text(exact.value);
  }
  writer.canonical(column, plain, row);
}

}  // namespace yekun
