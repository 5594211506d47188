// report_pdf [PAGES]: a tagged and finished PDF of that many pages of tables (500 by default), text and figures of
// every cell different; prints pages, bytes, processor time and the most memory used.
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "output/pdf.h"

namespace {

using namespace yekun;

Cell words(std::string text) {
  Cell cell;
  cell.text = std::move(text);
  return cell;
}

Cell figure(int number) {
  Cell cell;
  cell.value = Value::of(std::int64_t{number});
  cell.text = std::to_string(number / 1000) + "," + std::to_string(1000 + number % 1000).substr(1);
  return cell;
}

/// About a page: 30 rows of a label and seven figures, a group row, a total and a note.
TableBlock table(int number) {
  TableBlock out;
  out.id = "table-" + std::to_string(number);
  out.number = number;
  out.title = "Services by place and quarter, part " + std::to_string(number);
  out.columns.push_back({.heading = "Place", .role = ColumnRole::label});
  for (int column = 1; column <= 7; ++column) out.columns.push_back({.heading = "Figure " + std::to_string(column)});
  for (int row = 0; row < 32; ++row) {
    RowKind const kind = row == 0 ? RowKind::group : row == 31 ? RowKind::total : RowKind::data;
    TableRow one{
        kind, kind == RowKind::data ? 1 : 0, {words("Place " + std::to_string(number) + "." + std::to_string(row))}};
    for (int column = 0; column < 7 && kind != RowKind::group; ++column)
      one.cells.push_back(figure((number * 7919 + row * 104729 + column * 1299709) % 1'000'000));
    one.cells.resize(8);
    out.rows.push_back(std::move(one));
  }
  out.notes = {"The total is worked out again from all the data."};
  return out;
}

double seconds(timeval const& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

int main(int count, char** arguments) {
  int const pages = count > 1 ? std::atoi(arguments[1]) : 500;
  Document document;
  document.language = "en";
  document.title = "A long report";
  document.programme = "Benchmark";
  document.period_text = "2025";
  document.as_of = date_of(2025, 10, 5);
  for (int number = 1; number <= pages; ++number) {
    if (number % 10 == 1)
      document.blocks.emplace_back(
          Heading{1, "Part " + std::to_string(number / 10 + 1), "part-" + std::to_string(number)});
    document.blocks.emplace_back(table(number));
  }
  auto const pdf = render_pdf(document);
  if (!pdf) {
    std::fprintf(stderr, "%s", to_text(pdf.error().front(), false).c_str());
    return 1;
  }
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  std::printf("%d pages, %zu bytes: %.2f s of processor time, %ld MB at most\n", pdf->pages, pdf->bytes.size(),
              seconds(used.ru_utime) + seconds(used.ru_stime), used.ru_maxrss / 1024);
}
