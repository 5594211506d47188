// scan_file FILE THREADS [COLUMN:TYPE[:raw]...]    Reads the columns of a CSV file into typed batches and drops them.
// Without columns: all, as text. Prints rows, findings and the sum of what was delivered, so that nothing is left out.
#include <fmt/core.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "data-loaders/source.h"

namespace {

using namespace yekun;

class CountingSink final : public BatchSink {
 public:
  void begin(unsigned workers) override { sums_.assign(workers, {}); }
  bool accept(Batch& batch) override {
    Sum& sum = sums_[batch.worker];
    sum.rows += batch.rows;
    for (auto const& column : batch.columns) sum.entries += column.size();
    return true;
  }
  std::uint64_t rows() const {
    std::uint64_t all = 0;
    for (auto const& sum : sums_) all += sum.rows;
    return all;
  }
  std::uint64_t entries() const {
    std::uint64_t all = 0;
    for (auto const& sum : sums_) all += sum.entries;
    return all;
  }

 private:
  struct alignas(64) Sum {
    std::uint64_t rows = 0;
    std::uint64_t entries = 0;
  };
  std::vector<Sum> sums_;
};

void add_column(std::string const& text, Dataset& dataset, ScanRequest& request) {
  std::size_t const first = text.find(':');
  std::size_t const second = text.find(':', first == std::string::npos ? first : first + 1);
  std::string const name = text.substr(0, first);
  std::string const type = first == std::string::npos ? "text" : text.substr(first + 1, second - first - 1);
  ColumnSpec spec;
  spec.name = name;
  spec.type = parse_type(type).value_or(Type::text);
  dataset.columns.push_back(spec);
  request.columns.push_back({name, second == std::string::npos ? TextForm::coded : TextForm::raw});
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "usage: scan_file FILE THREADS [COLUMN:TYPE[:raw]...]\n");
    return 2;
  }
  std::filesystem::path const path(argv[1]);
  Dataset dataset;
  dataset.id = "scan";
  dataset.source.files = {path.filename().string()};
  ScanRequest request;
  request.threads = static_cast<unsigned>(std::strtoul(argv[2], nullptr, 10));
  for (int i = 3; i < argc; ++i) add_column(argv[i], dataset, request);
  auto const source = open_source(dataset, {.folder = path.parent_path().string()});
  if (!source) {
    fmt::print(stderr, "{}", to_text(source.error().front(), false));
    return 4;
  }
  if (argc == 3)
    for (auto const& column : (*source)->columns().value_or(std::vector<FoundColumn>()))
      request.columns.push_back({column.name, TextForm::coded});
  CountingSink sink;
  auto const summary = (*source)->scan(request, sink);
  if (!summary) {
    fmt::print(stderr, "{}", to_text(summary.error().front(), false));
    return 4;
  }
  fmt::print("rows {} entries {} findings {}\n", sink.rows(), sink.entries(), summary->findings.total);
  return 0;
}
