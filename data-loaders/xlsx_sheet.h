// The cells of one worksheet part, in file order, as they are stored: nothing is converted here.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data-loaders/part_stream.h"

namespace yekun {

/// What a cell holds. `absent`: a formula without a stored result. Cells without any content are not reported.
enum class CellKind : std::uint8_t { number, shared, text, boolean, error, iso_date, absent };

struct SheetCell {
  std::uint32_t column = 0;  // from 0
  CellKind kind = CellKind::number;
  std::uint32_t style = 0;  // index into the workbook's cell formats
  bool formula = false;
  std::string_view value;  // as stored; text and error with XML references and Office escapes already replaced
};

/// Takes the cells of a sheet. Rows are 1-based and grow. Return false to stop reading.
class SheetHandler {
 public:
  SheetHandler() = default;
  SheetHandler(SheetHandler const&) = delete;
  SheetHandler& operator=(SheetHandler const&) = delete;
  virtual ~SheetHandler() = default;
  /// Whether the text of cells in this column is of interest; where it is not, `value` may come undecoded.
  virtual bool wants(std::uint32_t column) const = 0;
  virtual bool cell(std::uint64_t row, SheetCell const& cell) = 0;
  /// After the cells of a row that has any.
  virtual bool row_end(std::uint64_t row, bool hidden) = 0;
};

inline constexpr std::uint64_t kMostSheetRows = 1'048'576;
inline constexpr std::uint32_t kMostSheetColumns = 16'384;

/// A rectangle of cells: rows 1-based, columns from 0, both ends included.
struct CellRange {
  std::uint64_t first_row = 1;
  std::uint64_t last_row = kMostSheetRows;
  std::uint32_t first_column = 0;
  std::uint32_t last_column = kMostSheetColumns - 1;
  bool holds_column(std::uint32_t column) const { return column >= first_column && column <= last_column; }
};

/// "A1", "$B$2:D9", "A:C", "2:5"; nullopt for anything else.
std::optional<CellRange> parse_range(std::string_view text);
/// 0 -> "A", 27 -> "AB".
std::string column_letters(std::uint32_t column);

struct SheetFacts {
  std::uint64_t hidden_columns = 0;  // that are marked so before the cells
};

/// Reads until the cells end, the handler stops, or something is broken (the reason).
Read<SheetFacts> read_sheet(std::unique_ptr<PartStream> stream, SheetHandler& handler);

/// The merged ranges, which stand after all cells.
Read<std::vector<CellRange>> read_merges(std::unique_ptr<PartStream> stream);

}  // namespace yekun
