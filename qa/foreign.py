"""What a question names and the corpus does not hold: other agencies, other places, topics no budget answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from qa.found import Found
from qa.keys import CJK, label_key, stem, words
from qa.lexicon.load import load
from qa.question import Candidate, How
from qa.vocabulary import ORGANISATIONS, Vocabulary

_PAY = re.compile(r"工资|薪|年收入|赚|挣|salary|salaries|paid|pay\b|earn|wage|bonus", re.I)
SURE_NAME = 0.93
MISSPELT = 0.85
HELD = 0.72  # an organisation of this surety is the one named
HELD_ITEM = 0.80  # an item, project or column of this surety that holds the words is what is meant, not an agency
_LEVELS = "省市区县州旗盟镇乡"


@dataclass(frozen=True, slots=True)
class Foreign:
    """A stretch [start, end) of the question that names something the corpus does not hold."""

    start: int
    end: int
    text: str


class ForeignFinder:
    """Finds agencies, places, topics and persons that no label of a vocabulary answers to."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        lexicon = vocabulary.lexicon
        self._vocabulary = vocabulary
        self._own_text = "\n".join(label_key(v.text) for v in vocabulary.labels if v.kind in ORGANISATIONS)
        places = sorted({*vocabulary.names.places, *vocabulary.names.own_places}, key=lambda p: (-len(p), p))
        known = "|".join(map(re.escape, places)) or "$^"
        place = rf"(?:(?:{known})(?:自治区|自治州|[{_LEVELS}](?!级))?|最高(?:人民)?|全国|中央)"
        heads = {form for a in lexicon.agencies for form in (a.full, *a.short) if len(form) > 1}
        self._heads = frozenset(heads)
        head = "|".join(map(re.escape, sorted(heads, key=lambda h: (-len(h), h))))
        ends = "|".join(map(re.escape, sorted(lexicon.section("organisation_end", "zh"), key=lambda h: (-len(h), h))))
        self._agency = re.compile(rf"(?P<places>(?:{place})*)(?P<level>[{_LEVELS}]?)(?P<head>{head})(?![长员])")
        self._any_agency = re.compile(
            rf"(?P<places>(?:{place})+)(?P<level>)(?P<head>[一-鿿]{{1,8}}?(?:{ends}))(?![长员])"
        )
        self._place = re.compile(place)
        self._end = re.compile(rf"(?:{ends})$")
        self._english_places: dict[str, list[str]] = {}
        for entry in lexicon.places:
            self._english_places.setdefault(entry.english, []).append(re.sub(rf"[{_LEVELS}]$", "", entry.chinese))

    def find(self, text: str, found: Sequence[Found], stretches: Sequence[tuple[int, int]] = ()) -> tuple[Foreign, ...]:
        """The foreign names of a question, in reading order; `found` are the names that the corpus answers to.

        `stretches` are the runs of Chinese content between function words.
        """
        foreign = [*self._agencies(text, found), *self._english_agencies(text, found)]
        foreign += self._longer_names(text, found, stretches)
        taken = [*found, *(Found(f.start, f.end, ()) for f in foreign)]
        foreign += [f for f in (*self._places(text), *self._topics(text)) if not _covered(f.start, f.end, taken)]
        unique = {(f.start, f.end): f for f in sorted(foreign, key=lambda f: (f.start, -f.end))}
        return outermost(tuple(unique.values()))

    # -- Chinese agencies

    def misspelt(self, text: str, found: Sequence[Found]) -> Iterator[Found]:
        """The corpus's own agencies with one wrong character (检查院), where that makes no other agency's name."""
        for match in self._any_agency.finditer(text):
            head, place = match["head"], self._last_place(match["places"])
            covered = any(f.start <= match.start("head") and match.end() <= f.end for f in found)
            if len(head) < 3 or head in self._heads or covered:
                continue
            numbers = {
                number
                for name, held in self._vocabulary.organisation_names.items()
                if len(name) == len(head) and sum(a != b for a, b in zip(name, head, strict=True)) == 1
                for number in held
                if self._is_at(place, self._vocabulary.labels[number].text)
            }
            candidates = [Candidate(self._vocabulary.labels[n], MISSPELT, How.FUZZY) for n in sorted(numbers)]
            if candidates:
                yield Found(match.start(), match.end(), tuple(candidates))

    def _agencies(self, text: str, found: Sequence[Found]) -> Iterator[Foreign]:
        for pattern in (self._agency, self._any_agency):
            for match in pattern.finditer(text):
                if not self._is_held(match, found):
                    yield Foreign(match.start(), match.end(), match.group())

    def _is_held(self, match: re.Match[str], found: Sequence[Found]) -> bool:
        place = self._last_place(match["places"])
        for one in found:
            if not one.overlaps(match.start("head"), match.end("head")):
                continue
            named = [c.label.text for c in one.candidates if c.label.kind in ORGANISATIONS and c.score >= HELD]
            if any(self._is_at(place, label) for label in named):
                return True
            covers = one.start <= match.start("head") and match.end("head") <= one.end
            if covers and one.score >= HELD_ITEM and (not place or place in self._own_text):
                return True
        return not match["places"] and match["level"] == "" and self._is_word_of_label(match["head"])

    def _longer_names(
        self, text: str, found: Sequence[Found], stretches: Sequence[tuple[int, int]]
    ) -> Iterator[Foreign]:
        """Organisations whose last words alone are known: 社区卫生服务中心 where another 服务中心 is held."""
        for start, end in stretches:
            ends = self._end.search(text[start:end])
            if ends is None or ends.start() < 2:
                continue
            inside = [f for f in found if start <= f.start and f.end <= end]
            unsure = [f for f in inside if f.score < SURE_NAME and f.start < end - 1]
            covered = sum(f.end - f.start for f in inside if f.score >= SURE_NAME)
            place = self._place.match(text[start:end])
            left = end - start - covered - (place.end() if place else 0)
            whole = any(f.start == start and f.end == end and f.direct for f in inside)
            if not whole and left >= len(ends.group()) + 2 and (unsure or not inside):
                yield Foreign(start, end, text[start:end])

    def _is_word_of_label(self, head: str) -> bool:
        return len(head) <= 2 or label_key(head) in self._own_text

    def _last_place(self, places: str) -> str:
        all_places = self._place.findall(places)
        return re.sub(rf"[{_LEVELS}]$", "", all_places[-1]) if all_places else ""

    def _is_at(self, place: str, label: str) -> bool:
        if not place:
            return True
        key = label_key(label)
        return place in key or (not self._vocabulary.names.place_stems(key) and place in self._own_text)

    def _places(self, text: str) -> Iterator[Foreign]:
        chain = re.compile(rf"(?:{self._place.pattern})+")
        for match in chain.finditer(text):
            if match.group() in ("全国", "中央", "最高"):
                continue
            if self._last_place(match.group()) not in self._own_text:
                yield Foreign(match.start(), match.end(), match.group())
        for word in re.finditer(r"\b[A-Z][a-z]+(?:\s[A-Z][a-z]+)?\b", text):
            places = self._english_places.get(word.group(), ())
            if places and not any(place in self._own_text for place in places):
                yield Foreign(word.start(), word.end(), word.group())

    # -- topics and persons

    def _topics(self, text: str) -> Iterator[Foreign]:
        lexicon = self._vocabulary.lexicon
        for topic in lexicon.section("topic"):
            yield from _occurrences(topic, text)
        if _PAY.search(text):
            for person in lexicon.section("person"):
                yield from _occurrences(person, text)

    # -- English agencies

    def _english_agencies(self, text: str, found: Sequence[Found]) -> Iterator[Foreign]:
        ends = {stem(w) for w in self._vocabulary.lexicon.section("organisation_end", "en")}
        tokens = words(text)
        for position, token in enumerate(tokens):
            if token.stem not in ends or any(f.overlaps(token.start, token.end) for f in found):
                continue
            first = position
            while (
                first > 0
                and text[tokens[first - 1].start].isupper()
                and tokens[first - 1].end + 1 >= tokens[first].start
            ):
                first -= 1
            last = position
            after = text[token.end :]
            of = re.match(r"\s+of\s+(?:the\s+)?([A-Z]\w+(?:\s+(?:and\s+)?[A-Z]\w+)*)", after)
            end = token.end + of.end() if of else tokens[last].end
            listed = position > 0 and self._is_listed(f"{tokens[position - 1].stem} {token.stem}")
            if first == position and not of and not listed:
                continue
            start = tokens[min(first, position - 1 if listed else first)].start
            yield Foreign(start, end, text[start:end])

    def _is_listed(self, name: str) -> bool:
        return any(name in english for a in self._vocabulary.lexicon.agencies for english in a.english)


def _occurrences(word: str, text: str) -> Iterator[Foreign]:
    pattern = rf"\b{re.escape(word)}\b" if not CJK.search(word) else re.escape(word)
    for match in re.finditer(pattern, text, re.I):
        yield Foreign(match.start(), match.end(), match.group())


def _covered(start: int, end: int, found: Sequence[Found]) -> bool:
    return any(f.overlaps(start, end) for f in found)


def untold(foreign: Sequence[str], paragraphs: Iterable[str]) -> tuple[str, ...]:
    """The foreign names but those of Chinese bodies that the documents' own prose speaks of (街道本部, 服务中心).

    Other names stay: a heading that the prose only mentions (学前教育) has no figure of its own.
    """
    ends = tuple(load().section("organisation_end", "zh"))
    bodies = {name for name in foreign if name.endswith(ends)}
    texts = [label_key(p) for p in paragraphs] if bodies else []
    return tuple(n for n in foreign if n not in bodies or not any(label_key(n) in t for t in texts))


def outermost(foreign: Sequence[Foreign]) -> tuple[Foreign, ...]:
    """Those that lie in no other one."""
    return tuple(f for f in foreign if not any(o is not f and o.start <= f.start and f.end <= o.end for o in foreign))
