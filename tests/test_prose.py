"""Paragraphs over line and page breaks, sections, furniture, and the places of characters."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.geometry import Box
from ingest.pages import Line, Page
from ingest.prose import passage_boxes, read_passages
from ingest.readers.pdf import PdfReader
from ingest.records import Passage, PassageKind
from tests.placed_text import LEFT, SIZE, page_of, placed, set_paragraphs

SHARED = Path(os.environ.get("BUDGETQA_SHARED", Path(__file__).parents[2] / "shared")) / "documents"

CLAUSE = st.text(alphabet="水务局负责供排养护巡查堤防闸站安全运行资金项目", min_size=4, max_size=40)
SENTENCE = st.lists(CLAUSE, min_size=1, max_size=3).map(lambda clauses: "，".join(clauses) + "。")
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=4).map("".join)


def texts(passages: tuple[Passage, ...]) -> list[str]:
    return [passage.text for passage in passages]


def plain(*lines: str) -> list[Page]:
    return [Page(1, 0.0, 0.0, tuple(Line(line, None) for line in lines))]


@settings(deadline=None)
@given(st.lists(PARAGRAPH, min_size=1, max_size=8), st.integers(26, 40), st.integers(6, 40))
def test_set_paragraphs_come_back_whole(paragraphs: list[str], columns: int, rows: int) -> None:
    """Whatever the column width and page length, an indented paragraph is read back whole, page numbers left out."""
    assert texts(read_passages(set_paragraphs(paragraphs, columns, rows))) == paragraphs


@settings(deadline=None)
@given(PARAGRAPH, st.integers(26, 40), st.integers(6, 9), st.data())
def test_any_stretch_of_a_passage_is_boxed_at_its_characters(
    paragraph: str, columns: int, rows: int, data: st.DataObject
) -> None:
    """The boxes of [start, end) are as wide as its characters and lie on the lines that hold them."""
    (passage,) = read_passages(set_paragraphs([paragraph], columns, rows))
    start = data.draw(st.integers(0, len(paragraph) - 1))
    end = data.draw(st.integers(start + 1, len(paragraph)))
    boxes = passage_boxes(passage, start, end)
    assert sum(box.width for _, box in boxes) == pytest.approx(SIZE * (end - start))
    assert [page for page, _ in boxes] == sorted(page for page, _ in boxes)


def test_boxes_are_estimated_where_characters_have_no_places() -> None:
    line = Line("供水 12 元", Box(100, 10, 100 + 4.5 * SIZE + 0.5 * SIZE, 22), SIZE)
    (passage,) = read_passages([Page(1, 595, 842, (line,))])
    ((_, box),) = passage_boxes(passage, 3, 5)
    assert (box.x0, box.x1) == (pytest.approx(100 + 2.5 * SIZE), pytest.approx(100 + 3.5 * SIZE))


def test_sections_follow_the_numbering() -> None:
    first = ("第一部分 概况", "一、主要职能", "（一）供水。负责供水。", "二、机构设置", "设三个处。")
    passages = read_passages(plain(*first, "第二部分 说明", "一、收入", "收入五元。"))
    sections = {p.text: p.section for p in passages}
    assert sections["（一）供水。负责供水。"] == ("第一部分 概况", "一、主要职能")
    assert sections["设三个处。"] == ("第一部分 概况", "二、机构设置")
    assert sections["收入五元。"] == ("第二部分 说明", "一、收入")
    assert [p.text for p in passages if p.kind is PassageKind.HEADING] == [
        "第一部分 概况",
        "一、主要职能",
        "二、机构设置",
        "第二部分 说明",
        "一、收入",
    ]


def test_items_of_a_list_are_no_headings() -> None:
    passages = read_passages(plain("一、内设机构", "1.办公室", "2.供水处", "3.排水处", "二、下属单位", "共两家。"))
    assert [p.kind for p in passages[1:4]] == [PassageKind.PARAGRAPH] * 3
    assert all(p.section == ("一、内设机构",) for p in passages[1:4])


def test_a_larger_centred_line_is_a_heading_without_a_number() -> None:
    title = placed("名词解释", 60, 250, 18)
    body = [placed("　　甲" + "乙" * 30, 90), placed("丙丁。", 110)]
    passages = read_passages([page_of(1, [title, *body, placed("戊" * 33, 130)])])
    assert passages[0].kind is PassageKind.HEADING
    assert passages[1].section == ("名词解释",)


def test_contents_list_cover_and_page_numbers_are_left_out_of_prose() -> None:
    cover = page_of(1, [placed("云溪市水务局2031年部门预算", 300, 200, 24)])
    contents = page_of(
        2, [placed("目 录", 80, 280), placed("一、概况", 120), placed("二、收支说明", 140), placed("2", 800, 295)]
    )
    body = [placed("一、概况", 90), placed("本局负责供水。", 110, LEFT + 24)]
    passages = read_passages([cover, contents, page_of(3, [*body, placed("3", 800, 295)])])
    assert texts(passages) == ["云溪市水务局2031年部门预算", "一、概况", "本局负责供水。"]
    assert passages[-1].section == ("一、概况",)


def test_running_headers_are_left_out() -> None:
    pages = [
        page_of(n, [placed("云溪市水务局年度报告", 30, 240), placed(f"第{n}段" + "甲" * 20 + "。", 120, LEFT + 24)])
        for n in range(1, 5)
    ]
    assert all("年度报告" not in text for text in texts(read_passages(pages)))


def test_lines_given_to_skip_end_a_paragraph() -> None:
    lines = [placed("甲" * 36, 90), placed("收支总表", 110, 250), placed("乙" * 10, 130)]
    passages = read_passages([page_of(1, lines)], frozenset({lines[1]}))
    assert texts(passages) == ["甲" * 36, "乙" * 10]


def test_a_sentence_cut_by_a_blank_line_is_joined_in_plain_text() -> None:
    assert texts(read_passages(plain("1. 甲支出：指用于", "供水的支出。", "2. 乙支出：指其他。"))) == [
        "1. 甲支出：指用于供水的支出。",
        "2. 乙支出：指其他。",
    ]


def test_quotation_marks_of_another_font_return_to_their_line() -> None:
    text = placed("安排 三公 经费五元。", 100)
    gaps = [i for i, c in enumerate(text.text) if c == " "]
    edges = (text.edges[gaps[0]], text.edges[gaps[0]] + 6, text.edges[gaps[1]], text.edges[gaps[1]] + 6)
    box = Box(edges[0], 103, edges[3], 112)
    marks = Line("“ ”", box, 9.0, True, (edges[0], edges[1], edges[2], edges[3]))
    (passage,) = read_passages([page_of(1, [text, marks])])
    assert passage.text == "安排“三公”经费五元。"


def test_letter_spaced_lines_are_tightened_and_keep_their_places() -> None:
    line = placed("一 般 公 共 预 算 12.50 万 元", 100)
    (passage,) = read_passages([page_of(1, [line])])
    assert passage.text == "一般公共预算 12.50 万元"
    ((_, box),) = passage_boxes(passage, 7, 12)
    start = line.text.index("12.50")
    assert (box.x0, box.x1) == (line.edges[start], line.edges[start + 5])


def test_english_lines_are_joined_with_blanks() -> None:
    lines = [
        placed("The department maintains the water mains of the city and its suburbs", 90),
        placed("throughout the year.", 110),
        placed("A second paragraph follows after a gap.", 150),
    ]
    assert texts(read_passages([page_of(1, [*lines, placed("It has its own words and more words.", 170)])]))[0] == (
        "The department maintains the water mains of the city and its suburbs throughout the year."
    )


def test_glossary_and_notes_are_told_apart() -> None:
    passages = read_passages(plain("一、名词解释", "1. 甲支出：指供水的支出。", "二、其他", "注：本表单位为元。"))
    assert [p.kind for p in passages] == [
        PassageKind.HEADING,
        PassageKind.DEFINITION,
        PassageKind.HEADING,
        PassageKind.NOTE,
    ]


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"the shared documents are not at {SHARED}")
def test_a_document_reads_alike_from_pdf_and_from_text() -> None:
    """The paragraphs of a PDF set from a text are the text's own, blanks aside."""
    from ingest.extract import extract

    pair = [SHARED / "shaoxing-kexie-2024.pdf", SHARED / "shaoxing-kexie-2024.txt"]
    pdf, text = (["".join(p.text.split()) for p in extract(path).passages] for path in pair)
    assert pdf == text
    assert PdfReader().accepts(pair[0])


def test_a_paragraph_alone_on_its_page_is_not_joined_to_a_full_line_before_it() -> None:
    paragraphs = ["供水。", "巡" * 24 + "。", "护" * 73 + "。", "排水。"]
    pages = set_paragraphs(paragraphs, 26, 6)
    assert len(pages) == 2 and texts(read_passages(pages)) == paragraphs
