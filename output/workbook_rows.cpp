#include "output/workbook_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "core/utf8.h"
#include "output/workbook_data.h"

namespace yekun {

namespace {

using Role = RowColumn::Role;

bool has_window(Period const& period) { return period.first < period.end && period.label != "all"; }

std::optional<std::size_t> column_of(DataSheet const& sheet, Role role, std::string_view key) {
  for (std::size_t i = 0; i < sheet.columns.size(); ++i)
    if (sheet.columns[i].role == role && (key.empty() || sheet.columns[i].key == key)) return i;
  return {};
}

bool is_split(PlacePart const& part) { return part.value.has_value() || part.unknown; }

std::string group_text(PlacePart const& part) { return part.unknown ? "(unknown)" : part.value.value_or(""); }

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (char const c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

/// Which of a group column's texts Excel takes for `text`: it does not tell cases apart.
std::vector<std::uint8_t> codes_alike(Column const& column, std::string const& text) {
  std::vector<std::uint8_t> out(column.dictionary->size(), 0);
  std::string const wanted = lower(text);
  for (std::uint32_t code = 0; code < out.size(); ++code)
    out[code] = lower(column.dictionary->text(code)) == wanted ? 1 : 0;
  return out;
}

Int128 micros(Column const& column, std::size_t row) {
  return column.type == Type::integer ? static_cast<Int128>(column.whole[row]) * kMicro : Int128{column.whole[row]};
}

}  // namespace

std::vector<std::uint8_t> RowFormulas::matching(DataSheet const& sheet, RowMeasure const& measure,
                                                Lineage const& leaf) const {
  std::vector<std::uint8_t> in(sheet.rows, 1);
  auto const keep = [&](auto const& condition) {
    for (std::size_t row = 0; row < sheet.rows; ++row) in[row] = in[row] != 0 && condition(row) ? 1 : 0;
  };
  if (has_window(leaf.period)) {
    Column const& day = sheet.columns[*column_of(sheet, Role::day, "")].values;
    keep([&](std::size_t row) {
      return day.has(row) && day.whole[row] >= leaf.period.first.days && day.whole[row] < leaf.period.end.days;
    });
  }
  for (PlacePart const& part : leaf.place) {
    if (!is_split(part)) continue;
    Column const& group = sheet.columns[*column_of(sheet, Role::group, part.dimension)].values;
    auto const alike = codes_alike(group, group_text(part));
    keep([&](std::size_t row) { return group.has(row) ? alike[group.codes[row]] != 0 : part.unknown; });
  }
  for (std::size_t const filter : measure.filters)
    keep([&](std::size_t row) { return sheet.columns[filter].values.whole[row] == 1; });
  return in;
}

bool RowFormulas::comes_to(DataSheet const& sheet, RowMeasure const& measure, Lineage const& leaf) const {
  auto const in = matching(sheet, measure, leaf);
  if (measure.kind == RowMeasure::Kind::rows)
    return Number{static_cast<std::int64_t>(std::count(in.begin(), in.end(), 1))} == leaf.value.number;
  Column const& column = sheet.columns[*measure.column].values;
  if (measure.kind == RowMeasure::Kind::people) {
    std::vector<std::uint8_t> met(sheet.rows + 1, 0);
    for (std::size_t row = 0; row < sheet.rows; ++row)
      if (in[row] != 0 && column.has(row)) met[static_cast<std::size_t>(column.whole[row])] = 1;
    return Number{static_cast<std::int64_t>(std::count(met.begin(), met.end(), 1))} == leaf.value.number;
  }
  if (column.type == Type::number) return false;  // binary sums depend on their order
  Int128 sum = 0;
  for (std::size_t row = 0; row < sheet.rows; ++row)
    if (in[row] != 0 && column.has(row)) sum += micros(column, row);
  if (auto const* whole = std::get_if<std::int64_t>(&leaf.value.number)) return sum == Int128{*whole} * kMicro;
  auto const* decimal = std::get_if<Decimal>(&leaf.value.number);
  return decimal != nullptr && sum == Int128{decimal->micros};
}

std::string RowFormulas::range(std::size_t sheet, std::size_t column) const {
  auto const at = static_cast<std::uint16_t>(column);
  return range_reference(names_[sheet], {kHeadingRow + 1, at},
                         {kHeadingRow + static_cast<std::uint32_t>(sheets_[sheet].rows), at});
}

std::optional<RowFormula> RowFormulas::by_criteria(std::size_t sheet, RowMeasure const& measure,
                                                   Lineage const& leaf) const {
  DataSheet const& data = sheets_[sheet];
  std::vector<std::string> parts;
  if (measure.kind == RowMeasure::Kind::sum) parts.push_back(range(sheet, *measure.column));
  if (has_window(leaf.period)) {
    std::string const day = range(sheet, *column_of(data, Role::day, ""));
    parts.push_back(fmt::format("{},\">={}\"", day, excel_day(leaf.period.first)));
    parts.push_back(fmt::format("{},\"<={}\"", day, excel_day(leaf.period.end - 1)));
  }
  for (PlacePart const& part : leaf.place) {
    if (!is_split(part)) continue;
    if (!is_sure_criterion(group_text(part))) return {};
    parts.push_back(range(sheet, *column_of(data, Role::group, part.dimension)) + "," + criterion(group_text(part)));
  }
  for (std::size_t const filter : measure.filters) parts.push_back(range(sheet, filter) + ",1");
  if (measure.kind == RowMeasure::Kind::sum)
    return RowFormula{fmt::format("{}({})", parts.size() > 1 ? "SUMIFS" : "SUM", fmt::join(parts, ",")), false};
  if (parts.empty()) return RowFormula{fmt::format("ROWS({})", range(sheet, 0)), false};
  return RowFormula{fmt::format("COUNTIFS({})", fmt::join(parts, ",")), false};
}

/// Each person once: FREQUENCY counts a number where it first stands among its bins, and nothing where it stands again.
std::optional<RowFormula> RowFormulas::by_array(std::size_t sheet, RowMeasure const& measure,
                                                Lineage const& leaf) const {
  DataSheet const& data = sheets_[sheet];
  std::string const person = range(sheet, *measure.column);
  std::vector<std::string> parts{fmt::format("({}>0)", person)};
  if (has_window(leaf.period)) {
    std::string const day = range(sheet, *column_of(data, Role::day, ""));
    parts.push_back(fmt::format("({}>={})", day, excel_day(leaf.period.first)));
    parts.push_back(fmt::format("({}<={})", day, excel_day(leaf.period.end - 1)));
  }
  for (PlacePart const& part : leaf.place) {
    if (!is_split(part)) continue;
    if (group_text(part).size() > 250) return {};
    parts.push_back(
        fmt::format("({}={})", range(sheet, *column_of(data, Role::group, part.dimension)), quoted(group_text(part))));
  }
  for (std::size_t const filter : measure.filters) parts.push_back(fmt::format("({}=1)", range(sheet, filter)));
  return RowFormula{fmt::format("SUM(--(FREQUENCY(IF({},{}),{})>0))", fmt::join(parts, "*"), person, person), true};
}

std::optional<RowFormula> RowFormulas::formula(Lineage const& leaf) {
  if (leaf.kind != Lineage::Kind::cell || !leaf.value.is_value()) return {};
  for (std::size_t s = 0; s < sheets_.size(); ++s) {
    DataSheet const& sheet = sheets_[s];
    bool const grouped = std::all_of(leaf.place.begin(), leaf.place.end(), [&](PlacePart const& part) {
      return !is_split(part) || column_of(sheet, Role::group, part.dimension);
    });
    if (sheet.rows == 0 || !grouped || (has_window(leaf.period) && !column_of(sheet, Role::day, ""))) continue;
    for (RowMeasure const& measure : sheet.measures) {
      if (measure.indicator != leaf.indicator || measure.measure != leaf.measure ||
          measure.predicate != leaf.predicate || !comes_to(sheet, measure, leaf))
        continue;
      if (measure.kind != RowMeasure::Kind::people) return by_criteria(s, measure, leaf);
      looked_through_ += sheet.rows;
      return looked_through_ <= kMostLookedThrough ? by_array(s, measure, leaf) : std::nullopt;
    }
  }
  return {};
}

}  // namespace yekun
