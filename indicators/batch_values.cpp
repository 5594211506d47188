#include "indicators/batch_values.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace yekun {

namespace {

Column missing_column(Type type, std::size_t rows) {
  Column column;
  column.type = type;
  column.present.assign(rows, 0);
  if (type == Type::number)
    column.number.assign(rows, 0);
  else if (type == Type::text)
    column.codes.assign(rows, 0);
  else
    column.whole.assign(rows, 0);
  return column;
}

}  // namespace

void restrict_flags(std::vector<std::uint8_t> const& by, std::vector<std::uint8_t>& use) {
  std::uint8_t const* const from = by.data();
  std::uint8_t* const to = use.data();  // bytes may alias everything: without locals the loop would not be vectorised
  for (std::size_t i = 0, n = by.size(); i < n; ++i) to[i] = static_cast<std::uint8_t>(to[i] & from[i]);
}

BatchValues::BatchValues(CompiledPlan const& plan, std::vector<LookupTable const*> const& lookups,
                         std::vector<IdTable*> const& ids, unsigned worker)
    : plan_(plan), lookups_(lookups), ids_(ids), worker_(worker) {
  std::size_t const columns = plan.schema.origins.size();
  source_.resize(columns);
  columns_.resize(columns);
  derived_.resize(columns);
  for (std::size_t const column : plan.computed)
    if (plan.schema.origins[column].from == ColumnOrigin::From::derived)
      derived_[column] = std::make_unique<Evaluator>(plan.schema.origins[column].expression);
  values_.resize(plan.expressions.size());
  for (auto const& compiled : plan.expressions)
    evaluators_.push_back(compiled.bound.plain_column() ? nullptr : std::make_unique<Evaluator>(compiled.bound));
  truths_.resize(plan.expressions.size());
  masks_.resize(plan.masks.size());
  numbers_.resize(plan.ids.size());
  coded_.resize(plan.ids.size());
  finders_.resize(lookups.size());
  found_.resize(lookups.size());
  for (std::size_t i = 0; i < lookups.size(); ++i)
    if (lookups[i] != nullptr) finders_[i].emplace(*lookups[i]);
}

void BatchValues::begin(Batch const& batch) {
  batch_ = &batch;
  batch_stamp_ = next_stamp_++;
  window_stamp_ = next_stamp_++;
  for (std::size_t i = 0; i < plan_.reads.size(); ++i) source_[plan_.reads[i].schema_column] = &batch.columns[i];
  find_days();
}

void BatchValues::set_window(Period const& window) {
  window_ = window;
  window_stamp_ = next_stamp_++;
}

void BatchValues::find_days() {
  std::size_t const n = rows();
  days_.assign(n, 0);
  if (plan_.dates.empty()) {
    dated_.assign(n, 0);
    return;
  }
  Column const& date = schema_column(plan_.dates.front());
  dated_ = date.present;
  for (std::size_t i = 0; i < n; ++i) days_[i] = static_cast<std::int32_t>(date.whole[i]);
}

Column const& BatchValues::schema_column(std::size_t column) {
  if (source_[column] != nullptr) return *source_[column];
  Cached& cached = columns_[column];
  if (cached.stamp != stamp(plan_.schema.origins[column].uses_window)) compute(column);
  return *cached.at;
}

void BatchValues::compute(std::size_t column) {
  ColumnOrigin const& origin = plan_.schema.origins[column];
  Cached& cached = columns_[column];
  switch (origin.from) {
    case ColumnOrigin::From::lookup: {
      auto& [stamp, found] = found_[origin.lookup];
      if (stamp != batch_stamp_) {
        std::vector<Column const*> keys;
        for (std::size_t const key : plan_.lookup_keys[origin.lookup]) keys.push_back(&schema_column(key));
        auto const date = plan_.lookup_dates[origin.lookup];
        finders_[origin.lookup]->begin_batch(batch_->order);
        finders_[origin.lookup]->find(keys, date ? &schema_column(*date) : nullptr, rows(), found);
        stamp = batch_stamp_;
      }
      LookupTable const& table = *lookups_[origin.lookup];
      cached.column = table.gather(table.column_index(origin.column), found);
      cached.at = &cached.column;
      break;
    }
    case ColumnOrigin::From::derived:
      run(*derived_[column], origin.expression, cached);
      break;
    default: {
      cached.column = missing_column(Type::date, rows());
      cached.column.present.assign(rows(), 1);
      Date const day = origin.from == ColumnOrigin::From::window_first ? window_.first : window_.end;
      cached.column.whole.assign(rows(), day.days);
      cached.at = &cached.column;
    }
  }
  cached.stamp = stamp(origin.uses_window);
}

std::vector<Column const*> BatchValues::columns_of(BoundExpression const& bound) {
  std::vector<Column const*> columns;
  columns.reserve(bound.columns.size());
  for (std::size_t const column : bound.columns) columns.push_back(&schema_column(column));
  return columns;
}

void BatchValues::run(Evaluator& evaluator, BoundExpression const& bound, Cached& into) {
  auto result = evaluator.evaluate(columns_of(bound), rows());
  if (result) {
    into.column = std::move(*result);
  } else {
    if (errors_.empty()) errors_ = std::move(result.error());
    into.column = missing_column(bound.type(), rows());
  }
  into.at = &into.column;
}

Column const& BatchValues::value(std::size_t expression) {
  CompiledExpression const& compiled = plan_.expressions[expression];
  if (auto const plain = compiled.bound.plain_column()) return schema_column(*plain);
  Cached& cached = values_[expression];
  std::uint64_t const now = stamp(compiled.windowed);
  if (cached.stamp != now) {
    run(*evaluators_[expression], compiled.bound, cached);
    cached.stamp = now;
  }
  return *cached.at;
}

std::vector<std::uint8_t> const& BatchValues::truth(std::size_t expression) {
  CompiledExpression const& compiled = plan_.expressions[expression];
  auto& [known, truth] = truths_[expression];
  std::uint64_t const now = stamp(compiled.windowed);
  if (known == now) return truth;
  if (evaluators_[expression] != nullptr) {
    auto result = evaluators_[expression]->filter(columns_of(compiled.bound), rows(), truth);
    if (!result && errors_.empty()) errors_ = std::move(result.error());
  } else {
    Column const& column = value(expression);
    truth.resize(rows());
    for (std::size_t i = 0; i < rows(); ++i)
      truth[i] = static_cast<std::uint8_t>(column.present[i] & static_cast<std::uint8_t>(column.whole[i] != 0));
  }
  known = now;
  return truth;
}

std::uint8_t const* BatchValues::mask(std::size_t index) {
  CompiledMask const& mask = plan_.masks[index];
  auto& [known, use] = masks_[index];
  std::uint64_t const now = stamp(mask.windowed);
  if (known == now) return use.data();
  std::size_t const n = rows();
  use.assign(n, 1);
  if (mask.argument) restrict_flags(value(*mask.argument).present, use);
  if (mask.weight) restrict_flags(value(*mask.weight).present, use);
  if (mask.dated) restrict_flags(dated_, use);
  for (std::size_t const condition : mask.conditions) restrict_flags(truth(condition), use);
  known = now;
  return use.data();
}

std::uint32_t const* BatchValues::ids(std::size_t index) {
  CompiledIds const& ids = plan_.ids[index];
  auto& [known, numbers] = numbers_[index];
  std::uint64_t const now = stamp(plan_.expressions[ids.expression].windowed);
  if (known == now) return numbers.data();
  numbers.resize(rows());
  Column const& column = value(ids.expression);
  if (column.type == Type::text && column.form == TextForm::coded)
    number_coded(ids, column, numbers);
  else
    number_ids(ids, numbers);
  known = now;
  return numbers.data();
}

void BatchValues::number_ids(CompiledIds const& ids, std::vector<std::uint32_t>& out) {
  Column const& column = value(ids.expression);
  std::uint8_t const* const wanted = mask(ids.mask);
  IdTable& table = *ids_[ids.domain];
  if (column.type == Type::text) {
    table.number(worker_, column.raw, wanted, out.data());
  } else if (column.type == Type::number) {
    std::vector<std::int64_t> bits(rows());
    for (std::size_t i = 0; i < bits.size(); ++i) bits[i] = std::bit_cast<std::int64_t>(column.number[i] + 0.0);
    table.number(worker_, bits, wanted, out.data());
  } else {
    table.number(worker_, column.whole, wanted, out.data());
  }
}

/// Each text of the dictionary is numbered once.
void BatchValues::number_coded(CompiledIds const& ids, Column const& column, std::vector<std::uint32_t>& out) {
  Coded& coded = coded_[static_cast<std::size_t>(&ids - plan_.ids.data())];
  if (coded.dictionary != column.dictionary) coded = {column.dictionary, {}};
  if (column.dictionary == nullptr) return;
  auto const from = static_cast<std::uint32_t>(coded.numbers.size());
  if (std::uint32_t const size = column.dictionary->size(); from < size) {
    std::vector<std::string_view> texts;
    for (std::uint32_t code = from; code < size; ++code) texts.push_back(column.dictionary->text(code));
    std::vector<std::uint8_t> const wanted(texts.size(), 1);
    coded.numbers.resize(size);
    ids_[ids.domain]->number(worker_, texts, wanted.data(), coded.numbers.data() + from);
  }
  for (std::size_t i = 0; i < rows(); ++i)
    if (column.has(i)) out[i] = coded.numbers[column.codes[i]];
}

}  // namespace yekun
