"""A table as a spreadsheet file: figures as numbers, and where every row is printed."""

from __future__ import annotations

import io

from ingest.records import Document, Row, Table
from qa.export import safe_cell, unit_name
from qa.webapp.tableview import TableView

_SOURCE = ("page", "code", "path")


def table_to_xlsx(document: Document, table: Table, shown: TableView) -> bytes:
    """The shown rows in a first sheet with page, code and path, and a second sheet that names the source.

    Text is written as text, so that no cell is run as a formula.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True})
        sheet = book.add_worksheet("table")
        for column, heading in enumerate((*shown.headings, *_SOURCE)):
            sheet.write_string(0, column, heading, bold)
        for number, (row, cells) in enumerate(zip(shown.rows, shown.cells, strict=True), 1):
            for column, cell in enumerate(cells):
                if cell.value is not None:
                    sheet.write_number(number, column, cell.value)
                elif cell.text:
                    sheet.write_string(number, column, cell.text)
            sheet.write_number(number, len(cells), row.page)
            sheet.write_string(number, len(cells) + 1, codes(row))
            sheet.write_string(number, len(cells) + 2, paths(row))
        sheet.freeze_panes(1, 0)
        about = book.add_worksheet("source")
        for number, (name, text) in enumerate(source_lines(document, table)):
            about.write_string(number, 0, name, bold)
            about.write_string(number, 1, text)
    return buffer.getvalue()


def codes(row: Row) -> str:
    """The codes of a row, one for each half of a table that has two."""
    return " | ".join(label.code for label in row.labels if label is not None and label.code)


def paths(row: Row) -> str:
    """The path of a row from its outermost parent down, one for each half of a table that has two."""
    return " | ".join(" > ".join(label.path) for label in row.labels if label is not None)


def source_lines(document: Document, table: Table) -> list[tuple[str, str]]:
    """Where a table is from."""
    who = document.identity
    return [
        ("document", who.title),
        ("agency", who.agency or ""),
        ("year", str(who.year or "")),
        ("phase", who.phase.value),
        ("file", document.file),
        ("sha256", document.sha256),
        ("table", f"{table.id} {table.title}"),
        ("unit printed", unit_name(table) or ""),
        ("pages", ", ".join(map(str, table.pages))),
    ]


def table_to_csv(document: Document, table: Table, shown: TableView) -> bytes:
    """The shown rows with file, table and page before each, in UTF-8 with the mark that spreadsheets look for."""
    import csv

    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([safe_cell(h) for h in ("file", "table", "page", "code", "path", *shown.headings)])
    for row, cells in zip(shown.rows, shown.cells, strict=True):
        source = (document.file, table.title, str(row.page), codes(row), paths(row))
        writer.writerow([safe_cell(text) for text in (*source, *(cell.text for cell in cells))])
    return buffer.getvalue().encode("utf-8-sig")
