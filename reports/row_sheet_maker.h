// The inside of RowSheets: one dataset's sheet for one document.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/catalogue.h"
#include "indicators/bind.h"
#include "indicators/joined_rows.h"
#include "indicators/measure.h"
#include "indicators/row_schema.h"
#include "reports/document.h"

namespace yekun {

/// Plans the columns of a sheet from the leaves that stand on a dataset, then fills them from its rows.
class RowSheetMaker {
 public:
  RowSheetMaker(Programme const& programme, Dataset const& dataset, RowSchema const& schema, Catalogue const& catalogue)
      : programme_(programme), dataset_(dataset), schema_(schema), catalogue_(catalogue) {}

  /// Takes the leaf's measure if a formula over rows can say it: rows, sums and distinct people of a dated event.
  void add(Lineage const& leaf, Indicator const& indicator);
  bool empty() const { return leaves_.empty(); }
  /// Columns of the schema that the sheet is made from.
  std::vector<std::size_t> wanted() const;

  /// nullopt: more than `most` rows.
  Result<std::optional<DataSheet>> fill(JoinedRows const& rows, std::size_t most);

 private:
  struct Planned {
    RowColumn column{};
    BoundExpression bound{};
    bool valued = false;  // a filter: 1 where the expression has a value, not where it is true
  };
  /// A window and place that rows may belong to.
  struct Spot {
    Period period{};
    std::vector<PlacePart> place{};
  };
  std::optional<std::size_t> add_column(RowColumn::Role role, std::string const& key, std::string const& heading,
                                        Result<BoundExpression> bound, bool valued = false);
  std::optional<std::size_t> add_day();
  std::optional<std::size_t> add_group(std::string const& dimension);
  bool add_places(Lineage const& leaf);
  std::optional<RowMeasure> measure_of(Lineage const& leaf, Indicator const& indicator);
  std::optional<std::size_t> column_of(std::string const& key, RowColumn::Role role) const;
  Result<std::vector<Column>> evaluate(JoinedRows const& rows);
  std::vector<std::size_t> rows_in(std::vector<Column> const& columns, std::size_t count) const;
  std::vector<std::uint8_t> in_spot(Spot const& spot, std::vector<Column> const& columns, std::size_t count) const;

  Programme const& programme_;
  Dataset const& dataset_;
  RowSchema const& schema_;
  Catalogue const& catalogue_;
  std::vector<Planned> columns_{};
  std::vector<RowMeasure> measures_{};
  std::vector<Lineage const*> leaves_{};
};

}  // namespace yekun
