// read_xlsx FILE.xlsx THREADS: reads all ten columns of the workbook of benchmark W2 as declared types and prints what
// the other readers print (filled cells, sum of hours), the time and the peak memory.
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "data-loaders/source.h"

namespace {

class CountingSink final : public yekun::BatchSink {
 public:
  void begin(unsigned) override {}
  bool accept(yekun::Batch& batch) override {
    for (auto const& column : batch.columns)
      for (std::uint8_t const present : column.present) cells += present;
    for (std::int64_t const micros : batch.columns[6].whole) hours += micros;
    return true;
  }
  std::uint64_t cells = 0;
  std::int64_t hours = 0;
};

yekun::Dataset dataset_of(std::string const& file) {
  using yekun::Type;
  yekun::Dataset dataset;
  dataset.id = "w2";
  dataset.source.files = {file};
  dataset.columns = {{"id", Type::text},       {"organisation", Type::text}, {"region", Type::text},
                     {"date", Type::date},     {"entered", Type::date},      {"count", Type::integer},
                     {"hours", Type::decimal}, {"share", Type::number},      {"present", Type::boolean},
                     {"note", Type::text}};
  return dataset;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) {
    std::fprintf(stderr, "usage: read_xlsx FILE.xlsx THREADS\n");
    return 2;
  }
  auto const start = std::chrono::steady_clock::now();
  std::filesystem::path const path = std::filesystem::absolute(arguments[1]);
  auto const dataset = dataset_of(path.filename().string());
  auto const source = yekun::open_source(dataset, {.folder = path.parent_path().string()});
  yekun::ScanRequest request;
  request.threads = static_cast<unsigned>(std::atoi(arguments[2]));
  for (auto const& column : dataset.columns) request.columns.push_back({.name = column.name});
  request.columns[0].form = yekun::TextForm::raw;
  CountingSink sink;
  auto const summary = source ? (*source)->scan(request, sink) : yekun::failure(source.error());
  if (!summary) {
    std::fprintf(stderr, "%s", yekun::to_text(summary.error().front(), false).c_str());
    return 1;
  }
  std::chrono::duration<double> const seconds = std::chrono::steady_clock::now() - start;
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("cells %llu hours %.3f findings %llu; %.3f s, %ld MB\n", static_cast<unsigned long long>(sink.cells),
              static_cast<double>(sink.hours) / 1e6, static_cast<unsigned long long>(summary->findings.total),
              seconds.count(), usage.ru_maxrss / 1024);
}
