"""Reads the examples' data with other libraries, and plainly: what the figures are judged by."""
import csv
import datetime as dt
import sqlite3
import warnings

import openpyxl

from examples import EXAMPLES

warnings.simplefilter("ignore")


def rows(example, name, separator=",", encoding="utf-8-sig", skip=0):
    with open(EXAMPLES / example / "data" / name, encoding=encoding, newline="") as file:
        lines = list(csv.reader(file, delimiter=separator))
    head = lines[skip]
    return [dict(zip(head, line)) for line in lines[skip + 1:]]


def sheets(example, name, header_row):
    """Rows of all sheets; `header_row` is the lowest row of headings, counted from 1. Equal headings keep the first."""
    book = openpyxl.load_workbook(EXAMPLES / example / "data" / name, read_only=False)
    for sheet in book.worksheets:
        lines = list(sheet.iter_rows(values_only=True))
        for line in lines[header_row:]:
            yield sheet.title, line


def database(example, query):
    with sqlite3.connect(f"file:{EXAMPLES / example / 'data' / 'association.sqlite'}?mode=ro", uri=True) as book:
        return book.execute(query).fetchall()


def day(text):
    """dd.mm.yyyy or an ISO date; None where empty."""
    if not text:
        return None
    return dt.datetime.strptime(text, "%d.%m.%Y").date() if "." in text else dt.date.fromisoformat(text)


def number(text):
    return float(text.replace(",", ".")) if text not in ("", "-") else None
