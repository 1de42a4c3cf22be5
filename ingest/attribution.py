"""Whose reason or use a sentence tells: the item its words name, else the whole whose parts were listed before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.items import item_name
from ingest.mentions import sentence_before
from ingest.numbering import without_numbering
from ingest.periods import without_comparators
from ingest.prosefacts import Draft, Item
from ingest.reasons import in_reason, reason_subject, reasons_in

_CHANGED = re.compile(
    r"(?:有所|略有|大幅)?(?:增加|减少|增长|下降|上升|变动|变化|增减|高于|低于|大于|小于|超过|没有|持平)"
    r"[^，。；]{0,12}$"
)
_AMONG = re.compile(r"^.*(?:支出|经费|费用|收入|决算|预算)中(?=.{2,})")
_MONEY = re.compile(r"支出|收入|预算|决算|经费|费用|资金|拨款|采购|费$")
_USE = re.compile(r"。\s*(?=(?:主要)?用于)")
_MARK = re.compile(r"[。；]")
_BARE = 12  # characters before a reason that names no item: 增减变化的主要
_FIGURE = re.compile(r"\d\s*(?:[万亿]?元|%|％)")


def attribute(text: str, drafts: Sequence[Draft], agency: str | None) -> list[Draft]:
    """The drafts of a passage, those resumed or added that a later sentence gives a reason or a use."""
    found = list(drafts)
    for start, words in _explanations(text):
        name = _subject(words, agency)
        bare = len(words.strip()) <= _BARE and not re.search(r"\d", words)
        draft = _named(found, name, start) if name else _whole_of_list(text, found, start) if bare else None
        if draft is None and name is not None:
            found.append(Draft(Item((name,)), start))
        elif draft is not None and draft is not _current(found, start):
            draft.resumed = start
    return found


def explained(text: str, agency: str | None) -> list[Draft]:
    """A passage without figures that explains a change named before: 财政拨款支出减少的主要原因是…."""
    subject = reason_subject(text)
    if subject is None:
        return []
    bare = re.sub(r"(?:增加|减少|增长|下降|变动|变化|较多|较少)+$", "", subject)
    name = item_name(without_numbering(bare), agency)
    return [Draft(Item((name,)), 0)] if name else []


def _explanations(text: str) -> Iterator[tuple[int, str]]:
    """Where sentences begin that give a reason or a use and hold no figure before it, with the words before it."""
    begun: set[int] = set()
    last = 0
    for match in reasons_in(text):
        marks = [m.end() for m in _MARK.finditer(text, max(0, match.start() - 300), match.start())]
        start = marks[-1] if marks else 0
        second = last > start
        start = max(start, text.rfind("，", last, match.start()) + 1) if second else start
        last = match.end()
        words = text[start : match.start()]
        inside = not second and in_reason(sentence_before(text, start))
        if start not in begun and not _FIGURE.search(words) and not inside:
            begun.add(start)
            yield start, words
    yield from ((match.end(), "") for match in _USE.finditer(text))


def _subject(words: str, agency: str | None) -> str | None:
    """公务接待费 of 公务接待费较上年有所减少的, the nearest clause that names an item which changed."""
    for clause in reversed(re.split("[，,]", without_numbering(words.strip()))):
        told = re.sub(r"的$", "", clause.strip())
        bare = _CHANGED.sub("", without_comparators(told))
        if not bare or not _CHANGED.search(told):
            continue
        name = item_name(_AMONG.sub("", bare), agency)
        if name and _MONEY.search(name):
            return name
    return None


def _named(drafts: Sequence[Draft], name: str, start: int) -> Draft | None:
    """The draft of that item, the last one begun before the sentence where several are."""
    before = [d for d in drafts if d.start <= start]
    exact = [d for d in before if d.item.label == name]
    alike = [d for d in before if d.item.label.endswith(name) or name.endswith(d.item.label)]
    alike = alike or [d for d in before if d.item.label.startswith(name)]
    likely = exact or alike
    return likely[-1] if likely else None


def _current(drafts: Sequence[Draft], start: int) -> Draft | None:
    """The draft spoken of where a sentence begins."""
    begun = [(max(d.start, d.resumed or 0), i) for i, d in enumerate(drafts) if max(d.start, d.resumed or 0) < start]
    return drafts[max(begun)[1]] if begun else None


def _whole_of_list(text: str, drafts: Sequence[Draft], start: int) -> Draft | None:
    """The whole whose parts the sentence before listed without a change of theirs; None where it listed none."""
    current = _current(drafts, start)
    if current is None or len(current.item.path) < 2 or not text[:start].rstrip().endswith("。"):
        return None
    above = current.item.path[:-1]
    parts = [d for d in drafts if d.item.path[:-1] == above and d.start < start]
    wholes = [d for d in drafts if d.item.path == above and d.start < start]
    if len(parts) < 2 or not wholes or re.search("[增减升降]", text[current.start : start]):
        return None
    return wholes[-1]
