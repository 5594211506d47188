#include "indicators/sql_groups.h"

#include <algorithm>
#include <charconv>

namespace yekun {
namespace {

constexpr std::size_t kAtOnce = 4096;

template <class T>
std::optional<T> number_of(std::string_view text) {
  T value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

int places_of(Type type) { return type == Type::decimal ? 6 : 0; }

std::uint64_t count_of(SqlValue const& value) { return value ? number_of<std::uint64_t>(*value).value_or(0) : 0; }

}  // namespace

std::optional<Int128> scaled_of(std::string_view text, int places) {
  bool const negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  Int128 value = 0;
  int behind = -1;  // digits behind the point so far
  for (char const c : text) {
    if (c == '.' && behind < 0) {
      behind = 0;
      continue;
    }
    if (c < '0' || c > '9') return std::nullopt;
    if (behind >= places) {
      if (c != '0') return std::nullopt;
      continue;
    }
    if (__builtin_mul_overflow(value, Int128{10}, &value) || __builtin_add_overflow(value, Int128{c - '0'}, &value))
      return std::nullopt;
    behind += behind >= 0 ? 1 : 0;
  }
  for (int i = std::max(behind, 0); i < places; ++i)
    if (__builtin_mul_overflow(value, Int128{10}, &value)) return std::nullopt;
  return negative ? -value : value;
}

std::optional<std::int64_t> whole_of(std::string_view text, Type type) {
  switch (type) {
    case Type::boolean:
      if (text == "t" || text == "f") return text == "t" ? 1 : 0;
      return std::nullopt;
    case Type::date: {
      auto const date = parse_iso_date(text);
      return date ? std::optional<std::int64_t>(date->days) : std::nullopt;
    }
    case Type::integer:
      return number_of<std::int64_t>(text);
    default: {
      auto const scaled = scaled_of(text, places_of(type));
      if (!scaled || *scaled != static_cast<std::int64_t>(*scaled)) return std::nullopt;
      return static_cast<std::int64_t>(*scaled);
    }
  }
}

SqlGroups::SqlGroups(CompiledPlan const& plan, SqlStatement const& statement, ScanWorker& worker, IdDomains& ids,
                     CountedIds* counted)
    : plan_(plan),
      statement_(statement),
      grouping_(plan.groupings[statement.grouping]),
      groups_(worker.loaded_groups()[statement.grouping]),
      ids_(ids),
      counted_(counted) {
  for (auto const* const list : {&grouping_.reporters, &grouping_.by})
    for (std::size_t const e : *list) {
      dictionaries_.push_back(std::make_shared<Dictionary>());
      auto const column = plan.expressions[e].bound.plain_column();
      is_column_.push_back(column && plan.schema.origins[*column].from == ColumnOrigin::From::source);
    }
  value_texts_ = std::make_shared<Dictionary>();
  other_texts_ = std::make_shared<Dictionary>();
  start();
}

Column SqlGroups::new_column(Type type) const {
  Column out;
  out.type = type;
  return out;
}

void SqlGroups::start() {
  days_.clear();
  dated_.clear();
  times_.clear();
  place_.clear();
  for (auto const* const list : {&grouping_.reporters, &grouping_.by})
    for (std::size_t const e : *list) {
      place_.push_back(new_column(plan_.expressions[e].bound.type()));
      place_.back().dictionary = dictionaries_[place_.size() - 1];
    }
  states_.assign(statement_.aggregates.size(), {});
  if (statement_.gives != SqlStatement::Gives::values) return;
  CompiledAggregate const& aggregate = grouping_.aggregates[statement_.aggregates.front()];
  value_ = new_column(plan_.expressions[*aggregate.argument].bound.type());
  value_.dictionary = value_texts_;
  if (!aggregate.others) return;
  other_ = new_column(plan_.expressions[*aggregate.weight].bound.type());
  other_.dictionary = other_texts_;
}

void SqlGroups::append(Column& column, Dictionary& dictionary, SqlValue const& value) {
  column.present.push_back(value ? 1 : 0);
  if (column.type == Type::text) {
    column.codes.push_back(value ? dictionary.code(*value) : 0);
    return;
  }
  auto const whole = value ? whole_of(*value, column.type) : 0;
  well_ = well_ && whole.has_value();
  column.whole.push_back(whole.value_or(0));
}

/// The first column says when: nothing, the number of a stretch, or a day.
void SqlGroups::take_place(std::vector<SqlValue> const& row) {
  std::optional<std::int64_t> day;
  std::size_t at = 1;  // of the row's columns
  SqlStretches const& stretches = statement_.stretches;
  bool const numbers = statement_.gives == SqlStatement::Gives::numbers;
  if (numbers) {
    auto const stretch = row[0] ? number_of<std::int32_t>(*row[0]) : std::nullopt;  // of the layer, from 1
    well_ = well_ && stretch && *stretch >= 1;
    day = stretch.value_or(0);
  } else if (row[0] && stretches.form != SqlStretches::Form::by_day) {
    auto const stretch = number_of<std::size_t>(*row[0]);
    well_ = well_ && stretch && *stretch <= stretches.days.size();
    if (well_) day = stretches.day_of(*stretch);
  } else if (row[0]) {
    day = whole_of(*row[0], Type::date);
    well_ = well_ && day;
  }
  dated_.push_back(day ? 1 : 0);
  days_.push_back(static_cast<std::int32_t>(day.value_or(0)));
  for (std::size_t i = 0; i < place_.size(); ++i) {
    bool const there = !numbers || (i >= grouping_.reporters.size() && has_dimension(i - grouping_.reporters.size()));
    SqlValue const value = there ? row[at++] : SqlValue();
    bool const empty = is_column_[i] && value && value->empty();  // an empty text in a column is missing
    append(place_[i], *dictionaries_[i], empty ? SqlValue() : value);
  }
}

Merged SqlGroups::take_state(std::size_t index, std::vector<SqlValue> const& row, std::size_t& at) {
  CompiledAggregate const& aggregate = grouping_.aggregates[index];
  Merged out;
  out.rows = count_of(row[at++]);
  if (aggregate.kind == AggregateKind::count || statement_.is_rows_only(index)) return out;
  SqlValue const& value = row[at++];
  if (aggregate.kind == AggregateKind::distinct) {
    out.whole = static_cast<std::int64_t>(count_of(value));
    return out;
  }
  if (aggregate.kind == AggregateKind::minimum || aggregate.kind == AggregateKind::maximum) {
    auto const whole = value ? whole_of(*value, aggregate.type) : 0;
    well_ = well_ && whole;
    out.whole = whole.value_or(0);
    return out;
  }
  auto const take_sum = [&](SqlValue const& sum, int places) {
    auto const scaled = sum ? scaled_of(*sum, places) : 0;
    well_ = well_ && scaled;
    return scaled.value_or(0);
  };
  int const places = places_of(aggregate.type);
  if (aggregate.kind == AggregateKind::sum) {
    out.sum = take_sum(value, places);
    return out;
  }
  int const of_weight = places_of(plan_.expressions[*aggregate.weight].bound.type());
  out.sum = take_sum(value, places + of_weight);
  out.weight = take_sum(row[at++], of_weight);
  return out;
}

void SqlGroups::take_states(std::vector<SqlValue> const& row) {
  std::size_t at = 1 + place_.size();
  for (std::size_t i = 0; i < statement_.aggregates.size(); ++i)
    states_[i].push_back(take_state(statement_.aggregates[i], row, at));
}

void SqlGroups::take_value(std::vector<SqlValue> const& row) {
  std::size_t at = 1 + place_.size();
  append(value_, *value_texts_, row[at++]);
  if (grouping_.aggregates[statement_.aggregates.front()].others) append(other_, *other_texts_, row[at++]);
  times_.push_back(count_of(row[at]));
}

bool SqlGroups::take(std::vector<SqlValue> const& row) {
  take_place(row);
  if (statement_.gives == SqlStatement::Gives::states)
    take_states(row);
  else if (statement_.gives == SqlStatement::Gives::numbers)
    times_.push_back(count_of(row.back()));
  else
    take_value(row);
  return well_ && (days_.size() < kAtOnce || finish());
}

bool SqlGroups::finish() {
  if (!well_ || days_.empty()) return well_;
  if (statement_.gives == SqlStatement::Gives::numbers) {
    add_numbers();
    start();
    return well_;
  }
  find_groups();
  if (statement_.gives == SqlStatement::Gives::states)
    add_states();
  else
    add_values();
  start();
  return well_;
}

/// The codes of reporters, then dimensions, by row.
std::vector<std::vector<std::uint32_t>> SqlGroups::place_codes() {
  std::size_t const rows = days_.size();
  std::vector<std::vector<std::uint32_t>> codes(place_.size(), std::vector<std::uint32_t>(rows));
  for (std::size_t i = 0; i < place_.size(); ++i) {
    std::size_t const reporters = grouping_.reporters.size();
    DimensionCoder& coder = i < reporters ? *groups_.reporters[i] : *groups_.by[i - reporters];
    coder.code(place_[i], rows, codes[i].data());
  }
  return codes;
}

void SqlGroups::find_groups() {
  std::size_t const rows = days_.size();
  auto words = place_codes();
  words.emplace(words.begin(), rows);
  groups_.slots->code(days_.data(), dated_.data(), rows, words[0].data());
  std::vector<std::uint32_t const*> keys;
  for (auto const& word : words) keys.push_back(word.data());
  found_.resize(rows);
  groups_.table->find(keys, rows, found_.data());
  for (auto& state : groups_.states) state->resize(groups_.size());
}

void SqlGroups::add_states() {
  met_.resize(statement_.once ? groups_.size() : 0);
  for (std::uint32_t const group : found_) {
    if (!statement_.once || group == 0) continue;
    met_twice_ = met_twice_ || met_[group];
    met_[group] = true;
  }
  well_ = well_ && !met_twice_;
  for (std::size_t i = 0; i < statement_.aggregates.size(); ++i) {
    Accumulator& state = *groups_.states[statement_.aggregates[i]];
    bool const rows_only = statement_.is_rows_only(statement_.aggregates[i]);
    for (std::size_t row = 0; row < found_.size(); ++row) {
      if (found_[row] == 0) continue;
      if (rows_only)
        state.load_rows(found_[row], states_[i][row].rows);
      else
        state.load(found_[row], states_[i][row]);
    }
  }
}

void SqlGroups::add_numbers() {
  auto const codes = place_codes();
  auto const& windows = statement_.layer.windows;
  for (std::size_t row = 0; row < days_.size(); ++row) {
    auto const stretch = static_cast<std::size_t>(days_[row]) - 1;
    if (stretch >= windows.size() || !windows[stretch]) continue;  // after the last window, or between two
    CountedIds::Place place{static_cast<std::uint32_t>(*windows[stretch]), statement_.set};
    for (std::size_t i = grouping_.reporters.size(); i < codes.size(); ++i) place.push_back(codes[i][row]);
    met_twice_ = !counted_->numbers.emplace(std::move(place), times_[row]).second || met_twice_;
  }
  well_ = well_ && !met_twice_;
}

std::vector<std::uint32_t> SqlGroups::number(std::size_t ids, Column const& column) {
  IdTable& table = ids_.domain(plan_.domains[plan_.ids[ids].domain]);
  std::vector<std::uint32_t> out(column.size());
  if (column.type != Type::text) {
    table.number(0, column.whole, column.present.data(), out.data());
    return out;
  }
  std::vector<std::string_view> texts;
  for (std::size_t i = 0; i < column.size(); ++i) texts.push_back(column.has(i) ? column.text(i) : std::string_view());
  table.number(0, texts, column.present.data(), out.data());
  return out;
}

/// Entries of the values at hand, each one row.
void SqlGroups::add_run(Accumulator& state, CompiledAggregate const& aggregate,
                        std::vector<std::uint32_t> const& entries) {
  std::vector<GroupRun> runs;
  std::vector<std::uint8_t> use(entries.size() + kMaskSlack, 1);
  std::vector<std::int64_t> wholes(entries.size() + kNumberSlack);
  std::vector<std::uint32_t> ids;
  std::vector<std::uint32_t> others;
  for (std::uint32_t i = 0; i < entries.size(); ++i) runs.push_back({found_[entries[i]], i, i + 1});
  AccumulateInput input;
  input.runs = runs;
  input.use = use.data();
  if (aggregate.ids) {
    auto const numbers = number(*aggregate.ids, value_);
    for (std::uint32_t const entry : entries) ids.push_back(numbers[entry]);
    input.ids = ids.data();
    input.id_limit = ids_.domain(plan_.domains[plan_.ids[*aggregate.ids].domain]).limit();
    if (aggregate.others) {
      auto const paired = number(*aggregate.others, other_);
      for (std::uint32_t const entry : entries) others.push_back(paired[entry]);
      input.others = others.data();
    }
  } else {
    for (std::size_t i = 0; i < entries.size(); ++i) wholes[i] = value_.whole[entries[i]];
    input.argument.whole = wholes.data();
    input.argument_type = value_.type;
  }
  state.add(input);
}

/// What is counted once is added once, and its other rows as rows; else every row adds its value again.
void SqlGroups::add_values() {
  std::size_t const a = statement_.aggregates.front();
  CompiledAggregate const& aggregate = grouping_.aggregates[a];
  Accumulator& state = *groups_.states[a];
  bool const once = aggregate.kind == AggregateKind::distinct || aggregate.kind == AggregateKind::id_pairs;
  std::vector<std::uint32_t> entries;
  for (std::uint32_t row = 0; row < found_.size(); ++row) {
    if (found_[row] == 0) continue;
    for (std::uint64_t n = once ? std::min<std::uint64_t>(times_[row], 1) : times_[row]; n > 0; --n) {
      entries.push_back(row);
      if (entries.size() < kAtOnce) continue;
      add_run(state, aggregate, entries);
      entries.clear();
    }
    if (!once || times_[row] < 2) continue;
    Merged more;
    more.rows = times_[row] - 1;
    state.load_rows(found_[row], more.rows);
  }
  add_run(state, aggregate, entries);
}

}  // namespace yekun
