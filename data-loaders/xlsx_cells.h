// Stored cells as values of their columns' declared types.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "data-loaders/row_writer.h"
#include "data-loaders/xlsx_workbook.h"

namespace yekun {

/// A formula that was saved without its result.
inline constexpr std::string_view kNoResult = "formula-without-result";

/// Writes the cells of one workbook into a writer's columns. The declared type decides; what does not fit is rejected.
///   text     numbers in plain digits ("12", "0.1"), dates in ISO, TRUE and FALSE
///   integer  whole numbers; a date or a truth value is rejected
///   decimal  exact_decimal()
///   date     numbers shown as dates, and other day numbers except 1900-2100, which look like years; texts as declared
///   boolean  truth values, 1 and 0, words
/// Text in a column of another type is parsed as typed text of the declared form. Error values are rejected, unless
/// they are among the missing marks.
class XlsxCells {
 public:
  XlsxCells(Workbook const& book, std::shared_ptr<SharedTexts const> texts, RowWriter& writer);

  void write(std::size_t target, SheetCell const& cell, std::uint64_t row);
  /// As cell_text().
  std::string text(SheetCell const& cell) const;

 private:
  void shared(std::size_t target, SheetCell const& cell, std::uint64_t row);
  void number(std::size_t target, SheetCell const& cell, std::uint64_t row);
  void number_as_text(std::size_t target, SheetCell const& cell, double value, std::uint64_t row);
  void whole(std::size_t target, SheetCell const& cell, double value, std::uint64_t row);
  void decimal(std::size_t target, SheetCell const& cell, double value, std::uint64_t row);
  void date(std::size_t target, SheetCell const& cell, double value, std::uint64_t row);
  void boolean(std::size_t target, SheetCell const& cell, std::uint64_t row);

  Workbook const& book_;
  std::shared_ptr<SharedTexts const> texts_;
  RowWriter& writer_;
  /// By target and shared text: the code, once known.
  std::vector<std::vector<std::uint32_t>> codes_;
  std::string scratch_;
};

}  // namespace yekun
