"""A table as it will be printed: header tree, rows of cell texts with their labels, notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol, TypeVar

from eval.generate.layout import Codes, FigureStyle, Layout, Numbering, TableNumber
from ingest.records import ColumnRole, Phase, RowLabel, TableKind
from ingest.units import Unit


@dataclass(frozen=True, slots=True)
class Head:
    """A heading with the headings under it; `weight` is a leaf's share of the width."""

    text: str
    role: ColumnRole = ColumnRole.VALUE
    weight: float = 1.0
    children: tuple[Head, ...] = ()
    panel: int = 0
    phase: Phase = Phase.UNKNOWN
    year: int | None = None

    @property
    def depth(self) -> int:
        return 1 + max((child.depth for child in self.children), default=0)

    @property
    def width(self) -> int:
        """How many leaf columns it spans."""
        return sum(child.width for child in self.children) or 1

    def leaves(self, above: tuple[str, ...] = ()) -> Iterator[tuple[Head, tuple[str, ...]]]:
        """The leaf headings under it, each with its path from the outermost heading down."""
        path = (*above, self.text)
        if not self.children:
            yield self, path
        for child in self.children:
            yield from child.leaves(path)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A body row: cell texts, a label and an indentation level for each panel, and column ranges drawn as one cell."""

    cells: tuple[str, ...]
    labels: tuple[RowLabel | None, ...]
    levels: tuple[int, ...] = (0,)
    merged: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole table. `declared` is the sentence that says it is empty; `joined` a column whose equal cells are one."""

    kind: TableKind
    title: str
    heads: tuple[Head, ...]
    rows: tuple[SheetRow, ...]
    unit: Unit | None
    number: str | None = None
    owner: str | None = None
    notes: tuple[str, ...] = ()
    declared: str | None = None
    numbering: Numbering = Numbering.NONE
    joined: int | None = None
    listed: bool = True

    def columns(self) -> tuple[tuple[Head, tuple[str, ...]], ...]:
        """The leaf columns from left to right, each with its header path."""
        return tuple(leaf for head in self.heads for leaf in head.leaves())

    @property
    def header_depth(self) -> int:
        return max(head.depth for head in self.heads)

    def number_row(self) -> tuple[str, ...] | None:
        """The texts of the row that numbers the columns, or None."""
        if self.numbering is Numbering.NONE:
            return None
        texts, count = [], 0
        for head, _ in self.columns():
            counted = self.numbering is Numbering.NUMBERS or head.role is ColumnRole.VALUE
            count += counted
            texts.append(str(count) if counted else "**")
        return tuple(texts)


class CodeLine(Protocol):
    """Anything with a code and a name."""

    @property
    def code(self) -> str: ...

    @property
    def name(self) -> str: ...


def code_heads(layout: Layout, economic: bool = False) -> tuple[Head, ...]:
    """The headings of code and name, the code whole or split into its levels."""
    word = "经济分类" if economic else "功能分类"
    name_weight = 1.6 if layout.narrow else 3.2
    if layout.codes is Codes.WHOLE:
        return Head("科目编码", ColumnRole.CODE, 1.2), Head("科目名称", ColumnRole.LABEL, name_weight)
    levels = ("类", "款") if economic else ("类", "款", "项")
    parts = tuple(Head(level, ColumnRole.CODE, 0.45) for level in levels)
    return (
        Head(f"{word}科目编码", ColumnRole.CODE, children=parts),
        Head(f"{word}科目名称", ColumnRole.LABEL, name_weight),
    )


def code_cells(code: str, layout: Layout, economic: bool = False) -> tuple[str, ...]:
    """The cells that hold a code: itself, or its parts with blanks for the levels it has not."""
    if layout.codes is Codes.WHOLE:
        return (code,)
    return (code[:3], code[3:5]) if economic else (code[:3], code[3:5], code[5:7])


L = TypeVar("L", bound=CodeLine)


def code_rows(
    lines: Sequence[L],
    figures: Callable[[L], tuple[str, ...]],
    totals: tuple[str, ...],
    layout: Layout,
    economic: bool = False,
) -> tuple[SheetRow, ...]:
    """The rows of a table by code, its 合计 row first or last as the layout says."""
    blanks = len(code_cells("", layout, economic))
    merged = ((0, blanks + 1),) if layout.merged_total else ()
    named = ("合计", *[""] * blanks) if layout.merged_total else (*[""] * blanks, "合计")
    total = SheetRow((*named, *totals), (RowLabel(("合计",), total=True),), merged=merged)
    first = 0 if layout.total_last else 1
    place = {line.code: index + first for index, line in enumerate(lines)}
    names = {line.code: line.name for line in lines}
    rows = []
    for line in lines:
        chain = [line.code[:size] for size in (3, 5, 7) if size <= len(line.code) and line.code[:size] in names]
        parent = place[chain[-2]] if len(chain) > 1 else None
        label = RowLabel(tuple(names[code] for code in chain), line.code, parent)
        cells = (*code_cells(line.code, layout, economic), line.name, *figures(line))
        rows.append(SheetRow(cells, (label,), (len(chain) - 1,)))
    return (*rows, total) if layout.total_last else (total, *rows)


def printed(style: FigureStyle, amounts: Sequence[Decimal]) -> tuple[str, ...]:
    """Amounts in yuan as the cells of a row."""
    return tuple(style.printed(amount) for amount in amounts)


def with_number(sheets: Sequence[Sheet], layout: Layout) -> tuple[Sheet, ...]:
    """The sheets with the numbers that the layout prints, counted from 1."""
    if layout.table_number is TableNumber.PUBLIC:
        return tuple(replace(s, number=f"公开{i:02d}表") for i, s in enumerate(sheets, 1))
    if layout.table_number is TableNumber.ORDINAL:
        return tuple(replace(s, number=f"表{chinese_number(i)}") for i, s in enumerate(sheets, 1))
    return tuple(sheets)


def chinese_number(number: int) -> str:
    """1 to 99 in Chinese: 一, 十二, 三十."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else digits[tens] + "十"
    return head + (digits[ones] if ones or not tens else "")
