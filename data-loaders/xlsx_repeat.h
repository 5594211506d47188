// Repeats of Kobo and ODK surveys: a sheet of its own, whose rows belong to submissions in the main sheet.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "data-loaders/xlsx_layout.h"

namespace yekun {

/// The main sheet of a survey's workbook. A repeat is joined by the submission's uuid: _index is made anew by each
/// export.
struct MainSheet {
  SheetPart part{};
  SheetLayout layout{};
  std::uint32_t uuid = 0;  // its column in the sheet
};

/// The column with the submission's uuid in a sheet of repeats; nullopt where the headings are not those of one.
std::optional<std::uint32_t> submission_column(SheetLayout const& repeat);

/// The first other sheet with a column _uuid; nullopt: none.
Read<std::optional<MainSheet>> find_main_sheet(Workbook const& book, SharedTexts const& texts, std::size_t repeat,
                                               Dialect const& dialect);

/// Cells of the main sheet by submission. Held in memory: only the wanted columns.
class Submissions {
 public:
  /// `columns`: of the main sheet.
  static Read<Submissions> read(Workbook const& book, SharedTexts const& texts, MainSheet const& main,
                                std::vector<std::uint32_t> const& columns);
  struct Cell {
    bool there = false;
    CellKind kind = CellKind::number;
    std::uint32_t style = 0;
    std::string value;
  };
  /// As many cells as columns were asked for; null: no such submission.
  std::vector<Cell> const* find(std::string const& uuid) const;
  /// Submissions whose uuid came before; the first of them counts.
  std::uint64_t doubled() const { return doubled_; }

 private:
  friend class SubmissionReader;
  std::unordered_map<std::string, std::vector<Cell>> cells_;
  std::uint64_t doubled_ = 0;
};

}  // namespace yekun
