"""What was left in the text by mistake: another year, another level of government, instructions of the form, blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.checks.compare import text_side
from ingest.checks.view import DocumentView, compact
from ingest.pages import Page
from ingest.records import Check, Outcome, Phase

_FUTURE = re.compile(
    r"(20\d\d)年(?:度)?(?:我[们馆局院单位部]*|本[单位部门馆局院]*)?(?:将|拟|计划|预计|继续|要进一步|争取)[^，,。；;]*"
)
_PAST = re.compile(r"了|已经|过的")
_TITLE_YEAR = re.compile(r"(20\d\d)\s*年")
_INSTRUCTIONS = re.compile(
    r"为必填项|仍保留该表(?:格式)?|在本表下方作下述说明|请(?:如实|逐项|按要求)?填(?:写|报)|填(?:写|表|报)说明"
    r"|规定品目名称填写|此处填|(?:请删除|删除本)(?:行|段|说明)|如无.{0,20}(?:请|应)(?:填|注明|说明)"
)
_BLANKS = re.compile(
    r"[×xX╳]{2,}(?:年|月|日|万元|元|个|家|辆|%|单位|部门|局|项目|号)|[_＿]{3,}\s*(?:年|万元|元|个|辆|%)|\*{2,}\s*(?:万元|元|%)"
)
_OF_CITY = re.compile(r"市级(?:预算主管部门|财政拨款|预算单位)|市级财政有经费领拨关系")
# A place's office, directly before the year and what only its own disclosure tells of it.
_OF_AGENCY = re.compile(
    r"(?:^|[。；;:：,，、])(?:[（(][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十\d]+[、.])?(?:关于)?"
    r"(?P<name>[一-鿿]{1,8}[省市区县州旗][一-鿿]{2,14}(?:局|厅|委员会|办公室|办事处|检察院|法院|学会|协会|联合会|中心))"
    r"(?P<year>20\d\d)年(?:度)?(?:部门)?(?:收支|收入预算|支出预算|收入决算|支出决算|财政拨款|一般公共预算|“三公”|机关运行经费|政府采购)"
)
_OF_DISTRICT = re.compile(r"区级(?:预算主管部门|财政拨款|预算单位)|区级财政有经费领拨关系")


@dataclass(frozen=True, slots=True)
class Line:
    """A text to be looked through, with its page."""

    text: str
    page: int


def other_years(document: DocumentView) -> Iterator[Check]:
    """A plan (2022年将…) for a year before the document's own, and headings and titles that bear an earlier year."""
    year = document.year
    if year is None:
        return
    for line in _texts(document):
        for match in _FUTURE.finditer(line.text):
            if int(match[1]) < year and not _PAST.search(match[0]):
                yield _left("left_over_year", line, match[0], f"plans for {match[1]} in a document of {year}")
    if document.extract.document.identity.phase is not Phase.BUDGET:
        return
    for line in _titles(document):
        titled = _TITLE_YEAR.search(compact(line.text))
        if titled is not None and int(titled[1]) == year - 1:
            yield _left("left_over_year", line, titled[0], f"title of {titled[1]} in a document of {year}")


def other_levels(document: DocumentView) -> Iterator[Check]:
    """Definitions that speak of the city's departments in a district's document, or the reverse."""
    identity = document.extract.document.identity
    name = f"{identity.title}{identity.agency or ''}"
    of_district = re.search(r"[市州][^市]{1,5}(?<![园发新景范])[区县]|区级|县级", name) is not None
    pattern = _OF_CITY if of_district else _OF_DISTRICT
    if not of_district and re.search(r"区", name):
        return
    for line in _texts(document):
        match = pattern.search(compact(line.text))
        if match is not None:
            text = f"speaks of {match[0]} in a document of {identity.agency or identity.title}"
            yield _left("left_over_agency", line, match[0], text)


def other_agencies(document: DocumentView) -> Iterator[Check]:
    """Another agency's name where the document speaks of its own year's budget: left by copying its text."""
    identity = document.extract.document.identity
    year = document.year
    if not identity.agency or year is None:
        return
    own = {compact(identity.agency), compact(identity.title)}
    own |= {compact(f.organisation) for f in document.extract.facts if f.organisation}
    own |= {compact(f.label) for f in document.extract.facts if f.table is not None}
    for passage in document.extract.passages:
        for match in _OF_AGENCY.finditer(compact(passage.text)):
            if int(match["year"]) == year and not any(_is_named(match["name"], one) for one in own):
                text = f"speaks of {match['name']} in a document of {identity.agency}"
                yield _left("left_over_agency", Line(passage.text, passage.page), match[0], text)


def _is_named(name: str, own: str) -> bool:
    """Whether a name is an own one, a piece of it, longer by a piece, or its characters in their order."""
    rest = iter(own)
    return name in own or own in name or all(char in rest for char in name)


def templates(document: DocumentView) -> Iterator[Check]:
    """Instructions of the form, and blanks of it that were never filled in (XX万元, ___年)."""
    seen: set[tuple[int, str]] = set()
    for line in _printed(document.pages):
        text = compact(line.text)
        match = _INSTRUCTIONS.search(text) or _BLANKS.search(text)
        if match is not None and (line.page, text) not in seen:
            seen.add((line.page, text))
            yield _left("template", line, match[0], "an instruction or a blank of the form was left in")


def _left(kind: str, line: Line, words: str, message: str) -> Check:
    at = max(0, compact(line.text).find(compact(words)) - 30)
    quoted = compact(line.text)[at : at + 90]
    return Check(kind, Outcome.BROKEN, text_side(quoted, line.page), text_side("", None), None, f"{message}: {quoted}")


def _texts(document: DocumentView) -> Iterator[Line]:
    """Paragraphs and the texts of cells."""
    yield from (Line(p.text, p.page) for p in document.extract.passages)
    seen: set[str] = set()
    for view in document.tables:
        for row in view.table.rows:
            for cell in row.cells:
                if len(cell.text) > 12 and cell.text not in seen:
                    seen.add(cell.text)
                    yield Line(cell.text, cell.page)


def _titles(document: DocumentView) -> Iterator[Line]:
    yield from (Line(t.title, t.pages[0]) for t in document.extract.tables if t.title)


def _printed(pages: Sequence[Page]) -> Iterator[Line]:
    for page in pages:
        yield from (Line(line.text, page.number) for line in page.lines)
