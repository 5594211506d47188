// Answer -> rows and columns of a table. Totals are looked up among the answer's rows, never added.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "indicators/question.h"
#include "reports/compose_plan.h"

namespace yekun {

/// Values of some fields, outer first; a period stands as the part of dimension "period". A part without value is a
/// total.
using PivotKey = std::vector<PlacePart>;

class Pivot {
 public:
  Pivot(Programme const& programme, Locale const& locale, Answer const& answer, TableFields const& fields);

  /// Combinations that occur, sorted for the reader: outer fields first, unknown last, periods in time.
  std::vector<PivotKey> rows() const { return combinations(fields_.rows); }
  std::vector<PivotKey> columns() const { return combinations(fields_.columns); }

  /// The figure of one indicator where the row's and column's parts hold and everything else is a total; null if the
  /// answer has no such row.
  Figure const* at(PivotKey const& row, PivotKey const& column, std::size_t indicator) const;

  /// `key` with the parts from `kept` on turned into totals: kept 0 is the grand total.
  static PivotKey rolled_up(PivotKey key, std::size_t kept);

 private:
  std::vector<PivotKey> combinations(std::vector<std::string> const& fields) const;
  std::string token(PivotKey const& parts) const;
  PlacePart part_of(AnswerRow const& row, std::string const& field) const;
  std::size_t rank(PlacePart const& part) const;

  Answer const& answer_;
  TableFields fields_;
  std::map<std::string, AnswerRow const*> found_;
  std::map<std::pair<std::string, std::string>, std::size_t> ranks_;  // (field, value) -> place in the reader's order
};

}  // namespace yekun
