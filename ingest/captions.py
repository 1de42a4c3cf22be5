"""The lines round a table: its title, number, unit and owner, wherever the publisher's software put them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from ingest.geometry import Box
from ingest.numbers import fold_width
from ingest.pages import Line, Page
from ingest.units import UNKNOWN_UNIT, UnitReading, UnitSource, money_unit_named, unit_named

_UNIT_LINE = re.compile(
    r"(?:金额|计量|货币)?单\s*位\s*[：:为]\s*(?P<unit>(?:人民币)?[百千万萬亿億]*\s*元|[^\s）)，,;；]{1,6})"
)
_UNIT_BRACKET = re.compile(r"[（(]\s*(?:金额)?(?:单位\s*[：:]?)?\s*(?P<unit>(?:人民币)?[百千万萬亿億]*元|%)\s*[）)]")
_UNIT_ENGLISH = re.compile(
    r"(?:\$|dollars|amounts)?\s*\(?\s*(?:in|expressed in)\s+(?P<scale>thousands|millions|billions)"
    r"(?:\s+of\s+(?:US\s+)?dollars)?"
    r"|(?P<plain>(?:thousands|millions|billions)\s+of\s+(?:US\s+)?dollars|\$\s?000s?|\$\s?(?:thousands|millions))",
    re.IGNORECASE,
)
_OWNER = re.compile(
    r"^\s*(?:编制|填报|预算)?(?:部门|单位)(?:名称)?\s*[（(]?(?:公章|盖章)?[）)]?\s*[：:]|^\d{3,6}\s*[-—–]\s*[^\d\s].{2,40}$"
    r"|^(?:编制日期|填报日期|日期)\s*[：:]"
)
_FORM = re.compile(
    r"^(?:财决|财预|预算|决算|部门|单位)?(?:公开|预算|决算|财预|财决|附)?\s*(?:表|附表|附件)?\s*\d{1,2}(?:-\d+)?\s*表?$"
    r"|^(?:附件|附表|表)\s*[一二三四五六七八九十\d]+[：:]?$"
)
_FORM_PREFIX = re.compile(
    r"^\s*(?P<form>(?:财决|财预|预算|决算|部门|单位)?(?:公开|预算|决算|附)\s*\d{1,2}\s*表)\s*[：:、.．]?\s*(?=\S)"
)
_NUMBER_PREFIX = re.compile(
    r"^\s*(?:[-•]\s*)?(?:[（(](?P<bracket>[一二三四五六七八九十\d]+)[）)]|(?P<plain>[一二三四五六七八九十]+|\d{1,2})\s*[、.．](?!\d(?!0\d\d年))"
    r"|(?:表|附表|附件)\s*(?P<form>[一二三四五六七八九十\d]+(?:-\d+)?)\s*[：:、.．]?(?=\s*\S)"
    r"|(?:Table|Schedule|Exhibit)\s+(?P<english>[A-Z]?[\d.-]*\d|[A-Z])\s*(?:[:.–—-]\s|\s(?=[A-Z]))(?=\s*\S))\s*"
)
_ENDS_SENTENCE = re.compile(r"[。；;！!，,：:]\s*$")
_CONTINUED = re.compile(r"[（(]?\s*续(?:表)?\s*\d*\s*[）)]?\s*$|\(?\s*cont(?:inued|'d|\.)\s*\)?\s*$", re.IGNORECASE)
_TITLE = re.compile(
    r"(?:表|明细|一览|目录)\s*(?:[（(][^（）()]{1,20}[）)])?\s*$|^(?:Table|Schedule|Exhibit)\s+[\w.-]+", re.IGNORECASE
)
_ONLY_CONTINUED = re.compile(
    r"^[（(]?\s*(?:续\s*(?:上\s*)?表|接上表|接上页|table\s+continued|continued)\s*\d*\s*[）)]?\s*[：:]?$", re.IGNORECASE
)
_PAGE_NUMBER = re.compile(
    r"^\s*(?:[-—–·]\s*)?(?:第?\s*\d{1,4}\s*页?(?:\s*[/共]\s*\d+\s*页?)?|[ivxlc]+|Page\s+\d+(?:\s+of\s+\d+)?)\s*(?:[-—–·]\s*)?$",
    re.IGNORECASE,
)
_ONLY_YEAR = re.compile(r"^[（(]?\s*(?:19|20)\d\d\s*年(?:度)?\s*[）)]?$")
_MAX_TITLE = 60


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands above a table. `title` is None where nothing names it; `lines` are the lines it was read from."""

    title: str | None = None
    title_box: Box | None = None
    number: str | None = None
    unit: UnitReading = UNKNOWN_UNIT
    owner: str | None = None
    lines: tuple[Line, ...] = field(default=())


def is_page_number(line: Line) -> bool:
    """Whether a line is nothing but a page number."""
    return bool(_PAGE_NUMBER.match(fold_width(line.text)))


def is_continuation(line: Line) -> bool:
    """Whether a line only says that a table goes on: 续表, (continued)."""
    return bool(_ONLY_CONTINUED.match(line.text.strip()))


def read_unit(text: str, source: UnitSource) -> UnitReading:
    """The unit that a heading or unit line states (单位：万元, （元）, in thousands of dollars), with its source."""
    for match in (*_UNIT_LINE.finditer(text), *_UNIT_BRACKET.finditer(text)):
        name = re.sub(r"\s+", "", match["unit"])
        unit = money_unit_named(name) or (unit_named("%") if "%" in name else None)
        if unit is not None:
            return UnitReading(unit, source)
    english = _UNIT_ENGLISH.search(text)
    if english:
        name = f"{english['scale']} of dollars" if english["scale"] else english["plain"]
        unit = money_unit_named(re.sub(r"US\s+", "", name, flags=re.IGNORECASE))
        if unit is not None:
            return UnitReading(unit, source)
    return UNKNOWN_UNIT


def read_caption(above: Sequence[Line], table: Box | None = None) -> Caption:
    """Read the caption from the lines above a table, nearest last; stops at the first line that is not part of it.

    With the table's place, a short line centred close above it is its title even where its words do not say so.
    """
    caption = Caption()
    for line in reversed(above[-7:]):
        text = line.text.strip()
        if caption.title is None:
            updated = _read_line(caption, line, text, table)
            if updated is None:
                break
            caption = updated
        elif _FORM.match(fold_width(text)):
            caption = replace(caption, number=caption.number or fold_width(text), lines=(line, *caption.lines))
            break
        elif _is_first_half(text, caption):
            caption = replace(caption, title=text + (caption.title or ""), lines=(line, *caption.lines))
        else:
            break
    return _split_number(caption) if caption.title else caption


def _read_line(caption: Caption, line: Line, text: str, table: Box | None) -> Caption | None:
    """The caption with one more line above it; None when the line does not belong to it."""
    unit = read_unit(text, UnitSource.TABLE_LINE)
    lines = (line, *caption.lines)
    owner = bool(_OWNER.match(text))
    if unit.unit is not None or owner:
        named = _title_in_unit_line(text)
        kept = caption.unit if caption.unit.unit is not None else unit
        updated = replace(caption, unit=kept, owner=text if owner else caption.owner, lines=lines)
        if named and not owner and _TITLE.search(named):
            return replace(updated, title=named, title_box=line.box, unit=replace(kept, source=UnitSource.TITLE))
        return updated
    if _FORM.match(fold_width(text)):
        return replace(caption, number=caption.number or fold_width(text), lines=lines)
    if _ONLY_YEAR.match(text):
        return replace(caption, lines=lines)
    if is_title(text) or ((caption.lines or _heads(line, table)) and _could_be_title(text)):
        return replace(caption, title=text, title_box=line.box, lines=lines)
    return None


def is_caption(text: str) -> bool:
    """Whether a line stands above tables only: a title or a unit line."""
    return is_title(text) or read_unit(text, UnitSource.TABLE_LINE).unit is not None


def _heads(line: Line, table: Box | None) -> bool:
    """Whether a line is centred over a table, not far above it."""
    if table is None or line.box is None:
        return False
    off = abs(line.box.middle[0] - table.middle[0])
    return off < 0.08 * table.width and 0 <= table.top - line.box.bottom < 3 * max(line.box.height, 8.0)


def is_title(text: str) -> bool:
    """Whether a line reads as the title of a table: short, no sentence, ending in 表 or beginning with Table."""
    return len(text) <= _MAX_TITLE and not _ENDS_SENTENCE.search(text) and bool(_TITLE.search(_without_continued(text)))


def _could_be_title(text: str) -> bool:
    return (
        len(text) <= (90 if text.isascii() else 40)
        and not _ENDS_SENTENCE.search(text)
        and not _PAGE_NUMBER.match(text)
        and "\t" not in text
    )


def _is_first_half(text: str, caption: Caption) -> bool:
    """Whether the line above is the beginning of a title that was broken over two lines (…支出预算 / 表)."""
    begun = bool(_FORM_PREFIX.match(fold_width(text)) or _NUMBER_PREFIX.match(text)) and not is_title(text)
    return _could_be_title(text) and (len(caption.title or "") <= 4 or begun)


def _title_in_unit_line(text: str) -> str:
    return _UNIT_BRACKET.sub("", _UNIT_LINE.sub("", text)).strip(" （）()：:")


def _without_continued(text: str) -> str:
    return _CONTINUED.sub("", text).strip()


def _split_number(caption: Caption) -> Caption:
    """Take a leading number off the title: 一、收支预算总表 becomes 收支预算总表, number 一."""
    title = _without_continued(caption.title or "")
    form = _FORM_PREFIX.match(title)
    if form is not None and form.end() < len(title):
        return replace(caption, title=title[form.end() :].strip(), number=form["form"])
    match = _NUMBER_PREFIX.match(title)
    if match is None or match.end() >= len(title):
        return replace(caption, title=title)
    number = match["bracket"] or match["plain"] or match["form"] or match["english"]
    return replace(caption, title=title[match.end() :].strip(), number=number)


def title_key(title: str | None) -> str:
    """A title for comparing: widths folded, blanks and punctuation out."""
    return re.sub(r"[\s“”\"'‘’《》（）()【】\[\]、,，.．:：]", "", fold_width(_without_continued(title or "")))


def contents_numbers(pages: Iterable[Page]) -> dict[str, str]:
    """The numbers that the list of contents gives to tables, by `title_key`."""
    numbers: dict[str, str] = {}
    for page in pages:
        for line in page.lines:
            text = re.sub(r"[.…·\s]{2,}\d*\s*$", "", line.text.strip())
            match = _NUMBER_PREFIX.match(text)
            if match and match.end() < len(text) and "表" in text and len(text) <= _MAX_TITLE:
                number = match["bracket"] or match["plain"] or match["form"] or match["english"]
                numbers.setdefault(title_key(text[match.end() :]), number)
    return numbers
