#include "data-loaders/xlsx_repeat.h"

#include <algorithm>

namespace yekun {
namespace {

std::optional<std::uint32_t> column_of(SheetLayout const& layout, std::string_view name) {
  for (auto const& heading : layout.headings)
    if (heading.text == name) return heading.position;
  return std::nullopt;
}

}  // namespace

/// Collects the wanted cells of each row, and stores them under the row's uuid.
class SubmissionReader final : public SheetHandler {
 public:
  SubmissionReader(Workbook const& book, SharedTexts const& texts, MainSheet const& main,
                   std::vector<std::uint32_t> const& columns, Submissions& into)
      : book_(book), texts_(texts), main_(main), columns_(columns), into_(into), row_(columns.size()) {}

  bool wants(std::uint32_t column) const override {
    return column == main_.uuid || std::find(columns_.begin(), columns_.end(), column) != columns_.end();
  }

  bool cell(std::uint64_t row, SheetCell const& cell) override {
    if (row < main_.layout.data_row) return true;
    if (cell.column == main_.uuid) uuid_ = cell_text(cell, book_, texts_);
    for (std::size_t i = 0; i < columns_.size(); ++i)
      if (columns_[i] == cell.column) row_[i] = {true, cell.kind, cell.style, std::string(cell.value)};
    return true;
  }

  bool row_end(std::uint64_t, bool) override {
    if (!uuid_.empty() && !into_.cells_.try_emplace(uuid_, row_).second) ++into_.doubled_;
    uuid_.clear();
    row_.assign(columns_.size(), {});
    return true;
  }

 private:
  Workbook const& book_;
  SharedTexts const& texts_;
  MainSheet const& main_;
  std::vector<std::uint32_t> const& columns_;
  Submissions& into_;
  std::vector<Submissions::Cell> row_;
  std::string uuid_;
};

std::optional<std::uint32_t> submission_column(SheetLayout const& repeat) {
  if (!column_of(repeat, "_parent_table_name") && !column_of(repeat, "_parent_index")) return std::nullopt;
  return column_of(repeat, "_submission__uuid");
}

Read<std::optional<MainSheet>> find_main_sheet(Workbook const& book, SharedTexts const& texts, std::size_t repeat,
                                               Dialect const& dialect) {
  for (std::size_t i = 0; i < book.sheets().size(); ++i) {
    if (i == repeat || !book.sheets()[i].worksheet) continue;
    MainSheet main;
    main.part.sheet = i;
    auto layout = find_layout(book, texts, main.part, dialect);
    if (!layout) return tl::unexpected(layout.error());
    auto const uuid = column_of(*layout, "_uuid");
    if (!uuid || submission_column(*layout)) continue;
    main.layout = std::move(*layout);
    main.uuid = *uuid;
    return main;
  }
  return std::nullopt;
}

Read<Submissions> Submissions::read(Workbook const& book, SharedTexts const& texts, MainSheet const& main,
                                    std::vector<std::uint32_t> const& columns) {
  Submissions submissions;
  SubmissionReader reader(book, texts, main, columns, submissions);
  if (auto const done = book.read_cells(main.part.sheet, reader); !done) return tl::unexpected(done.error());
  return submissions;
}

std::vector<Submissions::Cell> const* Submissions::find(std::string const& uuid) const {
  auto const at = cells_.find(uuid);
  return at == cells_.end() ? nullptr : &at->second;
}

}  // namespace yekun
