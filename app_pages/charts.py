"""The charts of Explore; every part of each leads to its row on the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import streamlit as st

from app_pages.evidence import show_evidence
from app_pages.shell import Shell, choose_document, document_name
from ingest.corpus import FactHit
from ingest.records import Document, Table
from ingest.units import Quantity, Unit
from qa.answer import cite
from qa.webapp import charts
from qa.webapp.figures import figure
from qa.webapp.hierarchy import Node, charted, nodes, path_to, tree_columns
from qa.webapp.overview import Half, balance_table, halves
from qa.webapp.places import cell_citation
from qa.webapp.safe import plain
from qa.webapp.series import common_unit, in_unit, pairs, quantity_of, trends, with_several_years
from qa.webapp.treechart import level

T = TypeVar("T")
_MOST_LINES = 6


def tree_part(shell: Shell) -> None:
    """A treemap of one level of a table's hierarchy; a tile opens the level below it and shows its row."""
    words = shell.words
    document = choose_document(shell, words("explore.document"), "tree-document")
    sheets = shell.sheets(document.id)
    tables = charted(sheets.tables)
    if not tables:
        st.info(words("explore.tree.none"))
        return
    left, right = st.columns(2)
    with left:
        table = _choose(words("explore.table"), tables, f"tree-table-{document.id}", lambda t: t.title)
    with right:
        column = _choose(
            words("explore.column"), tree_columns(table), f"tree-column-{document.id}-{table.id}",
            lambda c: " > ".join(c.path),
        )  # fmt: skip
    key = f"tree-{document.id}-{table.id}-{column.index}"
    tree = nodes(table, column)
    path = path_to(tree, st.session_state.get(key))
    _breadcrumbs(shell, key, path)
    unit = next((u for row in table.rows if (u := sheets.unit(table, row, column)) is not None), None)
    row = _treemap(shell, tree, path, unit, key)
    if row is not None and (not path or row != path[-1].row):
        st.session_state[key] = row
        st.rerun()
    if path:
        citation = cell_citation(document, table, table.rows[path[-1].row], column)
        show_evidence(shell, (citation,), f"{key}-{path[-1].row}")


def _choose(label: str, options: Sequence[T], key: str, name: Callable[[T], str]) -> T:
    index = st.selectbox(label, range(len(options)), key=key, format_func=lambda i: name(options[i]))
    return options[index]


def _breadcrumbs(shell: Shell, key: str, path: Sequence[Node]) -> None:
    """The way down to here; each step a button that goes back to it."""
    st.caption(shell.words("explore.tree.hint"))
    with st.container(horizontal=True, gap="small"):
        st.button(
            shell.words("explore.whole"), key=f"{key}-top", on_click=_go, args=(key, None), disabled=not path,
            icon=":material/home:",
        )  # fmt: skip
        for number, node in enumerate(path):
            st.button(
                plain(node.name), key=f"{key}-step-{number}", on_click=_go, args=(key, node.row),
                disabled=number == len(path) - 1,
            )  # fmt: skip


def _go(key: str, row: int | None) -> None:
    # A chart keeps its selection under its key: another key, or the old selection would lead straight back.
    st.session_state[f"{key}-visit"] = st.session_state.get(f"{key}-visit", 0) + 1
    if row is None:
        st.session_state.pop(key, None)
    else:
        st.session_state[key] = row


def _treemap(shell: Shell, tree: Sequence[Node], path: Sequence[Node], unit: Unit | None, key: str) -> int | None:
    """Draw the level below the end of the path, or the one it is on; the row that was clicked."""
    here = path[-1].row if path else None
    if here is not None and here not in {node.parent for node in tree}:
        here = path[-1].parent
    tiles = level(tree, here)
    symbol = unit.symbol if unit is not None else None
    amounts = [figure(f"{tile.node.value:f}", symbol) for tile in tiles]
    said = [f"{amount} · {tile.share}%" for amount, tile in zip(amounts, tiles, strict=True)]
    visit = st.session_state.get(f"{key}-visit", 0)
    words, parts = shell.words, [str(tile.node.row) for tile in tiles]
    columns = {"explore.amount": amounts, "explore.share": [f"{tile.share}%" for tile in tiles]}
    grid = _Grid(
        words("explore.compare.item"), [tile.node.name for tile in tiles],
        {words(name): list(zip(texts, parts, strict=True)) for name, texts in columns.items()},
    )  # fmt: skip
    chosen = _choose_part(charts.treemap(tiles, said), grid, f"{key}-chart-{here}-{visit}", words("explore.tree.label"))
    return int(chosen) if chosen is not None else None


@dataclass(frozen=True, slots=True)
class _Grid:
    """A chart's figures as a table beneath it: names, then columns of figures, each with the part it stands for."""

    heading: str
    names: Sequence[str]
    figures: Mapping[str, Sequence[tuple[str, str | None]]]


def _choose_part(chart: charts.AnyChart, grid: _Grid, key: str, alt: str) -> str | None:
    """The part chosen, whichever was last: clicked in the chart, or selected in its table, which needs no mouse."""
    last = f"{key}-last"
    event = st.altair_chart(
        chart, width="stretch", on_select=lambda: _remember(last, "chart"), key=key, alt=alt,
    )  # fmt: skip
    cells = st.dataframe(
        {grid.heading: list(grid.names), **{name: [text for text, _ in own] for name, own in grid.figures.items()}},
        hide_index=True, on_select=lambda: _remember(last, "table"), selection_mode="single-cell", key=f"{key}-table",
        column_config={name: st.column_config.TextColumn(alignment="right") for name in grid.figures},
    ).selection.cells  # fmt: skip
    selected = _part_of(grid, *cells[0]) if cells else None
    clicked = charts.clicked(event.selection)
    return (selected or clicked) if st.session_state.get(last) == "table" else (clicked or selected)


def _remember(key: str, where: str) -> None:
    st.session_state[key] = where


def _part_of(grid: _Grid, row: int, column: str) -> str | None:
    """What a cell stands for; a name stands for its first figure."""
    own = [grid.figures[column]] if column in grid.figures else list(grid.figures.values())
    return next((part for cells in own if row < len(cells) and (part := cells[row][1]) is not None), None)


def flow_part(shell: Shell) -> None:
    """Income and spending, one bar each."""
    words = shell.words
    document = choose_document(shell, words("explore.document"), "flow-document")
    table = balance_table(shell.sheets(document.id).tables)
    if table is None:
        st.info(words("explore.flow.none"))
        return
    st.markdown(f"**{plain(table.title)}**")
    st.caption(words("explore.flow.hint"))
    sides = halves(table)
    names = (words("explore.income"), words("explore.spending"))
    marks = [
        charts.Mark(f"{number}-{node.row}", node.name, _said(shell, document, table, half, node), node.value, name)
        for number, (half, name) in enumerate(zip(sides, names, strict=True))
        for node in half.parts
    ]
    key = f"flow-{document.id}"
    grid = _Grid(
        words("explore.compare.item"), [f"{mark.group} · {mark.name}" for mark in marks],
        {words("explore.amount"): [(mark.words, mark.key) for mark in marks]},
    )  # fmt: skip
    clicked = _choose_part(
        charts.stacked(names, marks, _one_unit(shell, document, table, sides)), grid, key, " / ".join(names)
    )
    if clicked is not None:
        number, _, row = clicked.partition("-")
        citation = cell_citation(document, table, table.rows[int(row)], sides[int(number)].column)
        show_evidence(shell, (citation,), f"{key}-{clicked}")


def _one_unit(shell: Shell, document: Document, table: Table, sides: Sequence[Half]) -> str | None:
    """The unit of all figures of both halves; None where there are several or it is unknown."""
    sheets = shell.sheets(document.id)
    units = {sheets.unit(table, table.rows[part.row], half.column) for half in sides for part in half.parts}
    unit = units.pop() if len(units) == 1 else None
    return unit.symbol if unit is not None else None


def _said(shell: Shell, document: Document, table: Table, half: Half, node: Node) -> str:
    unit = shell.sheets(document.id).unit(table, table.rows[node.row], half.column)
    return figure(f"{node.value:f}", unit.symbol if unit is not None else None)


def trend_part(shell: Shell) -> None:
    """Items of one agency over the years that are held, budgets and final accounts apart."""
    words = shell.words
    groups = with_several_years(shell.documents)
    if not groups:
        st.info(words("explore.trend.none"))
        return
    agency, phase = _choose(
        words("explore.trend.who"), list(groups), "trend-who", lambda k: f"{k[0]} · {words(f'phase.{k[1]}').strip()}"
    )
    series = trends(shell.corpus, groups[agency, phase])
    chosen = st.multiselect(
        words("explore.trend.items"), list(series), default=list(series)[:3], max_selections=_MOST_LINES,
        key=f"trend-items-{agency}-{phase}",
    )  # fmt: skip
    points = [(name, point) for name in chosen for point in series[name]]
    unit = common_unit(point.quantity.unit for _, point in points)
    if unit is None:
        return
    st.caption(words("explore.trend.hint"))
    marks = [
        (str(p.year), charts.Mark(str(n), f"{name} · {p.year}", _amount(p.quantity), value, name))
        for n, (name, p) in enumerate(points) if (value := in_unit(p.quantity, unit)) is not None
    ]  # fmt: skip
    key = f"trend-{agency}-{phase}-{'-'.join(chosen)}"
    own = {(name, p.year): (_amount(p.quantity), str(n)) for n, (name, p) in enumerate(points)}
    years = sorted({p.year for _, p in points})
    grid = _Grid(
        words("explore.trend.items"), chosen,
        {str(year): [own.get((name, year), ("", None)) for name in chosen] for year in years},
    )  # fmt: skip
    clicked = _choose_part(
        charts.lines(marks, unit.symbol, words("explore.trend.year")), grid, key, words("explore.trend")
    )
    if clicked is not None:
        _show_fact(shell, points[int(clicked)][1].hit, f"{key}-{clicked}")


def _amount(quantity: Quantity) -> str:
    return figure(f"{quantity.value:f}", quantity.unit.symbol)


def _show_fact(shell: Shell, hit: FactHit, key: str) -> None:
    show_evidence(shell, (cite(hit, {d.id: d for d in shell.documents}),), key)


def compare_part(shell: Shell) -> None:
    """The classes of spending of two documents side by side; said where their years or phases differ."""
    words = shell.words
    if len(shell.documents) < 2:
        st.info(words("explore.compare.none"))
        return
    one, two = st.columns(2)
    with one:
        left = choose_document(shell, words("explore.compare.left"), "compare-left")
    with two:
        right = choose_document(shell, words("explore.compare.right"), "compare-right", index=1)
    names = tuple(document_name(document, words) for document in (left, right))
    if (left.identity.year, left.identity.phase) != (right.identity.year, right.identity.phase):
        st.warning(plain(words("explore.compare.differ", *names)), icon=":material/info:")
    found = pairs(shell.corpus, left, right)
    hits = [(pair, name, hit) for pair in found for name, hit in zip(names, (pair.left, pair.right), strict=True)]
    quantities = [(p, n, h, q) for p, n, h in hits if h is not None and (q := quantity_of(h)) is not None]
    unit = common_unit(q.unit for *_, q in quantities)
    if unit is None or len({name for _, name, *_ in quantities}) < 2:
        st.info(words("explore.compare.nothing"))
        return
    marks = [
        charts.Mark(str(n), f"{p.name} {p.code}", figure(f"{value:f}", unit.symbol), value, name)
        for n, (p, name, _, q) in enumerate(quantities) if (value := in_unit(q, unit)) is not None
    ]  # fmt: skip
    key = f"compare-{left.id}-{right.id}"
    own = {(mark.group, mark.name): (mark.words, mark.key) for mark in marks}
    items = [f"{pair.name} {pair.code}" for pair in found]
    grid = _Grid(
        words("explore.compare.item"), items,
        {name: [own.get((name, item), ("", None)) for item in items] for name in names},
    )  # fmt: skip
    clicked = _choose_part(charts.side_by_side(names, marks, unit.symbol), grid, key, words("explore.compare"))
    if clicked is not None:
        _show_fact(shell, quantities[int(clicked)][2], f"{key}-{clicked}")
