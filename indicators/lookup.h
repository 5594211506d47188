// Many-to-one joins: the columns of a small dataset beside the rows of a large one.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/diagnostic.h"
#include "data-loaders/dataset.h"
#include "data-loaders/source.h"

namespace yekun {

/// The "one" side of a lookup, read whole. Keys are compared as text, several columns as a tuple.
class LookupTable {
 public:
  /// `columns`: those of the target that are wanted besides the keys. A key that is there twice (for the same
  /// valid_from date) is a failure (Fault::data) that names both rows; rows without a complete key are never found.
  static Result<LookupTable> make(LookupSpec const& spec, Table table);

  static constexpr std::uint32_t kNone = 0xFFFFFFFFU;
  /// The row for a key (see key_text); `day` counts with valid_from only: the latest row not after it.
  std::uint32_t find(std::string_view key, bool dated, std::int32_t day) const;

  /// The values of a target column for the rows found; missing where there is none. `column` indexes the table's
  /// columns.
  Column gather(std::size_t column, std::vector<std::uint32_t> const& found) const;
  std::vector<std::string> const& names() const { return table_->names; }
  std::size_t column_index(std::string_view name) const;
  bool has_dates() const { return dated_; }

 private:
  struct Entry {
    std::int32_t from = 0;
    std::uint32_t row = 0;
  };
  std::shared_ptr<Table const> table_{};                        // shared: the keys below are views into it
  std::unordered_map<std::string, std::vector<Entry>> rows_{};  // by valid_from
  bool dated_ = false;
};

/// One worker's use of a lookup: finds the rows of a batch and remembers dictionary codes.
class LookupFinder {
 public:
  explicit LookupFinder(LookupTable const& table) : table_(&table) {}
  /// found[i]: the target's row, or kNone. `date` is null without valid_from. Counts present keys that were not found.
  void find(std::vector<Column const*> const& keys, Column const* date, std::size_t rows,
            std::vector<std::uint32_t>& found);
  std::uint64_t unmatched() const { return unmatched_; }
  /// Up to kListed distinct keys that were not found, in order of arrival.
  std::vector<std::pair<std::uint64_t, std::string>> const& examples() const { return examples_; }
  static constexpr std::size_t kListed = 8;
  void begin_batch(std::uint64_t order) { order_ = order; }

 private:
  void count_unmatched(std::size_t row, std::string const& key);
  LookupTable const* table_;
  std::uint64_t unmatched_ = 0;
  std::uint64_t order_ = 0;
  std::vector<std::pair<std::uint64_t, std::string>> examples_{};
  Dictionary const* dictionary_ = nullptr;
  std::vector<std::uint32_t> by_code_{};
};

/// Appends one part of a key to `key`: of several parts each is preceded by its length.
void add_key_part(std::string& key, std::string_view part, bool single);
/// The key of a row as LookupTable::find takes it; false where a part is missing.
bool lookup_key(std::vector<Column const*> const& columns, std::size_t row, std::string& key);
/// The entries of these rows; missing for LookupTable::kNone.
Column take_rows(Column const& from, std::vector<std::uint32_t> const& rows);

}  // namespace yekun
