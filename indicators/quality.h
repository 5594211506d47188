// Data-quality rules of a dataset, over all its rows: what breaks a rule is a finding.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "data-loaders/source.h"
#include "indicators/bind.h"

namespace yekun {

/// Consecutive rows in input order, with the place of each.
struct QualityRows {
  std::vector<Column const*> columns{};  // one for each column of the schema; null where needed() has it not
  std::size_t rows = 0;
  std::span<std::uint32_t const> file_of_row{};  // indexes into `files`
  std::span<std::uint64_t const> row_in_file{};
  std::span<FileFacts const> files{};
};

/// "dataset.column" -> the values that are there, as text.
using References = std::map<std::string, std::set<std::string>>;

/// Checks the dataset's rules and key. Rules (docs/data-quality.md):
///   expect:     false is a finding; missing is not
///   key, unique: a row with the same values as an earlier one ("duplicate-key" for the key); a missing part of the key
///               is a finding of its own ("missing-key"), rows with a missing part of `unique` are left out
///   a dataset of intervals: a row whose last day is before its first ("ends-before-start")
///   allowed, reference, range: a value outside is a finding; missing is not
///   outlier:    by group, |0.6745 (x - median) / MAD| above the threshold; where MAD is 0, |x - median| / (1.2533 mean
///               absolute deviation); groups below 5 values are left out
///   daily_gaps: days without a row between the first and last date of each series; one finding a gap, at the row after
/// Keys, outliers and gaps keep what they need of every row. Findings stand in input order.
class QualityChecker {
 public:
  /// Mistakes of rules (names, types) are failures with Fault::spec.
  static Result<QualityChecker> make(Dataset const& dataset, Schema const& schema, References references = {});
  ~QualityChecker();
  QualityChecker(QualityChecker&&) noexcept;
  QualityChecker& operator=(QualityChecker&&) noexcept;

  /// Indexes into the schema of the columns that the rules read.
  std::vector<std::size_t> needed() const;
  /// An overflow in an expectation is a failure (Fault::data).
  tl::expected<void, Diagnostics> accept(QualityRows const& rows);
  Findings finish();

 private:
  struct Work;
  explicit QualityChecker(std::unique_ptr<Work> work);
  std::unique_ptr<Work> work_;
};

/// The "dataset.column" references that the rules name.
std::vector<std::string> references_of(Dataset const& dataset);

/// All rules over a table whose columns are declared in `dataset` (without lookups).
Result<Findings> check_table(Dataset const& dataset, Table const& table, References references = {});

}  // namespace yekun
