"""Explore: the tables of a document, its hierarchy as tiles, income and spending, years, and two documents compared."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from app_pages.charts import compare_part, flow_part, tree_part, trend_part
from app_pages.evidence import show_evidence
from app_pages.shell import Shell, choose_document
from ingest.records import Document, Table
from ingest.units import DOLLAR, THOUSAND_DOLLARS, WAN_YUAN, YI_YUAN, YUAN, Dimension, Unit
from qa.webapp.places import cell_citation
from qa.webapp.safe import plain
from qa.webapp.tableview import TableView, money_units, view
from qa.webapp.workbook import table_to_csv, table_to_xlsx

_UNITS = {Dimension.CNY: (YUAN, WAN_YUAN, YI_YUAN), Dimension.USD: (DOLLAR, THOUSAND_DOLLARS)}
_AS_PRINTED = ""


def explore_page(shell: Shell) -> None:
    """The part chosen at the top."""
    parts = {
        "tables": tables_part, "tree": tree_part, "flow": flow_part, "trend": trend_part, "compare": compare_part,
    }  # fmt: skip
    chosen = st.segmented_control(
        shell.words("explore.part"), list(parts), default="tables", required=True, key="explore-part",
        format_func=lambda part: shell.words(f"explore.{part}"), label_visibility="collapsed",
    )  # fmt: skip
    parts[chosen or "tables"](shell)


def tables_part(shell: Shell) -> None:
    """One logical table: search, sort, unit, downloads, and the place of the selected row."""
    words = shell.words
    left, right = st.columns(2)
    with left:
        document = choose_document(shell, words("explore.document"), "explore-document")
    sheets = shell.sheets(document.id)
    if not sheets.tables:
        st.info(words("explore.no_tables"))
        return
    with right:
        table = _choose_table(shell, sheets.tables, document)
    unit, search = _controls(shell, table, document)
    shown = view(sheets, table, search, unit)
    if not shown.rows:
        st.info(plain(words("explore.no_match", search)))
        return
    st.caption(words("explore.rows", len(shown.rows), len(table.rows)))
    row = _grid(shown, f"grid-{document.id}-{table.id}")
    _downloads(shell, document, table, shown)
    if row is not None:
        _show_row(shell, document, table, row)


def _choose_table(shell: Shell, tables: tuple[Table, ...], document: Document) -> Table:
    names = {t.id: f"{t.title}（{shell.words('evidence.page', t.pages[0])}）" for t in tables}
    chosen = st.selectbox(
        shell.words("explore.table"), list(names), key=f"explore-table-{document.id}", format_func=lambda t: names[t]
    )
    return next(t for t in tables if t.id == chosen)


def _controls(shell: Shell, table: Table, document: Document) -> tuple[Unit | None, str]:
    words = shell.words
    left, right = st.columns([2, 1])
    with left:
        search = st.text_input(words("explore.search"), key=f"search-{document.id}-{table.id}", max_chars=100)
    own = money_units(shell.sheets(document.id), table)
    units = {unit.symbol: unit for unit in (_UNITS[own[0].dimension] if own else ())}
    with right:
        chosen = st.segmented_control(
            words("explore.unit"), [_AS_PRINTED, *units], default=_AS_PRINTED, required=True, disabled=not own,
            key=f"unit-{document.id}-{table.id}",
            format_func=lambda u: words("explore.unit.own") if u == _AS_PRINTED else plain(u),
        )  # fmt: skip
    return units.get(chosen or _AS_PRINTED), search


def _grid(shown: TableView, key: str) -> int | None:
    """The rows as a grid that sorts by value; the place of the selected one. Shown is what is printed."""
    import pandas

    def column(number: int) -> list[object]:
        cells = (row[number] for row in shown.cells)
        return [cell.value if shown.figures[number] else cell.text for cell in cells]

    frame = pandas.DataFrame({heading: column(n) for n, heading in enumerate(shown.headings)}, dtype=object)
    # Streamlit sorts by the values of the frame and shows the styled text, so blank, dash and zero stay apart.
    styled = frame.style.format(_grouped, na_rep="")
    for number, heading in enumerate(shown.headings):
        other = [(row, cells[number].text) for row, cells in enumerate(shown.cells) if cells[number].value is None]
        for text in {text for _, text in other if text and shown.figures[number]}:
            rows = [row for row, own in other if own == text]
            styled = styled.format(_grouped, na_rep=text, subset=pandas.IndexSlice[rows, [heading]])
    event = st.dataframe(
        styled, hide_index=True, on_select="rerun", selection_mode="single-row", key=key, placeholder="",
    )  # fmt: skip
    rows = event.selection.rows
    return shown.rows[rows[0]].index if rows and rows[0] < len(shown.rows) else None


def _grouped(value: object) -> str:
    return f"{value:,f}" if isinstance(value, Decimal) else str(value)


def _downloads(shell: Shell, document: Document, table: Table, shown: TableView) -> None:
    words = shell.words
    name = f"{document.id}-{table.id}"
    with st.container(horizontal=True):
        st.download_button(
            words("explore.csv"), lambda: table_to_csv(document, table, shown), f"{name}.csv", "text/csv",
            icon=":material/download:", on_click="ignore",
        )  # fmt: skip
        st.download_button(
            words("explore.xlsx"), lambda: table_to_xlsx(document, table, shown), f"{name}.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", icon=":material/download:",
            on_click="ignore",
        )  # fmt: skip


def _show_row(shell: Shell, document: Document, table: Table, row: int) -> None:
    """The selected row on its page: its figures boxed, or its first cell where it has none."""
    found = table.rows[row]
    cells = [cell_citation(document, table, found, column) for column in table.columns]
    printed = [cell for cell in cells if cell.text.strip()]
    figures = [cell for cell, column in zip(cells, table.columns, strict=True) if column.role == "value"]
    cited = [cell for cell in figures if cell.text.strip()] or printed[:1]
    st.divider()
    show_evidence(shell, cited, f"explore-{document.id}-{table.id}-{row}", rows=1)
