#include <algorithm>
#include <numeric>

#include "data-loaders/source.h"

namespace yekun {
namespace {

/// One worker's batches arrive here one after another, each from the calling thread of a scan with one thread.
class TableSink final : public BatchSink {
 public:
  explicit TableSink(std::size_t columns) : columns_(columns), dictionaries_(columns) {
    for (auto& dictionary : dictionaries_) dictionary = std::make_shared<Dictionary>();
  }

  void begin(unsigned) override {}

  bool accept(Batch& batch) override {
    for (std::size_t i = 0; i < columns_.size() && i < batch.columns.size(); ++i) add(batch.columns[i], i);
    for (std::size_t row = 0; row < batch.rows; ++row) {
      file_of_row_.push_back(batch.file);
      row_in_file_.push_back(row < batch.row_numbers.size() ? batch.row_numbers[row] : 0);
    }
    return true;
  }

  void finish(Table& table) {
    for (std::size_t i = 0; i < columns_.size(); ++i)
      if (columns_[i].type == Type::text) columns_[i].dictionary = dictionaries_[i];
    table.columns = std::move(columns_);
    table.file_of_row = std::move(file_of_row_);
    table.row_in_file = std::move(row_in_file_);
  }

 private:
  void add(Column const& from, std::size_t at) {
    Column& to = columns_[at];
    to.type = from.type;
    to.form = TextForm::coded;
    to.present.insert(to.present.end(), from.present.begin(), from.present.end());
    to.whole.insert(to.whole.end(), from.whole.begin(), from.whole.end());
    to.number.insert(to.number.end(), from.number.begin(), from.number.end());
    if (from.type != Type::text) return;
    for (std::size_t row = 0; row < from.size(); ++row)
      to.codes.push_back(from.has(row) ? dictionaries_[at]->code(from.text(row)) : 0);
  }

  std::vector<Column> columns_;
  std::vector<std::shared_ptr<Dictionary>> dictionaries_;
  std::vector<std::uint32_t> file_of_row_;
  std::vector<std::uint64_t> row_in_file_;
};

}  // namespace

Result<Table> read_table(Source const& source, std::vector<std::string> const& columns) {
  ScanRequest request;
  request.row_numbers = true;
  for (auto const& name : columns) request.columns.push_back({.name = name});
  TableSink sink(columns.size());
  auto summary = source.scan(request, sink);
  if (!summary) return failure(summary.error());
  Table table;
  table.names = columns;
  sink.finish(table);
  table.summary = std::move(*summary);
  return table;
}

}  // namespace yekun
