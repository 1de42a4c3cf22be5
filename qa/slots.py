"""Mentions gathered into slots: one stretch of the question, everything it may name, and the part it plays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.corpus import LabelKind
from qa.intent import pattern
from qa.keys import label_key
from qa.leftover import leftover
from qa.plan import Name
from qa.question import How, Language, Linked, Mention
from qa.roles import Role, plays
from qa.slot import ROWS, Slot
from qa.time import names_stage
from qa.translated import with_translations

AS_SAID = 0.05
_OURSELVES = re.compile(r"\b(?:the|this) (?:offices?|department|bureau|agency)$", re.I)  # who is asked about
_ITS_COST = re.compile(r"\W*(?:expenses?|costs?|suppl\w+|equipment|building|rent|space|premises|furniture)", re.I)
_ALTOGETHER = re.compile(r"(?:一共|总共|合计|共计|统共|共)(?:支出|花费|开支|收入|安排)")  # 两项一共支出: asks for a sum
_NAMELY = re.compile(
    r"[费等]?(?:[^@,，]{0,5}的钱)?\s*[,，]?\s*(?:也就是|亦即|即|就是|这些|这类|这种|这一?项|之类的?|等等?的?|这样的)(?:说的)?"
)
_OPENED = re.compile(r"\s*[(（]\s*(?:the |i\.e\. |that is |即|也就是)?[\"'“]?", re.I)
MOST_NAMES = 16
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_YEAR_BEFORE = re.compile(r"(?:比|较|至|到)?(?:19|20)\d\d ?(?:年度|年)?(?:度)?(?:的)?")
_OVER_YEARS = re.compile(
    r"(?:历年|逐年|各年|每年|近[两二三四五几\d]年|[两二三四五]年(?:来|间)?|全年|当年|年度)(?:来)?的?"
)
_COMPLETED = ("完成", "completion", "execution", "implementation")
_BUYING = ("采购", "购买", "购置")  # right before a name they say what is done with it
_FALL = re.compile(r"\bf[ae]ll(?:s|en|ing)? $", re.I)
_ORDINAL = re.compile(r"第[一二三四五六七八九十\d]+|前[一二三四五六七八九十两\d]+")
_JOINTS = "比占较和与加减除更最各"
_JOINING = "和与及跟"
_TOTAL_BEHIND = re.compile(r"(?<=[一-鿿]{2})(?:合计|总计|总共|一共|共计|折合|折算|换算)$")
SURE_AGENCY = 0.9
WEAK = 0.72  # a stretch whose best name scores less may be left out when the rest makes sense without it


def slots_of(linked: Linked) -> tuple[Slot, ...]:
    """The question's slots in reading order; words every budget is full of (预算, 支出, total) name nothing."""
    text = linked.question.text
    groups: list[list[Stretch]] = []
    for stretch in sorted(_stretches(linked), key=lambda s: (s.start, -s.end)):
        if groups and stretch.start < max(s.end for s in groups[-1]):
            groups[-1].append(stretch)
        else:
            groups.append([stretch])
    found = [s for s in (_slot(text, group) for group in groups) if s.names]
    kept = [s for s in found if s.code or not (_generic(s, linked.question.language) or _chance(s, linked))]
    kept = [s for s in kept if not _stage_only(s) and not _total_behind(s, kept, text)]
    kept = [s for s in kept if not (_ALTOGETHER.match(s.text) and any(o.end <= s.start and o.has_row for o in kept))]
    starts = {s.start for s in kept}
    kept = [s for s in kept if not (s.text in _BUYING and s.end in starts)]
    return tuple(part for slot in with_translations(kept, text) for part in _parts(slot))


def _parts(slot: Slot) -> tuple[Slot, ...]:
    """Two names run together ("水费电费") as two slots; any other slot as it is."""
    key = slot.text
    if any(label_key(n.text) == label_key(key) for n in slot.of(*ROWS)):
        return (slot,)
    names = [n for n in slot.of(*ROWS) if label_key(n.text) in key and len(n.text) < len(key)]
    for first in names:
        rest = key.removeprefix(first.text)
        for second in names:
            if rest != key and rest == second.text:
                cut = slot.start + len(first.text)
                left = tuple(replace(n, score=1.0, how=How.EXACT) for n in names if n.text == first.text)
                right = tuple(replace(n, score=1.0, how=How.EXACT) for n in names if n.text == second.text)
                return Slot(slot.start, cut, first.text, left), Slot(cut, slot.end, rest, right)
    return (slot,)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A mention without the year before it and the "合计" behind it, which are not part of a name."""

    start: int
    end: int
    mention: Mention


def _stretches(linked: Linked) -> Iterator[Stretch]:
    text = linked.question.text
    agencies = [m for m in linked.mentions if m.kind is LabelKind.AGENCY and m.best.score >= SURE_AGENCY]
    for mention in linked.mentions:
        start, end = mention.start, mention.end
        if mention.best.score < SURE_AGENCY and mention.kind in (*ROWS, LabelKind.COLUMN):
            for agency in agencies:  # "Shaoxing association's civic science": the agency, then the rest
                start = agency.end if agency.start <= start < agency.end < end else start
        before = _YEAR_BEFORE.match(text[start:end])
        start += before.end() if before else _year_mark(text, start)
        vague = mention.best.how in (How.CONTAINED, How.FUZZY)
        if vague and text[start] in _JOINING and label_key(mention.best.label.text) == label_key(text[start + 1 : end]):
            start += 1
        over = _OVER_YEARS.match(text[start:end]) if vague else None
        start += over.end() if over else 0
        after = _TOTAL_BEHIND.search(text[start:end])
        behind = any(m.end == start and m.kind in (*ROWS, LabelKind.COLUMN) for m in linked.mentions)
        is_total = mention.best.how is How.EXACT and plays_total(text[start:end]) and not behind
        end -= len(after.group()) if after and not is_total else 0
        end -= 1 if end - start > 2 and text[end - 1] in _JOINTS and mention.best.how is not How.EXACT else 0
        if start < end:
            yield Stretch(start, end, mention)


def plays_total(text: str) -> bool:
    """Whether words name a grand total as tables print it (支出总计), so that the 总计 belongs to the name."""
    return plays(Role.EXPENDITURE, text) or plays(Role.REVENUE, text)


def _year_mark(text: str, start: int) -> int:
    """The length of a "年" left over from a year before a name."""
    if start == 0 or not text[start - 1].isdigit():
        return 0
    return 2 if text.startswith("年度", start) else 1 if text.startswith("年", start) else 0


def years_in(linked: Linked) -> tuple[int, ...]:
    """The years that stand inside mentions ("2024年三公经费" may be a column's heading)."""
    found = [int(y) for m in linked.mentions for y in _YEAR.findall(linked.question.text[m.start : m.end])]
    return tuple(dict.fromkeys(found))


def _slot(text: str, stretches: Sequence[Stretch]) -> Slot:
    start, end = min(s.start for s in stretches), max(s.end for s in stretches)
    names: dict[tuple[LabelKind, str], Name] = {}
    code = None
    for stretch in stretches:
        covered = (stretch.end - stretch.start) / (end - start)
        for candidate in stretch.mention.candidates:
            if _other_side(text[start:end], candidate.label.text) or _other_firms(text, candidate.label.text):
                continue
            name = Name(candidate.label.text, candidate.label.kind, round(candidate.score * covered, 4), candidate.how)
            if covered == 1 and label_key(name.text) == label_key(text[start:end]):
                name = Name(name.text, name.kind, 1.0, How.EXACT)
            key = (name.kind, name.text)
            if key not in names or names[key].score < name.score:
                names[key] = name
            if candidate.how is How.CODE:
                code = stretch.mention.text
    ordered = sorted(names.values(), key=lambda n: -n.score)
    return Slot(start, end, text[start:end], _most(ordered), code)


_SIDES = (("支出", "收入"), ("收入", "支出"))


_ENGLISH_SIDES = (
    (re.compile(r"\b(?:revenue|income|receipt)s?$", re.I), "支出"),
    (re.compile(r"\b(?:expenditure|spending|expense)s?$", re.I), "收入"),
)


def _other_side(said: str, label: str) -> bool:
    """Whether words name what is paid and a label what is received, or the other way round."""
    if any(said.endswith(one) and label.endswith(other) for one, other in _SIDES):
        return True
    return any(one.search(said) and label.endswith(other) for one, other in _ENGLISH_SIDES)


_FIRMS = re.compile(r"(?:中小微|中小|小微)企业")


def _other_firms(text: str, label: str) -> bool:
    """Whether a question names 中小微企业 and a label only the 小微企业 among them, or the other way round."""
    asked, named = set(_FIRMS.findall(text)), set(_FIRMS.findall(label))
    return bool(asked and named) and not asked & named


def _chance(slot: Slot, linked: Linked) -> bool:
    """Whether a vague match consists of function words only ("第二" in 第二季度用款计划)."""
    if slot.names and all(n.kind is LabelKind.COLUMN and plays(Role.TOTAL_COLUMN, n.text) for n in slot.names):
        return True
    ours = _OURSELVES.search(linked.question.text[: slot.end])
    if ours is not None and ours.start() <= slot.start and not _ITS_COST.match(linked.question.text[slot.end :]):
        return True
    if _ORDINAL.fullmatch(slot.text) or (slot.text == "short" and _FALL.search(linked.question.text[: slot.start])):
        return True
    vague = all(n.how in (How.CONTAINED, How.FUZZY, How.EMBEDDING) for n in slot.names)
    return vague and not leftover(slot.text, linked.question.language)


def _stage_only(slot: Slot) -> bool:
    """Whether English words only name a stage of the budget cycle ("final account" for the column 决算数)."""
    completed = slot.text.casefold().startswith(_COMPLETED) and not slot.has_row
    return bool(slot.names) and (completed or (slot.text.isascii() and all(names_stage(n.text) for n in slot.names)))


def _total_behind(slot: Slot, slots: Sequence[Slot], text: str) -> bool:
    """Whether a grand total's name stands right behind another name, whose total it then means (住房公积金支出总额)."""
    rows = (s for s in slots if s is not slot and s.has_row and not s.is_agency and s.end <= slot.start)
    beside = any(not text[s.end : slot.start].strip() for s in rows)
    return beside and bool(slot.names) and plays_total(slot.names[0].text)


def _most(names: Iterable[Name]) -> tuple[Name, ...]:
    """The best few of each kind: a vague word can fit hundreds of labels."""
    kept: list[Name] = []
    for name in names:
        if sum(k.kind is name.kind for k in kept) < MOST_NAMES:
            kept.append(name)
    return tuple(kept)


def _generic(slot: Slot, language: Language) -> bool:
    said = slot.text.strip() if slot.text.isascii() else label_key(slot.text)
    return pattern("generic", language).fullmatch(said) is not None


def without_restated(slots: Sequence[Slot], text: str) -> tuple[Slot, ...]:
    """The slots, each name that a bracket says again ("吃请接待(公务接待费)") told once, by the surer words."""
    kept: list[Slot] = []
    for slot in slots:
        before = kept[-1] if kept else None
        if before is not None and _NAMELY.fullmatch(text[before.end : slot.start]):
            kept[-1] = slot
            continue
        if before is not None and _OPENED.fullmatch(text[before.end : slot.start + slot.text.startswith(("(", "（"))]):
            best = {label_key(n.text) for n in slot.names if n.score >= slot.score - AS_SAID}
            if best & {label_key(n.text) for n in before.names if n.score >= before.score - AS_SAID}:
                kept[-1] = slot if slot.score > before.score else before
                continue
        kept.append(slot)
    return tuple(kept)


def within(slots: Sequence[Slot], region: tuple[int, int] | None) -> tuple[Slot, ...]:
    """The slots that lie in a stretch of the question; all for None."""
    if region is None:
        return tuple(slots)
    return tuple(s for s in slots if region[0] <= s.start < region[1])
