#!/usr/bin/python3
"""Writes the workbooks that xlsx_conformance_test reads: make_xlsx.py FOLDER

By openpyxl and XlsxWriter what they can write; the rest as raw zip parts."""
import datetime as dt
import sys
import zipfile
from pathlib import Path

import openpyxl
import xlsxwriter
from openpyxl.worksheet.table import Table

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def by_openpyxl(folder):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Services"
    sheet.append(["person", "date", "entered", "count", "cost", "present", "note"])
    sheet.append(["P001", dt.date(2025, 7, 14), dt.datetime(2025, 7, 14, 8, 30), 12, 0.1, True, "ə, თბილისი & <b>"])
    sheet.append(["P002", dt.date(1900, 1, 1), dt.datetime(2025, 7, 15), -3, 1234567.89, False, "a\nb"])
    sheet.append([None, None, None, None, None, None, None])
    sheet.append([7, dt.date(1900, 3, 1), None, 4.0, 1e-6, None, None])
    sheet.append([12.5, dt.date(9999, 12, 31), None, 1.5, 1 / 3, "yes", " "])
    book.create_sheet("Second").append(["a", "b"])
    book.save(folder / "openpyxl.xlsx")

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["a", "b"])
    sheet.append([1, "=A2+1"])
    book.save(folder / "no-results.xlsx")

    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    sheet = book.active
    sheet.append(["day"])
    sheet.append([dt.date(2025, 7, 14)])
    sheet.append([dt.date(1904, 1, 2)])
    book.save(folder / "from-1904.xlsx")

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Quarterly report of the ministry"])
    sheet.append([])
    sheet.append(["Region", "Women", None, "Men", None, "Total"])
    sheet.append([None, "adults", "children", "adults", "children", None])
    sheet.append(["Quba", 1, 2, 3, 4, 10])
    for merged in ("A1:F1", "A3:A4", "B3:C3", "D3:E3", "F3:F4"):
        sheet.merge_cells(merged)
    book.save(folder / "two-headers.xlsx")

    book = openpyxl.Workbook()
    for name, rows in (("Quba", [["a", 1]]), ("Notes", []), ("Şəki", [["b", 2], ["c", 3]])):
        sheet = book.create_sheet(name)
        for row in ([["code", "n"]] if rows else []) + rows:
            sheet.append(row)
    book.remove(book.worksheets[0])
    book["Şəki"].sheet_state = "hidden"
    book["Şəki"].row_dimensions[3].hidden = True
    book["Şəki"].column_dimensions["B"].hidden = True
    book.save(folder / "sheets.xlsx")

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "It's data"
    sheet["A1"] = "above"
    for row, values in enumerate((["id", "n"], ["x", 1], ["y", 2], ["Total", 3]), start=4):
        for column, value in enumerate(values, start=3):
            sheet.cell(row, column, value)
    table = Table(displayName="People", ref="C4:D7")
    table.totalsRowCount = 1
    sheet.add_table(table)
    book.defined_names.append(openpyxl.workbook.defined_name.DefinedName("Area", attr_text="'It''s data'!$C$4:$D$6"))
    book.save(folder / "ranges.xlsx")

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Affected people", None, None])
    sheet.append(["Place", "Women", "Girls"])
    sheet.append(["#adm1 +name", "#Affected+F", "#affected +children+f"])
    sheet.append(["Quba", 5, 2])
    book.save(folder / "hxl.xlsx")


def surveys(folder):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "household survey"
    sheet.append(["start", "intro/region", "intro/visited", "needs", "needs/food", "needs/water", "_id", "_uuid", "_index"])
    sheet.append(["2025-07-14T10:00:00", "Quba", dt.date(2025, 7, 14), "food water", 1, 1, 11, "u-1", 1])
    sheet.append(["2025-07-15T10:00:00", "Şəki", dt.date(2025, 7, 15), "food", 1, 0, 12, "u-2", 2])
    repeat = book.create_sheet("members")
    repeat.append(["members/age", "members/sex", "_index", "_parent_table_name", "_parent_index", "_submission__id",
                   "_submission__uuid"])
    for age, sex, index, uuid in ((34, "f", 1, "u-1"), (7, "m", 2, "u-1"), (61, "f", 3, "u-2"), (5, "m", 4, "u-9")):
        repeat.append([age, sex, index, "household survey", index, 1, uuid])
    book.save(folder / "kobo.xlsx")


def by_xlsxwriter(folder):
    book = xlsxwriter.Workbook(str(folder / "xlsxwriter.xlsx"))
    sheet = book.add_worksheet("Data")
    bold = book.add_format({"bold": True})
    formats = ["dd.mm.yyyy", "[$-42C]d mmmm yyyy", "[h]:mm", 'yyyy"d"', "0.00", "[Red]0", "hh:mm", "mmm yy", '#,##0 "days"']
    sheet.write_row(0, 0, ["rich"] + [f"f{i}" for i in range(len(formats))] + ["error", "formula", "flag"])
    sheet.write_rich_string(1, 0, "plain ", bold, "bold", " end")
    for column, code in enumerate(formats, start=1):
        sheet.write_number(1, column, 1.7708333333333335 if code == "[h]:mm" else 0.25 if code == "hh:mm" else 45852.25, book.add_format({"num_format": code}))
    sheet.write_formula(1, 10, "=1/0", None, "#DIV/0!")
    sheet.write_formula(1, 11, "=1+1", None, 2)
    sheet.write_boolean(1, 12, True)
    book.close()


def long(folder):
    book = xlsxwriter.Workbook(str(folder / "long.xlsx"))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["n", "half", "text"])
    for row in range(30_000):
        sheet.write_row(row + 1, 0, [row, row / 2, f"text {row % 777} & more"])
    book.close()


def sheet_xml(rows, namespace=MAIN, prefix=""):
    p = prefix + ":" if prefix else ""
    xmlns = f"xmlns:{prefix}" if prefix else "xmlns"
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<{p}worksheet {xmlns}="{namespace}"><{p}sheetData>{rows}'
            f"</{p}sheetData></{p}worksheet>")


def raw(path, sheet, strings=None, styles=None, workbook=None, parts=None, sheet_part="xl/worksheets/sheet1.xml",
        rels="http://schemas.openxmlformats.org/officeDocument/2006/relationships", compress=zipfile.ZIP_DEFLATED,
        application=None):
    book = workbook or (f'<workbook xmlns="{MAIN}" xmlns:r="{rels}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/>'
                        "</sheets></workbook>")
    related = f'<Relationship Id="rId1" Type="{rels}/worksheet" Target="/{sheet_part}"/>'
    properties = f'<Relationship Id="p" Type="{rels}/extended-properties" Target="docProps/app.xml"/>'
    with zipfile.ZipFile(path, "w", compress) as out:
        out.writestr("_rels/.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                     f'<Relationship Id="x" Type="{rels}/officeDocument" Target="xl/workbook.xml"/>'
                     f'{properties if application else ""}</Relationships>')
        if application:
            out.writestr("docProps/app.xml", f"<Properties><Application>{application}</Application></Properties>")
        out.writestr("xl/workbook.xml", book)
        if strings is not None:
            related += f'<Relationship Id="rId2" Type="{rels}/sharedStrings" Target="strings/texts.xml"/>'
            out.writestr("xl/strings/texts.xml", f'<sst xmlns="{MAIN}">{strings}</sst>')
        if styles is not None:
            related += f'<Relationship Id="rId3" Type="{rels}/styles" Target="styles.xml"/>'
            out.writestr("xl/styles.xml", f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>')
        out.writestr("xl/_rels/workbook.xml.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
                     f'relationships">{related}</Relationships>')
        out.writestr(sheet_part, sheet)
        for name, content in (parts or {}).items():
            out.writestr(name, content)


def text(value):
    return f'<c t="inlineStr"><is><t>{value}</t></is></c>'


def by_hand(folder):
    # strict namespaces, prefixes, odd part names, strings with runs and phonetic readings, escapes, CDATA, comments
    strings = ('<si><t>name</t></si><si><r><t>two </t></r><r><rPr><b/></rPr><t xml:space="preserve">runs</t></r></si>'
               "<si><t>東京</t><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh><phoneticPr fontId=\"1\"/></si>"
               "<si><t>a_x000D_b _x005F_x000D_ _x4 &amp;lt; &#x259;</t></si><si/>"
               "<si><t><![CDATA[<raw> &amp;]]><!-- no --> tail</t></si>")
    p = "x"
    cell = '<x:c r="A{0}" t="s"><x:v>{1}</x:v></x:c>'
    rows = "".join(f'<x:row r="{i + 1}">{cell.format(i + 1, i)}</x:row>' for i in range(6))
    raw(folder / "strict.xlsx", sheet_xml(rows, STRICT, p), strings, sheet_part="xl/odd/part.7.xml",
        workbook=f'<w:workbook xmlns:w="{STRICT}" xmlns:rr="http://purl.oclc.org/ooxml/officeDocument/relationships">'
                 '<w:sheets><w:sheet name="S" sheetId="9" rr:id="rId1"/></w:sheets></w:workbook>',
        rels="http://purl.oclc.org/ooxml/officeDocument/relationships")
    # no r attributes at all; sparse rows; an empty row; a column without heading
    rows = (f'<row>{text("a")}{text("b")}{text("c")}</row><row/><row><c/><c><v>2</v></c></row>'
            f'<row r="9"><c r="C9"><v>3</v></c><c r="A9"><v>1</v></c></row>')
    raw(folder / "sparse.xlsx", sheet_xml(rows))
    # kinds of cells
    rows = (f'<row>{text("k")}{text("v")}</row>'
            '<row><c t="str"><v>str</v></c><c t="str"><f>A1</f><v></v></c></row>'
            '<row><c t="d"><v>2025-07-14T00:00:00</v></c><c t="b"><v>1</v></c></row>'
            '<row><c t="e"><v>#N/A</v></c><c><f>1+1</f></c></row>'
            '<row><c><v>0.30000000000000004</v></c><c><v>1E+20</v></c></row>'
            '<row><c t="n"><v>12</v></c><c><v>1.0000000000000001E-5</v></c></row>')
    raw(folder / "kinds.xlsx", sheet_xml(rows))
    # day numbers around the 29 February 1900 that never was
    rows = f'<row>{text("n")}{text("d")}</row>' + "".join(
        f'<row><c><v>{n}</v></c><c s="1"><v>{n}</v></c></row>' for n in (1, 59, 60, 61, 45852, 45852.999999999, -1, 0, 2958466))
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    raw(folder / "days.xlsx", sheet_xml(rows), styles=styles)
    rows = f'<row>{text("n")}{text("d")}</row>' + "".join(
        f'<row><c><v>{n}</v></c><c s="1"><v>{n}</v></c></row>' for n in (1, 60, 61, 0, -3526.5, -115858, -115859))
    raw(folder / "libre-days.xlsx", sheet_xml(rows), styles=styles, application="LibreOffice/7.4.7.2$Linux_X86_64")
    raw(folder / "excel-days.xlsx", sheet_xml(rows), styles=styles, application="Microsoft Excel")
    rows = f'<row>{text("year")}{text("day")}</row><row><c><v>2025</v></c><c><v>20250714</v></c></row>'
    raw(folder / "years.xlsx", sheet_xml(rows))


def broken(folder):
    good = sheet_xml(f'<row>{text("a")}</row><row><c><v>1</v></c></row>')
    raw(folder / "doctype.xlsx", '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + good)
    raw(folder / "entity.xlsx", good.replace(">a<", ">&lol;<"))
    raw(folder / "cut-xml.xlsx", good[:-30])
    raw(folder / "rows.xlsx", sheet_xml(f'<row r="3">{text("a")}</row><row r="2"><c><v>1</v></c></row>'))
    raw(folder / "twice.xlsx", sheet_xml(f'<row r="1">{text("a")}</row><row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>'))
    raw(folder / "column.xlsx", sheet_xml(f'<row r="1">{text("a")}</row><row r="2"><c r="XFE2"><v>1</v></c></row>'))
    raw(folder / "utf16.xlsx", good.replace("UTF-8", "UTF-16").encode("utf-16"))
    raw(folder / "good.xlsx", good)
    whole = (folder / "good.xlsx").read_bytes()
    (folder / "cut.xlsx").write_bytes(whole[: len(whole) // 2])
    (folder / "stored.xlsx").write_bytes(b"")
    raw(folder / "stored.xlsx", good, compress=zipfile.ZIP_STORED)
    damaged = bytearray((folder / "stored.xlsx").read_bytes())
    at = damaged.index(b"<v>1</v>")
    damaged[at + 3] = ord("2")
    (folder / "checksum.xlsx").write_bytes(damaged)
    deflated = bytearray(whole)
    with zipfile.ZipFile(folder / "good.xlsx") as out:  # the same part with a wrong checksum in both lists
        checksum = out.getinfo("xl/worksheets/sheet1.xml").CRC.to_bytes(4, "little")
    (folder / "deflate.xlsx").write_bytes(bytes(deflated).replace(checksum, b"\0\0\0\0"))
    (folder / "empty.xlsx").write_bytes(b"")
    (folder / "text.xlsx").write_bytes(b"a,b\n1,2\n")
    (folder / "page.xlsx").write_bytes(b"<html><table><tr><td>1</td></tr></table></html>")
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    (folder / "old.xls").write_bytes(compound + "Workbook".encode("utf-16-le") + bytes(1000))
    (folder / "password.xlsx").write_bytes(compound + "EncryptedPackage".encode("utf-16-le") + bytes(1000))
    with zipfile.ZipFile(folder / "document.xlsx", "w") as out:
        out.writestr("word/document.xml", "<x/>")


def bombs(folder):
    with zipfile.ZipFile(folder / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as out:
        raw(folder / "seed.xlsx", sheet_xml(""), "")
        with zipfile.ZipFile(folder / "seed.xlsx") as seed:
            for name in seed.namelist():
                if "sheet1" not in name:
                    out.writestr(name, seed.read(name))
        with out.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(sheet_xml("").split("</sheetData>")[0].encode())
            for _ in range(300):
                part.write(b" " * (1 << 20))
            part.write(b"</sheetData></worksheet>")
    whole = (folder / "bomb.xlsx").read_bytes()
    with zipfile.ZipFile(folder / "bomb.xlsx") as out:
        size = out.getinfo("xl/worksheets/sheet1.xml").file_size.to_bytes(4, "little")
    (folder / "bomb-lying.xlsx").write_bytes(whole.replace(size, (1 << 20).to_bytes(4, "little")))
    with zipfile.ZipFile(folder / "bomb-strings.xlsx", "w", zipfile.ZIP_DEFLATED) as out:
        raw(folder / "seed.xlsx", sheet_xml(f"<row>{text('a')}</row>"), "")
        with zipfile.ZipFile(folder / "seed.xlsx") as seed:
            for name in seed.namelist():
                if "texts" not in name:
                    out.writestr(name, seed.read(name))
        with out.open("xl/strings/texts.xml", "w", force_zip64=True) as part:
            part.write(f'<sst xmlns="{MAIN}">'.encode())
            for _ in range(200):
                part.write(b"<si><t>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</t></si>" * 16384)
            part.write(b"</sst>")


ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:calcext="urn:x:calcext">
<office:automatic-styles><style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>
</office:automatic-styles><office:body><office:spreadsheet>%s</office:spreadsheet></office:body></office:document-content>"""


def ods(path, body, manifest=""):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        out.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
        out.writestr("content.xml", ODS % body)


def open_documents(folder):
    def string(value):
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'

    heads = "".join(map(string, ("person", "date", "n", "time", "ok", "note")))
    people = f"""<table:table table:name="People" table:style-name="ta1"><table:shapes><text:p>drawing</text:p></table:shapes>
<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>
<table:table-header-rows><table:table-row>{heads}</table:table-row></table:table-header-rows>
<table:table-row table:visibility="filter"><table:table-cell office:value-type="string"><office:annotation><text:p>a remark</text:p>
</office:annotation><text:p>P<text:span>00</text:span>1</text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2025-07-14"><text:p>14.7.25</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="0.1" table:formula="of:=1/10"><text:p>0,10</text:p></table:table-cell>
<table:table-cell office:value-type="time" office:time-value="PT8H30M00S"><text:p>8:30</text:p></table:table-cell>
<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>YES</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>ə &amp;<text:s text:c="2"/>b</text:p><text:p>c<text:line-break/>d</text:p></table:table-cell>
</table:table-row><table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="6"/></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:covered-table-cell office:value-type="string"><text:p>P2</text:p>
</table:covered-table-cell><table:table-cell office:value-type="date" office:date-value="1899-12-31T23:00:00"/>
<table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>
<table:table-cell/><table:table-cell table:formula="of:=A1"/></table:table-row>
<table:table-row table:number-rows-repeated="1048500"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
</table:table>"""
    hidden = f'<table:table table:name="My notes" table:style-name="ta2"><table:table-row>{string("a")}{string("b")}</table:table-row>'
    hidden += f"<table:table-row>{string('1')}{string('2')}</table:table-row></table:table>"
    names = """<table:named-expressions><table:named-range table:name="Part" table:base-cell-address="$People.$A$1"
 table:cell-range-address="$'My notes'.$A$1:.$A$2"/></table:named-expressions>"""
    ods(folder / "people.ods", people + hidden + names)
    ods(folder / "password.ods", "", "<manifest:encryption-data/>")
    ods(folder / "text.ods", "<office:text/>")
    ods(folder / "repeats.ods", f'<table:table table:name="a"><table:table-row table:number-rows-repeated="1048576">'
        f'<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>'
        "</table:table-row></table:table>")
    merged = f"""<table:table table:name="a"><table:table-row>{string("Region")}<table:table-cell office:value-type="string"
 table:number-columns-spanned="2"><text:p>Women</text:p></table:table-cell><table:covered-table-cell/></table:table-row>
<table:table-row><table:covered-table-cell/>{string("adults")}{string("children")}</table:table-row>
<table:table-row>{string("Quba")}{string("1")}{string("2")}</table:table-row></table:table>"""
    ods(folder / "merged.ods", merged)


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    by_openpyxl(folder)
    surveys(folder)
    by_xlsxwriter(folder)
    long(folder)
    by_hand(folder)
    open_documents(folder)
    broken(folder)
    bombs(folder)


main()
