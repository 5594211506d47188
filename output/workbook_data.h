// The Data sheet: one row for each Cube cell, target or baseline that a figure of the document stands on, and the
// formulas over it. Formulas are written from the lineage; nothing is worked out here.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "indicators/figure.h"
#include "output/workbook_book.h"
#include "output/workbook_rows.h"
#include "reports/document.h"

namespace yekun {

/// A leaf of a lineage with its place on a Data sheet.
struct DataRow {
  Lineage const* leaf = nullptr;
  std::string identity;              // what tells it from other leaves
  std::string finest;                // finest_dimensions(*leaf)
  std::size_t sheet = 0;             // index into the Data sheets
  std::uint32_t row = 0;             // zero-based, on its sheet
  std::optional<std::string> finer;  // of an additive total: the dimensions of the rows that make it up
  std::optional<RowFormula> rows;    // over row-level data
};

class DataIndex {
 public:
  static constexpr std::uint32_t kHeadingRow = 2;
  static constexpr std::size_t kRowsASheet = 1'000'000;

  /// Collects the leaves of all figures of `document`, `rows_a_sheet` on each Data sheet. The sheets' names must be
  /// known before formulas are written.
  explicit DataIndex(Document const& document, std::size_t rows_a_sheet = kRowsASheet);

  std::size_t sheets() const { return std::max<std::size_t>(1, (rows_.size() + rows_a_sheet_ - 1) / rows_a_sheet_); }
  void name_sheets(std::vector<std::string> names) { names_ = std::move(names); }
  std::vector<std::string> const& sheet_names() const { return names_; }
  /// Lets Data rows count over row-level data where that comes to their value.
  void count_rows(RowFormulas& formulas);

  /// A formula for the number that `lineage` describes, without "="; nullopt if a part of it has no formula.
  /// `missing` and `not_applicable` are the marks shown in place of a number; `hundredfold`: in percentage points.
  std::optional<std::string> formula(Lineage const& lineage, std::string const& missing,
                                     std::string const& not_applicable, bool hundredfold = false) const;
  /// The formula of an additive total over its finer rows, on all Data sheets; nullopt: a value of its own.
  std::optional<std::string> sum_formula(DataRow const& total) const;

  std::vector<DataRow> const& rows() const { return rows_; }
  /// The rows of one sheet.
  std::span<DataRow const> rows(std::size_t sheet) const;
  std::vector<std::string> const& dimensions() const { return dimensions_; }
  std::uint16_t value_column() const { return static_cast<std::uint16_t>(7 + dimensions_.size()); }

 private:
  void collect(Lineage const& lineage);
  void number_rows();
  void find_sums();
  std::optional<std::string> sum_on(std::size_t sheet, DataRow const& total) const;
  std::optional<std::string> expression(Lineage const& lineage, std::vector<std::string>& references,
                                        std::vector<std::string>& divisors) const;

  std::size_t rows_a_sheet_;
  std::vector<std::string> names_{};
  std::vector<DataRow> rows_{};
  std::unordered_map<std::string, std::size_t> by_identity_{};
  std::vector<std::string> dimensions_{};
};

/// "region,sex": the dimensions of a leaf that are not rolled up, in alphabetical order.
std::string finest_dimensions(Lineage const& leaf);

/// Whether SUMIFS takes the text for nothing but itself: not for a number ("05" matches "5"), a date or an operator.
bool is_sure_criterion(std::string_view text);

/// Text as a criterion of SUMIFS that means exactly this text.
std::string criterion(std::string_view text);

}  // namespace yekun
