#!/usr/bin/python3
"""Random tables, written by several programs in several ways, are read back equal: round_trip.py DUMP_TABLE [SEED]

Numbers have at most 15 digits: XlsxWriter and openpyxl store 16, LibreOffice 15."""
import csv
import datetime as dt
import gzip
import io
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import xlsxwriter

COLUMNS = [("id", "text"), ("name", "text"), ("count", "integer"), ("cost", "decimal"), ("share", "number"),
           ("day", "date"), ("ok", "boolean"), ("note", "text")]
PIECES = ["a", "B", "ə", "İ", "ş", "ქართული", "ýň", "ёж", "😀", " ", "  ", ",", ";", "|", "'", '"', '""', "\t", "\n", "#", "&", "<",
          "0", "-", ".", "_x000D_", "]]>", "\\", "nan", "NA", "null"]


def text(random_, newlines=True):
    pieces = PIECES if newlines else [piece for piece in PIECES if piece not in "\n\t"]
    value = "".join(random_.choice(pieces) for _ in range(random_.randint(1, 8)))
    return "x" + value + "y"  # neither a formula nor a number, and no outer spaces


def table(random_, newlines=True):
    rows = []
    for i in range(random_.randint(5, 60)):
        row = [f"{i:05d}", text(random_, newlines), random_.randint(-10**9, 10**12), Decimal(random_.randint(-10**11, 10**11)).scaleb(-random_.randint(0, 6)),
               random_.choice([0.1, 1e-9, -2.5e17, float(f"{random_.random():.12g}"), float(random_.randint(0, 9))]),
               dt.date(1900, 3, 1) + dt.timedelta(days=random_.randint(0, 70000)), random_.random() < 0.5, text(random_, newlines)]
        rows.append([row[0]] + [None if random_.random() < 0.1 else cell for cell in row[1:]])
    return rows


def plain(number):
    """A decimal without exponent and without idle zeros."""
    shown = format(number, "f")
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    return "0" if shown == "-0" else shown


def expected(rows):
    def shown(cell):
        if cell is None:
            return None
        if isinstance(cell, bool):
            return "true" if cell else "false"
        if isinstance(cell, Decimal):
            return plain(cell)
        return cell.isoformat() if isinstance(cell, dt.date) else cell if isinstance(cell, float) else str(cell)
    return [[shown(cell) for cell in row] for row in rows]


def as_text(rows, decimal="."):
    def shown(cell):
        if cell is None:
            return ""
        if isinstance(cell, (Decimal, float)):
            return (plain(cell) if isinstance(cell, Decimal) else repr(cell)).replace(".", decimal)
        return str(cell).lower() if isinstance(cell, bool) else str(cell)
    return [[name for name, _ in COLUMNS]] + [[shown(cell) for cell in row] for row in rows]


class Judge:
    def __init__(self, dump, folder):
        self.dump, self.folder, self.failed, self.checked = dump, folder, 0, 0

    def check(self, name, rows, *options):
        run = subprocess.run([self.dump, str(self.folder), name, *options, *(f"{column}:{kind}" for column, kind in COLUMNS)],
                             capture_output=True, encoding="utf-8", check=False)
        got = [json.loads(line) for line in run.stdout.splitlines()]
        share = [name for name, _ in COLUMNS].index("share")
        for row in got:
            row[share] = None if row[share] is None else float(row[share])
        self.checked += 1
        want = expected(rows)
        if run.returncode == 0 and got == want:
            return
        self.failed += 1
        print(f"{name}: differs (exit {run.returncode}) {run.stderr[:400]}")
        for i, pair in enumerate(zip(got, want)):
            if pair[0] != pair[1]:
                print(f"  row {i}: read     {pair[0]}\n  row {i}: expected {pair[1]}")
                break


def write_csv(path, rows, encoding="utf-8", decimal=".", pack=None, **dialect):
    out = io.StringIO()
    csv.writer(out, **dialect).writerows(as_text(rows, decimal))
    bytes_ = out.getvalue().encode(encoding)
    if pack == "gz":
        bytes_ = gzip.compress(bytes_)
    if pack == "zst":
        bytes_ = subprocess.run(["zstd", "-qc"], input=bytes_, capture_output=True, check=True).stdout
    path.write_bytes(bytes_)


def texts(judge, random_, turn):
    folder = judge.folder
    rows = table(random_)
    ways = {"comma.csv": {}, "all.csv": {"quoting": csv.QUOTE_ALL, "lineterminator": "\n"},
            "semicolon.csv": {"delimiter": ";", "quoting": csv.QUOTE_ALL}, "tab.tsv": {"delimiter": "\t", "lineterminator": "\r\n"},
            "bar.txt": {"delimiter": "|", "quoting": csv.QUOTE_NONNUMERIC}, "mark.csv": {"encoding": "utf-8-sig"},
            "wide.csv": {"encoding": "utf-16"}, "packed.csv.gz": {"pack": "gz"}}
    if shutil.which("zstd"):
        ways["packed.csv.zst"] = {"pack": "zst"}
    for name, how in ways.items():
        write_csv(folder / f"{turn}-{name}", rows, **how)
        judge.check(f"{turn}-{name}", rows)
    write_csv(folder / f"{turn}-decimal.csv", rows, delimiter=";", decimal=",")
    judge.check(f"{turn}-decimal.csv", rows, "decimal=,")


def stored(cell):
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return plain(cell) if isinstance(cell, Decimal) else cell


def others(judge, random_, turn):
    rows = table(random_)
    names = [name for name, _ in COLUMNS]
    records = [{name: stored(cell) for name, cell in zip(names, row) if cell is not None} for row in rows]
    (judge.folder / f"{turn}.json").write_text(json.dumps({"rows": records}, ensure_ascii=turn % 2 == 0), encoding="utf-8")
    judge.check(f"{turn}.json", rows)
    (judge.folder / f"{turn}.ndjson").write_text("\n".join(json.dumps(one) for one in records), encoding="utf-8")
    judge.check(f"{turn}.ndjson", rows)
    base = sqlite3.connect(judge.folder / f"{turn}.sqlite")
    base.execute(f"create table t ({','.join(names)})")
    base.executemany(f"insert into t values ({','.join('?' * len(names))})", [[stored(cell) for cell in row] for row in rows])
    base.commit()
    base.close()
    judge.check(f"{turn}.sqlite", rows)


def by_xlsxwriter(path, rows, **options):
    book = xlsxwriter.Workbook(str(path), options)
    sheet = book.add_worksheet("Data")
    date = book.add_format({"num_format": "dd.mm.yyyy"})
    for column, (name, _) in enumerate(COLUMNS):
        sheet.write_string(0, column, name)
    for at, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, bool):
                sheet.write_boolean(at, column, cell)
            elif isinstance(cell, dt.date):
                sheet.write_datetime(at, column, cell, date)
            elif isinstance(cell, str):
                sheet.write_string(at, column, cell)
            elif cell is not None:
                sheet.write_number(at, column, float(cell))
    book.close()


def by_openpyxl(path, rows, write_only):
    book = openpyxl.Workbook(write_only=write_only)
    sheet = book.create_sheet("Data", 0)
    sheet.append([name for name, _ in COLUMNS])
    for row in rows:
        sheet.append([float(cell) if isinstance(cell, Decimal) else cell for cell in row])
    book.save(path)


def workbooks(judge, random_, turn):
    """_x000D_ is Office's own escape: openpyxl and LibreOffice write it as they like, so it stays out here."""
    rows = [[cell.replace("_x000D_", "_").replace("\t", " ") if isinstance(cell, str) else cell for cell in row] for row in table(random_)]
    by_xlsxwriter(judge.folder / f"{turn}-shared.xlsx", rows)
    by_xlsxwriter(judge.folder / f"{turn}-inline.xlsx", rows, constant_memory=True)
    by_openpyxl(judge.folder / f"{turn}-openpyxl.xlsx", rows, False)
    by_openpyxl(judge.folder / f"{turn}-stream.xlsx", rows, True)
    for name in ("shared", "inline", "openpyxl", "stream"):
        judge.check(f"{turn}-{name}.xlsx", rows)
    return rows


def by_libreoffice(judge, written):
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        sys.exit("LibreOffice is missing: run scripts/setup")
    for kind in ("ods", "xlsx"):
        out = judge.folder / f"by-libreoffice-{kind}"
        subprocess.run([office, f"-env:UserInstallation=file://{judge.folder}/profile", "--headless", "--convert-to", kind, "--outdir",
                        str(out), *(str(judge.folder / f"{turn}-shared.xlsx") for turn in written)],
                       check=True, capture_output=True, timeout=240)
        for turn, rows in written.items():
            judge.check(f"by-libreoffice-{kind}/{turn}-shared.{kind}", rows)


def main():
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 20250714
    random_ = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="yekun-round-trip-") as folder:
        judge = Judge(sys.argv[1], Path(folder))
        written = {}
        for turn in range(12):
            texts(judge, random_, turn)
            others(judge, random_, turn)
            written[turn] = workbooks(judge, random_, turn)
        by_libreoffice(judge, written)
    print(f"seed {seed}: {judge.checked} tables read back, {judge.failed} of them not equal")
    sys.exit(judge.failed > 0)


main()
