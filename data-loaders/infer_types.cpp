#include "data-loaders/infer_types.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "data-loaders/cell_parser.h"

namespace yekun {
namespace {

/// Where several fit, the first is taken and the others are named.
constexpr std::array<std::string_view, 16> kForms{
    "yyyy-mm-dd", "dd.mm.yyyy", "dd/mm/yyyy", "mm/dd/yyyy", "dd-mm-yyyy",  "mm-dd-yyyy",   "yyyy/mm/dd",  "yyyy.mm.dd",
    "yyyymmdd",   "dd.mm.yy",   "dd/mm/yy",   "mm/dd/yy",   "d mmmm yyyy", "mmmm d, yyyy", "dd-mmm-yyyy", "dd-mmm-yy"};

constexpr std::array<std::string_view, 15> kMarks{"NA",   "N/A",  "n/a", "na",  "#N/A", "-",    "–",   "—",
                                                  "null", "NULL", "нд",  "н/д", "...",  "none", "None"};

bool is_id_like(std::string_view cell) {
  std::string_view digits = cell;
  if (digits.starts_with('-')) digits.remove_prefix(1);
  bool const leading_zero = digits.size() > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9';
  return leading_zero || digits.size() > 15;
}

CellParser parser_for(Type type, char decimal) {
  Dataset const dataset;
  ColumnSpec spec;
  spec.type = type;
  return CellParser::make(dataset, &spec, {.decimal = decimal}).value_or(CellParser());
}

bool reads(CellParser const& parser, std::string_view cell) {
  std::string scratch;
  return parser.parse(cell, scratch).outcome == Outcome::value;
}

struct Parsers {
  CellParser integer = parser_for(Type::integer, '.');
  CellParser point = parser_for(Type::decimal, '.');
  CellParser comma = parser_for(Type::decimal, ',');
  CellParser number = parser_for(Type::number, '.');
};

}  // namespace

TypeEvidence::TypeEvidence() : dates_(kForms.size()) {
  std::vector<DateFormats> forms;
  forms.reserve(kForms.size());
  for (auto form : kForms) forms.push_back(DateFormats::compile(form).value_or(DateFormats()));
  forms_ = std::make_shared<std::vector<DateFormats> const>(std::move(forms));
}

void TypeEvidence::add(std::string_view cell) {
  static Parsers const parsers;  // constant once made
  cell = trim_spaces(cell);
  if (cell.empty()) {
    ++counts_.empty;
    return;
  }
  ++counts_.present;
  if (std::find(kMarks.begin(), kMarks.end(), cell) != kMarks.end()) {
    ++marks_[std::string(cell)];
    return;
  }
  // What did not fit an earlier cell is out.
  std::uint64_t const before = values_++;
  auto const count = [before](std::uint64_t& fitting, auto const& fits) {
    if (fitting == before && fits()) ++fitting;
  };
  bool const id = is_id_like(cell);
  bool const whole = cell.find_first_of(".,") == std::string_view::npos;
  count(counts_.integers, [&] { return !id && whole && reads(parsers.integer, cell); });
  count(counts_.decimals[0], [&] { return !id && reads(parsers.point, cell); });
  count(counts_.decimals[1], [&] { return !id && reads(parsers.comma, cell); });
  count(counts_.numbers, [&] { return !id && reads(parsers.number, cell); });
  bool const bit = cell == "0" || cell == "1";
  if (bit) ++counts_.bits;
  count(counts_.booleans, [&] { return bit || (cell.size() > 1 && parse_boolean(cell).has_value()); });  // "f": female?
  for (std::size_t i = 0; i < forms_->size(); ++i)
    count(dates_[i], [&] {
      auto const parsed = (*forms_)[i].parse(cell);
      int const year = parsed.error == DateError::none ? to_civil(parsed.date).year : 0;
      return year >= 1900 && year <= 2100;
    });
}

void TypeEvidence::merge(TypeEvidence const& other) {
  counts_.present += other.counts_.present;
  counts_.empty += other.counts_.empty;
  counts_.integers += other.counts_.integers;
  counts_.numbers += other.counts_.numbers;
  counts_.booleans += other.counts_.booleans;
  counts_.bits += other.counts_.bits;
  for (std::size_t i = 0; i < 2; ++i) counts_.decimals[i] += other.counts_.decimals[i];
  for (std::size_t i = 0; i < dates_.size(); ++i) dates_[i] += other.dates_[i];
  for (auto const& [mark, count] : other.marks_) marks_[mark] += count;
  values_ += other.values_;
}

InferredColumn TypeEvidence::conclude(std::string name) const {
  InferredColumn column{.name = std::move(name)};
  column.present = counts_.present;
  column.empty = counts_.empty;
  std::uint64_t const values = values_;
  if (values == 0) return column;
  std::vector<std::string_view> forms;
  for (std::size_t i = 0; i < dates_.size(); ++i)
    if (dates_[i] == values) forms.push_back(kForms[i]);
  bool const all_words = counts_.booleans == values && counts_.bits < values;
  if (!forms.empty() && (forms.front() != "yyyymmdd" || counts_.integers == values)) {
    column.type = Type::date;
    if (forms.front() != "yyyy-mm-dd") column.date_format = forms.front();
    if (forms.size() > 1)
      column.note = fmt::format("every date fits {} and {} alike; {} is taken", forms[0], forms[1], forms[0]);
  } else if (all_words) {
    column.type = Type::boolean;
  } else if (counts_.integers == values) {
    column.type = Type::integer;
  } else if (counts_.decimals[0] == values) {
    column.type = Type::decimal;
  } else if (counts_.decimals[1] == values) {
    column.type = Type::decimal;
    column.decimal = ',';
  } else if (counts_.numbers == values) {
    column.type = Type::number;
  }
  if (column.type == Type::text) return column;
  for (auto const& [mark, count] : marks_) column.missing.push_back(mark);
  return column;
}

namespace {

class EvidenceSink final : public BatchSink {
 public:
  explicit EvidenceSink(std::size_t columns) : columns_(columns) {}
  void begin(unsigned workers) override { workers_.assign(workers, std::vector<TypeEvidence>(columns_)); }
  bool accept(Batch& batch) override {
    auto& evidence = workers_[batch.worker];
    for (std::size_t i = 0; i < columns_; ++i)
      for (std::size_t row = 0; row < batch.rows; ++row)
        evidence[i].add(batch.columns[i].has(row) ? batch.columns[i].text(row) : std::string_view());
    return true;
  }
  TypeEvidence merged(std::size_t column) const {
    TypeEvidence all;
    for (auto const& worker : workers_) all.merge(worker[column]);
    return all;
  }

 private:
  std::size_t columns_;
  std::vector<std::vector<TypeEvidence>> workers_;
};

}  // namespace

Result<std::vector<InferredColumn>> infer_types(Source const& source, unsigned threads) {
  auto const found = source.columns();
  if (!found) return failure(found.error());
  ScanRequest request;
  request.threads = threads;
  for (auto const& column : *found)
    request.columns.push_back({.name = column.name, .form = TextForm::raw, .optional = true});
  EvidenceSink sink(found->size());
  auto const summary = source.scan(request, sink);
  if (!summary) return failure(summary.error());
  std::vector<InferredColumn> columns;
  for (std::size_t i = 0; i < found->size(); ++i) columns.push_back(sink.merged(i).conclude((*found)[i].name));
  return columns;
}

}  // namespace yekun
