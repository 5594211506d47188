# python3 w3_xlsxwriter.py ROWS OUT.xlsx     The workbook of benchmarks/w3 by XlsxWriter, in its constant-memory mode.
import sys

import xlsxwriter

rows, out = int(sys.argv[1]), sys.argv[2]
book = xlsxwriter.Workbook(out, {"constant_memory": True})
sheet = book.add_worksheet("Data")
date = book.add_format({"num_format": "yyyy-mm-dd"})
regions = ["North", "Lower Valley", "Gəncə-Daşkəsən", "თბილისი", "Balkan welaýaty", "São Miguel", "Île-du-Sud", "Köpetdağ"]
for i in range(rows):
    sheet.write_number(i, 0, i)
    sheet.write_string(i, 1, f"P{i % 200000:07d}")
    sheet.write_number(i, 2, 44562 + i % 1095, date)
    sheet.write_string(i, 3, regions[i % 8])
    sheet.write_string(i, 4, "female" if i % 2 else "male")
    sheet.write_number(i, 5, 1950 + i % 61)
    sheet.write_string(i, 6, "present" if i % 10 < 8 else "absent")
    sheet.write_number(i, 7, (i % 16 + 1) * 0.5)
    sheet.write_number(i, 8, i % 701 / 10)
    sheet.write_number(i, 9, i % 997 / 7)
book.close()
