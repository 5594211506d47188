// write_libxlsxwriter ROWS OUT.xlsx: the workbook of benchmark W3 by libxlsxwriter alone, in its constant-memory mode.
#include <xlsxwriter.h>

#include <cstdio>
#include <cstdlib>

int main(int count, char** arguments) {
  if (count != 3) {
    std::fprintf(stderr, "usage: write_libxlsxwriter ROWS OUT.xlsx\n");
    return 2;
  }
  auto const rows = static_cast<unsigned>(std::atoi(arguments[1]));
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  lxw_workbook* const book = workbook_new_opt(arguments[2], &options);
  lxw_worksheet* const sheet = workbook_add_worksheet(book, "Data");
  lxw_format* const date = workbook_add_format(book);
  format_set_num_format(date, "yyyy-mm-dd");
  char const* const regions[8] = {"North",           "Lower Valley", "Gəncə-Daşkəsən", "თბილისი",
                                  "Balkan welaýaty", "São Miguel",   "Île-du-Sud",     "Köpetdağ"};
  for (unsigned i = 0; i < rows; ++i) {
    char id[32];
    std::snprintf(id, sizeof id, "P%07u", i % 200'000);
    worksheet_write_number(sheet, i, 0, i, nullptr);
    worksheet_write_string(sheet, i, 1, id, nullptr);
    worksheet_write_number(sheet, i, 2, 44'562 + i % 1'095, date);
    worksheet_write_string(sheet, i, 3, regions[i % 8], nullptr);
    worksheet_write_string(sheet, i, 4, i % 2 != 0 ? "female" : "male", nullptr);
    worksheet_write_number(sheet, i, 5, 1'950 + i % 61, nullptr);
    worksheet_write_string(sheet, i, 6, i % 10 < 8 ? "present" : "absent", nullptr);
    worksheet_write_number(sheet, i, 7, (i % 16 + 1) * 0.5, nullptr);
    worksheet_write_number(sheet, i, 8, i % 701 / 10.0, nullptr);
    worksheet_write_number(sheet, i, 9, i % 997 / 7.0, nullptr);
  }
  return workbook_close(book) == LXW_NO_ERROR ? 0 : 1;
}
