#include "data-loaders/row_writer.h"

#include <algorithm>
#include <cstring>

#include "data-loaders/findings.h"

namespace yekun {
namespace {

constexpr std::size_t kChunk = std::size_t{64} << 10;

Result<CellParser> make_parser(Dataset const& dataset, ColumnSpec const* spec, NumberForm const& form) {
  auto parser = CellParser::make(dataset, spec, form);
  if (parser) return std::move(*parser);
  return failure({.fault = Fault::spec,
                  .code = "bad-date-format",
                  .place = spec != nullptr ? spec->place : dataset.place,
                  .message = parser.error()});
}

NumberForm form_of(Dialect const& dialect) {
  NumberForm form;
  form.decimal = dialect.decimal.value_or('.');
  form.thousands = dialect.thousands.value_or("");
  return form;
}

void resize(Column& column, std::size_t rows) {
  column.present.resize(rows);
  if (column.type == Type::number)
    column.number.resize(rows);
  else if (column.type != Type::text)
    column.whole.resize(rows);
  else if (column.form == TextForm::raw)
    column.raw.resize(rows);
  else
    column.codes.resize(rows);
}

void clear(Column& column, std::size_t row) {
  column.present[row] = 0;
  if (column.type == Type::number)
    column.number[row] = 0;
  else if (column.type != Type::text)
    column.whole[row] = 0;
  else if (column.form == TextForm::raw)
    column.raw[row] = {};
  else
    column.codes[row] = 0;
}

}  // namespace

std::string_view RowWriter::Bytes::keep(std::string_view text) {
  if (text.size() > left) {
    left = std::max(kChunk, text.size());
    next = chunks.emplace_back(new char[left]).get();
  }
  char* const place = next;
  std::memcpy(place, text.data(), text.size());
  next += text.size();
  left -= text.size();
  return {place, text.size()};
}

RowWriter::RowWriter(Dataset const& dataset, ScanRequest const& request, BatchSink& sink)
    : dataset_(dataset.id),
      request_(request.columns),
      batch_rows_(std::max<std::size_t>(request.batch_rows, 1)),
      row_numbers_(request.row_numbers),
      sink_(&sink) {}

Result<RowWriter> RowWriter::make(Dataset const& dataset, ScanRequest const& request, BatchSink& sink) {
  RowWriter writer(dataset, request, sink);
  Dataset plain_dates = dataset;
  for (auto& column : plain_dates.columns) column.date_format.clear();
  for (auto const& wanted : request.columns) {
    ColumnSpec const* const spec = dataset.column(wanted.name);
    auto parser = make_parser(dataset, spec, form_of(dataset.source.dialect));
    if (!parser) return failure(parser.error());
    auto canonical = make_parser(plain_dates, plain_dates.column(wanted.name), {});
    if (!canonical) return failure(canonical.error());
    writer.columns_.push_back({wanted.name, spec != nullptr && spec->personal, false, std::move(*parser),
                               std::move(*canonical), std::make_shared<Dictionary>()});
  }
  writer.open_batch();
  return writer;
}

void RowWriter::open_batch() {
  batch_ = Batch{};
  bytes_ = std::make_shared<Bytes>();
  bytes_->lasting = lasting_;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    Column column;
    column.type = columns_[i].parser.type();
    column.form = column.type == Type::text ? request_[i].form : TextForm::coded;
    resize(column, batch_rows_);
    if (column.type == Type::text && column.form == TextForm::coded) column.dictionary = columns_[i].dictionary;
    batch_.columns.push_back(std::move(column));
  }
  if (row_numbers_) batch_.row_numbers.resize(batch_rows_);
  at_ = 0;
}

void RowWriter::start_file(FileFacts facts) { summary_.files.push_back(std::move(facts)); }

void RowWriter::keep_alive(std::shared_ptr<void const> bytes) {
  lasting_ = std::move(bytes);
  bytes_->lasting = lasting_;
}

void RowWriter::put(std::size_t column, CellValue const& value, std::string_view cell, CellParser const& parser,
                    std::uint64_t row) {
  columns_[column].set = true;
  if (value.outcome == Outcome::rejected) found(column, kRejectedCell, cell, parser.reason(value.reject), row);
  if (value.unmapped) found(column, kUnmappedValue, cell, "not in the column's mapping; kept as it is", row);
  if (value.outcome != Outcome::value) return clear(batch_.columns[column], at_);
  switch (parser.type()) {
    case Type::number:
      return number(column, value.number);
    case Type::text:
      break;
    default:
      return whole(column, value.whole);
  }
  if (form(column) == TextForm::raw) return raw(column, bytes_->keep(value.text));
  code(column, columns_[column].dictionary->code(value.text));
}

void RowWriter::text(std::size_t column, std::string_view cell, std::uint64_t row) {
  CellParser const& parser = columns_[column].parser;
  put(column, parser.parse(cell, scratch_), cell, parser, row);
}

void RowWriter::canonical(std::size_t column, std::string_view cell, std::uint64_t row) {
  CellParser const& parser = columns_[column].canonical;
  put(column, parser.parse(cell, scratch_), cell, parser, row);
}

std::uint32_t RowWriter::code_of(std::size_t column, std::string_view cell) {
  Target& target = columns_[column];
  CellValue const value = target.parser.parse(cell, scratch_);
  if (value.unmapped || value.outcome == Outcome::rejected) return kUncacheable;
  if (value.outcome == Outcome::missing) return kMissing;
  return target.dictionary->code(value.text);
}

void RowWriter::whole(std::size_t column, std::int64_t value) {
  columns_[column].set = true;
  batch_.columns[column].present[at_] = 1;
  batch_.columns[column].whole[at_] = value;
}

void RowWriter::number(std::size_t column, double value) {
  columns_[column].set = true;
  batch_.columns[column].present[at_] = 1;
  batch_.columns[column].number[at_] = value;
}

void RowWriter::code(std::size_t column, std::uint32_t code) {
  columns_[column].set = true;
  batch_.columns[column].present[at_] = 1;
  batch_.columns[column].codes[at_] = code;
}

void RowWriter::raw(std::size_t column, std::string_view lasting) {
  columns_[column].set = true;
  batch_.columns[column].present[at_] = 1;
  batch_.columns[column].raw[at_] = lasting;
}

void RowWriter::missing(std::size_t column) {
  columns_[column].set = true;
  clear(batch_.columns[column], at_);
}

bool RowWriter::is_mark(std::size_t column, std::string_view cell) {
  return columns_[column].parser.parse(cell, scratch_).outcome == Outcome::missing;
}

bool RowWriter::parses(std::size_t column, std::string_view cell) {
  return columns_[column].parser.parse(cell, scratch_).outcome != Outcome::rejected;
}

void RowWriter::reject(std::size_t column, std::string_view cell, std::string_view reason, std::uint64_t row,
                       std::string_view rule) {
  missing(column);
  found(column, rule, cell, std::string(reason), row);
}

void RowWriter::found(std::size_t column, std::string_view rule, std::string_view cell, std::string reason,
                      std::uint64_t row) {
  Finding finding;
  finding.row = row;
  finding.column = columns_[column].name;
  finding.rule = std::string(rule);
  finding.text = shown_text(cell, columns_[column].personal);
  finding.reason = std::move(reason);
  find(std::move(finding));
}

void RowWriter::find(Finding finding) {
  finding.dataset = dataset_;
  if (finding.file.empty() && !summary_.files.empty()) finding.file = summary_.files.back().name;
  summary_.findings.add(std::move(finding));
}

bool RowWriter::end_row(std::uint64_t row) {
  if (at_ == 0) {
    batch_.file = static_cast<std::uint32_t>(summary_.files.size() - 1);
    batch_.order = order_;
  }
  if (row_numbers_) batch_.row_numbers[at_] = row;
  for (auto& column : columns_) column.set = false;
  ++at_;
  ++order_;
  ++summary_.rows;
  ++file().rows;
  return at_ < batch_rows_ || send();
}

void RowWriter::skip_row(Finding finding) {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    columns_[i].set = false;
    clear(batch_.columns[i], at_);
  }
  ++file().rows;
  ++file().skipped;
  find(std::move(finding));
}

bool RowWriter::send() {
  if (at_ == 0) return true;
  if (at_ < batch_rows_) {
    for (auto& column : batch_.columns) resize(column, at_);
    if (row_numbers_) batch_.row_numbers.resize(at_);
  }
  batch_.rows = at_;
  batch_.bytes = bytes_;
  stopped_ = !sink_->accept(batch_);
  open_batch();
  return !stopped_;
}

}  // namespace yekun
