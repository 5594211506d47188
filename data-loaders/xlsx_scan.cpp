#include "data-loaders/xlsx_scan.h"

#include <fmt/format.h>

#include <algorithm>

namespace yekun {

SheetScan::SheetScan(SheetPart const& part, SheetLayout const& layout, XlsxCells& cells, RowWriter& writer)
    : range_(part.range), cells_(cells), writer_(writer) {
  range_.first_row = std::max(range_.first_row, layout.data_row);
  if (layout.headings.empty()) return;
  first_heading_ = layout.headings.front().position;
  last_heading_ = layout.headings.back().position;
}

void SheetScan::connect(std::uint32_t column, std::uint32_t target) {
  if (column >= first_.size()) first_.resize(column + 1, kNone);
  if (target >= next_.size()) next_.resize(target + 1, kNone);
  next_[target] = first_[column];
  first_[column] = target;
}

void SheetScan::join(std::uint32_t column, Submissions submissions, std::vector<std::size_t> targets) {
  join_ = Join{column, std::move(submissions), std::move(targets), {}};
}

bool SheetScan::wants(std::uint32_t column) const {
  return (column < first_.size() && first_[column] != kNone) || (join_ && join_->column == column);
}

bool SheetScan::cell(std::uint64_t row, SheetCell const& cell) {
  if (row < range_.first_row) return true;
  if (row > range_.last_row) return false;
  if (!range_.holds_column(cell.column)) return true;
  if (cell.column < first_heading_ || cell.column > last_heading_) {
    if (beyond_.cells++ == 0) beyond_ = {1, row, cell.column};
    return true;
  }
  filled_ = true;
  if (join_ && join_->column == cell.column) join_->uuid = cells_.text(cell);
  if (cell.column >= first_.size()) return true;
  for (std::uint32_t target = first_[cell.column]; target != kNone; target = next_[target]) {
    if (writer_.is_set(target)) {
      reason_ = fmt::format("is damaged: cell {}{} stands there twice", column_letters(cell.column), row);
      return false;
    }
    cells_.write(target, cell, row);
  }
  return true;
}

void SheetScan::write_joined(std::uint64_t row) {
  auto const* const found = join_->submissions.find(join_->uuid);
  if (found == nullptr) {
    writer_.find({.row = row,
                  .column = "_submission__uuid",
                  .rule = "unmatched-submission",
                  .text = join_->uuid,
                  .reason = "the main sheet has no such submission; its columns are missing here"});
    return;
  }
  for (std::size_t i = 0; i < join_->targets.size(); ++i) {
    auto const& from = (*found)[i];
    if (!from.there) continue;
    SheetCell cell;
    cell.kind = from.kind;
    cell.style = from.style;
    cell.value = from.value;
    cells_.write(join_->targets[i], cell, row);
  }
}

bool SheetScan::row_end(std::uint64_t row, bool hidden) {
  if (!filled_) return true;
  filled_ = false;
  if (hidden) ++hidden_rows_;
  for (auto const& [target, text] : fixed_) writer_.canonical(target, text, row);
  if (join_) {
    write_joined(row);
    join_->uuid.clear();
  }
  stopped_ = !writer_.end_row(row);
  return !stopped_;
}

}  // namespace yekun
