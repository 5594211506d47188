#include "core/column.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace yekun {
namespace {

constexpr std::array<std::string_view, 6> kTypes{"text", "integer", "decimal", "number", "date", "boolean"};
constexpr std::size_t kChunk = 16'384;

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  __extension__ using Unsigned128 = unsigned __int128;
  auto const product = static_cast<Unsigned128>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

std::uint64_t read_up_to_8(char const* from, std::size_t count) {
  std::uint64_t word = 0;
  std::memcpy(&word, from, count);
  return word;
}

/// Folds eight bytes a step through a 64 x 64 -> 128 bit product (the idea of wyhash).
std::uint64_t hash(std::string_view text) {
  constexpr std::uint64_t kA = 0xA0761D6478BD642FULL;
  constexpr std::uint64_t kB = 0xE7037ED1A0B428DBULL;
  std::uint64_t state = kA ^ text.size();
  char const* at = text.data();
  std::size_t left = text.size();
  for (; left >= 8; at += 8, left -= 8) state = mix(state ^ read_up_to_8(at, 8), kB);
  if (left > 0) state = mix(state ^ read_up_to_8(at, left), kB);
  return mix(state, kA);
}

}  // namespace

std::string_view to_text(Type type) { return kTypes[static_cast<std::size_t>(type)]; }

std::optional<Type> parse_type(std::string_view text) {
  auto const* const found = std::find(kTypes.begin(), kTypes.end(), text);
  if (found == kTypes.end()) return std::nullopt;
  return static_cast<Type>(found - kTypes.begin());
}

std::size_t Dictionary::slot_of(std::string_view text, std::uint32_t tag, std::size_t start) const {
  std::size_t const mask = slots_.size() - 1;
  for (std::size_t i = start & mask;; i = (i + 1) & mask) {
    Slot const& slot = slots_[i];
    if (slot.code_after == 0 || (slot.tag == tag && texts_[slot.code_after - 1] == text)) return i;
  }
}

std::uint32_t Dictionary::code(std::string_view text) {
  if (texts_.size() * 2 >= slots_.size()) grow();
  std::uint64_t const h = hash(text);
  auto const tag = static_cast<std::uint32_t>(h >> 32U);
  Slot& slot = slots_[slot_of(text, tag, static_cast<std::size_t>(h))];
  if (slot.code_after == 0) {
    texts_.push_back(keep(text));
    slot = {tag, size()};
  }
  return slot.code_after - 1;
}

std::optional<std::uint32_t> Dictionary::find(std::string_view text) const {
  if (slots_.empty()) return std::nullopt;
  std::uint64_t const h = hash(text);
  Slot const& slot = slots_[slot_of(text, static_cast<std::uint32_t>(h >> 32U), static_cast<std::size_t>(h))];
  if (slot.code_after == 0) return std::nullopt;
  return slot.code_after - 1;
}

void Dictionary::grow() {
  slots_.assign(std::max<std::size_t>(64, slots_.size() * 2), Slot{});
  std::size_t const mask = slots_.size() - 1;
  for (std::uint32_t code = 0; code < size(); ++code) {
    std::uint64_t const h = hash(texts_[code]);
    std::size_t i = static_cast<std::size_t>(h) & mask;
    while (slots_[i].code_after != 0) i = (i + 1) & mask;
    slots_[i] = {static_cast<std::uint32_t>(h >> 32U), code + 1};
  }
}

std::string_view Dictionary::keep(std::string_view text) {
  if (text.empty()) return {};
  if (text.size() > kChunk / 4) {  // a chunk of its own, so that the current one is not wasted
    char* const own = large_.emplace_back(std::make_unique<char[]>(text.size())).get();
    std::memcpy(own, text.data(), text.size());
    return {own, text.size()};
  }
  if (chunks_.empty() || chunk_left_ < text.size()) {  // empty: new, or moved from
    chunk_at_ = chunks_.emplace_back(std::make_unique<char[]>(kChunk)).get();
    chunk_left_ = kChunk;
  }
  char* const place = chunk_at_;
  std::memcpy(place, text.data(), text.size());
  chunk_at_ += text.size();
  chunk_left_ -= text.size();
  return {place, text.size()};
}

}  // namespace yekun
