// Numbers that a program stored (in JSON or a database), into a column of any type.
#pragma once

#include <cstdint>
#include <string_view>

#include "data-loaders/row_writer.h"

namespace yekun {

/// `text` is a JSON number: exact for integer, decimal and text columns ("1e3" is 1000; a text column takes numbers
/// with an exponent as plain digits). `binary`: it is the print of a double, and decimals take what the double means
/// (see exact_decimal). A date column reads it by its declared form ("yyyymmdd"), never as a day number.
void write_number(RowWriter& writer, std::size_t column, std::string_view text, bool binary, std::uint64_t row);

}  // namespace yekun
