#include "indicators/grouped_rows.h"

#include <algorithm>

namespace yekun {

namespace {

template <class T>
void gather(T const* from, std::vector<std::uint32_t> const& order, std::vector<T>& to) {
  to.resize(order.size());
  T* const out = to.data();
  for (std::size_t k = 0; k < order.size(); ++k) out[k] = from[order[k]];
}

}  // namespace

GroupedRows::GroupedRows(CompiledPlan const& plan)
    : plan_(plan),
      masks_(plan.masks.size()),
      truths_(plan.expressions.size()),
      present_(plan.expressions.size()),
      numbers_(plan.expressions.size()),
      ids_(plan.ids.size()) {}

void GroupedRows::sort(std::uint32_t const* groups, std::uint32_t const* rows, std::size_t count, std::uint32_t limit) {
  ++stamp_;
  if (place_.size() < limit) place_.resize(std::max<std::size_t>(limit, place_.size() * 2), 0);
  touched_.resize(count + 1);
  std::size_t touched = 0;
  place_[0] = 1;  // never new
  for (std::size_t i = 0; i < count; ++i) {
    touched_[touched] = groups[i];
    touched += place_[groups[i]] == 0 ? 1U : 0U;
    ++place_[groups[i]];
  }
  runs_.resize(touched);
  std::uint32_t at = 0;
  for (std::size_t r = 0; r < touched; ++r) {
    std::uint32_t& place = place_[touched_[r]];
    runs_[r] = {touched_[r], at, at + place};
    at += place;
    place = runs_[r].begin;
  }
  order_.resize(at + std::size_t{1});
  place_[0] = at;
  for (std::size_t i = 0; i < count; ++i) {
    std::uint32_t& place = place_[groups[i]];
    order_[place] = rows == nullptr ? static_cast<std::uint32_t>(i) : rows[i];
    place += groups[i] != 0 ? 1U : 0U;
  }
  order_.resize(at);
  for (std::size_t r = 0; r < touched; ++r) place_[touched_[r]] = 0;
  place_[0] = 0;
}

/// `flags()` gives a flag for each row of the batch.
template <class Flags>
std::vector<std::uint8_t> const& GroupedRows::ordered(Kept<std::uint8_t>& kept, Flags&& flags) {
  if (kept.stamp != stamp_) {
    gather(flags(), order_, kept.all);
    kept.stamp = stamp_;
  }
  return kept.all;
}

/// Conditions are put in order, not masks: there are fewer of them.
std::uint8_t const* GroupedRows::mask(BatchValues& values, std::size_t index) {
  Kept<std::uint8_t>& kept = masks_[index];
  auto& use = kept.all;
  if (kept.stamp == stamp_) return use.data();
  CompiledMask const& mask = plan_.masks[index];
  use.assign(order_.size() + kMaskSlack, 1);
  auto const present = [&](std::size_t expression) {
    restrict_flags(ordered(present_[expression], [&] { return values.value(expression).present.data(); }), use);
  };
  if (mask.argument) present(*mask.argument);
  if (mask.weight) present(*mask.weight);
  if (mask.dated) restrict_flags(ordered(dated_, [&] { return values.dated(); }), use);
  for (std::size_t const condition : mask.conditions)
    restrict_flags(ordered(truths_[condition], [&] { return values.truth(condition).data(); }), use);
  kept.stamp = stamp_;
  return use.data();
}

OrderedNumbers GroupedRows::numbers(BatchValues& values, std::size_t expression) {
  auto& kept = numbers_[expression];
  if (kept.stamp != stamp_) {
    Column const& column = values.value(expression);
    if (column.type == Type::number) {
      gather(column.number.data(), order_, kept.number);
    } else if (column.type != Type::text) {
      gather(column.whole.data(), order_, kept.whole);
      std::int64_t large = 0;
      for (std::int64_t const value : kept.whole) large |= value ^ (value >> 63);
      kept.small = large < std::int64_t{1} << 47;
      kept.whole.resize(order_.size() + kNumberSlack, 0);
    }
    kept.stamp = stamp_;
  }
  return {kept.whole.data(), kept.number.data(), kept.small};
}

std::uint32_t const* GroupedRows::ids(BatchValues& values, std::size_t index) {
  auto& kept = ids_[index];
  if (kept.stamp != stamp_) {
    gather(values.ids(index), order_, kept.all);
    kept.stamp = stamp_;
  }
  return kept.all.data();
}

std::int32_t const* GroupedRows::days(BatchValues& values) {
  if (days_.stamp != stamp_) {
    gather(values.days().data(), order_, days_.all);
    days_.stamp = stamp_;
  }
  return days_.all.data();
}

}  // namespace yekun
