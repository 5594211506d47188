// What a dataset holds: for the command data, and for proposing a programme from a file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "data-loaders/infer_type.h"
#include "data-loaders/source.h"

namespace yekun {

/// Values that differ only in case, spaces or Unicode normal form, with how often each occurs.
struct SimilarValues {
  std::vector<std::pair<std::string, std::uint64_t>> spellings;  // most frequent first
};

struct ColumnProfile {
  std::string name;
  Type type = Type::text;
  bool declared = false;    // false: `type` is inferred from all values
  bool personal = false;    // counts only: min, max, top and similar are empty
  InferredType inferred{};  // of undeclared columns
  InferredType mostly{};    // of undeclared columns inferred as text: what all but a few values are
  std::uint64_t present = 0;
  std::uint64_t missing = 0;  // rejected cells included
  std::uint64_t rejected = 0;
  std::uint64_t unmapped = 0;  // values that are not in the column's mapping
  std::uint64_t distinct = 0;  // exact up to kMostDistinct
  bool more_distinct = false;  // there are more than `distinct`; no top or similar values then
  std::string least{};         // as text; empty for text and booleans, and where there is none
  std::string most{};
  std::vector<std::pair<std::string, std::uint64_t>> top{};  // most frequent first, ties by code point; at most 5
  std::uint64_t similar_count = 0;                           // groups of similar values
  std::vector<SimilarValues> similar{};                      // at most 10
  std::string total{};           // a value like "Total" that seems to name a row which adds up others; empty: none
  std::uint64_t total_rows = 0;  // rows with such a value
};

/// Days without any row between the first and the last, where a series is daily (rows on at least half of its days).
struct SeriesGaps {
  std::string series;      // the key without its date; "" for the whole dataset; masked where personal
  std::uint64_t days = 0;  // missing
  std::vector<std::pair<Date, Date>> gaps{};  // first and last day; at most 10
};

struct DataProfile {
  static constexpr std::size_t kMostDistinct = 100'000;
  std::string dataset;
  std::vector<FileFacts> files;
  std::uint64_t rows = 0;
  std::vector<ColumnProfile> columns;  // as in the file; then declared ones that come from elsewhere
  std::string date_column{};
  std::optional<Date> first{};
  std::optional<Date> last{};
  std::uint64_t undated = 0;
  std::uint64_t series = 0;  // how many; one, of all rows, where there are more than 20,000
  std::uint64_t gap_days = 0;
  std::vector<SeriesGaps> gaps{};  // those with most missing days first; at most 10
  std::vector<std::string> key{};
  std::uint64_t duplicate_rows = 0;                 // rows whose key came before (by 64-bit hash)
  std::vector<std::uint64_t> duplicate_examples{};  // physical rows; at most 10
  Findings findings{};
};

/// Scans the whole source once. Columns that are not declared are read as text and their type inferred. The number of
/// threads changes nothing. Memory: at most kMostDistinct values a column, and 24 bytes a row if there is a key.
Result<DataProfile> profile(Dataset const& dataset, Source const& source, unsigned threads);

/// A table for terminals, in plain text; one line a column, then what is wrong. Ends with a newline.
std::string to_text(DataProfile const& profile);
/// One JSON object, without newline.
std::string to_json(DataProfile const& profile);

}  // namespace yekun
