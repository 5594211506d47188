// sheetjs.mjs BOOK.xlsx     Prints every value that SheetJS reads, as {sheet: {cell: value}}; dates as day numbers.
import { readFileSync } from 'node:fs';
import XLSX from 'xlsx';

const book = XLSX.read(readFileSync(process.argv[2]), { cellDates: false, cellFormula: false });
const out = {};
for (const name of book.SheetNames) {
  const cells = (out[name] = {});
  for (const [address, cell] of Object.entries(book.Sheets[name]))
    if (!address.startsWith('!') && cell.v !== undefined && cell.v !== '') cells[address] = cell.v;
}
process.stdout.write(JSON.stringify(out));
