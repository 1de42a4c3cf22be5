"""Names as people say them: shortened, with gaps, their parts exchanged, with small words inside (古树复壮那个项目).

Read only where nothing else gave an answer. A stretch of the question is taken for a label if every content character
of it stands in the label (verbs, classifiers and one slip aside), no other content stands right beside it, the head of
the label is said, and no other label of the corpus accounts for the stretch as well.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ingest.corpus import Label, LabelKind
from ingest.units import Dimension
from qa.chatter import cover_chatter, doing, single_characters, tails
from qa.contrast import sounds_like
from qa.keys import is_chinese, squeeze
from qa.lexicon.load import load
from qa.question import Candidate, How, Language, Linked, Mention
from qa.similarity import is_in_order
from qa.time import names_stage
from qa.vocabulary import ORGANISATIONS, Vocabulary

SCORE = 0.9
IN_ORDER, ANY_ORDER = 3, 4  # the fewest content characters of a name with gaps, and of one with its parts exchanged
MOST_SAID = 200  # characters of a question: every label is held against each of them
MOST_LABELS = 5000  # that share a pair with a question; of more, none is known to be the only one
MOST_PARTS = 10  # … of a stretch that are tried
WHOLE = 4  # the fewest characters of an indicator that is said whole
TOKEN = 3  # the fewest characters of a number or a Latin word that names by itself: 12315, HPV
SURE = 0.9
_SAID = (How.EXACT, How.ALIAS, How.CODE)
_ROWS = (LabelKind.PROJECT, LabelKind.ITEM)
_APART = re.compile(r"比(?!例)|占|较|跟|还是|减去|加上|除以|相对于|[多少](?=[花用支出])")
_CLASSIFIERS = "条间个座栋所台套辆张份批笔块片段处口棵株只头艘架家名位项种类款幢"
_THAT = re.compile(rf"[这那][{_CLASSIFIERS}些]")
_COUNTED = re.compile(
    rf"(?:多少|几)(?:个工作日|工作日|分钟|小时|平方米|公里|公顷|人次|台次|车次|批次|.)|[一两每哪][{_CLASSIFIERS}]"
    r"|(?:19|20)\d\d年?度?|\d+(?:\.\d+)?[万亿]?[元年月日%]"
)
_WHOM = re.compile(r"[给为替](?P<whom>[一-鿿]{2,5}?)(?:们)?(?=[打发买做办建修])")
_OF_PEOPLE = frozenset("性人员生者民级户年的")  # say nothing of who is meant
_LEVELS = frozenset("省市区县乡镇村")
_LISTING, _LISTED = frozenset("和与及、 "), (4, 3, 2)  # what joins two names with one end; characters of the first
_COUNTS = re.compile(r"(?:数量|人数|次数|里程|时间|时限|个数|户数|套数|台数|长度|面积|频次)$")
_JOINING = frozenset("及与和暨或")
_JOINTS = re.compile(r"[及与和暨或]")
_ENDS = (
    "维护|维修|养护|运维|运行|运营|经营|管理|保障|补助|补贴|设置|实施|采购|购置|更新|提升|能力|数量|人数|次数|里程|时间|时限|个数|户数"
    "|改扩建|扩建|改建|新建|改造|重建|套数|台数|长度|面积|标准|批次|频次|系统|设施|设备|专用|其他|奖补|奖励|扶助|及"
)
_MONEY = re.compile(r"钱|元|花|经费|资金|预算|拨款|费用|补[助贴]|安排")


@dataclass(frozen=True, slots=True)
class Heard:
    """The question's key characters, and which of them are content that a name has to account for."""

    key: str
    offsets: tuple[int, ...]
    content: tuple[bool, ...]
    small: tuple[bool, ...]  # small words that may stand inside a name
    that: tuple[bool, ...]  # 那条, 的: what stands behind them belongs to what stands before
    apart: tuple[bool, ...]  # 比, 占: what parts two names
    whom: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch [start, end) of the key of which every content character stands in a label; `said` are these."""

    start: int
    end: int
    said: str
    number: int
    ordered: bool


def with_spoken(linked: Linked, vocabulary: Vocabulary) -> Linked | None:
    """The linked question with names read by their characters; None where there is none."""
    if linked.question.language is not Language.ZH or len(linked.question.text) > MOST_SAID:
        return None
    places = [m for m in linked.mentions if m.kind in ORGANISATIONS and m.best.score >= SURE]
    heard = hear(linked.question.text, [(m.start, m.end) for m in places])
    sure = [(m.start, m.end) for m in linked.mentions if m.best.score >= SURE and m.best.how in _SAID]
    found = _chosen(tuple(_runs(heard, linked, vocabulary)), heard, vocabulary)
    where = heard.offsets
    runs = tuple(r for r in found if not any(a <= where[r.start] and where[r.end - 1] < b for a, b in sure))
    if not runs:
        return None
    runs = (*runs, *(shared for r in runs for shared in _sharing_its_end(r, heard, linked, vocabulary)))
    text = linked.question.text
    spans = [(heard.offsets[r.start], heard.offsets[r.end - 1] + 1) for r in runs]
    free = tuple(m for m in linked.mentions if not any(m.start < b and a < m.end for a, b in spans))
    named = tuple(m for r, (a, b) in zip(runs, spans, strict=True) for m in _mentions(r, a, b, text, vocabulary))
    foreign = tuple(f for f in linked.foreign if not any(f in text[a:b] or text[a:b] in f for a, b in spans))
    mentions = tuple(sorted((*free, *named), key=lambda m: (m.start, m.end)))
    return replace(linked, mentions=mentions, foreign=foreign)


def spoken_names(linked: Linked) -> tuple[str, ...]:
    """The labels that were read by their characters."""
    return tuple(dict.fromkeys(m.best.label.text for m in linked.mentions if m.best.how is How.SPOKEN))


def may_be_one_name(linked: Linked) -> bool:
    """Whether two names that were read apart stand beside each other or are joined by 的, neither printed so."""
    return linked.question.language is Language.ZH and any(_neighbours(linked))


def joins_names(linked: Linked, spoken: Linked) -> bool:
    """Whether a name read by its characters holds two such names: they are parts of one label."""
    found = [m for m in spoken.mentions if m.best.how is How.SPOKEN]
    pairs = tuple(_neighbours(linked))
    return bool(found) and any(m.start <= a.start and b.end <= m.end for m in found for a, b in pairs)


def _neighbours(linked: Linked) -> Iterator[tuple[Mention, Mention]]:
    vague = [m for m in linked.mentions if m.kind in _ROWS and m.best.how in (How.CONTAINED, How.FUZZY)]
    text = linked.question.text
    for one in vague:
        yield from ((one, m) for m in vague if m.start >= one.end and text[one.end : m.start] in ("的", ""))


def hear(text: str, places: Sequence[tuple[int, int]] = ()) -> Heard:
    """The key characters of a question with what of them is content, and what a name may hold between its parts.

    `places` name units, surely: they say whose a thing is, and need not stand in its name.
    """
    squeezed = squeeze(text)
    key = squeezed.key
    that = _marked(key, _THAT)
    apart = _marked(key, _APART)
    marks = (that, _marked(key, _COUNTED), apart, [not c.strip() for c in key])
    pointed = [any(mark) for mark in zip(*marks, strict=True)]
    covered = [p or any(a <= at < b for a, b in places) for p, at in zip(pointed, squeezed.offsets, strict=True)]
    cover_chatter(key, covered)
    single = single_characters()
    content = tuple(not c and char not in single for c, char in zip(covered, key, strict=True))
    small = tuple(p or char in single or char in _small() for p, char in zip(pointed, key, strict=True))
    whom = tuple(m.span("whom") for m in _WHOM.finditer(key))
    joining = tuple(t or char == "的" for t, char in zip(that, key, strict=True))
    return Heard(key, squeezed.offsets, content, small, joining, tuple(apart), whom)


def _marked(key: str, pattern: re.Pattern[str]) -> list[bool]:
    marked = [False] * len(key)
    for match in pattern.finditer(key):
        marked[match.start() : match.end()] = [True] * len(match.group())
    return marked


@cache
def _small() -> frozenset[str]:
    """Characters that may stand between the parts of a name: verbs of doing and their tails; no level of government."""
    return (doing() | tails()) - _LEVELS


# -- stretches that a label accounts for


def _runs(heard: Heard, linked: Linked, vocabulary: Vocabulary) -> Iterator[Run]:
    """For every label that may be asked for the stretches of the question that it accounts for."""
    unit = linked.unit
    counted = unit is not None and unit.dimension is not Dimension.CNY
    kinds = (*_ROWS, LabelKind.INDICATOR) if counted or not _MONEY.search(heard.key) else _ROWS
    seen = set(vocabulary.unit_keys)
    near = vocabulary.holding_pairs(heard.key)
    for number in near if len(near) <= MOST_LABELS else ():
        label, name = vocabulary.labels[number], vocabulary.keys[number]
        names = is_chinese(name) and not vocabulary.names_nothing(name, label.kind)
        if label.kind in kinds and name not in seen and names:
            seen.add(name)
            yield from _of_label(heard, name, number)
            yield from _in_whole(heard, name, number) if label.kind is LabelKind.INDICATOR else ()


def _of_label(heard: Heard, name: str, number: int) -> Iterator[Run]:
    characters = frozenset(name)
    excused = _excused(heard, characters)
    places: list[int] = []
    slips: dict[int, str] = {}
    for at, char in enumerate((*heard.key, " ")):
        ends = not char.strip() or heard.apart[at]
        strange = not ends and char not in characters
        foreign = strange and heard.content[at] and at not in excused
        if strange and not slips and places and (meant := _meant(heard.key, at, name, foreign)):
            slips[at], foreign = meant, False
        if not ends and not foreign and (_is_said(heard, at, name) or at in slips):
            places.append(at)
        if (ends or foreign) and places:
            yield from _run(heard, places, slips, name, number, characters)
        if ends or foreign:
            places, slips = [], {}


def _in_whole(heard: Heard, name: str, number: int) -> Iterator[Run]:
    """Where every character of an indicator but for what is counted is said, in order, with small words between them.

    One other character may stand in between (接到火警以后几分钟要出动: 接警后出动时间), in twice the name's length.
    """
    core = _COUNTS.sub("", name)
    if len(core) < WHOLE or heard.key.find(core) >= 0:
        return
    start = heard.key.find(core[0])
    at = start - 1
    for char in core:
        at = heard.key.find(char, at + 1)
        if at < 0:
            return
    other = [p for p, c in _inside(heard, start, at + 1) if heard.content[p] and c not in name]
    near = at + 1 - start <= 2 * len(name) and not any(heard.apart[start:at])
    beside = _beside(heard, start - 1, -1, frozenset(name)) or _beside(heard, at + 1, 1, frozenset(name))
    if near and len(other) <= 1 and not beside:
        yield Run(start, at + 1, core, number, True)


def _is_said(heard: Heard, at: int, name: str) -> bool:
    """Whether a character stands in a name: content, or one beside a neighbour of the name (花 in 花卉 is no verb)."""
    if at >= len(heard.key) or heard.key[at] not in name:
        return False
    pairs = (heard.key[max(0, at - 1) : at + 1], heard.key[at : at + 2])
    return heard.content[at] or any(len(pair) > 1 and pair in name for pair in pairs)


def _excused(heard: Heard, characters: frozenset[str]) -> frozenset[int]:
    """Content that a label need not hold: verbs of doing, and for whom it is done, where the label names them too."""
    verb = [char in _small() and char not in characters for char in heard.key]
    found = {at for at, one in enumerate(verb) if one and sum(verb[max(0, at - 1) : at + 2]) == 1}  # 建设 is no verb
    for start, end in heard.whom:
        if any(c in characters and c not in _OF_PEOPLE for c in heard.key[start:end]):
            found |= set(range(start, end))
    return frozenset(found)


def _meant(key: str, at: int, name: str, content: bool) -> str:
    """The character of a name, beside the same neighbours, for which one that sounds alike was written; empty if none.

    For what is content one neighbour will do; a small word (里 in 护里床) has to stand between both.
    """
    if not is_chinese(key[at]):
        return ""
    ahead, behind = key[at - 1], key[at + 1 : at + 2]
    for i, char in enumerate(name):
        left, right = i > 0 and name[i - 1] == ahead, name[i + 1 : i + 2] == behind
        if ((left or right) if content else (left and right)) and char not in key and sounds_like(char, key[at]):
            return char
    return ""


def _run(
    heard: Heard, places: Sequence[int], slips: dict[int, str], name: str, number: int, characters: frozenset[str]
) -> Iterator[Run]:
    """The longest stretch of these places that fits the name, cut where small words part them."""
    starts = [i for i, at in enumerate(places) if i == 0 or places[i - 1] != at - 1]
    ends = [*starts[1:], len(places)]
    parts = sorted(((a, b) for a in starts for b in ends if a < b), key=lambda p: (p[0] - p[1], p[0]))
    passed = _excused(heard, characters) | set(slips)
    for a, b in parts[:MOST_PARTS]:
        start, end = places[a], places[b - 1] + 1
        said = "".join(slips.get(at, heard.key[at]) for at in places[a:b])
        ordered = is_in_order(said, name)
        fits = ordered or not Counter(said) - Counter(name)
        whole = all(c in characters or heard.small[at] or at in passed for at, c in _inside(heard, start, end))
        beside = _beside(heard, start - 1, -1, characters) or _beside(heard, end, 1, characters)
        if fits and whole and not beside:
            yield Run(start, end, said, number, ordered)
            return


def _inside(heard: Heard, start: int, end: int) -> Iterator[tuple[int, str]]:
    return ((at, heard.key[at]) for at in range(start, end))


def _beside(heard: Heard, at: int, step: int, characters: frozenset[str]) -> bool:
    """Whether content that the label lacks stands beside a stretch, small words and verbs passed over.

    和 is passed over where the label itself joins two things: of 公园保洁和绿化 it has but one.
    """
    excused = _excused(heard, characters)
    joined = bool(characters & _JOINING)
    while 0 <= at < len(heard.key) and not heard.apart[at]:
        char = heard.key[at]
        if not (heard.that[at] or at in excused or char in characters or (joined and char in _JOINING)):
            return heard.content[at]
        at += step
    return False


def _sharing_its_end(run: Run, heard: Heard, linked: Linked, vocabulary: Vocabulary) -> Iterator[Run]:
    """What is joined before a name and shares its end: 城市 in 城市和农村低保资金 where 城市低保资金 is one."""
    joint = run.start - 1
    if joint < 1 or heard.key[joint] not in _LISTING:
        return
    for length in _LISTED:
        start = joint - length
        if start < 0 or (start and heard.content[start - 1]) or not all(heard.content[start:joint]):
            continue
        other = hear(heard.key[start:joint] + heard.key[run.start + length : run.end])
        whole = [r for r in _chosen(tuple(_runs(other, linked, vocabulary)), other, vocabulary) if r.start == 0]
        if whole and whole[0].end == len(other.key) and whole[0].number != run.number:
            yield replace(whole[0], start=start, end=joint)
            return


# -- which of them name something


def _chosen(runs: Sequence[Run], heard: Heard, vocabulary: Vocabulary) -> Iterator[Run]:
    """The stretches that name one label, those that say most first, none over another."""
    taken: list[Run] = []
    for run in sorted(runs, key=lambda r: (-len(r.said), r.start)):
        free = all(run.end <= t.start or t.end <= run.start for t in taken)
        if free and _names_one(run, heard, vocabulary.keys[run.number]) and not _rivals(run, runs, vocabulary.keys):
            taken.append(run)
            yield run


def _rivals(run: Run, runs: Sequence[Run], keys: Sequence[str]) -> bool:
    """Whether another label accounts for the stretch too; one that holds the whole name and more was not said."""
    others = (r for r in runs if r.number != run.number and r.start <= run.start and run.end <= r.end)
    return any((r.ordered or not run.ordered) and keys[run.number] not in keys[r.number] for r in others)


def _names_one(run: Run, heard: Heard, name: str) -> bool:
    if names_stage(run.said):  # 全年预算 is no 全年预算资金 of anything
        return False
    token = any(t in name for t in re.findall(rf"[a-z\d]{{{TOKEN},}}", run.said))
    if token:
        return True
    least = IN_ORDER if run.ordered else ANY_ORDER
    pair = any(run.said[i : i + 2] in name for i in range(len(run.said) - 1))
    done = any(heard.key[at] in doing() for at in range(max(0, run.start - 1), run.end) if heard.key[at] not in name)
    return len(run.said) >= least and pair and (done or _head_is_said(run.said, name))


def _head_is_said(said: str, name: str) -> bool:
    """Whether what a name is of is said, or what a part of it joined by 及 or 与 is of: 校车 of 中小学校车运营补贴."""
    heads = (_head(part) for part in (name, *_JOINTS.split(name)))
    return any(any(c in said for c in head[-2:]) for head in heads if head)


def _head(part: str) -> str:
    """A name without the general words at its end, while two characters stay."""
    shorter = part
    while (match := _ends().search(shorter)) and match.start() >= 2:
        shorter = shorter[: match.start()]
    return shorter


@cache
def _ends() -> re.Pattern[str]:
    lexicon = load()
    words = {w for s in ("soft", "soft_lossy", "stub") for w in lexicon.section(s, "zh")} | set(_ENDS.split("|"))
    return re.compile(f"(?:{'|'.join(sorted(words, key=lambda w: (-len(w), w)))})$")


def _mentions(run: Run, start: int, end: int, text: str, vocabulary: Vocabulary) -> Iterator[Mention]:
    """A mention of each kind of label that is written so."""
    name = vocabulary.keys[run.number]
    labels: dict[LabelKind, Label] = {}
    for label, key in zip(vocabulary.labels, vocabulary.keys, strict=True):
        if key == name and label.kind in (*_ROWS, LabelKind.INDICATOR):
            labels.setdefault(label.kind, label)
    for kind, label in labels.items():
        yield Mention(start, end, text[start:end], kind, (Candidate(label, SCORE, How.SPOKEN),))
