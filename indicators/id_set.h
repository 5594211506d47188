// Sets of ids. Small ones are hash tables of the ids, large ones bits over all ids.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "indicators/bit_chunks.h"

namespace yekun {

class IdSet {
 public:
  IdSet() = default;
  IdSet(IdSet&&) noexcept = default;
  IdSet& operator=(IdSet&&) noexcept = default;
  IdSet(IdSet const&) = delete;
  IdSet& operator=(IdSet const&) = delete;
  ~IdSet() = default;

  /// `limit`: ids known so far (IdTable::limit()); it decides the form, not what may be added. `chunks`: the same one
  /// for every call.
  void add(std::uint32_t id, std::uint32_t limit, BitChunks& chunks) {
    std::size_t const at = id / BitChunks::kIds;
    if (at < bits_.size() && bits_[at] != nullptr)
      add_to_bits(bits_[at], id);
    else if (bits_.empty() && (std::size_t{size_} + 1) * 2 <= table_.size())
      add_to_table(id);
    else
      add_slowly(id, limit, chunks);
  }
  /// The same for many ids; fastest where they are ascending and the set is empty.
  void add_all(std::span<std::uint32_t const> ids, std::uint32_t limit, BitChunks& chunks);
  /// Empties the set and gives its chunks back.
  void clear(BitChunks& chunks);
  /// Brings the place where `id` will be into the cache.
  void prefetch(std::uint32_t id) const {
    std::size_t const at = id / BitChunks::kIds;
    if (at < bits_.size() && bits_[at] != nullptr) __builtin_prefetch(bits_[at] + id % BitChunks::kIds / 64, 1);
  }
  std::uint32_t size() const { return size_; }
  bool is_bits() const { return !bits_.empty(); }

  /// Of a set that is bits: the words of ids from BitChunks::kIds * at on; null where there are none.
  std::size_t chunks() const { return bits_.size(); }
  std::uint64_t const* chunk(std::size_t at) const { return at < bits_.size() ? bits_[at] : nullptr; }

  template <class F>
  void each(F&& f) const {
    for (std::size_t at = 0; at < bits_.size(); ++at)
      for (std::size_t w = 0; bits_[at] != nullptr && w < BitChunks::kWords; ++w)
        for (std::uint64_t word = bits_[at][w]; word != 0; word &= word - 1)
          f(static_cast<std::uint32_t>(at * BitChunks::kIds + w * 64) +
            static_cast<std::uint32_t>(__builtin_ctzll(word)));
    for (std::uint32_t const id : table_)
      if (id != kFree) f(id);
  }

 private:
  static constexpr std::uint32_t kFree = 0xFFFFFFFFU;
  void add_to_bits(std::uint64_t* chunk, std::uint32_t id) {
    std::uint64_t& word = chunk[id % BitChunks::kIds / 64];
    std::uint64_t const bit = std::uint64_t{1} << (id % 64);
    size_ += (word & bit) == 0 ? 1U : 0U;
    word |= bit;
  }
  void add_slowly(std::uint32_t id, std::uint32_t limit, BitChunks& chunks);
  void add_to_table(std::uint32_t id);
  std::uint64_t* chunk_for(std::uint32_t id, BitChunks& chunks);
  void to_bits(BitChunks& chunks);
  void to_table(std::size_t capacity, BitChunks& chunks);

  std::uint32_t size_ = 0;
  std::vector<std::uint64_t*> bits_{};  // chunks; empty: a table
  std::vector<std::uint32_t> table_{};  // capacity is a power of two, at most half full
};

}  // namespace yekun
