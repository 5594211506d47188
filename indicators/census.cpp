#include "indicators/census.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "core/date.h"
#include "indicators/lookup.h"

namespace yekun {

namespace {

/// One key's stays: a row that has the key, and by how many the number present changes on a day.
struct KeyChanges {
  std::uint32_t row = 0;
  std::map<std::int64_t, std::int64_t> by_day{};
};

Column const& column_of(Table const& table, std::string_view name) {
  auto const at = std::find(table.names.begin(), table.names.end(), name);
  return table.columns[static_cast<std::size_t>(at - table.names.begin())];
}

std::map<std::string, KeyChanges> changes_of(LookupSpec const& spec, Table const& table) {
  std::vector<Column const*> keys;
  for (auto const& name : spec.target_columns) keys.push_back(&column_of(table, name));
  Column const& first = column_of(table, spec.census[0]);
  Column const& left = column_of(table, spec.census[1]);
  std::map<std::string, KeyChanges> all;
  std::string key;
  for (std::uint32_t row = 0; row < table.rows(); ++row) {
    if (!lookup_key(keys, row, key)) continue;
    auto& changes = all.try_emplace(key, KeyChanges{row, {}}).first->second;
    if (!first.has(row) || (left.has(row) && left.whole[row] < first.whole[row])) continue;
    ++changes.by_day[first.whole[row]];
    if (left.has(row)) --changes.by_day[std::max(left.whole[row], first.whole[row] + 1)];
  }
  return all;
}

Result<void> check_days(LookupSpec const& spec, Table const& table) {
  for (auto const& name : spec.census) {
    Type const type = column_of(table, name).type;
    if (type == Type::date) continue;
    Diagnostic one;
    one.code = "census-of-no-dates";
    one.place = spec.place;
    one.message = fmt::format("the census of lookup '{}' needs dates, but column '{}' of '{}' is {}", spec.name, name,
                              spec.target, to_text(type));
    one.hint = "give the columns with the day of admission and that of leaving, declared as dates";
    return failure(std::move(one));
  }
  return {};
}

}  // namespace

Table count_present(LookupSpec const& spec, Table const& table) {
  Table out;
  std::vector<std::uint32_t> rows;
  Column since;
  since.type = Type::date;
  Column present;
  present.type = Type::integer;
  auto const add = [&](std::uint32_t row, bool dated, std::int64_t day, std::int64_t number) {
    rows.push_back(row);
    since.present.push_back(dated ? 1 : 0);
    since.whole.push_back(day);
    present.present.push_back(1);
    present.whole.push_back(number);
  };
  for (auto const& [key, changes] : changes_of(spec, table)) {
    if (changes.by_day.empty() || changes.by_day.begin()->first > kFirstDate.days) add(changes.row, false, 0, 0);
    std::int64_t number = 0;
    for (auto const& [day, change] : changes.by_day) add(changes.row, true, day, number += change);
  }
  for (auto const& name : spec.target_columns) {
    out.names.push_back(name);
    out.columns.push_back(take_rows(column_of(table, name), rows));
  }
  out.names.emplace_back(kSince);
  out.columns.push_back(std::move(since));
  out.names.emplace_back(kPresent);
  out.columns.push_back(std::move(present));
  for (auto const row : rows) {
    out.file_of_row.push_back(table.file_of_row[row]);
    out.row_in_file.push_back(table.row_in_file[row]);
  }
  out.summary = table.summary;
  return out;
}

Result<Table> read_lookup_target(LookupSpec const& spec, std::vector<std::string> const& columns,
                                 SourceOpener& sources) {
  std::vector<std::string> wanted = spec.target_columns;
  auto const want = [&](std::string const& name) {
    if (std::find(wanted.begin(), wanted.end(), name) == wanted.end()) wanted.push_back(name);
  };
  bool const counts = !spec.census.empty();
  if (!counts && !spec.valid_from.empty()) want(spec.valid_from);
  for (auto const& name : counts ? spec.census : columns) want(name);
  auto source = sources.open(spec.target);
  if (!source) return failure(std::move(source.error()));
  auto table = read_table(**source, wanted);
  if (!table || !counts) return table;
  if (auto dates = check_days(spec, *table); !dates) return failure(std::move(dates.error()));
  return count_present(spec, *table);
}

}  // namespace yekun
