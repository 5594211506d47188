// Ids in what the cache keeps: each id once, by its key; sets and counts name its place among them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "indicators/compiled_plan.h"
#include "indicators/id_table.h"
#include "indicators/partial_bytes.h"

namespace yekun {

/// Whether each domain of a plan numbers texts; others number whole numbers. nullopt: it numbers nothing.
std::vector<std::optional<bool>> domains_of_texts(CompiledPlan const& plan);

/// Gathers the ids of a domain that are used, then writes them.
class IdPlaces {
 public:
  void use(std::uint32_t number) {
    if (places_.size() <= number) places_.resize(std::size_t{number} + number / 2 + 64, kNone);
    places_[number] = 0;
  }
  /// Writes the keys of those used, and numbers their places.
  void write(IdTable const& table, bool texts, ByteWriter& out);
  std::uint32_t place(std::uint32_t number) const { return places_[number]; }

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFFU;
  std::vector<std::uint32_t> places_{};  // by number
};

/// The numbers that the written keys have in `table`, by place.
std::vector<std::uint32_t> read_ids(ByteReader& in, bool texts, IdTable& table, unsigned worker);

/// Ascending places as differences. `places` is put in order.
void write_places(std::vector<std::uint32_t>& places, ByteWriter& out);
/// The numbers of the places written.
void read_places(ByteReader& in, std::span<std::uint32_t const> numbers, std::vector<std::uint32_t>& out);

}  // namespace yekun
