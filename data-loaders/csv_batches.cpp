#include "data-loaders/csv_batches.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/utf8.h"
#include "data-loaders/findings.h"

namespace yekun {
namespace {

/// What raw views of one batch point into.
struct BatchBytes {
  std::shared_ptr<void const> piece;
  std::shared_ptr<std::deque<std::string>> kept;
};

/// The cells behind the last column, for the finding.
std::string extra_cells(CsvFilePlan const& plan, CsvPiece const& piece, std::uint32_t record, std::size_t cells) {
  std::string all;
  std::string scratch;
  for (std::size_t i = plan.width; i < cells && all.size() < 400; ++i) {
    auto const raw = raw_cell(piece.text.data(), *piece.structure, record, i);
    all += (i == plan.width ? "" : " | ") + std::string(cell_text(raw, plan.dialect, scratch));
  }
  return all;
}

bool extra_cells_are_empty(CsvFilePlan const& plan, CsvPiece const& piece, std::uint32_t record, std::size_t cells) {
  for (std::size_t i = plan.width; i < cells; ++i)
    if (!raw_cell(piece.text.data(), *piece.structure, record, i).empty()) return false;
  return true;
}

}  // namespace

CsvBatches::CsvBatches(std::string dataset, ScanRequest const& request, unsigned worker, BatchSink& sink)
    : dataset_(std::move(dataset)), request_(request), sink_(sink) {
  batch_.worker = worker;
  dictionaries_.resize(request.columns.size());
  for (auto& dictionary : dictionaries_) dictionary = std::make_shared<Dictionary>();
  memos_.resize(request.columns.size());
}

bool CsvBatches::deliver(CsvFilePlan const& plan, CsvPiece const& piece) {
  bool const regular = is_regular(plan, piece);
  if (!regular) select_rows(plan, piece);
  if (!piece.structure->strays.empty()) report_strays(plan, piece);
  std::size_t const rows = regular ? piece.structure->rows() : records_.size();
  if (rows_of_file_.size() <= plan.file) rows_of_file_.resize(plan.file + std::size_t{1});
  rows_of_file_[plan.file] += rows;
  rows_ += rows;
  std::size_t const step = std::max<std::size_t>(request_.batch_rows, 1);
  bool go_on = true;
  for (std::size_t i = 0; i < rows && go_on; i += step)
    go_on = deliver_run(plan, piece, {regular ? nullptr : records_.data(), i, std::min(step, rows - i)});
  place_findings(plan, piece);
  return go_on;
}

/// Every record has as many cells as there are columns, and none is a comment.
bool CsvBatches::is_regular(CsvFilePlan const& plan, CsvPiece const& piece) const {
  Structure const& structure = *piece.structure;
  if (!plan.dialect.comment.empty() || plan.width < 2) return false;
  std::uint32_t const* last = structure.row_ends.data();
  std::size_t wrong = 0;
  for (std::size_t row = 0; row < structure.rows(); ++row) wrong |= last[row] ^ ((row + 1) * plan.width - 1);
  return wrong == 0;
}

/// Quoted cells that go on behind their closing quote: the quotes may not stand where they should.
void CsvBatches::report_strays(CsvFilePlan const& plan, CsvPiece const& piece) {
  Structure const& structure = *piece.structure;
  std::uint32_t record = 0;
  for (auto const at : structure.strays) {
    while (record + 1 < structure.rows() && structure.row_begin(record + 1) <= at) ++record;
    found(record, 0,
          {.rule = std::string(kStrayQuote),
           .text = shown_text(piece.text.substr(at, 40), plan.personal),
           .reason = "text behind a closing quote; quotes inside a quoted cell are doubled"});
  }
}

void CsvBatches::select_rows(CsvFilePlan const& plan, CsvPiece const& piece) {
  Structure const& structure = *piece.structure;
  records_.clear();
  for (std::uint32_t record = 0; record < structure.rows(); ++record) {
    std::size_t const cells = structure.cells(record);
    if (!plan.dialect.comment.empty() &&
        piece.text.substr(structure.row_begin(record)).starts_with(plan.dialect.comment))
      continue;
    if (cells != plan.width) {
      bool const blank = cells == 1 && raw_cell(piece.text.data(), structure, record, 0).empty();
      if (blank) continue;
      check_width(plan, piece, record, cells);
    }
    records_.push_back(record);
  }
}

void CsvBatches::check_width(CsvFilePlan const& plan, CsvPiece const& piece, std::uint32_t record, std::size_t cells) {
  Finding finding;
  if (cells < plan.width) {
    finding.rule = kShortRow;
    finding.reason = fmt::format("{} of {} cells; the missing ones are read as empty", cells, plan.width);
  } else {
    if (extra_cells_are_empty(plan, piece, record, cells)) return;
    finding.rule = kLongRow;
    finding.severity = Severity::error;
    finding.reason =
        fmt::format("{} cells where {} were expected; those behind the last column are not read", cells, plan.width);
    finding.text = shown_text(extra_cells(plan, piece, record, cells), plan.personal);
  }
  found(record, std::min(cells, plan.width), std::move(finding));
}

bool CsvBatches::deliver_run(CsvFilePlan const& plan, CsvPiece const& piece, Run const& run) {
  batch_.rows = run.count;
  batch_.file = plan.file;
  batch_.order = piece.order + piece.structure->row_begin(run.record(0));
  batch_.columns.resize(plan.columns.size());
  kept_.reset();
  for (std::size_t at = 0; at < plan.columns.size(); ++at) fill(plan, piece, run, at);
  batch_.row_numbers.clear();
  if (request_.row_numbers) number_rows(piece, run);
  batch_.bytes = kept_ ? std::make_shared<BatchBytes>(BatchBytes{piece.owner, kept_}) : piece.owner;
  bool const go_on = sink_.accept(batch_);
  batch_.bytes.reset();
  return go_on;
}

void CsvBatches::fill(CsvFilePlan const& plan, CsvPiece const& piece, Run const& run, std::size_t at) {
  CsvColumn const& source = plan.columns[at];
  Column& column = batch_.columns[at];
  column.type = source.parser.type();
  column.form = source.form;
  column.dictionary = dictionaries_[at];
  resize_column(column, run.count);
  if (source.cell == CsvColumn::kFileName) return fill_file_name(plan, run, at);
  bool const fast = run.records == nullptr && !piece.structure->suspicious && source.cell != CsvColumn::kAbsent;
  if (fast && fill_fast(plan, piece, run, at)) return;
  for (std::size_t i = 0; i < run.count; ++i) add_cell(plan, piece, source, run.record(i), at, i);
}

void CsvBatches::fill_file_name(CsvFilePlan const& plan, Run const& run, std::size_t at) {
  Column& column = batch_.columns[at];
  column.present.assign(run.count, 1);
  if (column.form == TextForm::raw) {
    column.raw.assign(run.count, keep(plan.file_text));
  } else {
    column.codes.assign(run.count, dictionaries_[at]->code(plan.file_text));
  }
}

void CsvBatches::add_cell(CsvFilePlan const& plan, CsvPiece const& piece, CsvColumn const& source, std::uint32_t record,
                          std::size_t at, std::size_t row) {
  Column& column = batch_.columns[at];
  std::string_view cell;
  if (source.cell < piece.structure->cells(record)) {
    auto const raw = raw_cell(piece.text.data(), *piece.structure, record, source.cell);
    cell = cell_text(raw, plan.dialect, unquoted_);
    if (piece.structure->suspicious) cell = checked(source, record, cell);
  }
  CellValue value = source.parser.parse(cell, scratch_);
  if (value.outcome == Outcome::rejected) {
    found(record, source.cell,
          {.column = source.name,
           .rule = std::string(kRejectedCell),
           .severity = Severity::error,
           .text = shown_text(cell, source.parser.personal()),
           .reason = source.parser.reason(value.reject)});
  } else if (value.unmapped) {
    found(record, source.cell,
          {.column = source.name,
           .rule = std::string(kUnmappedValue),
           .text = shown_text(cell, source.parser.personal()),
           .reason = "not in the column's mapping; it is kept as it is"});
  }
  bool const foreign = column.type == Type::text && column.form == TextForm::raw && value.outcome == Outcome::value &&
                       (value.text.data() < piece.text.data() ||
                        value.text.data() + value.text.size() > piece.text.data() + piece.text.size());
  if (foreign) value.text = keep(value.text);
  store(value, column, row, *dictionaries_[at]);
}

/// Cells of pieces that have bad bytes somewhere.
std::string_view CsvBatches::checked(CsvColumn const& column, std::uint32_t record, std::string_view cell) {
  bool const valid = is_utf8(cell);
  bool const has_nul = cell.find('\0') != std::string_view::npos;
  if (valid && !has_nul) return cell;
  std::string text = to_valid_utf8(cell);
  for (std::size_t at = text.find('\0'); at != std::string::npos; at = text.find('\0', at))
    text.replace(at, 1, "\uFFFD");
  unquoted_ = std::move(text);
  found(record, column.cell,
        {.column = column.name,
         .rule = std::string(kInvalidText),
         .severity = Severity::error,
         .text = shown_text(unquoted_, column.parser.personal()),
         .reason = valid ? "a NUL byte in the text; it is read as \uFFFD"
                         : "bytes that are not text in the file's encoding; they are read as \uFFFD"});
  return unquoted_;
}

void CsvBatches::found(std::uint32_t record, std::size_t cell, Finding finding) {
  ++findings_.total;
  if (finding.severity == Severity::error) ++findings_.errors;
  ++findings_.counts[{finding.rule, finding.column}];
  if (findings_.listed.size() < Findings::kListed)
    pending_.push_back({.record = record, .cell = cell, .finding = std::move(finding)});
}

/// Puts what was found in the piece in order and finds its lines.
void CsvBatches::place_findings(CsvFilePlan const& plan, CsvPiece const& piece) {
  if (pending_.empty()) return;
  std::stable_sort(pending_.begin(), pending_.end(), [](Pending const& a, Pending const& b) {
    return std::pair(a.record, a.cell) < std::pair(b.record, b.cell);
  });
  Structure const& structure = *piece.structure;
  std::uint32_t at = structure.begin;
  std::uint64_t line = piece.first_line;
  for (auto& [record, cell, finding] : pending_) {
    if (findings_.listed.size() >= Findings::kListed) break;
    std::uint32_t const begin = structure.row_begin(record);
    line += count_breaks(piece.text.substr(at, begin - at));
    at = begin;
    finding.dataset = dataset_;
    finding.file = plan.name;
    finding.row = line;
    findings_.listed.push_back({.order = piece.order + begin, .cell = cell, .finding = std::move(finding)});
  }
  pending_.clear();
}

void CsvBatches::number_rows(CsvPiece const& piece, Run const& run) {
  Structure const& structure = *piece.structure;
  batch_.row_numbers.resize(run.count);
  if (structure.quoted_breaks == 0) {  // a record a line
    for (std::size_t i = 0; i < run.count; ++i) batch_.row_numbers[i] = piece.first_line + run.record(i);
    return;
  }
  std::uint64_t line = piece.first_line;
  std::uint32_t at = structure.begin;
  for (std::size_t i = 0; i < run.count; ++i) {
    std::uint32_t const begin = structure.row_begin(run.record(i));
    line += count_breaks(piece.text.substr(at, begin - at));
    at = begin;
    batch_.row_numbers[i] = line;
  }
}

std::string_view CsvBatches::keep(std::string_view text) {
  if (!kept_) kept_ = std::make_shared<std::deque<std::string>>();
  return kept_->emplace_back(text);
}

Findings merge(std::vector<WorkerFindings*> const& workers) {
  std::vector<PlacedFinding*> all;
  Findings merged;
  for (auto* worker : workers) {
    for (auto& one : worker->listed) all.push_back(&one);
    for (auto const& [key, count] : worker->counts) merged.counts[key] += count;
    merged.total += worker->total;
    merged.errors += worker->errors;
  }
  std::stable_sort(all.begin(), all.end(), [](PlacedFinding const* a, PlacedFinding const* b) {
    return std::pair(a->order, a->cell) < std::pair(b->order, b->cell);
  });
  all.resize(std::min(all.size(), Findings::kListed));
  for (auto* one : all) merged.listed.push_back(std::move(one->finding));
  return merged;
}

}  // namespace yekun
