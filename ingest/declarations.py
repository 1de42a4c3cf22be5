"""Sentences that say there is none of something: 没有使用政府性基金预算拨款安排的支出, 故本表无数据."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ingest.english import is_english
from ingest.mentions import SENTENCE_END
from ingest.numbering import without_numbering
from ingest.prose import passage_boxes
from ingest.reasons import in_reason
from ingest.records import Declaration, Passage, PassageKind, Table

_NONE = re.compile(
    r"(?:(?:没有|没(?=安排|预算)|并无|暂无|无)(?:使用|安排|发生|产生|列支|涉及|编制|设立|取得)?|未(?:使用|安排|发生|产生|列支|涉及|编制|设立|取得|有)"
    r"|不存在|不涉及)(?P<object>[^，。；：]*)$"
)
_CLAUSE = re.compile(r"[^，,：:]+")
_NOT_OURS = re.compile(r"上年|去年|以前年度|如果|若|凡")
_BUDGET_NOUN = re.compile(r"基金|经费|预算|拨款|支出|收入|费用?(?![^，]*用地)|资金|采购|收支|购置|购车|出国")
_WORD = re.compile(r"^(?:法|缝|偿|需|关|障|形|论|差|故|效|误|力|锡|线)|变化|调整|完成|纳入|能|按|达")
_TAILS = re.compile(
    r"(?:相关(?:的)?(?:收支|收入|支出)?(?:项目)?(?:情况)?|(?:财政)?拨款安排的(?:支出|预算|收入)?|安排的(?:支出|预算|收入|项目)?|(?:的)?安排"
    r"|(?:财政)?拨款(?:的)?(?:收入)?(?:和|及|、)?(?:支出)?|(?<=经费)(?:预算)?支出|(?<=费)支出|的情况|情况)$"
)
_ENGLISH = re.compile(
    r"(?:there\s+(?:is|are|was|were)\s+no|(?:has|have|had|receives?|received|uses?)\s+no|no)\s+(?P<object>[a-z][\w\s'-]{3,60}?)"
    r"(?=\s+(?:is|are|was|were|has|have|in|for|during|this)\b|[.,;]|$)",
    re.IGNORECASE,
)
_ENGLISH_NOUN = re.compile(
    r"fund|appropriation|expenditure|revenue|budget|spending|grant|purchase|expense|travel|debt", re.IGNORECASE
)


def read_declarations(passages: Iterable[Passage]) -> tuple[Declaration, ...]:
    """The declarations of none in prose and notes, each with its sentence and place."""
    return tuple(
        declaration
        for passage in passages
        if passage.kind in (PassageKind.PARAGRAPH, PassageKind.NOTE)
        for declaration in _in_passage(passage)
    )


def read_table_declarations(tables: Iterable[Table]) -> tuple[Declaration, ...]:
    """The declarations of none in the notes under tables; 本部门无相关收支项目 speaks of what the title names."""
    found: list[Declaration] = []
    for table in tables:
        for note in table.notes:
            for _, sentence in _sentences(note):
                subject = declared_none(sentence, table.title)
                if subject is not None:
                    found.append(Declaration(subject, sentence, table.pages[-1], None, table=table.id))
    return tuple(found)


def declared_none(sentence: str, heading: str = "") -> str | None:
    """What a sentence declares to be none, or None; where it names nothing itself, what `heading` speaks of."""
    for match in _CLAUSE.finditer(sentence):
        subject = _subject(match.group(), heading, followed=match.end() < len(sentence))
        if subject and not in_reason(sentence[max(0, match.start() - 300) : match.end()]):
            return subject
    if not is_english(sentence):
        return None
    english = _ENGLISH.search(sentence[:1000])
    if english and _ENGLISH_NOUN.search(english["object"]):
        return english["object"].strip()
    return None


def _subject(clause: str, heading: str, followed: bool) -> str | None:
    bare = re.sub(r"\s+", "", clause[-200:]).strip("。.")
    match = _NONE.search(bare)
    if match is None or _NOT_OURS.search(bare) or (followed and bare.endswith("的")):
        return None
    if match["object"] in ("", "预算", "安排"):
        named = _cleaned(_without_owner(bare[: match.start()]))
        return named if _BUDGET_NOUN.search(named) and len(named) <= 30 else None
    if _WORD.search(match["object"]) or not _BUDGET_NOUN.search(match["object"]):
        return None
    named = _cleaned(match["object"])
    named = named if len(named) > 2 else _cleaned(_topic(heading))
    return named if len(named) > 2 and not re.search(r"\d[\d,.]*(?:万|亿)?元", named) else None


def _cleaned(text: str) -> str:
    previous = None
    while previous != text:
        previous, text = text, _TAILS.sub("", text)
    return re.sub(r"^财政拨款(?=.*经费)", "", text)


def _without_owner(text: str) -> str:
    return re.sub(r"^.*(?:(?:19|20)\d{2}年度?|本部门|本单位|我部门|我单位|本年度)", "", text)


def _topic(heading: str) -> str:
    """政府性基金 of 财政拨款政府性基金支出预算表."""
    bare = re.sub(r"(?:19|20)\d{2}年度?|部门|单位|情况说明$|表$", "", without_numbering(heading))
    return re.sub(r"^财政拨款(?=.{4})", "", bare)


def _in_passage(passage: Passage) -> Iterator[Declaration]:
    heading = passage.section[-1] if passage.section else ""
    for start, sentence in _sentences(passage.text):
        subject = declared_none(sentence, heading)
        if subject is not None:
            boxes = passage_boxes(passage, start, start + len(sentence))
            page, box = boxes[0] if boxes else (passage.page, None)
            yield replace(Declaration(subject, sentence, page, box), passage=passage.id)


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    ends = [*(match.end() for match in SENTENCE_END.finditer(text)), *(m.end() for m in re.finditer("；", text))]
    for end in sorted({*ends, len(text)}):
        sentence = text[start:end]
        if sentence.strip():
            blanks = len(sentence) - len(sentence.lstrip())
            yield start + blanks, sentence.strip()
        start = end
