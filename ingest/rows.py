"""Row labels: names, codes joined from their parts, and the parent of each row, in every panel of a table.

Parents come from codes where there are any (the national 政府收支分类科目: 类 3, 款 5, 项 7 digits; economic codes:
类 3, 款 5); else from indentation, from numbering (一、 over 1.), and from sums: rows nested so that a total comes out
exactly.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.codednames import split_codes
from ingest.columns import is_unit_code, names_units_too
from ingest.numbers import fold_width, read_cell
from ingest.projectrows import with_kinds_carried
from ingest.rawrows import RawRow, is_total
from ingest.records import Column, ColumnRole, RowLabel
from ingest.stairs import read_stairs, step_columns
from ingest.sums import nest_by_sums

_CODE = re.compile(r"^\d{2,7}$")
_NUMBERED = (
    re.compile(r"^[一二三四五六七八九十]+\s*[、.．]"),
    re.compile(r"^[（(][一二三四五六七八九十]+[）)]"),
    re.compile(r"^\d{1,2}\s*[、.．](?!\d)"),
    re.compile(r"^[（(]\d{1,2}[）)]"),
)
_AMONG = re.compile(r"^其中\s*[：:]")
_WHOLE_CODE = 5  # digits: no part of a code split over columns is as long
_INDENT_STEP = 3.0  # points: smaller differences of the left edge are no indentation


def read_labels(
    rows: Sequence[RawRow], columns: Sequence[Column], known_codes: Mapping[str, tuple[str, ...]] | None = None
) -> list[tuple[RowLabel | None, ...]]:
    """For every row its label in each panel; `known_codes` maps names to the codes other tables print them with."""
    panels = max((c.panel for c in columns), default=0) + 1
    by_panel = [
        _panel_labels(rows, [c for c in columns if c.panel == panel], known_codes or {}) for panel in range(panels)
    ]
    by_panel = [_under_earlier_panels(labels, by_panel[:i]) for i, labels in enumerate(by_panel)]
    return [tuple(labels[r] for labels in by_panel) for r in range(len(rows))]


@dataclass(frozen=True, slots=True)
class _Entry:
    """What one panel's cells say of a row; `unit` is the code of the organisation that a column gives it."""

    row: int
    names: tuple[str, ...]
    code: str | None
    organisation: str | None
    indent: float
    values: tuple[Decimal | None, ...]
    unit: str = ""


def _panel_labels(
    rows: Sequence[RawRow], columns: Sequence[Column], known_codes: Mapping[str, tuple[str, ...]]
) -> list[RowLabel | None]:
    texts = [tuple(own or merged for own, merged in zip(row.texts, row.carried, strict=True)) for row in rows]
    steps = step_columns(texts, columns)
    if steps:
        stairs = read_stairs(texts, steps)
        return [RowLabel(s.path, None, s.parent, is_total(s.path[-1])) if s else None for s in stairs]
    entries = _with_codes_of_names(_entries(rows, columns))
    mixed = any(names_units_too(c) for c in columns if c.role is ColumnRole.LABEL)
    if mixed:
        entries = _under_their_units(entries)
    wholes = _whole_of_units(entries) if not mixed else set()
    if entries and not any(e.code for e in entries):
        entries = _with_known_codes(entries, known_codes)
    coded = sum(e.code is not None for e in entries) * 2 >= len(entries) > 0
    owned = any(e.organisation for e in entries)  # projects of organisations: a list, not a tree
    parents = _parents_by_code(entries) if coded else {} if owned else _parents_by_form(entries)
    labels: list[RowLabel | None] = [None] * len(rows)
    for entry in entries:
        parent = parents.get(entry.row)
        above = labels[parent] if parent is not None else None
        own = entry.names
        if entry.organisation and own[-1] != entry.organisation and above is None:
            own = (entry.organisation, *own)
        path = (*(above.path if above else ()), *own)
        code = entry.code if coded or (entry.code and _CODE.match(entry.code)) else None
        total = is_total(own[-1]) or entry.row in wholes
        none = entry.organisation is None or is_total(entry.organisation) or entry.row in wholes
        labels[entry.row] = RowLabel(path, code, parent, total, None if none else entry.organisation)
    return _owned_by_top_rows(labels) if mixed and not owned else labels


def _entries(rows: Sequence[RawRow], columns: Sequence[Column]) -> list[_Entry]:
    codes = [c.index for c in columns if c.role is ColumnRole.CODE]
    names = [c.index for c in columns if c.role is ColumnRole.LABEL]
    organisations = [c.index for c in columns if c.role is ColumnRole.ORGANISATION]
    values = [c.index for c in columns if c.role is ColumnRole.VALUE]
    units = [c.index for c in columns if is_unit_code(c)]
    two = _two_classifications(rows, codes)
    rows = with_kinds_carried(rows, columns)
    known = {row.texts[c].strip() for row in rows for c in organisations} - {""}
    entries: list[_Entry] = []
    previous: tuple[str, ...] = ("",) * len(codes)
    owner: str | None = None
    for index, row in enumerate(rows):
        parts = tuple(_digits(row.texts[c]) for c in codes)
        previous = _carry_parts(parts, previous) if any(parts) else ("",) * len(codes)
        code = (parts[-1] or parts[0] if two else "".join(previous)) or None
        printed = (row.carried[c].strip() for c in organisations)
        organisation = next((o for o in printed if o in known or is_total(o)), None)  # else it is merged over
        if organisation is None and organisations and any(row.texts[c].strip() for c in names):
            organisation = owner  # printed once for all its rows
        owner = organisation if organisation and not is_total(organisation) else None
        own = _names(row, names, codes, organisation)
        if not own:
            continue
        figures = tuple(read_cell(row.texts[c]).value for c in values)
        indent = next((row.indents[c] for c in names if row.texts[c].strip()), 0.0)
        unit = next((row.carried[c].strip() for c in units if row.carried[c].strip()), "")
        entries.append(_Entry(index, own, code, organisation, indent, figures, unit))
    return entries


def _with_codes_of_names(entries: list[_Entry]) -> list[_Entry]:
    """Take the codes out of names that are printed with them, where no column holds codes."""
    if not entries or any(e.code for e in entries):
        return entries
    split = split_codes([e.names for e in entries])
    return [replace(e, names=names, code=code) for e, (names, code) in zip(entries, split, strict=True)]


def _under_their_units(entries: list[_Entry]) -> list[_Entry]:
    """Where a unit's own row stands over the rows of its items, all with its code: its name owns them all."""
    if not any(e.unit for e in entries):
        return _under_uncoded(entries)
    owned: list[_Entry] = []
    above: _Entry | None = None
    for entry in entries:
        if not entry.unit:
            owned.append(entry)
            continue
        if above is None or above.unit != entry.unit:
            above = entry
        owned.append(replace(entry, organisation=above.names[-1]))
    return owned


def _under_uncoded(entries: list[_Entry]) -> list[_Entry]:
    """Where only a unit's own row has no code of a classification, among those of its projects: it owns these."""
    plain = [e for e in entries if e.code is None and not is_total(e.names[-1])]
    coded = [e for e in entries if e.code is not None]
    if not plain or len(coded) < 2 * len(plain) or len({e.code for e in coded}) == len(coded):
        return entries
    owned: list[_Entry] = []
    unit: str | None = None
    for entry in entries:
        if is_total(entry.names[-1]):
            owned.append(entry)
            continue
        unit = entry.names[-1] if entry.code is None else unit
        owned.append(replace(entry, organisation=unit))
    return owned


def _whole_of_units(entries: Sequence[_Entry]) -> set[int]:
    """Rows of a department whose code all other units' codes begin with: the sum of the units, no unit itself."""
    coded = [e for e in entries if e.unit]
    return {
        e.row
        for e in coded
        if len(coded) > 2 and all(o is e or (o.unit != e.unit and o.unit.startswith(e.unit)) for o in coded)
    }


def _owned_by_top_rows(labels: list[RowLabel | None]) -> list[RowLabel | None]:
    """Where names of units stand over their items by indentation alone: the outermost rows with items own them."""
    parents = {label.parent for label in labels if label}
    return [
        replace(label, organisation=label.path[0])
        if label and not label.total and (len(label.path) > 1 or index in parents)
        else label
        for index, label in enumerate(labels)
    ]


def _under_earlier_panels(
    labels: list[RowLabel | None], earlier: Sequence[list[RowLabel | None]]
) -> list[RowLabel | None]:
    """Items whose class (类) a panel to the left prints: a list that goes on in the next column of the page."""
    classes = {label.code: label.path for panel in earlier for label in panel if label and label.code}
    return [
        replace(label, path=(*classes[label.code[:3]], *label.path))
        if label and label.code and len(label.path) == 1 and len(label.code) > 3 and label.code[:3] in classes
        else label
        for label in labels
    ]


def _two_classifications(rows: Sequence[RawRow], codes: Sequence[int]) -> bool:
    """Whether two columns hold codes of a function and of an economic item, and no parts of one code."""
    found = [{_digits(row.texts[c]) for row in rows} - {""} for c in codes]
    whole = [all(len(code) >= _WHOLE_CODE for code in column) and bool(column) for column in found]
    return len(found) == 2 and all(whole) and {code[0] for code in found[0]} == {"2"} != {code[0] for code in found[1]}


def _digits(text: str) -> str:
    compact = re.sub(r"\s+", "", fold_width(text))
    return compact if compact.isdigit() else ""


def _carry_parts(parts: tuple[str, ...], previous: tuple[str, ...]) -> tuple[str, ...]:
    """Fill the left parts of a split code (类 款 项) that a row leaves blank from the row above."""
    if len(parts) < 2:
        return parts
    first = next(i for i, part in enumerate(parts) if part)
    return (*previous[:first], *parts[first:]) if first else parts


def _names(row: RawRow, names: Sequence[int], codes: Sequence[int], organisation: str | None) -> tuple[str, ...]:
    """The row's name, outer names of merged label columns first; a total may stand in the code column."""
    found: list[str] = []
    for c in names:
        text = row.carried[c].strip()
        if text and (not found or found[-1] != text):
            found.append(text)
    for c in codes:
        text = row.texts[c].strip()
        if text and not _digits(text) and not found:
            found.append(text)
    if not found and organisation:
        found.append(organisation)
    return tuple(found)


def _parents_by_code(entries: Sequence[_Entry]) -> dict[int, int]:
    """The nearest earlier row whose code is the longest proper prefix of this row's."""
    parents: dict[int, int] = {}
    latest: dict[str, int] = {}
    for entry in entries:
        if entry.code is None:
            continue
        for length in range(len(entry.code) - 1, 1, -1):
            if entry.code[:length] in latest:
                parents[entry.row] = latest[entry.code[:length]]
                break
        latest[entry.code] = entry.row
    return parents


def _with_known_codes(entries: list[_Entry], known_codes: Mapping[str, tuple[str, ...]]) -> list[_Entry]:
    """Give rows without codes the codes that other tables of the document print for the same names, in order.

    Only where nearly every row has one and they ascend, as a classification does; else the rows stay without.
    """
    coded: list[_Entry] = []
    last = ""
    for entry in entries:
        code = next((c for c in known_codes.get(bare_name(entry.names[-1]), ()) if c > last), None)
        if code is None or is_total(entry.names[-1]) or len(entry.names) > 1:
            coded.append(entry)
            continue
        last = code
        coded.append(replace(entry, code=code))
    items = [e for e in entries if not is_total(e.names[-1])]
    found = sum(e.code is not None for e in coded)
    return coded if items and found >= max(2, 0.6 * len(items)) else entries


def bare_name(name: str) -> str:
    """A row's name without numbering, 其中, blanks and bracket widths, for comparing names across tables."""
    text = re.sub(r"\s+", "", fold_width(name))
    text = re.sub(r"^其中:", "", text)
    return re.sub(r"^(?:[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十\d]+\)|\d{1,2}[、.](?!\d))", "", text)


def _parents_by_form(entries: Sequence[_Entry]) -> dict[int, int]:
    indented = _levels_by_indent(entries)
    if indented is not None:
        return _parents_by_level(entries, indented)
    numbered = _levels_by_numbering(entries)
    if numbered is not None:
        return _parents_by_level(entries, numbered)
    return _parents_by_sums(entries)


def _levels_by_indent(entries: Sequence[_Entry]) -> list[int] | None:
    """Levels by left edge where at least a third of the rows are indented in clear steps; None otherwise."""
    edges = sorted({round(e.indent / _INDENT_STEP) for e in entries if not is_total(e.names[-1])})
    if len(edges) < 2 or len(edges) > 5:
        return None
    indented = [e for e in entries if round(e.indent / _INDENT_STEP) > edges[0] and not is_total(e.names[-1])]
    first = next((e for e in entries if not is_total(e.names[-1])), None)
    if len(indented) * 5 < len(entries) or first is None or round(first.indent / _INDENT_STEP) > edges[0]:
        return None
    levels = [edges.index(round(e.indent / _INDENT_STEP)) if not is_total(e.names[-1]) else 0 for e in entries]
    return _refined_by_numbering(entries, levels)


def _refined_by_numbering(entries: Sequence[_Entry], levels: Sequence[int]) -> list[int]:
    """Rows numbered alike are of one level, though 其中： may shift the first; finer numbers stand under coarser."""
    styles = [_numbering_style(e.names[-1]) for e in entries]
    aligned = list(levels)
    for i, style in enumerate(styles):
        if style is not None and _AMONG.match(entries[i].names[-1]):
            later = next((j for j in range(i + 1, len(styles)) if styles[j] == style), None)
            aligned[i] = aligned[later] if later is not None and aligned[later] > levels[i] else levels[i]
    coarsest = {
        level: min((s for s, own in zip(styles, aligned, strict=True) if s is not None and own == level), default=0)
        for level in aligned
    }
    ranks = [
        (level, 0 if style is None else style - coarsest[level]) for level, style in zip(aligned, styles, strict=True)
    ]
    order = sorted(set(ranks))
    return [order.index(rank) for rank in ranks]


def _numbering_style(name: str) -> int | None:
    bare = _AMONG.sub("", name).strip()
    return next((i for i, pattern in enumerate(_NUMBERED) if pattern.match(bare)), None)


def _levels_by_numbering(entries: Sequence[_Entry]) -> list[int] | None:
    """Levels by numbering style in order of first use; rows without a number stand under the numbered row above."""
    styles: list[int] = []
    levels: list[int] = []
    for entry in entries:
        name = entry.names[-1]
        style = _numbering_style(name)
        if is_total(name):
            levels.append(0)
        elif style is not None:
            if style not in styles:
                styles.append(style)
            levels.append(sorted(styles).index(style))
        else:
            levels.append(len(styles) + bool(_AMONG.match(name)) if styles else 0)
    return levels if styles and len(set(levels)) > 1 else None


def _parents_by_level(entries: Sequence[_Entry], levels: Sequence[int]) -> dict[int, int]:
    parents: dict[int, int] = {}
    stack: list[tuple[int, int]] = []
    for entry, level in zip(entries, levels, strict=True):
        if is_total(entry.names[-1]):
            stack = []
            continue
        while stack and stack[-1][1] >= level:
            stack.pop()
        if stack:
            parents[entry.row] = stack[-1][0]
        stack.append((entry.row, level))
    return parents


def _parents_by_sums(entries: Sequence[_Entry]) -> dict[int, int]:
    """Parents proved by arithmetic: each run of items is nested so that its total row comes out exactly."""
    parents: dict[int, int] = {}
    run: list[_Entry] = []
    for entry in entries:
        if not is_total(entry.names[-1]):
            run.append(entry)
            continue
        nested = nest_by_sums([e.values for e in run], entry.values)
        parents |= {run[child].row: run[parent].row for child, parent in nested.items()}
        run = []
    return parents
