#include "data-loaders/number_form.h"

#include <algorithm>

namespace yekun {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// How often each way of writing is certain.
struct Evidence {
  std::size_t decimal_comma = 0;
  std::size_t decimal_point = 0;
  std::size_t comma_groups = 0;
  std::size_t point_groups = 0;
  std::size_t space_groups = 0;
};

/// Reads without doubt under this form.
bool fits(std::string const& cell, char decimal, std::string const& thousands) {
  std::string ignored;
  return normalise_number(trim_spaces(cell), {.decimal = decimal, .thousands = thousands}, ignored);
}

void weigh(std::string const& cell, Evidence& evidence) {
  std::size_t const commas = static_cast<std::size_t>(std::count(cell.begin(), cell.end(), ','));
  std::size_t const points = static_cast<std::size_t>(std::count(cell.begin(), cell.end(), '.'));
  bool const maybe_spaced = cell.find_first_not_of("0123456789.,-+") != std::string::npos;
  bool const grouped_by_space = maybe_spaced && (fits(cell, '.', "space") != fits(cell, '.', "") ||
                                                 fits(cell, ',', "space") != fits(cell, ',', ""));
  if (grouped_by_space) ++evidence.space_groups;
  std::size_t const mark = cell.find_last_of(",.");
  if (mark == std::string::npos) return;
  std::size_t places = 0;
  while (mark + 1 + places < cell.size() && is_digit(cell[mark + 1 + places])) ++places;
  bool const comma_last = cell[mark] == ',';
  std::string const space = grouped_by_space ? "space" : "";
  if (commas > 0 && points > 0) {
    if (comma_last && fits(cell, ',', ".")) ++evidence.decimal_comma, ++evidence.point_groups;
    if (!comma_last && fits(cell, '.', ",")) ++evidence.decimal_point, ++evidence.comma_groups;
  } else if (commas + points > 1) {
    if (commas > 1 && fits(cell, '.', ",")) ++evidence.comma_groups;
    if (points > 1 && fits(cell, ',', ".")) ++evidence.point_groups;
  } else if (places != 3 || grouped_by_space) {
    if (comma_last && fits(cell, ',', space)) ++evidence.decimal_comma;
    if (!comma_last && fits(cell, '.', space)) ++evidence.decimal_point;
  }
}

}  // namespace

NumberForm sniff_numbers(std::vector<std::string> const& cells, Dialect const& declared) {
  Evidence evidence;
  for (auto const& cell : cells) weigh(cell, evidence);
  NumberForm form;
  bool const comma = (evidence.decimal_comma > 0 || evidence.point_groups > 0) && evidence.decimal_point == 0 &&
                     evidence.comma_groups == 0;
  form.decimal = declared.decimal.value_or(comma ? ',' : '.');
  if (declared.thousands) {
    form.thousands = *declared.thousands;
  } else if (evidence.space_groups > 0) {
    form.thousands = "space";
  } else if (form.decimal == '.' && evidence.comma_groups > 0 && evidence.point_groups == 0) {
    form.thousands = ",";
  } else if (form.decimal == ',' && evidence.point_groups > 0 && evidence.comma_groups == 0) {
    form.thousands = ".";
  }
  return form;
}

}  // namespace yekun
