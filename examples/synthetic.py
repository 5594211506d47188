"""What the examples' generators share. The same seed gives the same bytes on every machine.

Used by */generate.py, not by Yekun.
"""
import csv
import datetime as dt
import io

DAY = dt.timedelta(days=1)


class Random:
    """splitmix64: small, and alike in every version of Python."""

    def __init__(self, seed):
        self.state = seed & (2**64 - 1)

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & (2**64 - 1)
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & (2**64 - 1)
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & (2**64 - 1)
        return z ^ (z >> 31)

    def below(self, n):
        return (self.next() >> 32) * n >> 32

    def chance(self, p):
        return self.next() < p * 2**64

    def pick(self, items):
        return items[self.below(len(items))]

    def weighted(self, pairs):
        at = self.below(sum(w for _, w in pairs))
        for item, weight in pairs:
            if at < weight:
                return item
            at -= weight

    def shuffle(self, items):
        for i in range(len(items) - 1, 0, -1):
            j = self.below(i + 1)
            items[i], items[j] = items[j], items[i]

    def sample(self, items, n):
        items = list(items)
        self.shuffle(items)
        return items[:n]


def iso(day):
    return day.isoformat() if day else ""


def comma(value, places):
    """A number as it is written with a decimal comma; empty where there is none."""
    return "" if value is None else f"{value:.{places}f}".replace(".", ",")


def write_csv(path, rows, separator=",", encoding="utf-8", line_end="\n"):
    """rows: header rows and rows of cells."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator=line_end).writerows(rows)
    with open(path, "wb") as file:
        file.write(text.getvalue().encode(encoding))


class Workbook:
    """An .xlsx file whose only date is `made`; sheets with titles, merged headings, dates and widths."""

    def __init__(self, path, made):
        import xlsxwriter

        self.book = xlsxwriter.Workbook(path)
        self.book.set_properties({"created": made})
        self.title = self.book.add_format({"bold": True, "font_size": 14})
        self.head = self.book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True,
                                          "bg_color": "#DDE7F0"})
        self.day = self.book.add_format({"num_format": "dd.mm.yyyy"})

    def sheet(self, name, title, groups, rows):
        """groups: [(upper heading, [lower headings])]; without an upper heading the lower one spans both rows."""
        sheet = self.book.add_worksheet(name)
        top = 0
        if title:
            sheet.merge_range(0, 0, 0, sum(len(lower) for _, lower in groups) - 1, title, self.title)
            top = 2
        column = 0
        for upper, lower in groups:
            if not upper:
                for heading in lower:
                    sheet.merge_range(top, column, top + 1, column, heading, self.head)
                    column += 1
                continue
            if len(lower) > 1:
                sheet.merge_range(top, column, top, column + len(lower) - 1, upper, self.head)
            else:
                sheet.write(top, column, upper, self.head)
            for heading in lower:
                sheet.write(top + 1, column, heading, self.head)
                column += 1
        sheet.set_column(0, column - 1, 15)
        self.fill(sheet, top + 2, rows)
        sheet.freeze_panes(top + 2, 0)
        return sheet

    def plain(self, name, rows):
        """One heading row, no formats: as a program exports."""
        sheet = self.book.add_worksheet(name)
        self.fill(sheet, 0, rows)
        return sheet

    def fill(self, sheet, top, rows):
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if isinstance(cell, dt.date):
                    sheet.write_datetime(top + r, c, dt.datetime(cell.year, cell.month, cell.day), self.day)
                elif cell is not None and cell != "":
                    sheet.write(top + r, c, cell)

    def close(self):
        self.book.close()
