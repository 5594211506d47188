// Sets of ids. Small ones are hash tables of the ids, large ones bits over all ids.
#pragma once

#include <cstdint>
#include <vector>

namespace yekun {

using IdBits = std::vector<std::uint64_t>;

class IdSet {
 public:
  /// `limit`: ids known so far (IdTable::limit()); it decides the form, not what may be added.
  void add(std::uint32_t id, std::uint32_t limit) {
    if (is_bits_ && id / 64 < words_.size()) {
      std::uint64_t& word = words_[id / 64];
      std::uint64_t const bit = std::uint64_t{1} << (id % 64);
      size_ += (word & bit) == 0 ? 1U : 0U;
      word |= bit;
      return;
    }
    if (!is_bits_ && (std::size_t{size_} + 1) * 2 <= table_.size())
      add_to_table(id);
    else
      add_slowly(id, limit);
  }
  /// Brings the place where `id` will be into the cache.
  void prefetch(std::uint32_t id) const {
    if (is_bits_ && id / 64 < words_.size()) __builtin_prefetch(&words_[id / 64], 1);
  }
  std::uint32_t size() const { return size_; }
  bool is_bits() const { return is_bits_; }
  /// Words of bits, or of the hash table.
  std::size_t bytes() const { return words_.size() * 8 + table_.size() * 4; }

  /// Of a set that is bits.
  IdBits const& words() const { return words_; }

  template <class F>
  void each(F&& f) const {
    if (is_bits_) {
      for (std::size_t w = 0; w < words_.size(); ++w)
        for (std::uint64_t word = words_[w]; word != 0; word &= word - 1)
          f(static_cast<std::uint32_t>(w * 64) + static_cast<std::uint32_t>(__builtin_ctzll(word)));
      return;
    }
    for (std::uint32_t const id : table_)
      if (id != kFree) f(id);
  }

 private:
  static constexpr std::uint32_t kFree = 0xFFFFFFFFU;
  void add_slowly(std::uint32_t id, std::uint32_t limit);
  void add_to_table(std::uint32_t id);
  void to_bits(std::size_t bits);
  void to_table(std::size_t capacity);

  bool is_bits_ = false;
  std::uint32_t size_ = 0;
  IdBits words_{};
  std::vector<std::uint32_t> table_{};  // capacity is a power of two, at most half full
};

}  // namespace yekun
