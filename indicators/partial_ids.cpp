#include "indicators/partial_ids.h"

#include <algorithm>

namespace yekun {

namespace {

constexpr std::size_t kAtOnce = 4096;

template <class Key, class Each, class Write>
void write_keys(std::vector<std::uint32_t>& places, std::uint32_t none, Each&& each, Write&& write, ByteWriter& out) {
  std::vector<Key> keys(places.size());
  each([&](std::uint32_t number, Key key) {
    if (number < places.size() && places[number] != none) keys[number] = std::move(key);
  });
  std::uint32_t next = 0;
  for (std::size_t number = 0; number < places.size(); ++number)
    if (places[number] != none) places[number] = next++;
  out.count(next);
  for (std::size_t number = 0; number < places.size(); ++number)
    if (places[number] != none) write(keys[number]);
}

}  // namespace

std::vector<std::optional<bool>> domains_of_texts(CompiledPlan const& plan) {
  std::vector<std::optional<bool>> out(plan.domains.size());
  for (CompiledIds const& ids : plan.ids) out[ids.domain] = plan.expressions[ids.expression].bound.type() == Type::text;
  return out;
}

void IdPlaces::write(IdTable const& table, bool texts, ByteWriter& out) {
  if (texts) {
    // Short texts are not kept anywhere as such: each is copied.
    write_keys<std::string>(
        places_, kNone,
        [&](auto const& f) {
          table.each_text([&](std::uint32_t number, std::string_view text) { f(number, std::string(text)); });
        },
        [&](std::string const& text) { out.text(text); }, out);
    return;
  }
  write_keys<std::int64_t>(
      places_, kNone, [&](auto const& f) { table.each_whole(f); }, [&](std::int64_t key) { out.whole(key); }, out);
}

std::vector<std::uint32_t> read_ids(ByteReader& in, bool texts, IdTable& table, unsigned worker) {
  std::vector<std::uint32_t> numbers(in.size());
  std::vector<std::string_view> views(texts ? kAtOnce : 0);
  std::vector<std::int64_t> wholes(texts ? 0 : kAtOnce);
  std::vector<std::uint8_t> const wanted(kAtOnce, 1);
  for (std::size_t from = 0; from < numbers.size() && !in.failed(); from += kAtOnce) {
    std::size_t const n = std::min(kAtOnce, numbers.size() - from);
    for (std::size_t i = 0; i < n; ++i)
      if (texts)
        views[i] = in.text();
      else
        wholes[i] = in.whole();
    if (in.failed()) break;
    if (texts)
      table.number(worker, std::span(views).first(n), wanted.data(), numbers.data() + from);
    else
      table.number(worker, std::span<std::int64_t const>(wholes).first(n), wanted.data(), numbers.data() + from);
  }
  return numbers;
}

void write_places(std::vector<std::uint32_t>& places, ByteWriter& out) {
  std::sort(places.begin(), places.end());
  out.count(places.size());
  std::uint32_t last = 0;
  for (std::uint32_t const place : places) {
    out.count(place - last);
    last = place;
  }
}

void read_places(ByteReader& in, std::span<std::uint32_t const> numbers, std::vector<std::uint32_t>& out) {
  out.resize(in.size());
  std::uint64_t at = 0;
  for (std::uint32_t& number : out) {
    at += in.count(numbers.size());
    if (at >= numbers.size()) in.fail();
    if (in.failed()) break;
    number = numbers[at];
  }
  if (in.failed()) out.clear();
}

}  // namespace yekun
