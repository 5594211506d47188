#include "indicators/lookup.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/column_text.h"
#include "core/date.h"

namespace yekun {

void add_key_part(std::string& key, std::string_view part, bool single) {
  if (!single) key += fmt::format("{}:", part.size());
  key += part;
}

bool lookup_key(std::vector<Column const*> const& columns, std::size_t row, std::string& key) {
  key.clear();
  for (Column const* const column : columns) {
    if (!column->has(row)) return false;
    if (column->type == Type::text)
      add_key_part(key, column->text(row), columns.size() == 1);
    else
      add_key_part(key, entry_text(*column, row), columns.size() == 1);
  }
  return true;
}

namespace {

/// A key as readers know it: its parts with commas.
std::string key_words(std::vector<Column const*> const& columns, std::size_t row) {
  std::string out;
  for (Column const* const column : columns) out += (out.empty() ? "" : ", ") + entry_text(*column, row);
  return out;
}

Diagnostic duplicate_key(LookupSpec const& spec, Table const& table, std::uint32_t first, std::uint32_t second) {
  auto const where = [&](std::uint32_t row) {
    return fmt::format("row {} of {}", table.row_in_file[row], table.summary.files[table.file_of_row[row]].name);
  };
  Diagnostic one;
  one.fault = Fault::data;
  one.code = "duplicate-lookup-key";
  one.place.file = table.summary.files[table.file_of_row[second]].name;
  one.place.row = table.row_in_file[second];
  one.place.field = spec.target_columns.front();
  one.message = fmt::format("lookup '{}' needs each key of '{}' once, but {} and {} have the same {}{}", spec.name,
                            spec.target, where(first), where(second), fmt::join(spec.target_columns, ", "),
                            spec.valid_from.empty() ? "" : " and " + spec.valid_from);
  one.hint = spec.valid_from.empty()
                 ? "remove one of the rows, or name the column with the date from which each holds as \"valid_from\""
                 : "remove one of the rows";
  return one;
}

}  // namespace

Result<LookupTable> LookupTable::make(LookupSpec const& spec, Table table) {
  LookupTable lookup;
  auto const shared = std::make_shared<Table const>(std::move(table));
  lookup.table_ = shared;
  lookup.dated_ = !spec.valid_from.empty();
  std::vector<Column const*> keys;
  for (auto const& name : spec.target_columns) keys.push_back(&shared->columns[lookup.column_index(name)]);
  Column const* const from = lookup.dated_ ? &shared->columns[lookup.column_index(spec.valid_from)] : nullptr;
  std::string key;
  for (std::uint32_t row = 0; row < shared->rows(); ++row) {
    if (!lookup_key(keys, row, key)) continue;
    // A row without a date holds from the beginning.
    std::int32_t const day =
        from != nullptr && from->has(row) ? static_cast<std::int32_t>(from->whole[row]) : kFirstDate.days;
    auto& entries = lookup.rows_[key];
    auto const at = std::lower_bound(entries.begin(), entries.end(), day,
                                     [](Entry const& e, std::int32_t d) { return e.from < d; });
    if (at != entries.end() && at->from == day) return failure(duplicate_key(spec, *shared, at->row, row));
    entries.insert(at, {day, row});
  }
  return lookup;
}

std::size_t LookupTable::column_index(std::string_view name) const {
  auto const& names = table_->names;
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

std::uint32_t LookupTable::find(std::string_view key, bool dated, std::int32_t day) const {
  auto const at = rows_.find(std::string(key));
  if (at == rows_.end()) return kNone;
  auto const& entries = at->second;
  if (!dated_) return entries.front().row;
  if (!dated) return kNone;
  auto const after =
      std::upper_bound(entries.begin(), entries.end(), day, [](std::int32_t d, Entry const& e) { return d < e.from; });
  return after == entries.begin() ? kNone : (after - 1)->row;
}

Column LookupTable::gather(std::size_t index, std::vector<std::uint32_t> const& found) const {
  return take_rows(table_->columns[index], found);
}

Column take_rows(Column const& from, std::vector<std::uint32_t> const& found) {
  Column to;
  to.type = from.type;
  to.dictionary = from.dictionary;
  std::size_t const rows = found.size();
  to.present.resize(rows);
  for (std::size_t i = 0; i < rows; ++i) to.present[i] = found[i] != LookupTable::kNone ? from.present[found[i]] : 0;
  auto const copy = [&](auto const& source, auto& target) {
    target.resize(rows);
    for (std::size_t i = 0; i < rows; ++i)
      if (to.present[i] != 0) target[i] = source[found[i]];
  };
  if (from.type == Type::text)
    copy(from.codes, to.codes);
  else if (from.type == Type::number)
    copy(from.number, to.number);
  else
    copy(from.whole, to.whole);
  return to;
}

void LookupFinder::count_unmatched(std::size_t row, std::string const& key) {
  ++unmatched_;
  if (examples_.size() >= kListed) return;
  for (auto const& [order, text] : examples_)
    if (text == key) return;
  examples_.emplace_back(order_ + row, key);
}

void LookupFinder::find(std::vector<Column const*> const& keys, Column const* date, std::size_t rows,
                        std::vector<std::uint32_t>& found) {
  found.assign(rows, LookupTable::kNone);
  constexpr std::uint32_t kUnknown = LookupTable::kNone - 1;
  Column const& first = *keys.front();
  bool const coded = keys.size() == 1 && date == nullptr && first.type == Type::text && first.form == TextForm::coded;
  if (coded) {
    if (dictionary_ != first.dictionary.get()) by_code_.clear();
    dictionary_ = first.dictionary.get();
    if (dictionary_ != nullptr) by_code_.resize(std::max<std::size_t>(by_code_.size(), dictionary_->size()), kUnknown);
  }
  std::string key;
  for (std::size_t i = 0; i < rows; ++i) {
    if (coded && first.has(i) && by_code_[first.codes[i]] < kUnknown) {
      found[i] = by_code_[first.codes[i]];
      continue;
    }
    if (!lookup_key(keys, i, key)) continue;
    bool const dated = date != nullptr && date->has(i);
    found[i] = table_->find(key, dated, dated ? static_cast<std::int32_t>(date->whole[i]) : 0);
    if (found[i] == LookupTable::kNone)
      count_unmatched(i, keys.size() == 1 ? key : key_words(keys, i));
    else if (coded)
      by_code_[first.codes[i]] = found[i];
  }
}

}  // namespace yekun
