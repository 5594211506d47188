// The usual cells of regular records, a column at a time.
#include "data-loaders/csv_batches.h"
#include "data-loaders/csv_cells_simd.h"

namespace yekun {

/// `take(i, cell)` puts the usual cell into row i; false: the cell needs CellParser.
template <class Take>
void CsvBatches::fill_regular(CsvFilePlan const& plan, CsvPiece const& piece, Run const& run, std::size_t at,
                              Take take) {
  CsvColumn const& source = plan.columns[at];
  char const* const text = piece.text.data();
  std::size_t const width = plan.width;
  std::uint32_t const* ends = piece.structure->ends.data() + run.first * width + source.cell;
  bool const last = source.cell + 1 == width;
  for (std::size_t i = 0; i < run.count; ++i, ends += width) {
    std::uint32_t const begin = ends[-1] + 1;
    std::uint32_t end = *ends;
    if (last && text[end] == '\n' && end > begin && text[end - 1] == '\r') --end;
    if (!take(i, std::string_view(text + begin, end - begin))) add_cell(plan, piece, source, run.record(i), at, i);
  }
}

bool CsvBatches::fill_fast(CsvFilePlan const& plan, CsvPiece const& piece, Run const& run, std::size_t at) {
  CsvColumn const& source = plan.columns[at];
  CellParser const& parser = source.parser;
  Column& column = batch_.columns[at];
  std::uint8_t* const present = column.present.data();
  char const quote = plan.dialect.quote;
  if (plan.dialect.escape) return false;

  if (column.type == Type::text && column.form == TextForm::raw && parser.takes_text_as_is()) {
    std::string_view* const raw = column.raw.data();
    fill_regular(plan, piece, run, at, [=](std::size_t i, std::string_view cell) {
      if (!cell.empty() && cell[0] == quote) return false;
      present[i] = static_cast<std::uint8_t>(!cell.empty());
      raw[i] = cell;
      return true;
    });
    return true;
  }
  if (fill_by_lanes(plan, piece, run, at)) return true;
  if (column.type == Type::text && column.form == TextForm::raw) return false;
  fill_remembered(plan, piece, run, at);
  return true;
}

/// Plainly written numbers and dates, several at a time.
bool CsvBatches::fill_by_lanes(CsvFilePlan const& plan, CsvPiece const& piece, Run const& run, std::size_t at) {
  CsvColumn const& source = plan.columns[at];
  CellParser const& parser = source.parser;
  Column& column = batch_.columns[at];
  if (!parser.value_is_plain() || source.cell + 1 == plan.width) return false;  // the last cell may end in \r\n
  CellColumn const cells{piece.text.data(), piece.structure->ends.data() + run.first * plan.width + source.cell,
                         plan.width, run.count};
  std::uint8_t* const present = column.present.data();
  std::int64_t* const whole = column.whole.data();
  char const decimal = parser.number_form().decimal;
  bool left = false;
  if (column.type == Type::decimal)
    left = read_decimals(cells, decimal, present, whole);
  else if (column.type == Type::integer)
    left = read_integers(cells, decimal, present, whole);
  else if (column.type == Type::date && parser.date_formats().is_iso())
    left = read_iso_dates(cells, present, whole);
  else
    return false;
  for (std::size_t i = 0; left && i < run.count; ++i)
    if (present[i] == 0 && cells.size(i) != 0) add_cell(plan, piece, source, run.record(i), at, i);
  return true;
}

/// Everything else: what a short cell was read as before holds again, unless something was found in it.
void CsvBatches::fill_remembered(CsvFilePlan const& plan, CsvPiece const& piece, Run const& run, std::size_t at) {
  Column& column = batch_.columns[at];
  CellMemo& memo = memos_[at];
  std::uint8_t* const present = column.present.data();
  auto const put = [&](std::size_t i, CellMemo::Entry const& entry) {
    present[i] = entry.present ? 1 : 0;
    if (column.type == Type::text) {
      column.codes[i] = entry.code;
    } else if (column.type == Type::number) {
      column.number[i] = entry.number;
    } else {
      column.whole[i] = entry.whole;
    }
  };
  fill_regular(plan, piece, run, at, [&](std::size_t i, std::string_view cell) {
    auto const [entry, hit] = memo.find(cell);
    if (hit) {
      put(i, *entry);
      return true;
    }
    if (cell.empty()) {
      put(i, {});
      return true;
    }
    if (entry == nullptr) return false;
    std::uint64_t const before = findings_.total;
    add_cell(plan, piece, plan.columns[at], run.record(i), at, i);
    if (findings_.total != before) return true;
    entry->size = static_cast<std::uint32_t>(cell.size());
    entry->present = present[i] != 0;
    if (column.type == Type::text) {
      entry->code = column.codes[i];
    } else if (column.type == Type::number) {
      entry->number = column.number[i];
    } else {
      entry->whole = column.whole[i];
    }
    return true;
  });
}

}  // namespace yekun
