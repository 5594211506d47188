#include "indicators/id_set.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <utility>

namespace yekun {

namespace {

std::size_t spread(std::uint32_t id) { return static_cast<std::size_t>(id * 0x9E3779B1U); }

/// Bits are added to and united so much faster that they may take so many times the memory of a table.
constexpr std::size_t kBitsWorth = 4;

/// Bytes of bits over all ids, of which more are to come.
std::size_t bytes_of_bits(std::uint32_t id, std::uint32_t limit) {
  std::size_t const ids = std::max(std::size_t{id} + 1, std::size_t{limit} + limit / 4);
  return (ids + BitChunks::kIds - 1) / BitChunks::kIds * BitChunks::kWords * sizeof(std::uint64_t);
}

}  // namespace

void IdSet::add_slowly(std::uint32_t id, std::uint32_t limit, BitChunks& chunks) {
  std::size_t const capacity = std::bit_ceil(std::max<std::size_t>(8, (std::size_t{size_} + 1) * 2));
  std::size_t const worth = capacity * sizeof(std::uint32_t) * kBitsWorth;
  std::size_t const bits = bytes_of_bits(id, limit);
  if (is_bits() && worth * 2 < bits) to_table(capacity * 2, chunks);
  if (!is_bits() && worth < bits) {
    if ((std::size_t{size_} + 1) * 2 > table_.size()) to_table(capacity, chunks);
    add_to_table(id);
    return;
  }
  if (!is_bits()) to_bits(chunks);
  add_to_bits(chunk_for(id, chunks), id);
}

void IdSet::add_all(std::span<std::uint32_t const> ids, std::uint32_t limit, BitChunks& chunks) {
  if (ids.empty()) return;
  bool const fresh = size_ == 0 && bits_.empty();
  std::size_t const capacity = std::bit_ceil(std::max<std::size_t>(8, ids.size() * 2));
  bool const as_bits = capacity * sizeof(std::uint32_t) * kBitsWorth >= bytes_of_bits(ids.back(), limit);
  bool const ascending = std::adjacent_find(ids.begin(), ids.end(), std::greater_equal<>()) == ids.end();
  if (!fresh || !as_bits || !ascending) {
    if (fresh && !as_bits) table_.assign(capacity, kFree);
    for (std::uint32_t const id : ids) add(id, limit, chunks);
    return;
  }
  table_.clear();
  size_ = static_cast<std::uint32_t>(ids.size());
  // Whole words are written to memory that is fresh: it is never read before.
  std::uint64_t* chunk = nullptr;
  for (std::size_t i = 0, last = 0; i < ids.size();) {
    std::uint32_t const word = ids[i] / 64;
    if (std::size_t const at = word / BitChunks::kWords; chunk == nullptr || at != last) {
      chunk = chunk_for(ids[i], chunks);
      last = at;
    }
    std::uint64_t bits = 0;
    for (; i < ids.size() && ids[i] / 64 == word; ++i) bits |= std::uint64_t{1} << (ids[i] % 64);
    chunk[word % BitChunks::kWords] = bits;
  }
}

void IdSet::add_to_table(std::uint32_t id) {
  std::size_t const mask = table_.size() - 1;
  for (std::size_t at = spread(id) & mask;; at = (at + 1) & mask) {
    if (table_[at] == id) return;
    if (table_[at] != kFree) continue;
    table_[at] = id;
    ++size_;
    return;
  }
}

std::uint64_t* IdSet::chunk_for(std::uint32_t id, BitChunks& chunks) {
  std::size_t const at = id / BitChunks::kIds;
  if (bits_.size() <= at) bits_.resize(at + 1);
  if (bits_[at] == nullptr) bits_[at] = chunks.take();
  return bits_[at];
}

void IdSet::to_bits(BitChunks& chunks) {
  auto const ids = std::exchange(table_, {});
  size_ = 0;
  for (std::uint32_t const id : ids)
    if (id != kFree) add_to_bits(chunk_for(id, chunks), id);
}

void IdSet::to_table(std::size_t capacity, BitChunks& chunks) {
  std::vector<std::uint32_t> ids;
  ids.reserve(size_);
  each([&](std::uint32_t id) { ids.push_back(id); });
  clear(chunks);
  table_.assign(capacity, kFree);
  for (std::uint32_t const id : ids) add_to_table(id);
}

void IdSet::clear(BitChunks& chunks) {
  for (std::uint64_t* const chunk : bits_)
    if (chunk != nullptr) chunks.give(chunk);
  bits_.clear();
  table_.clear();
  size_ = 0;
}

}  // namespace yekun
