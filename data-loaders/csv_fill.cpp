// The usual cells of regular records, a column at a time.
#include <array>

#include "data-loaders/csv_batches.h"
#include "data-loaders/csv_fast_cells.h"

namespace yekun {
namespace {

constexpr std::array<std::int64_t, 7> kScale{1'000'000, 100'000, 10'000, 1'000, 100, 10, 1};

}  // namespace

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
  std::int64_t* const whole = column.whole.data();
  char const decimal = parser.number_form().decimal;
  char const quote = plan.dialect.quote;
  if (plan.dialect.escape) return false;

  if (column.type == Type::text && column.form == TextForm::raw && parser.takes_text_as_is()) {
    std::string_view* const raw = column.raw.data();
    fill_regular(plan, piece, run, at, [=](std::size_t i, std::string_view cell) {
      if (!cell.empty() && cell[0] == quote) return false;
      present[i] = cell.empty() ? 0 : 1;
      raw[i] = cell;
      return true;
    });
    return true;
  }
  if (column.type == Type::decimal && parser.value_is_plain()) {
    fill_regular(plan, piece, run, at, [=](std::size_t i, std::string_view cell) {
      FastNumber const number = fast_number(cell.data(), cell.size(), decimal);
      bool const taken = number.taken && number.places <= 6;
      present[i] = taken ? 1 : 0;
      whole[i] = taken ? number.value * kScale[number.places] : 0;
      return taken || cell.empty();
    });
    return true;
  }
  if (column.type == Type::integer && parser.value_is_plain()) {
    fill_regular(plan, piece, run, at, [=](std::size_t i, std::string_view cell) {
      FastNumber const number = fast_number(cell.data(), cell.size(), decimal);
      bool const taken = number.taken && number.places == 0 && (cell.back() >= '0' && cell.back() <= '9');
      present[i] = taken ? 1 : 0;
      whole[i] = taken ? number.value : 0;
      return taken || cell.empty();
    });
    return true;
  }
  if (column.type == Type::date && parser.value_is_plain() && parser.date_formats().is_iso()) {
    fill_regular(plan, piece, run, at, [=](std::size_t i, std::string_view cell) {
      FastDay const day = fast_iso_date(cell.data(), cell.size());
      present[i] = day.taken ? 1 : 0;
      whole[i] = day.days;
      return day.taken || cell.empty();
    });
    return true;
  }
  if (column.type == Type::text && column.form == TextForm::raw) return false;
  fill_remembered(plan, piece, run, at);
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
