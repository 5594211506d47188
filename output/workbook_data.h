// The Data sheet: one row for each Cube cell, target or baseline that a figure of the document stands on, and the
// formulas over it. Formulas are written from the lineage; nothing is worked out here.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "indicators/figure.h"
#include "output/workbook_book.h"
#include "reports/document.h"

namespace yekun {

/// A leaf of a lineage with its place on the Data sheet.
struct DataRow {
  Lineage const* leaf = nullptr;
  std::string identity;              // what tells it from other leaves
  std::uint32_t row = 0;             // zero-based, on the sheet
  std::optional<std::string> sum{};  // formula of an additive total over the finer rows; nullopt: a value
};

class DataIndex {
 public:
  /// Collects the leaves of all figures of `document`. The sheet's name must be known before formulas are written.
  DataIndex(Document const& document, std::string sheet_name);

  /// A formula for the number that `lineage` describes, without "="; nullopt if a part of it has no formula.
  /// `missing` and `not_applicable` are the marks shown in place of a number.
  std::optional<std::string> formula(Lineage const& lineage, std::string const& missing,
                                     std::string const& not_applicable) const;

  std::vector<DataRow> const& rows() const { return rows_; }
  std::vector<std::string> const& dimensions() const { return dimensions_; }
  std::string const& sheet_name() const { return sheet_name_; }
  static constexpr std::uint32_t kHeadingRow = 2;
  std::uint16_t value_column() const { return static_cast<std::uint16_t>(7 + dimensions_.size()); }

 private:
  void collect(Lineage const& lineage);
  void number_rows();
  void find_sums();
  std::string sum_formula(DataRow const& total, std::string const& finer) const;
  std::optional<std::string> expression(Lineage const& lineage, std::vector<std::string>& references,
                                        std::vector<std::string>& divisors) const;

  std::string sheet_name_;
  std::vector<DataRow> rows_{};
  std::map<std::string, std::size_t> by_identity_{};
  std::vector<std::string> dimensions_{};
};

/// "sex,region": the dimensions of a leaf that are not rolled up, in alphabetical order.
std::string finest_dimensions(Lineage const& leaf);

}  // namespace yekun
