#include "indicators/partial_ids.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace yekun {

namespace {

constexpr std::size_t kAtOnce = 4096;

template <class Key, class Each, class Write>
void write_keys(IdPlaces const& places, Each&& each, Write&& write, ByteWriter& out) {
  std::vector<Key> keys(places.numbers().size());
  each([&](std::uint32_t number, auto const& key) {
    if (auto const place = places.find(number); place) keys[*place] = Key(key);
  });
  ByteWriter bytes;
  for (Key const& key : keys) write(key, bytes);
  out.count(keys.size());
  out.text(bytes.bytes());
}

}  // namespace

std::vector<bool> domains_of_texts(CompiledPlan const& plan) {
  std::vector<bool> out(plan.domains.size());
  for (CompiledIds const& ids : plan.ids) out[ids.domain] = plan.expressions[ids.expression].bound.type() == Type::text;
  return out;
}

void IdPlaces::write(IdTable& table, bool texts, ByteWriter& out) const {
  // Short texts are not kept anywhere as such: each is copied.
  if (texts)
    return write_keys<std::string>(
        *this, [&](auto const& f) { table.each_text(f); },
        [](std::string const& text, ByteWriter& to) { to.text(text); }, out);
  write_keys<std::int64_t>(
      *this, [&](auto const& f) { table.each_whole(f); }, [](std::int64_t key, ByteWriter& to) { to.whole(key); }, out);
}

KeptKeys read_keys(ByteReader& in) {
  KeptKeys keys;
  keys.count = in.size();
  keys.bytes = in.text();
  if (keys.count > keys.bytes.size()) in.fail();
  return keys;
}

std::optional<std::vector<std::uint32_t>> number_keys(KeptKeys const& keys, bool texts, IdTable& table,
                                                      unsigned worker) {
  ByteReader in(keys.bytes);
  std::vector<std::uint32_t> numbers(keys.count);
  std::vector<std::string_view> views(texts ? kAtOnce : 0);
  std::vector<std::int64_t> wholes(texts ? 0 : kAtOnce);
  std::vector<std::uint8_t> const wanted(kAtOnce, 1);
  for (std::size_t from = 0; from < numbers.size(); from += kAtOnce) {
    std::size_t const n = std::min(kAtOnce, numbers.size() - from);
    for (std::size_t i = 0; i < n; ++i)
      if (texts)
        views[i] = in.text();
      else
        wholes[i] = in.whole();
    if (in.failed()) return std::nullopt;
    if (texts)
      table.number(worker, std::span(views).first(n), wanted.data(), numbers.data() + from);
    else
      table.number(worker, std::span<std::int64_t const>(wholes).first(n), wanted.data(), numbers.data() + from);
  }
  return in.done() ? std::optional(std::move(numbers)) : std::nullopt;
}

bool are_keys(KeptKeys const& keys, bool texts) {
  ByteReader in(keys.bytes);
  for (std::size_t i = 0; i < keys.count && !in.failed(); ++i)
    if (texts)
      (void)in.text();
    else
      (void)in.whole();
  return in.done();
}

void ListWriter::write(IdList& list) {
  IdPlaces const& mine = places_[list.domain];
  out_.count(list.domain * 2 + (list.pairs ? 1 : 0));
  if (list.pairs) out_.count(list.with);
  out_.count(list.ids.size());
  if (list.pairs) {
    for (std::size_t i = 0; i < list.ids.size(); ++i) {
      out_.count(mine.place(list.ids[i]));
      out_.count(list.with != 0 ? places_[list.with - 1].place(list.others[i]) : list.others[i]);
    }
    return;
  }
  for (std::uint32_t& id : list.ids) id = mine.place(id);
  sort(list.ids);
  std::uint32_t last = 0;
  for (std::uint32_t const place : list.ids) {
    out_.count(place - last);
    last = place;
  }
}

/// Different ids; many of them by marking them, few by comparing.
void ListWriter::sort(std::vector<std::uint32_t>& ids) {
  if (std::is_sorted(ids.begin(), ids.end())) return;
  auto const [least, most] = std::minmax_element(ids.begin(), ids.end());
  std::size_t const first = *least / 64;
  std::size_t const end = *most / 64 + std::size_t{1};
  constexpr std::size_t kWorth = 8;  // words gone through for each id
  if ((end - first) / kWorth > ids.size()) return std::sort(ids.begin(), ids.end());
  if (marks_.size() < end) marks_.resize(end);
  for (std::uint32_t const id : ids) marks_[id / 64] |= std::uint64_t{1} << (id % 64);
  std::size_t at = 0;
  for (std::size_t word = first; word < end; ++word)
    for (std::uint64_t bits = std::exchange(marks_[word], 0); bits != 0; bits &= bits - 1)
      ids[at++] = static_cast<std::uint32_t>(word * 64) + static_cast<std::uint32_t>(std::countr_zero(bits));
}

bool read_list(ByteReader& in, IdNumbers const& numbers, IdList& out) {
  std::size_t const head = in.size_below(numbers.size() * 2);
  if (in.failed()) return false;
  out.domain = head / 2;
  out.pairs = head % 2 != 0;
  out.with = out.pairs ? in.size_below(numbers.size() + 1) : 0;
  auto const& mine = numbers[out.domain];
  out.ids.resize(in.size());
  out.others.resize(out.pairs ? out.ids.size() : 0);
  std::uint64_t at = 0;
  for (std::size_t i = 0; i < out.ids.size(); ++i) {
    at = in.count(mine.size()) + (out.pairs ? 0 : at);
    if (at >= mine.size()) in.fail();
    std::uint64_t const with = out.pairs ? in.count(0xFFFFFFFFU) : 0;
    if (out.with != 0 && with >= numbers[out.with - 1].size()) in.fail();
    if (in.failed()) return false;
    out.ids[i] = mine[at];
    if (out.pairs) out.others[i] = out.with != 0 ? numbers[out.with - 1][with] : static_cast<std::uint32_t>(with);
  }
  return !in.failed();
}

void use_list(IdList const& list, std::vector<IdPlaces>& places) {
  for (std::uint32_t const id : list.ids) places[list.domain].use(id);
  if (list.with != 0)
    for (std::uint32_t const other : list.others) places[list.with - 1].use(other);
}

}  // namespace yekun
