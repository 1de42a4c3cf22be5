"""From a specification and a layout to a book: which parts a document has and in which order."""

from __future__ import annotations

from dataclasses import replace

from eval.generate import balance_tables, code_tables, list_tables
from eval.generate.book import Book, Contents, Cover, Heading, Part
from eval.generate.final_prose import final_prose
from eval.generate.final_tables import final_sheets
from eval.generate.layout import Layout
from eval.generate.prose import budget_prose
from eval.generate.sheet import Sheet, with_number
from eval.generate.spec import FinalSpec, Language, Spec
from ingest.records import Phase, Volume

INVENTED = "示例数据，非公开数据"
SET_BY_PROGRAM = "样本文件：数字与科目名称为公开事实，文字系自拟，由程序排版，非官方发布件"

_SHEETS = (
    balance_tables.balance,
    balance_tables.revenue,
    code_tables.expenditure,
    balance_tables.fiscal_balance,
    code_tables.general_public,
    code_tables.comparison,
    code_tables.basic,
    list_tables.three_public,
    code_tables.government_fund,
    code_tables.state_capital,
    list_tables.projects,
    list_tables.performance,
    list_tables.indicators,
    list_tables.procurement,
    code_tables.operating,
)


def budget_book(spec: Spec, layout: Layout, only: tuple[str, ...] | None = None) -> Book:
    """The book of a budget. `only` names the sheet builders to include (all of them where None)."""
    title = f"{spec.agency}{spec.year}年{spec.scope}预算"
    chosen = [build for build in _SHEETS if only is None or build.__name__ in only]
    sheets = with_number([sheet for build in chosen if has_rows(sheet := build(spec, layout))], layout)
    parts: list[Part] = [Cover(cover_lines(spec.agency, f"{spec.year}年{spec.scope}预算"))]
    if layout.contents:
        parts.append(Contents("目录"))
    prose = budget_prose(spec, layout)
    heading = "" if layout.tables_first else "四、"
    tables: list[Part] = [Heading(f"{heading}{spec.year}年{spec.scope}预算表", 1, new_page=True), *sheets]
    parts.extend([*tables, *prose] if layout.tables_first else [*prose, *tables])
    mark = INVENTED if spec.invented else SET_BY_PROGRAM
    return Book(
        title, spec.agency, spec.year, Phase.BUDGET, spec.scope, Language.CHINESE, tuple(parts), layout, mark,
        spec.invented,
    )  # fmt: skip


def final_book(final: FinalSpec, layout: Layout) -> Book:
    """The book of a final account: overview, tables, explanation, terms."""
    spec = final.actual
    name = f"{spec.year}年度{spec.scope}决算"
    before, after = final_prose(final, layout)
    parts: list[Part] = [Cover(cover_lines(spec.agency, name))]
    if layout.contents:
        parts.append(Contents("目录"))
    parts.extend(before)
    parts.append(Heading(f"第二部分 {spec.year}年度{spec.scope}决算表", 1, new_page=True))
    parts.extend(with_number(final_sheets(final, layout), layout))
    parts.extend(after)
    mark = INVENTED if spec.invented else SET_BY_PROGRAM
    title = f"{spec.agency}{name}"
    return Book(
        title, spec.agency, spec.year, Phase.ACTUAL, spec.scope, Language.CHINESE, tuple(parts), layout, mark,
        spec.invented,
    )  # fmt: skip


def two_volumes(book: Book) -> tuple[Book, Book]:
    """The same disclosure as two files: one with the prose, one with the tables."""
    prose = tuple(part for part in book.parts if not isinstance(part, Sheet))
    tables = tuple(part for part in book.parts if isinstance(part, Cover | Sheet))
    return (
        replace(book, parts=prose, volume=Volume.TEXT, title=f"{book.title}（文字）"),
        replace(book, parts=tables, volume=Volume.TABLES, title=f"{book.title}（表格）"),
    )


def has_rows(sheet: Sheet) -> bool:
    """Whether a sheet says anything: it has rows, or a sentence that declares it empty."""
    return bool(sheet.rows) or sheet.declared is not None


def cover_lines(agency: str, title: str) -> tuple[str, ...]:
    """The cover's lines, a long agency name on a line of its own."""
    return (agency + title,) if len(agency) <= 8 else (agency, title)
