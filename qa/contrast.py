"""Another word in the place of a name's own: 大型水库 asked for and 小型水库 found, the 17th games for the 16th.

A name is compared with the question outwards from the longest stretch that they share. Where the question goes on with
a character that the rest of the name lacks, and neither grammar, courtesy nor anything else of the evidence explains
it, another thing is meant; unless it sounds like the name's own character, which is a slip of the input method.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ingest.corpus import Held
from ingest.numbers import CHINESE_NUMERAL, parse_chinese_numeral
from ingest.records import Indicator
from qa.case import Case, Doubt
from qa.chatter import cover_chatter, light_verbs, single_characters
from qa.keys import is_chinese, label_key, squeeze
from qa.lexicon.load import load
from qa.plan import Lookup, Target
from qa.question import How, Language
from qa.result import Evidence
from qa.romanise import romanise
from qa.wordtable import rows

SHORTEST = 3  # characters that question and name have to share in one stretch, unless all that was read is shorter
PAIR = 2
_SOFT = frozenset("等及之并于所各类项")
_VAGUE = (How.CONTAINED, How.FUZZY, How.EMBEDDING)
_ACTS = re.compile("采购|购置|购买|租赁|维修|维护|建设|改造|培训|宣传|检测|监测|运维")  # chatter elsewhere
_COUNTED = re.compile(r"(?:多少|几)[一-鿿]")
_HEARD = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))


def contrasted(case: Case) -> Iterator[Doubt]:
    """A character of the question where the name of the evidence, itself only like what was said, has another."""
    if case.language is not Language.ZH or not _is_likened(case):
        return
    told = "\n".join(label_key(t) for t in case.told.texts)
    said = len(case.core.item.said) if isinstance(case.core, Lookup) else SHORTEST
    for evidence in case.result.evidence:
        found = [other_word(case.text, name, told, said) for name in _names(evidence, case)]
        if found and all(found):
            yield Doubt("words", found[0])
            return


# What is asked to be done, what else a name may be of, and what the name has to hold to be of the first all the same.
_OTHER_ACTS = tuple(
    (re.compile(asked), re.compile(other), re.compile(own))
    for asked, other, own in (
        ("买|购", "租|维修|维护|修缮|保养|养护", "购|采购|买|更新"),
        ("租", "购|采购", "租"),
        ("新建|修建|兴建|盖|建(?=了|成|好|多少|几)", "维护|维修|修缮|养护|管护|运维", "建|改造|新"),
        ("维修|维护|养护|修(?!建)", "新建|购置|采购", "修|护|养|改造"),
    )
)
_LOOSE = (*_VAGUE, How.WORDS, How.SPOKEN)


def other_acts(case: Case) -> Iterator[Doubt]:
    """Something else done with a thing than was asked: rented for "买", kept up for "建了多少座"."""
    plan = case.core
    names = plan.item.names if isinstance(plan, Lookup) else plan.indicators if isinstance(plan, Target) else ()
    used = case.used(names)
    by_unit = isinstance(plan, Target) and not names  # no name of the target was said, only what it is counted in
    if case.language is not Language.ZH or not (by_unit or (used is not None and used.how in _LOOSE)):
        return
    told = label_key(used.text) if used is not None else "".join(label_key(i.name) for i in case.indicators)
    for asked, other, own in _OTHER_ACTS:
        said = asked.search(case.text)
        if said and other.search(told) and not own.search(told):
            yield Doubt("words", said.group())
            return


def _is_likened(case: Case) -> bool:
    """Whether one figure or target is told of a name that was not said as it is written, nor by a synonym."""
    plan = case.core
    if isinstance(plan, Lookup):
        used = case.used(plan.item.names)
        return used is not None and used.how in _VAGUE
    return isinstance(plan, Target) and all(n.how in _VAGUE for n in (*plan.projects, *plan.indicators))


def _names(evidence: Evidence, case: Case) -> Iterator[str]:
    """The names by which a piece of evidence may have been called."""
    if isinstance(case.core, Lookup):
        used = case.used(case.core.item.names)
        yield used.text if used is not None else ""
    elif isinstance(evidence, Held) and isinstance(evidence.record, Indicator):
        yield from (evidence.record.project, evidence.record.name)


def _content(asked: str) -> list[bool]:
    """Which characters of the question are neither grammar nor courtesy."""
    covered = [not is_chinese(c) for c in asked]
    cover_chatter(asked, covered)
    covered = [c or char in single_characters() for c, char in zip(covered, asked, strict=True)]
    for match in _COUNTED.finditer(asked):  # 多少座
        covered[match.start() : match.end()] = [True] * len(match.group())
    return [not c for c in covered]


def other_word(question: str, text: str, told: str = "", said: int = SHORTEST) -> str:
    """What a question says in the place of a part of a name, with the stretch that both share; empty where nothing.

    `told` is what else the evidence bears, `said` how many characters were read as the name.
    """
    asked, name = squeeze(question).key, label_key(text)
    open_ = _content(asked)
    start, at, length = _shared(asked, name)
    if length < min(SHORTEST, said):
        return ""
    left = _departure(asked[:start][::-1], open_[:start][::-1], name[:at][::-1], name)
    if left is not None and not _is_told(asked, start - 1 - left, told):
        return asked[start - 1 - left : start + length]
    end = start + length
    act = _ACTS.match(asked, end)
    if act is not None and len(name) - at - length >= PAIR and not set(act.group()) & set(name[at + length :]):
        return asked[start : act.end()]
    right = _departure(asked[end:], open_[end:], name[at + length :], name)
    if right is not None and not _is_told(asked, end + right, told):
        return asked[start : end + right + 1]
    return ""


def _departure(asked: str, open_: Sequence[bool], rest: str, name: str) -> int | None:
    """How far from the shared stretch the question says a character that the name lacks, if it does."""
    for far, (char, content) in enumerate(zip(asked, open_, strict=True)):
        if not content or not rest:
            return None
        at = rest.find(char)
        if at < 0:
            slip = rest[1:2] == asked[far + 1 : far + 2] != "" and char not in _characters()
            return None if slip or char in name or _passes(char, rest) else far
        rest = rest[at + 1 :]
    return None


@cache
def _characters() -> frozenset[str]:
    """The characters of every name and word that the lexicon holds; another one inside a name is a slip."""
    lexicon = load()
    names = (spelling for name in lexicon.names for spelling in name.chinese)
    aliases = (word for alias in lexicon.aliases for word in (*alias.words, *alias.targets))
    return frozenset("".join((*names, *aliases, *(word for chinese, _ in rows() for word in chinese))))


def _passes(char: str, rest: str) -> bool:
    """Whether a character is no other name's: a verb, or one that sounds like the name's next."""
    return char in light_verbs() or char in _SOFT or sounds_like(char, rest[0])


def sounds_like(one: str, other: str) -> bool:
    """Whether two characters are spoken alike, as those of one syllable or of one that is often mixed up with it."""
    return _heard(one) == _heard(other)


def _heard(char: str) -> str:
    sound = romanise(char)
    for strong, weak in _HEARD:
        sound = sound.replace(strong, weak)
    return sound


def _is_told(asked: str, at: int, told: str) -> bool:
    """Whether the evidence bears a character with one of its neighbours, in its other labels or sentences."""
    return any(len(pair) == PAIR and pair in told for pair in (asked[at - 1 : at + 1], asked[at : at + 2]))


def _shared(asked: str, name: str) -> tuple[int, int, int]:
    """The longest stretch of both: where it starts in each, and its length."""
    best = (0, 0, 0)
    before: dict[int, int] = {}
    for i, char in enumerate(asked):
        here: dict[int, int] = {}
        for j, other in enumerate(name):
            if char == other and char.strip():
                here[j] = before.get(j - 1, 0) + 1
                if here[j] > best[2]:
                    best = (i - here[j] + 1, j - here[j] + 1, here[j])
        before = here
    return best


_NUMBERED = re.compile(r"(?P<number>[一二三四五六七八九十百]+|\d+)(?P<of>届|期|号|年代|周?岁|标段|车间|支队)")


def numbered(case: Case) -> Iterator[Doubt]:
    """The 17th games asked for and the 16th found: the evidence bears another number of the same kind only."""
    if case.language is not Language.ZH:
        return
    told = {(_kind(m), _number(m)) for t in case.told.texts for m in _NUMBERED.finditer(label_key(t))}
    for match in _NUMBERED.finditer(case.text):
        others = {number for kind, number in told if kind == _kind(match)}
        if others and _number(match) not in others:
            yield Doubt("words", match.group())
            return


def _kind(match: re.Match[str]) -> str:
    return match["of"].removeprefix("周")


def _number(match: re.Match[str]) -> str:
    said = match["number"]
    return str(parse_chinese_numeral(said)) if CHINESE_NUMERAL.fullmatch(said) else said
