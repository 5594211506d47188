#include "indicators/group_table.h"

#include <algorithm>
#include <bit>

namespace yekun {

namespace {

constexpr unsigned kDenseBits = 19;

std::uint64_t mix_word(std::uint64_t hash, std::uint32_t word) {
  hash = (hash ^ word) * 0x9E3779B97F4A7C15ULL;
  return hash ^ (hash >> 29);
}

}  // namespace

GroupTable::GroupTable(std::size_t words) : words_(words), keys_(words), bits_(words, 1) { rebuild(); }

void GroupTable::find(std::span<std::uint32_t const* const> words, std::size_t rows, std::uint32_t* out) {
  fit(words, rows);
  if (dense_)
    find_dense(words, rows, out);
  else
    find_hashed(words, rows, out);
}

/// Widens the words' ranges to what the batch holds.
void GroupTable::fit(std::span<std::uint32_t const* const> words, std::size_t rows) {
  if (!dense_) return;
  bool wider = false;
  for (std::size_t w = 0; w < words_; ++w) {
    std::uint32_t most = 0;
    for (std::size_t i = 0; i < rows; ++i) most = std::max(most, words[w][i]);
    auto const bits = static_cast<unsigned>(std::bit_width(most));
    if (bits <= bits_[w]) continue;
    bits_[w] = bits;
    wider = true;
  }
  if (wider) rebuild();
}

void GroupTable::rebuild() {
  unsigned total = 0;
  for (unsigned const bits : bits_) total += bits;
  if (dense_ && total > kDenseBits) dense_ = false;
  if (dense_) {
    table_.assign(std::size_t{1} << total, 0);
    for (std::uint32_t group = 1; group < groups_; ++group) {
      std::size_t packed = 0;
      for (std::size_t w = 0; w < words_; ++w) packed = packed << bits_[w] | word(group, w);
      table_[packed] = group;
    }
    return;
  }
  rehash(groups_);
}

/// A table for `expected` groups.
void GroupTable::rehash(std::size_t expected) {
  table_.assign(std::bit_ceil(std::max<std::size_t>(1024, expected * 4)), 0);
  std::size_t const mask = table_.size() - 1;
  for (std::uint32_t group = 1; group < groups_; ++group) {
    std::size_t at = hash_of(group) & mask;
    while (table_[at] != 0) at = (at + 1) & mask;
    table_[at] = group;
  }
}

std::uint64_t GroupTable::hash_of(std::uint32_t group) const {
  std::uint64_t hash = 0;
  for (std::size_t w = 0; w < words_; ++w) hash = mix_word(hash, word(group, w));
  return hash;
}

std::uint32_t GroupTable::add(std::span<std::uint32_t const* const> words, std::size_t row) {
  for (std::size_t w = 0; w < words_; ++w) keys_.push_back(words[w][row]);
  return groups_++;
}

void GroupTable::find_dense(std::span<std::uint32_t const* const> words, std::size_t rows, std::uint32_t* out) {
  std::fill(out, out + rows, 0U);
  for (std::size_t w = 0; w < words_; ++w) {
    unsigned const bits = bits_[w];
    std::uint32_t const* const codes = words[w];
    for (std::size_t i = 0; i < rows; ++i) out[i] = (out[i] << bits) | codes[i];
  }
  for (std::size_t i = 0; i < rows; ++i) {
    if (words[0][i] == 0) {
      out[i] = 0;
      continue;
    }
    std::uint32_t& group = table_[out[i]];
    if (group == 0) group = add(words, i);
    out[i] = group;
  }
}

void GroupTable::find_hashed(std::span<std::uint32_t const* const> words, std::size_t rows, std::uint32_t* out) {
  if ((std::size_t{groups_} + rows) * 2 > table_.size()) rehash(std::size_t{groups_} + rows);
  hashes_.assign(rows, 0);
  for (std::size_t w = 0; w < words_; ++w)
    for (std::size_t i = 0; i < rows; ++i) hashes_[i] = mix_word(hashes_[i], words[w][i]);
  std::size_t const mask = table_.size() - 1;
  for (std::size_t i = 0; i < rows; ++i) __builtin_prefetch(&table_[hashes_[i] & mask]);
  for (std::size_t i = 0; i < rows; ++i) {
    out[i] = 0;
    if (words[0][i] == 0) continue;
    for (std::size_t at = hashes_[i] & mask;; at = (at + 1) & mask) {
      std::uint32_t const group = table_[at];
      if (group == 0) {
        out[i] = table_[at] = add(words, i);
        break;
      }
      bool same = true;
      for (std::size_t w = 0; w < words_ && same; ++w) same = word(group, w) == words[w][i];
      if (!same) continue;
      out[i] = group;
      break;
    }
  }
}

std::uint32_t GroupTable::seek(std::span<std::uint32_t const> key) const {
  if (dense_) {
    std::size_t packed = 0;
    for (std::size_t w = 0; w < words_; ++w) {
      if (static_cast<unsigned>(std::bit_width(key[w])) > bits_[w]) return 0;
      packed = packed << bits_[w] | key[w];
    }
    return table_[packed];
  }
  std::uint64_t hash = 0;
  for (std::size_t w = 0; w < words_; ++w) hash = mix_word(hash, key[w]);
  std::size_t const mask = table_.size() - 1;
  for (std::size_t at = hash & mask; table_[at] != 0; at = (at + 1) & mask) {
    bool same = true;
    for (std::size_t w = 0; w < words_ && same; ++w) same = word(table_[at], w) == key[w];
    if (same) return table_[at];
  }
  return 0;
}

void GroupTable::keep(std::span<std::uint32_t const> groups) {
  std::vector<std::uint32_t> keys(words_);
  keys.reserve((groups.size() + 1) * words_);
  for (std::uint32_t const group : groups)
    for (std::size_t w = 0; w < words_; ++w) keys.push_back(word(group, w));
  keys_ = std::move(keys);
  groups_ = static_cast<std::uint32_t>(groups.size()) + 1;
  rebuild();
}

}  // namespace yekun
