"""Grades of projects (等级, 等次: 优, 良, 中, 差): which of them a question asks for, and which rows bear it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingest.corpus import FactHit
from ingest.records import ColumnRole, Table
from qa.keys import label_key
from qa.select import Selector

_HEADING = re.compile(r"等[级次第]|档次|评级|(?:评价|评定|自评|考核)(?:结果|结论)$")
_SAME = (("优", "优秀"), ("良", "良好"), ("中", "中等", "一般"), ("差", "较差"), ("合格",), ("不合格",))
_ENGLISH = {"excellent": "优", "good": "良", "average": "中", "fair": "中", "medium": "中", "poor": "差"}
_SAID = re.compile(
    r"(?P<not>[没未不非]\S{0,2}?)?(?:(?:等[级次第]|档次|评级)[^,。?!;]{0,3}?|(?:[评定]?[为成定上到是]|[拿得获评判]|只有)[了个到过]*)"
    r"[\"“'‘「『]?(?P<grade>优秀|良好|中等|一般|较差|不合格|合格|[优良中差])[\"”'’」』]?(?P<side>[及或]?以[上下])?"
    r"(?=等?[的级次档]|的?项目|$|[,。?!]|[一总]?共?[有几])"
)
_SAID_ENGLISH = re.compile(
    r"\b(?P<not>not )?(?:rated|graded|grades?|rating|judged|evaluated)\b.{0,20}?"
    r"\b(?P<grade>excellent|good|average|fair|medium|poor)\b(?P<side> or (?:above|below|better|worse))?"
    r"|[\"“']?\b(?P<first>excellent|good|average|fair|medium|poor)\b[\"”']?(?: \([优良中差]\))?"
    r" (?:rating|grade|mark)s?\b",
    re.I,
)


def grade_said(text: str) -> tuple[str, ...] | None:
    """The names of the grade that a question asks for; empty where it asks for the others, None for none."""
    match = grade_phrase(text)
    if match is not None:
        said = {name: text for name, text in match.groupdict().items() if text}
        grade = said.get("grade") or said["first"]
        same = next(names for names in _SAME if _ENGLISH.get(grade.casefold(), grade) in names)
        return () if "not" in said or "side" in said else same
    return None


def grade_phrase(text: str) -> re.Match[str] | None:
    """The words of a question that ask for a grade; `text` is the question as it was read."""
    return _SAID.search(text) or _SAID_ENGLISH.search(text)


def grade_columns(table: Table) -> tuple[int, ...]:
    """The columns of words under a heading that says grade; none in forms, whose heads say other things."""
    named = (c for c in table.columns if c.path and c.role in (ColumnRole.TEXT, ColumnRole.LABEL))
    return tuple(c.index for c in named if _HEADING.search(label_key(c.path[-1])))


def with_grade(hits: Iterable[FactHit], grade: tuple[str, ...], selector: Selector) -> Iterator[FactHit]:
    """The figures whose rows bear one of the names of a grade."""
    for hit in hits:
        table = selector.table_of(hit)
        if table is None or hit.fact.row is None:
            continue
        cells = table.rows[hit.fact.row].cells
        if any(label_key(cells[c].text) in grade for c in grade_columns(table)):
            yield hit
