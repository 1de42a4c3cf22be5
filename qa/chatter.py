"""Words that people wrap a question in: the lexicon of chatter, and which characters of a question it accounts for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from qa.intent import read_patterns
from qa.keys import stem
from qa.lexicon.load import load
from qa.question import Language
from qa.roles import read_table

SECTIONS = ("function", "particle", "generic", "phase", "relative_year", "compare", "compare_with", "compare_after")
_ENGLISH_SECTIONS = (*SECTIONS, "joiner", "droppable")
# no whole words
_FORMED = frozenset({"verb", "tail", "whom", "before", "pattern", "single", "weighty", "doing", "matter"})
_LITERAL = re.compile(r"[一-鿿]{2,}")
_DOUBLED = re.compile(r"[^aeiou][aeiou][bdgmnprt]$")  # cut, cutting


def cover_chatter(text: str, covered: list[bool]) -> None:
    """Mark the words of chatter in what is not covered of a simplified Chinese question, longest first."""
    for frame in _frames():
        _cover(text, covered, frame)
    cover_words(text, covered, _chinese_words())
    _cover(text, covered, _compounds())


def _cover(text: str, covered: list[bool], pattern: re.Pattern[str]) -> None:
    for match in pattern.finditer(_blanked(text, covered)):
        covered[match.start() : match.end()] = [True] * len(match.group())


def cover_words(text: str, covered: list[bool], words: Mapping[str, tuple[str, ...]]) -> None:
    """Mark words, keyed by their first two characters and longest first, from left to right."""
    at = 0
    while at < len(text) - 1:
        for word in words.get(text[at : at + 2], ()):
            end = at + len(word)
            if text.startswith(word, at) and not any(covered[at:end]):
                covered[at:end] = [True] * len(word)
                at = end - 1
                break
        at += 1


def function_words() -> Mapping[str, tuple[str, ...]]:
    """The words of grammar and money, without those that only hedge or address."""
    return _keyed(_of_sections())


@cache
def single_characters() -> str:
    """The characters that are in no name, at which a run of content is cut."""
    return "".join((*load().section("particle", "zh"), *_rows("zh", "single")))


@cache
def doing() -> frozenset[str]:
    """Verbs of one character that say what is done with things and people, and stand for a name's own verb."""
    return frozenset(w for row in _rows("zh", "doing") for w in row.split("|"))


@cache
def light_verbs() -> frozenset[str]:
    """These, and the verbs of one character of spending and arranging."""
    return doing() | {w for row in _rows("zh", "verb") for w in row.split("|") if len(w) == 1}


@cache
def tails() -> frozenset[str]:
    """What one character may follow a verb: 掉, 到, 了."""
    return frozenset(w for row in _rows("zh", "tail") for w in row.split("|") if len(w) == 1)


@cache
def weighty_words() -> frozenset[str]:
    """Words, of both languages, that are never chatter: they change what is counted, or name a person."""
    persons = load().section("person")
    rows = (*_rows("zh", "weighty"), *_rows("en", "weighty"))
    return frozenset(persons) | {w for row in rows for w in row.split("|")}


@cache
def english_words() -> frozenset[str]:
    """The stems of the English words that name nothing a budget holds, those that speak of operations among them."""
    spoken = {word for source in read_patterns(Language.EN) for word in re.findall(r"[a-z]{3,}", source)}
    return courtesies() | {stem(word) for word in spoken}


@cache
def courtesies() -> frozenset[str]:
    """The stems of the English words of grammar and courtesy."""
    lexicon = load()
    found = {w.split(":")[-1] for s in _ENGLISH_SECTIONS for w in lexicon.section(s, "en")}
    for category, words in read_table("chatter_en.tsv"):
        for word in words.split("|") if category != "weighty" else ():
            found |= set(_forms(word)) if category == "verb" else {word}
    return frozenset(stem(part) for word in found for part in re.findall(r"[A-Za-z']+", word))


def _forms(verb: str) -> Iterator[str]:
    """A regular verb's forms: work, worked, working; save, saved, saving; trim, trimmed, trimming."""
    base = verb.removesuffix("e")
    double = verb + verb[-1] if _DOUBLED.search(verb) else base
    past = verb[:-1] + "i" if re.search(r"[^aeiou]y$", verb) else base
    yield from (verb, past + "ed", base + "ing", double + "ed", double + "ing", verb + "s")


def _rows(language: str, category: str) -> tuple[str, ...]:
    return tuple(words for kind, words in read_table(f"chatter_{language}.tsv") if kind == category)


def _blanked(text: str, covered: list[bool]) -> str:
    return "".join(" " if c else t for c, t in zip(covered, text, strict=True))


@cache
def _of_sections() -> frozenset[str]:
    return frozenset(w.split(":")[-1] for s in SECTIONS for w in load().section(s, "zh"))


@cache
def _chinese_words() -> Mapping[str, tuple[str, ...]]:
    found = set(_of_sections())
    found |= {w for kind, row in read_table("chatter_zh.tsv") if kind not in _FORMED for w in row.split("|")}
    for source in read_patterns(Language.ZH):
        found |= set(_LITERAL.findall(source))
    return _keyed(found - {w for row in _rows("zh", "matter") for w in row.split("|")})


def _keyed(words: frozenset[str] | set[str]) -> Mapping[str, tuple[str, ...]]:
    keyed: dict[str, list[str]] = {}
    for word in sorted((w for w in words if len(w) > 1), key=lambda w: (-len(w), w)):
        keyed.setdefault(word[:2], []).append(word)
    return {key: tuple(found) for key, found in keyed.items()}


@cache
def _frames() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, _rows("zh", "pattern")))


@cache
def _compounds() -> re.Pattern[str]:
    """A verb with its tails (掏出来了), or with those before it for whom it is done (替职工缴)."""
    verb, tail, whom, before = ("|".join(_longest_first(_rows("zh", c))) for c in ("verb", "tail", "whom", "before"))
    return re.compile(f"(?:{before})(?:{whom})(?:{verb})(?:{tail})*|(?:{verb})(?:{tail})+")


def _longest_first(rows: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({w for row in rows for w in row.split("|")}, key=lambda w: (-len(w), w)))
