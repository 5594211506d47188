// write_workbook ROWS OUT.xlsx THREADS: writes the workbook of benchmark W3 (10 columns: five numbers, four short
// texts, a date) as the rows of a report's data sheet are written.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "output/workbook_book.h"

namespace {

constexpr char const* kRegions[8] = {"North",           "Lower Valley", "Gəncə-Daşkəsən", "თბილისი",
                                     "Balkan welaýaty", "São Miguel",   "Île-du-Sud",     "Köpetdağ"};

void write_people(yekun::RowXml& rows, std::uint32_t first, std::uint32_t count) {
  for (std::uint32_t i = first; i < first + count; ++i) {
    char id[9] = "P0000000";
    for (std::uint32_t k = 7, rest = i % 200'000; rest > 0; --k, rest /= 10) id[k] = static_cast<char>('0' + rest % 10);
    rows.begin(i);
    rows.number(0, std::int64_t{i}, 0);
    rows.text(1, {id, 8}, 0);
    rows.number(2, std::int64_t{44'562 + i % 1'095}, 1);
    rows.text(3, kRegions[i % 8], 0);
    rows.text(4, i % 2 != 0 ? "female" : "male", 0);
    rows.number(5, std::int64_t{1'950 + i % 61}, 0);
    rows.text(6, i % 10 < 8 ? "present" : "absent", 0);
    rows.number(7, (i % 16 + 1) * 0.5, 0);
    rows.number(8, i % 701 / 10.0, 0);
    rows.number(9, i % 997 / 7.0, 0);
    rows.end();
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 4) {
    std::fprintf(stderr, "usage: write_workbook ROWS OUT.xlsx THREADS\n");
    return 2;
  }
  yekun::Book book(arguments[2], yekun::date_of(2025, 1, 1), "Noto Sans",
                   static_cast<unsigned>(std::atoi(arguments[3])));
  auto const sheet = book.add_sheet("Data");
  auto const rows = static_cast<std::uint32_t>(std::atoi(arguments[1]));
  book.rows(sheet, 0, {{}, {.number_format = "yyyy-mm-dd"}}, {rows, 10, write_people});
  auto const errors = book.close();
  for (auto const& error : errors) std::fprintf(stderr, "%s", yekun::to_text(error, false).c_str());
  return errors.empty() ? 0 : 1;
}
