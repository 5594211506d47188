// Excel's day numbers and doubles as the values people meant.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/date.h"
#include "core/decimal.h"
#include "data-loaders/xlsx_workbook.h"

namespace yekun {

/// The day of a serial number, times rounded to milliseconds first. In Excel's 1900 system day 60, the 29 February 1900
/// that never was, is nullopt, and so is whatever lies outside 1900-01-01 (1904-01-01) to 9999-12-31. LibreOffice
/// counts from 1899-12-30 without that day, and backwards: to 1582-10-15, before which it uses the Julian calendar.
std::optional<Date> date_of_serial(double serial, DayCount count);

/// As text: "2025-07-14", "2025-07-14T08:30:00", for times "08:30:00" or "36:00:00"; empty where there is no such day.
std::string text_of_serial(double serial, NumberFormat format, DayCount count);

/// Shortest plain digits that read back as `value`: "12", "0.1", "0.0000001"; with an exponent only from 1e21 on and
/// below 1e-7. Finite values only.
void append_number(double value, std::string& out);

/// A number as stored in a cell; nullopt for what is none, or not finite.
std::optional<double> parse_cell_number(std::string_view text);

/// Millionths of `value`, if at most six places are meant: by the shortest decimal that reads back as `value`, or else
/// by its 15 significant digits, which is what Excel shows and compares (0.1 + 0.2 is 0.3).
ParsedDecimal exact_decimal(double value);

}  // namespace yekun
