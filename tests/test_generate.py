"""The generator: right by construction, the same bytes each time, and every layout option drawn."""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eval.generate.__main__ import write_samples
from eval.generate.compose import budget_book
from eval.generate.files import render_book
from eval.generate.fonts import has_chinese_file
from eval.generate.gold import gold_to_json
from eval.generate.layout import Continuation, FigureStyle, Layout, Negative, Nothing, Paper
from eval.generate.mutate import mutate
from eval.generate.placed import wrap
from eval.generate.questions import questions
from eval.generate.random_book import random_book
from eval.generate.random_final import random_final
from eval.generate.random_layout import finest_step, random_layout
from eval.generate.random_parts import split
from eval.generate.random_spec import RandomOptions, random_spec
from eval.generate.sample_questions import sample_questions
from eval.generate.saying import percent
from eval.generate.sheet import Sheet, chinese_number
from eval.generate.spec import Spec, sum_of
from eval.generate.vary import scale_to
from ingest.numbers import CellState, parse_figure, read_cell
from ingest.records import ColumnRole
from ingest.units import YUAN

SAMPLES = Path(__file__).parent.parent / "samples"
SEEDS = st.integers(0, 10_000)
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@FEW
@given(SEEDS)
def test_every_function_line_is_the_sum_of_its_children(seed: int) -> None:
    spec = random_spec(seed)
    for line in spec.all_functions():
        below = [other for other in spec.all_functions() if len(other.code) == len(line.code) + 2]
        children = [other for other in below if other.code.startswith(line.code)]
        if children:
            assert line.total == sum_of(child.total for child in children)
            assert line.project == sum_of(child.project for child in children)
        assert line.total == line.personnel + line.public + line.project


@FEW
@given(SEEDS)
def test_the_sides_of_a_random_budget_balance(seed: int) -> None:
    spec = random_spec(seed)
    assert spec.total == sum_of(line.total for line in spec.all_functions() if len(line.code) == 3)
    assert spec.project_total == sum_of(project.amount for project in spec.projects)
    assert spec.project_total == sum_of(programme.amount for programme in spec.programmes)
    assert spec.personnel == sum_of(line.personnel for line in spec.functions if len(line.code) == 3)
    assert spec.public == sum_of(line.public for line in spec.economics if len(line.code) == 3)
    assert spec.basic + spec.general_projects == spec.general_total
    amounts = [line.total for line in (*spec.functions, *spec.economics)] + [p.amount for p in spec.projects]
    assert all(amount > 0 for amount in amounts)
    for block in spec.kpis:
        assert sum_of(target.weight for target in block.targets) == 100


@FEW
@given(SEEDS)
def test_economic_lines_agree_with_the_three_public_expenses(seed: int) -> None:
    spec = random_spec(seed)
    printed = {line.code: line.public for line in spec.economics}
    for code, field in (("30217", "reception"), ("30231", "running"), ("30212", "abroad")):
        assert printed.get(code, Decimal(0)) == sum_of(getattr(line, field) for line in spec.three_public)


@FEW
@given(SEEDS)
def test_a_final_account_carries_as_much_out_as_in(seed: int) -> None:
    final = random_final(seed)
    assert final.total == final.actual.revenue.current + final.carried_out + final.actual.revenue.carried
    for line in final.budgeted:
        children = [c for c in final.budgeted if len(c.code) == len(line.code) + 2 and c.code.startswith(line.code)]
        if children:
            assert line.initial == sum_of(child.initial for child in children)


@FEW
@given(SEEDS)
def test_printed_tables_hold_to_the_last_digit(seed: int) -> None:
    """Rule under test: amounts are whole steps of the layout, so printed children sum to printed parents."""
    layout = random_layout(seed)
    book = budget_book(random_spec(seed, RandomOptions(step=finest_step(layout))), layout)
    for sheet in book.sheets():
        _assert_children_sum(sheet)


def _assert_children_sum(sheet: Sheet) -> None:
    heads = [head for head, _ in sheet.columns()]
    values = [c for c, head in enumerate(heads) if head.role is ColumnRole.VALUE and "%" not in head.text]
    for number, row in enumerate(sheet.rows):
        for panel in range(len(row.labels)):
            children = [r for r in sheet.rows if len(r.labels) > panel and _parent(r, panel) == number]
            for column in values:
                if children and heads[column].panel == panel:
                    figures = [_value(child.cells[column]) for child in children]
                    assert _value(row.cells[column]) == sum_of(figures), (sheet.title, row.cells)


def _parent(row: object, panel: int) -> int | None:
    label = row.labels[panel]  # type: ignore[attr-defined]
    return label.parent if label else None


def _value(text: str) -> Decimal:
    value = read_cell(text).value
    return value if value is not None else Decimal(0)


@given(st.decimals(-(10**9), 10**9, places=2), st.booleans(), st.sampled_from(Negative), st.sampled_from(Nothing))
def test_a_printed_figure_reads_back(value: Decimal, thousands: bool, negative: Negative, nothing: Nothing) -> None:
    style = FigureStyle(YUAN, 2, thousands, negative, nothing)
    text = style.printed(value)
    if value or nothing is Nothing.ZERO:
        assert parse_figure(text) == value
    else:
        assert read_cell(text).state is (CellState.BLANK if nothing is Nothing.BLANK else CellState.NIL)


@given(st.integers(0, 10**6), st.integers(1, 30), SEEDS)
def test_split_amounts_sum_to_the_whole(units: int, count: int, seed: int) -> None:
    from random import Random

    step = Decimal(100)
    parts = split(Random(seed), step * units, count, step)
    assert len(parts) == count and sum_of(parts) == step * units and all(part >= 0 for part in parts)


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=20), st.integers(10**4, 10**7))
def test_scaled_amounts_sum_to_the_total(amounts: list[int], units: int) -> None:
    step = Decimal(100)
    scaled = scale_to([Decimal(a) for a in amounts], step * units, step)
    assert sum_of(scaled) == step * units and all(amount >= 0 for amount in scaled)


def test_percent_rounds_halves_up() -> None:
    assert percent(Decimal("0.5"), Decimal(1000)) == Decimal("0.1")
    assert percent(Decimal("-17.0"), Decimal("44.5")) == Decimal("-38.2")


@pytest.mark.parametrize(("number", "text"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (43, "四十三")])
def test_chinese_numbers(number: int, text: str) -> None:
    assert chinese_number(number) == text


class _Square:
    """A face whose every character is as wide as its size."""

    name, ascent = "square", 0.8

    def width(self, text: str, size: float) -> float:
        return len(text) * size


@given(st.text(alphabet="中文，字（）12.5%ab ", max_size=60), st.integers(8, 20))
def test_wrapping_loses_nothing_but_blanks(text: str, width: int) -> None:
    lines = wrap(text, width, 1, _Square())  # type: ignore[arg-type]
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_number_is_never_broken_over_lines() -> None:
    lines = wrap("预算合计12345.67万元", 8, 1, _Square())  # type: ignore[arg-type]
    assert any("12345.67" in line for line in lines)


def _small(seed: int = 3) -> Spec:
    return random_spec(seed, RandomOptions(projects=20, kpis=2, leaves=5))


def test_the_same_book_gives_the_same_bytes() -> None:
    book = budget_book(_small(), Layout())
    assert render_book(book, "a.pdf").pdf == render_book(book, "a.pdf").pdf


def test_without_the_font_file_the_text_can_still_be_read() -> None:
    book = budget_book(_small(), Layout(), only=("balance", "three_public"))
    text = _text(render_book(book, "a.pdf", embed=False).pdf)
    assert book.agency in text and "支出总计" in text and "三公" in text


def _text(pdf: bytes) -> str:
    import pdfplumber

    with pdfplumber.open(BytesIO(pdf)) as document:
        return re.sub(r"\s+", "", "".join(page.extract_text() or "" for page in document.pages))


@pytest.mark.parametrize("paper", list(Paper))
def test_cells_stand_where_gold_says(paper: Paper) -> None:
    """The characters inside each gold box are the cell's text, on every paper."""
    import pdfplumber

    book = budget_book(_small(), Layout(paper=paper, narrow=True), only=("general_public", "three_public"))
    rendered = render_book(book, "a.pdf", embed=False)
    with pdfplumber.open(BytesIO(rendered.pdf)) as document:
        for table in rendered.gold.tables:
            for row in table.rows[:6]:
                page = document.pages[row.page - 1]
                for text, box in zip(row.cells, row.boxes, strict=True):
                    if text and box:
                        chars = [c for c in page.chars if box.contains((c["x0"] + c["x1"]) / 2, _middle(c), 1.5)]
                        assert "".join(c["text"] for c in chars).replace(" ", "") == text.replace(" ", "")


def _middle(char: dict[str, float]) -> float:
    return (char["top"] + char["bottom"]) / 2


@pytest.mark.parametrize("how", list(Continuation))
def test_a_continued_table_repeats_what_it_should(how: Continuation) -> None:
    layout = Layout(continuation=how, lone_row=True, paper=Paper.A4_LANDSCAPE)
    rendered = render_book(budget_book(_small(), layout, only=("projects",)), "a.pdf", embed=False)
    table = rendered.gold.tables[0]
    assert len(table.pages) == 2 and [row.page for row in table.rows].count(table.pages[1]) == 1
    import pdfplumber

    with pdfplumber.open(BytesIO(rendered.pdf)) as document:
        text = re.sub(r"\s+", "", document.pages[table.pages[1] - 1].extract_text() or "")
    assert ("项目支出预算表" in text) == (how is Continuation.TITLE)
    assert ("政府性基金" in text) == (how is not Continuation.NOTHING)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SEEDS)
def test_every_random_document_renders_and_its_gold_is_json(seed: int) -> None:
    rendered = render_book(random_book(seed), "a.pdf", embed=False)
    read = json.loads(gold_to_json(rendered.gold))
    assert read["pages"] == rendered.gold.pages > 3
    assert sum(len(table["rows"]) for table in read["tables"]) == sum(len(t.rows) for t in rendered.gold.tables)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SEEDS, SEEDS)
def test_a_mutation_changes_one_figure_and_says_which(seed: int, which: int) -> None:
    book = random_book(seed, RandomOptions(kpis=1))
    changed, mutation = mutate(book, which)
    parts = [(a, b) for a, b in zip(book.parts, changed.parts, strict=True) if a != b]
    assert len(parts) == 1 and mutation.before != mutation.after
    assert parse_figure(mutation.before.strip("$")) != parse_figure(mutation.after.strip("$"))
    if mutation.table is not None:
        assert mutation.row is not None and mutation.column is not None
        sheet = next(s for s in changed.sheets() if s == parts[0][1])
        assert sheet.rows[mutation.row].cells[mutation.column] == mutation.after
    else:
        assert mutation.after in parts[0][1].text  # type: ignore[union-attr]


def test_invented_documents_say_so_on_every_page() -> None:
    import pdfplumber

    book = budget_book(_small(), Layout(), only=("balance",))
    with pdfplumber.open(BytesIO(render_book(book, "a.pdf", embed=False).pdf)) as document:
        for page in document.pages:
            assert "示例数据" in re.sub(r"\s+", "", page.extract_text() or "")


@pytest.mark.skipif(not has_chinese_file(), reason="the font that the samples embed is not installed")
def test_the_committed_samples_are_what_the_generator_writes(tmp_path: Path) -> None:
    for name in write_samples(tmp_path):
        assert (tmp_path / name).read_bytes() == (SAMPLES / name).read_bytes(), name


def test_samples_are_small() -> None:
    for path in SAMPLES.glob("*.pdf"):
        assert path.stat().st_size < 400_000, path.name


@FEW
@given(SEEDS)
def test_questions_have_the_form_of_the_sets(seed: int) -> None:
    asked = questions(random_spec(seed), FigureStyle(), seed)
    assert {"lookup", "sum", "ratio", "none", "abstain"} <= {question.kind for question in asked}
    for question in asked:
        assert len(question.line().split("\t")) == 6 and question.lang in ("zh", "en")
        assert bool(question.gold) == (question.kind != "abstain"), question
        assert question.unit or question.kind in ("list", "text", "none", "abstain"), question
        if question.unit:
            assert all(parse_figure(part) is not None for part in question.gold.split("|"))


def test_sample_questions_are_enough_of_each_kind() -> None:
    asked = sample_questions()
    kinds = Counter(question.kind for question in asked)
    expected = {
        "lookup", "kpi", "sum", "difference", "ratio", "growth", "rank", "count", "average", "list", "trend", "text",
        "none", "abstain",
    }  # fmt: skip
    assert set(kinds) == expected and min(kinds.values()) >= 5
    assert len(asked) >= 120 and 0.25 < sum(question.lang == "en" for question in asked) / len(asked) < 0.45


def test_sums_asked_for_are_the_sums_of_printed_cells() -> None:
    """The gold of lookups over a sample stands in one of its tables."""
    layout = Layout()
    spec = random_spec(5)
    cells = {cell for sheet in budget_book(spec, layout).sheets() for row in sheet.rows for cell in row.cells}
    for question in questions(spec, layout.figures, 5, each=3):
        if question.kind == "lookup" and question.unit == "万元" and "采购" not in question.text:
            assert question.gold in cells, question
