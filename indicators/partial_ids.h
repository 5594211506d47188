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

/// Gathers the ids of a domain that are used, in the order of their first use: those that lists have in common stand
/// together. Then it writes them.
class IdPlaces {
 public:
  void use(std::uint32_t number) {
    if (places_.size() <= number) places_.resize(std::size_t{number} + number / 2 + 64, kNone);
    if (places_[number] != kNone) return;
    places_[number] = static_cast<std::uint32_t>(numbers_.size());
    numbers_.push_back(number);
  }
  /// Of a number that is used.
  std::uint32_t place(std::uint32_t number) const { return places_[number]; }
  std::optional<std::uint32_t> find(std::uint32_t number) const {
    bool const used = number < places_.size() && places_[number] != kNone;
    return used ? std::optional(places_[number]) : std::nullopt;
  }
  /// By place.
  std::vector<std::uint32_t> const& numbers() const { return numbers_; }
  /// Writes the keys of those used.
  void write(IdTable& table, bool texts, ByteWriter& out) const;

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFFU;
  std::vector<std::uint32_t> places_{};  // by number
  std::vector<std::uint32_t> numbers_{};
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

/// Writes lists of ids whose places are known.
class ListWriter {
 public:
  explicit ListWriter(std::vector<IdPlaces> const& places) : places_(places) {}
  /// Puts the ids of a list that is no pairs into the order of their places.
  void write(IdList& list);
  std::string take() { return out_.take(); }

 private:
  void sort(std::vector<std::uint32_t>& ids);

  std::vector<IdPlaces> const& places_;  // by domain
  ByteWriter out_{};
  std::vector<std::uint64_t> marks_{};  // scratch: all clear between calls
};

/// False, and the reader has failed: there is no list of such domains.
bool read_list(ByteReader& in, IdNumbers const& numbers, IdList& out);
/// Notes the ids of a list.
void use_list(IdList const& list, std::vector<IdPlaces>& places);

}  // namespace yekun
