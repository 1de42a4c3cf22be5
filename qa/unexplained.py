"""What a question says that its answer does not account for: the words no name, cell, intent or courtesy explains."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ingest.corpus import LabelKind
from qa.chatter import (
    SECTIONS,
    cover_chatter,
    cover_words,
    english_words,
    function_words,
    single_characters,
    weighty_words,
)
from qa.collocates import collocates
from qa.everyday import everyday_words
from qa.keys import Word, is_chinese, label_key, simplify, stem, words
from qa.lexicon.load import load
from qa.ownnouns import own_words
from qa.question import How, Language, Linked, Mention
from qa.romanise import romanise
from qa.shortnames import is_headquarters
from qa.told import Told
from qa.wordtable import Roots, chinese_said, joiners, roots_of

_NUMBER = re.compile(
    r"\d[\d,.]*(?:(?:st|nd|rd|th)\b)?|第[一二三四五六七八九十\d]+(?:[大高多贵小低少名位])?|[零〇一二两三四五六七八九十百千]+(?=[万亿]?[元年月日个项家辆人])|fy\s?\d\d",
    re.I,
)
_LATIN = re.compile(r"(?<![A-Za-z])[A-Z]{3,}(?![A-Za-z])")  # an abbreviation in a Chinese question: GDP
_PLAIN_LATIN = frozenset({"PDF", "RMB", "CNY", "TOP"})
_VAGUE = (How.CONTAINED, How.FUZZY, How.EMBEDDING, How.WORDS)
_ITEMS = (LabelKind.ITEM, LabelKind.PROJECT, LabelKind.COLUMN)
SHORT_NAME = 3  # characters
_SPOKEN = 4  # letters; a shorter word is a part of too many sounds
LIKE = 0.8  # an English name this nearly said
SURE = 0.9  # a name this surely read is what is asked
_ITSELF = re.compile(r"自己|自身|自个儿")  # says of an agency's own house what its name says: 局本级自己
_LEVEL = re.compile(r"级项目$")  # says which of a table's rows are meant
_ASKER = re.compile(r"office|department|bureau|agency", re.I)
_NEAR_TABLE = (16, 40)  # characters before and behind a name within which "table" makes it a table's
_SHORTEST = 2  # characters; a single one left over is a particle or a slip


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the question that nothing explains; `weighty` where it makes another name of the one it stands at.

    So do a modifier at a name (国际 会议费, "female" staff training), a person, an abbreviation and a word that
    changes what is counted (抛开, "rather" than).
    """

    text: str
    weighty: bool = False


def unexplained(linked: Linked, told: Told, figure: bool = True) -> tuple[Piece, ...]:
    """The content words of a question that neither an intent, a courtesy nor the answer's evidence explains.

    For a `figure` the words of an English name that it is not of weigh more.
    """
    texts = _texts_of(told)
    text = linked.question.text
    covered = [not c.strip() for c in text]
    for start, end in _spans(linked, texts):
        covered[start:end] = [True] * (end - start)
    _cover_before_brackets(text, covered, texts)
    _cover_examples(text, covered)
    names = {at for m in linked.mentions if m.kind in _ITEMS and _is_used(m, texts) for at in (m.start, m.end)}
    names |= {at for m in linked.mentions for at in _edges_inside(m, texts)}
    names |= {beyond for at in tuple(names) for beyond in _beyond_generic(text, at)}
    if linked.question.language is Language.ZH:
        return tuple(_chinese(text, covered, "\n".join(texts), names))
    borne = _borne(text, texts, told)
    unused = tuple(m for m in linked.mentions if figure and _is_missed(m, text) and not _is_used(m, texts))
    return tuple(_english(text, covered, borne, names, unused))


def unsaid(stems: Iterable[str], text: str, told: Told) -> tuple[str, ...]:
    """Those of an English question's words (as stems) that nothing the answer's evidence bears says."""
    borne, said = _borne(text, _texts_of(told), told), roots_of(text) | joiners()
    return tuple(s for s in stems if not _glossed(s, borne, said))


def _texts_of(told: Told) -> tuple[str, ...]:
    """The keys of all that the evidence bears, with what usually goes with its names and the agency's own words."""
    own = own_words(told.agencies)
    return tuple(dict.fromkeys((*(label_key(t) for t in told.texts if t), *collocates(told.names), *own)))


def _borne(text: str, texts: tuple[str, ...], told: Told) -> _Borne:
    """What the evidence bears, for the words of an English question."""
    told_words = {s for t in texts for s in english_of().get(t, ())} | {w.stem for t in texts for w in words(t)}
    spoken = (*told.agencies, *(told.names if _PROPER.search(text) else ()))
    named = "\n".join(n for n in told.names if not any(n.startswith(a[:2]) for a in told.agencies))
    return _Borne("\n".join(texts), frozenset(told_words), "\n".join(map(romanise, spoken)), named)


def _is_missed(mention: Mention, text: str) -> bool:
    """Whether a name is one surely read of a thing, and not of a table to look in."""
    around = text[max(0, mention.start - _NEAR_TABLE[0]) : mention.end + _NEAR_TABLE[1]]
    named = mention.kind in _ITEMS and mention.best.score >= SURE and not names_no_thing(mention, text)
    return named and "table" not in around.casefold()


def names_no_thing(mention: Mention, text: str) -> bool:
    """Whether a name is that of a level of projects, or words like "the office" for who is asked about."""
    before = text[: mention.start].split(" ")[-2:-1]
    asker = [w.casefold() for w in before] in (["the"], ["this"]) and _ASKER.fullmatch(mention.text) is not None
    return asker or _LEVEL.search(mention.best.label.text) is not None


_PROPER = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{4,}")  # a place by its sound, which the names told bear
_GENERIC = ("收入", "支出", "预算", "经费", "资金")


def _beyond_generic(text: str, at: int) -> Iterator[int]:
    """Where a name begins or ends with the words beside it that every budget is full of: 非税 in 非税收入拨款."""
    before, after = at, at
    while text[max(0, before - 2) : before] in _GENERIC:
        before -= 2
        yield before
    while text[after : after + 2] in _GENERIC:
        after += 2
        yield after


def content_pairs(linked: Linked, told: Told) -> set[str]:
    """The neighbouring characters of a Chinese question outside the names that were used, function words left out."""
    folded = simplify(linked.question.text).casefold()
    covered = [False] * len(folded)
    for start, end in _spans(linked, tuple(label_key(t) for t in told.texts)):
        covered[start:end] = [True] * (end - start)
    cover_words(folded, covered, function_words())
    rest = _open(folded, covered)
    return {rest[i : i + 2] for i in range(len(rest) - 1) if is_chinese(rest[i]) and is_chinese(rest[i + 1])}


def _spans(linked: Linked, texts: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """The stretches that name what was used, and the numbers; a name reached word by word explains no other words."""
    for number in linked.numbers:
        yield number.start, number.end
    for match in _NUMBER.finditer(linked.question.text):
        yield match.span()
    for mention in linked.mentions:
        if _is_used(mention, texts) and mention.best.how is not How.WORDS:
            itself = _ITSELF.match(linked.question.text, mention.end) if is_headquarters(mention.text) else None
            yield mention.start, mention.end if itself is None else itself.end()


def _is_used(mention: Mention, texts: tuple[str, ...]) -> bool:
    """Whether a surely matched label of a mention is what the evidence bears; vague ones are compared by character."""
    for candidate in mention.candidates:
        key = label_key(candidate.label.text)
        sure = candidate.score >= LIKE and (candidate.how not in _VAGUE or not is_chinese(mention.text))
        if key in texts and (sure or is_slip(without_suffix(label_key(mention.text), key), key)):
            return True
        if candidate.score >= LIKE and is_slip(label_key(mention.text), key) and any(key in t for t in texts):
            return True  # 三工经费 for the name inside 财政拨款“三公”经费
    return False


def _edges_inside(mention: Mention, texts: tuple[str, ...]) -> Iterator[int]:
    """Where a longer name that was read as a label inside it begins and ends: 国际会议费 is no 会议费."""
    label = mention.best.label.text
    at = mention.text.find(label)
    if mention.kind in _ITEMS and mention.best.how is How.CONTAINED and at >= 0 and label_key(label) in texts:
        yield from (mention.start + at, mention.start + at + len(label))


def without_suffix(said: str, label: str) -> str:
    """A name without the 支出 or 费 that the label lacks."""
    longer = said[len(label) :] if len(said) > len(label) else ""
    return said[: len(label)] if longer in load().section("suffix", "zh") else said


def is_slip(said: str, label: str) -> bool:
    """Whether two names differ in one character only: any of a long name's, one that sounds the same of a short."""
    if len(said) != len(label) or len(said) < SHORT_NAME:
        return False
    wrong = [(a, b) for a, b in zip(said, label, strict=True) if a != b]
    return len(wrong) == 1 and (len(said) > SHORT_NAME or romanise(wrong[0][0]) == romanise(wrong[0][1]))


def _chinese(text: str, covered: list[bool], told: str, names: Collection[int] = ()) -> Iterator[Piece]:
    folded = simplify(text).casefold()
    before = list(covered)
    cover_chatter(folded, before)  # first, since the evidence's 年相 would take apart 去年相比
    _cover_everyday(folded, covered, told)
    _cover_told(folded, covered, told)
    covered[:] = [c or b for c, b in zip(covered, before, strict=True)]
    cover_chatter(folded, covered)
    for match in _runs().finditer(_open(folded, covered)):
        piece = match.group()
        if len(piece) >= _SHORTEST and not _function_characters().issuperset(piece):
            attached = match.start() in names or match.end() in names
            yield Piece(piece, attached or not weighty_words().isdisjoint(_parts(piece)))
    for match in _LATIN.finditer(_open(text, covered)):
        if match.group() not in _PLAIN_LATIN and match.group().casefold() not in told.casefold():
            yield Piece(match.group(), weighty=True)


def _open(text: str, covered: list[bool]) -> str:
    """The text with what is covered blanked out."""
    return "".join(" " if c else t for c, t in zip(covered, text, strict=True))


def _cover_told(text: str, covered: list[bool], told: str) -> None:
    """Mark pairs of characters that the evidence bears."""
    for at in range(len(text) - 1):
        if is_chinese(text[at]) and text[at : at + 2] in told:
            covered[at] = covered[at + 1] = True


def _cover_everyday(text: str, covered: list[bool], told: str) -> None:
    """Mark everyday words for which the evidence bears one of budgets: 扫马路 for 道路清扫."""
    for start, end, official in everyday_words(text):
        if any(word in told for word in official):
            covered[start:end] = [True] * (end - start)


def _parts(piece: str) -> Iterator[str]:
    """Every stretch of two characters or more inside a piece."""
    return (piece[a:b] for a in range(len(piece)) for b in range(a + _SHORTEST, len(piece) + 1))


@cache
def _function_characters() -> frozenset[str]:
    """Characters that are words by themselves; one inside a longer unknown word (人 in 无人机) is part of that."""
    lexicon = load()
    return frozenset(w for s in SECTIONS for w in lexicon.section(s, "zh") if len(w) == 1)


@cache
def _runs() -> re.Pattern[str]:
    """Runs of Chinese without the characters that are in no name."""
    return re.compile(rf"(?:(?![{re.escape(single_characters())}])[一-鿿])+")


@dataclass(frozen=True, slots=True)
class _Borne:
    """What the evidence bears: its text, the English words of its names (as stems), how they sound, and its own names.

    These are the ones that do not begin with the agency's place.
    """

    text: str
    words: frozenset[str]
    sounds: str
    own: str


def _english(
    text: str, covered: list[bool], told: _Borne, names: Collection[int] = (), unused: Collection[Mention] = ()
) -> Iterator[Piece]:
    said = roots_of(text) | joiners()
    for word in words(text):
        if covered[word.start] or not word.stem.isalpha() or len(word.stem) < _SHORTEST:
            continue
        if word.stem not in english_words() and not _glossed(word.stem, told, said):
            named = any(m.start <= word.start < m.end for m in unused)
            weighty = named or word.stem in weighty_words() or word.stem in _bodies()
            proper = word.start > 0 and text[word.start].isupper()  # a name of its own narrows what is asked
            yield Piece(word.stem, weighty or proper or _at_name(text, word, names))
    if is_chinese(text):
        masked = [c or not is_chinese(t) for c, t in zip(covered, text, strict=True)]
        yield from _chinese(text, masked, told.text)


_SUCH = re.compile(r"(?:这些|这类|这种|之类的?|等等的?|等)(?=[一-鿿])")
_LISTED_BEFORE = re.compile(r"[一-鿿、,]{1,48}$")


def _cover_examples(text: str, covered: list[bool]) -> None:
    """Mark the examples before a name that is used: 学费、住宿费这些教育收费."""
    done = 0
    for such in _SUCH.finditer(text):
        listed = _LISTED_BEFORE.search(text, max(done, such.start() - 48), such.start())
        if listed is not None and covered[such.end()]:
            covered[listed.start() : such.end()] = [True] * (such.end() - listed.start())
        done = such.end()


@cache
def _bodies() -> frozenset[str]:
    """Stems of the English nouns of organisations: the figure of a bureau is not that of its museum."""
    return frozenset(stem(w) for w in load().section("organisation_end", "en"))


_GAP = r"['’]?[\s-]+(?:(?:of|for|the|a|an|and|in|on|to|by|with|from|at|very|its|their)\s+)*"
_BEFORE, _AFTER = re.compile(_GAP + "$"), re.compile(_GAP)


def _at_name(text: str, word: Word, names: Collection[int]) -> bool:
    """Whether a name stands right before or behind a word: "water pollution", "welfare of the elderly"."""
    before, after = _BEFORE.search(text, 0, word.start), _AFTER.match(text, word.end)
    return (before is not None and before.start() in names) or (after is not None and after.end() in names)


_BEFORE_BRACKET = re.compile(r"(?:[\"“][A-Za-z' -]{1,60}[\"”] ?|(?:[A-Za-z'-]+ ){1,4}|[一-鿿]{1,4})\(")


_BRACKETED = re.compile(r"[“\"]?[一-鿿]{3,}[”\"]?(?=[)）])")


def _cover_before_brackets(text: str, covered: list[bool], texts: Collection[str]) -> None:
    """Mark the words right before a bracket that holds a name that is used, or one the evidence bears: they say it."""
    for match in _BEFORE_BRACKET.finditer(text):
        inside = _BRACKETED.match(text, match.end())
        borne = inside is not None and any(label_key(inside.group()) in t for t in texts)
        if match.end() < len(covered) and (covered[match.end()] or borne):
            covered[match.start() : match.end()] = [True] * len(match.group())


@cache
def english_of() -> Mapping[str, frozenset[str]]:
    """The stems of the English names of every standard name."""
    found: dict[str, set[str]] = {}
    for name in load().names:
        stems = {stem(w) for english in name.english for w in re.findall(r"[A-Za-z']+", english)}
        for chinese in name.chinese:
            found.setdefault(label_key(chinese), set()).update(stems)
    return {key: frozenset(stems) for key, stems in found.items()}


def _glossed(word: str, told: _Borne, said: Roots) -> bool:
    """Whether the evidence bears a Chinese word for an English one, or the word itself."""
    known = chinese_said(word, said)
    longer = [c for c in known if len(c) > 1]  # 电 alone, of 用电 and 供电, says nothing of "electric"
    spoken = not told.words.isdisjoint((word, stem(word))) or (len(word) >= _SPOKEN and word in told.sounds)
    level = any(c in told.own for c in known if c in load().section("level", "zh"))  # the 县 of 县运动会
    return spoken or level or any(c in told.text for c in longer or known)
