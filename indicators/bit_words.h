// Rows of 64-bit words as sets of bits, united and counted on whatever vector unit the processor has.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace yekun {

/// One set: bit i of word w is its member 64 * w + i.
using BitWords = std::span<std::uint64_t const>;

/// out = the union of the sets' words [from, from + out.size()); a shorter set has no more members.
void unite_words(std::span<BitWords const> sets, std::size_t from, std::span<std::uint64_t> out);

/// Bits set.
std::uint64_t count_bits(BitWords words);

}  // namespace yekun
