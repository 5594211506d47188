// Any bytes as a text table: the vector index agrees with the byte by byte one, pieces of any size with the whole, and
// a whole scan neither crashes nor depends on the number of workers. The first byte chooses what is declared.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <string>

#include "data-loaders/csv_pieces.h"
#include "data-loaders/csv_simd.h"
#include "data-loaders/csv_source.h"

namespace {

using namespace yekun;

void require(bool holds) {
  if (!holds) std::abort();
}

/// A file in memory, by path.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view bytes) : descriptor_(::memfd_create("fuzz", 0)) {
    require(descriptor_ >= 0);
    require(::write(descriptor_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
  }
  MemoryFile(MemoryFile const&) = delete;
  MemoryFile& operator=(MemoryFile const&) = delete;
  ~MemoryFile() { ::close(descriptor_); }
  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

std::string records(std::string_view text, Structure const& s, std::uint64_t first_line) {
  std::string all;
  for (std::size_t row = 0; row < s.rows(); ++row) {
    all += std::to_string(first_line + count_breaks(text.substr(s.begin, s.row_begin(row) - s.begin)));
    for (std::size_t i = 0; i < s.cells(row); ++i) (all += '\x01') += raw_cell(text.data(), s, row, i);
    all += '\x02';
  }
  return all;
}

void check_structure(std::string const& bytes) {
  std::string const padded = std::string(kTextMargin + 1, '\n') + bytes + std::string(kTextMargin, '\0');
  std::string_view const text = std::string_view(padded).substr(kTextMargin, bytes.size() + 1);
  auto const end = static_cast<std::uint32_t>(text.size());
  Structure exact;
  Structure fast;
  auto const open = index_exactly(text, 1, end, true, {}, exact);
  auto const found = index_fast(text, 1, end, true, ',', '"', fast);
  std::string const whole = records(text, exact, 1);
  if (found.usable && !found.open.quoted) {
    require(whole == records(text, fast, 1));
    require(exact.suspicious == fast.suspicious);
  }
  MemoryFile const memory(bytes);
  auto const file = FileHandle::open(memory.path(), "fuzz");
  require(file.has_value());
  for (std::size_t size : {5U, 64U, 300U}) {
    auto const reader = file_pieces(*file, 0, {}, {}, size);
    TextPiece piece;
    std::string pieces;
    Result<bool> more = true;
    while ((more = reader->next(piece)) && *more) pieces += records(piece.text, piece.structure, piece.first_line);
    require(more.has_value() != open.open);
    if (more) require(pieces == whole);
  }
}

class Collect final : public BatchSink {
 public:
  void begin(unsigned) override {}
  bool accept(Batch& batch) override {
    rows_ += batch.rows;
    for (auto const& column : batch.columns) {
      require(column.size() == batch.rows);
      for (std::size_t row = 0; row < batch.rows; ++row)
        if (column.type == Type::text && column.has(row)) bytes_ += column.text(row).size();
    }
    return true;
  }
  std::uint64_t rows() const { return rows_; }
  std::uint64_t bytes() const { return bytes_; }

 private:
  std::uint64_t rows_ = 0;
  std::uint64_t bytes_ = 0;
};

void check_scan(std::string const& bytes, std::uint8_t choice) {
  MemoryFile const memory(bytes);
  Dataset dataset;
  dataset.id = "d";
  if ((choice & 1U) != 0) dataset.source.dialect.comment = "#";
  if ((choice & 2U) != 0) dataset.source.dialect.escape = '\\';
  if ((choice & 4U) != 0) dataset.source.dialect.header_rows = 2;
  if ((choice & 8U) != 0) dataset.source.dialect.encoding = "utf-16le";
  dataset.missing = {"NA"};
  dataset.columns = {{.name = "n", .type = Type::integer},
                     {.name = "x", .type = Type::decimal, .personal = true},
                     {.name = "day", .type = Type::date, .date_format = "dd.mm.yyyy|d mmmm yyyy"},
                     {.name = "yes", .type = Type::boolean}};
  auto const source = open_csv_source(dataset, {.folder = "/", .allow_outside = true}, {memory.path()});
  auto const columns = (*source)->columns();
  if (!columns) return;
  ScanRequest request;
  request.row_numbers = (choice & 16U) != 0;
  for (std::size_t i = 0; i < columns->size(); ++i)
    request.columns.push_back({.name = (*columns)[i].name, .form = i % 2 == 0 ? TextForm::coded : TextForm::raw});
  Collect sink;
  auto const summary = (*source)->scan(request, sink);
  if (summary) require(summary->rows == sink.rows());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size == 0) return 0;
  std::string const bytes(reinterpret_cast<char const*>(data) + 1, size - 1);
  check_structure(bytes);
  check_scan(bytes, data[0]);
  return 0;
}
