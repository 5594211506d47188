// Ids in what the cache keeps: each id once, by its key, in a dictionary; lists of ids name its place there. A list
// says of which dictionary it is, so that lists can be moved to another one without knowing what they are for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "indicators/compiled_plan.h"
#include "indicators/id_table.h"
#include "indicators/partial_bytes.h"

namespace yekun {

using IdTables = std::vector<IdTable*>;                     // by domain of a plan
using IdNumbers = std::vector<std::vector<std::uint32_t>>;  // by domain, by place: the numbers in this run

/// Whether each domain of a plan numbers texts; others number whole numbers.
std::vector<bool> domains_of_texts(CompiledPlan const& plan);

/// Gathers the ids of a domain that are used, then writes them.
class IdPlaces {
 public:
  void use(std::uint32_t number) {
    if (places_.size() <= number) places_.resize(std::size_t{number} + number / 2 + 64, kNone);
    places_[number] = 0;
  }
  /// Writes the keys of those used in order of their numbers, and numbers their places. Gives the numbers by place.
  std::vector<std::uint32_t> write(IdTable& table, bool texts, ByteWriter& out);
  std::uint32_t place(std::uint32_t number) const { return places_[number]; }

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFFU;
  std::vector<std::uint32_t> places_{};  // by number
};

/// The keys of a domain as they were written.
struct KeptKeys {
  std::size_t count = 0;
  std::string_view bytes{};
};
KeptKeys read_keys(ByteReader& in);
/// Calls of `table` for all keys in order; the numbers that they have in it, by place. nullopt: these are no keys.
std::optional<std::vector<std::uint32_t>> number_keys(KeptKeys const& keys, bool texts, IdTable& table,
                                                      unsigned worker);
/// Whether number_keys() will find keys.
bool are_keys(KeptKeys const& keys, bool texts);

/// Ids of a domain, or pairs of them with something else, by their numbers in this run.
struct IdList {
  std::size_t domain = 0;
  bool pairs = false;
  std::size_t with = 0;  // 1 + the domain of the others; 0: they are numbers as they are
  std::vector<std::uint32_t> ids{};
  std::vector<std::uint32_t> others{};
};

/// Puts the ids of a list that is no pairs into the order of their places.
void write_list(IdList& list, std::vector<IdPlaces> const& places, ByteWriter& out);
/// False, and the reader has failed: there is no list of such domains.
bool read_list(ByteReader& in, IdNumbers const& numbers, IdList& out);
/// Notes the ids of a list.
void use_list(IdList const& list, std::vector<IdPlaces>& places);

}  // namespace yekun
