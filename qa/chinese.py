"""Finding names in the Chinese part of a question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from qa.found import Found, merge
from qa.keys import Squeezed, squeeze
from qa.question import Candidate, How
from qa.sound import Sounds
from qa.vocabulary import GAP, ORGANISATIONS, Vocabulary, is_classified

WHOLE_STRETCH = 0.72  # a stretch with one wrong character (of four) goes before a shorter name inside it
MISSPELT = 0.80  # … and, of five, goes before an organisation inside it
LOCAL = 0.64  # a name found by likeness alone
SYNONYM = 0.95  # a label like a synonym of what was said, times this
SURE = 0.975
SOUNDS_ALIKE = 0.92  # a name written with a character that sounds the same, times this
LENGTH_BONUS = 0.03  # of two parts nearly as alike the longer one says more


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch [start, end) of the squeezed text that is a known name; `absent` when no label bears it."""

    start: int
    end: int
    candidates: tuple[Candidate, ...]
    absent: bool = False
    meant: str = ""  # the name that was written otherwise

    @property
    def score(self) -> float:
        return max((c.score for c in self.candidates), default=0.0)

    @property
    def organisation(self) -> bool:
        return any(c.label.kind in ORGANISATIONS and c.score > 0.9 for c in self.candidates)


@dataclass(frozen=True, slots=True)
class ChineseScan:
    """What the scan found: names, standard names no label bears, and the stretches between function words."""

    found: tuple[Found, ...]
    absent: tuple[tuple[int, int], ...]
    stretches: tuple[tuple[int, int], ...]


class ChineseScanner:
    """Finds the names of a vocabulary in Chinese text."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        words = sorted(vocabulary.lexicon.section("function", "zh"), key=lambda w: (-len(w), w))
        sections = ("stub", "soft", "soft_lossy", "generic")
        self._vague = frozenset(w for section in sections for w in vocabulary.lexicon.section(section, "zh"))
        self._always = frozenset(vocabulary.lexicon.section("particle", "zh"))
        self._function = re.compile(r"(?:19|20)\d\d年度?|" + "|".join(map(re.escape, words)) + r"|[\s\d.%]+|[a-z]+")
        self._suffix = re.compile("|".join(map(re.escape, vocabulary.lexicon.section("suffix", "zh"))))

    def scan(self, text: str) -> ChineseScan:
        """Known names longest first, then stretches with a spelling error, then names like what is left."""
        squeezed = squeeze(text)
        spans = self._known(squeezed.key)
        stretches = tuple(self._stretches(squeezed.key, spans))
        if any(True for stretch in stretches for _ in _gaps(stretch, spans)):
            spans = self._with_slips(squeezed.key, spans)
            stretches = tuple(self._stretches(squeezed.key, spans))
        spans = self._repaired(squeezed.key, spans, stretches)
        spans += self._left_over(squeezed.key, spans, stretches)
        taken = [span.start for span in spans]
        found = [self._to_found(span, squeezed, taken) for span in spans if not span.absent]
        absent = [squeezed.span(s.start, s.end) for s in spans if s.absent and (s.start, s.end) in stretches]
        return ChineseScan(tuple(found), tuple(absent), tuple(squeezed.span(a, b) for a, b in stretches))

    # -- known names

    def _known(self, key: str) -> list[Span]:
        spans = [self._span(key, start, end) for start, end in self._vocabulary.spans(key) if _whole(key, start, end)]
        spans.sort(key=lambda s: (-(s.end - s.start), -s.score, s.start))
        chosen: list[Span] = []
        for span in spans:
            if all(span.end <= c.start or c.end <= span.start for c in chosen):
                chosen.append(span)
        return chosen

    def _span(self, key: str, start: int, end: int) -> Span:
        said = key[start:end]
        candidates = self._direct(said) or self._projects_like(said)
        return Span(start, end, candidates, absent=not candidates)

    def _projects_like(self, said: str) -> tuple[Candidate, ...]:
        """For a standard name that no label bears: labels of the publisher's own that hold it (防汛 in 防汛抗台)."""
        similar = self._vocabulary.similar(said)
        return tuple(c for c in similar if c.how is How.CONTAINED and not is_classified(c.label))

    def _direct(self, said: str) -> tuple[Candidate, ...]:
        vocabulary = self._vocabulary
        return tuple(Candidate(vocabulary.labels[e.label], e.score, e.how) for e in vocabulary.entries(said))

    @cached_property
    def _sounds(self) -> Sounds:
        return Sounds(self._vocabulary.names_borne())

    def _with_slips(self, key: str, spans: list[Span]) -> list[Span]:
        """The spans, with names written by characters that sound the same instead of shorter ones inside them."""
        for start, end, name in self._sounds.misspelt(key):
            inside = [s for s in spans if s.start < end and start < s.end]
            if all(start <= s.start and s.end <= end and s.end - s.start < end - start for s in inside):
                meant = tuple(Candidate(c.label, c.score * SOUNDS_ALIKE, How.FUZZY) for c in self._direct(name))
                spans = [*(s for s in spans if s not in inside), Span(start, end, meant, meant=name)]
        return spans

    # -- stretches of content between function words

    def _stretches(self, key: str, spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
        covered = [False] * len(key)
        for span in spans:
            covered[span.start : span.end] = [True] * (span.end - span.start)
        position = start = 0
        while position < len(key):
            word = None if covered[position] else self._function.match(key, position)
            if word is not None and not any(covered[position : word.end()]) and not self._inside_word(key, word):
                if position > start:
                    yield start, position
                position = start = word.end()
            else:
                position += 1
        if position > start:
            yield start, position

    def _inside_word(self, key: str, word: re.Match[str]) -> bool:
        """Whether a function word is part of a longer name (中 in 中心, 支付 in 国库支付中心), judged by the labels."""
        start, end = word.span()
        if word.group() in self._always or not word.group()[0] >= "一":
            return False
        has_pair = self._vocabulary.has_pair
        before = start > 0 and has_pair(key[start - 1 : start + 1])
        after = has_pair(key[end - 1 : end + 1])
        if end - start > 1:
            return before and after
        # 差 and 率 in 差率费, for 差旅费: the ends of a label of three characters.
        windows = (key[at : at + 3] for at in range(max(0, start - 2), start + 1))
        return before or after or any(len(w) == 3 and has_pair(w[0] + GAP + w[2]) for w in windows)

    def _repaired(self, key: str, spans: list[Span], stretches: Sequence[tuple[int, int]]) -> list[Span]:
        """The spans with weak or partial ones replaced where the whole stretch is nearly one label."""
        for stretch in stretches:
            spans = self._replaced(key, spans, stretch, MISSPELT)
            for part in _without_sure(stretch, spans):
                spans = self._replaced(key, spans, part, WHOLE_STRETCH)
        return spans

    def _replaced(self, key: str, spans: list[Span], part: tuple[int, int], floor: float) -> list[Span]:
        start, end = part
        inside = [s for s in spans if start <= s.start and s.end <= end]
        loose = [key[a:b] for a, b in _gaps(part, inside)]
        if end - start < 3 or not inside or all(word in self._vague for word in loose):
            return spans
        best = self._vocabulary.similar(key[start:end])
        named = {c.label for s in inside for c in s.candidates if c.score >= SURE}
        if best and best[0].score >= floor and best[0].label not in named:
            return [*(s for s in spans if s not in inside), Span(start, end, best)]
        longer = self._best_part(key, start, end, longer_than=max(s.end - s.start for s in inside))
        if longer is None or longer.score < floor:
            return spans
        within = [s for s in inside if longer.start <= s.start and s.end <= longer.end]
        cut = any(s.start < longer.end and longer.start < s.end for s in inside if s not in within)
        if cut or not within or not all(s.score < SURE and s.end - s.start < 4 for s in within):
            return spans
        return [*(s for s in spans if s not in within), longer]

    def _left_over(self, key: str, spans: Sequence[Span], stretches: Sequence[tuple[int, int]]) -> list[Span]:
        more: list[Span] = []
        for stretch in stretches:
            for start, end in _gaps(stretch, spans):
                more.extend(self._local(key, start, end, depth=0))
        return more

    def _local(self, key: str, start: int, end: int, depth: int) -> Iterator[Span]:
        """The best part of [start, end) that is like a label, then the parts left and right of it."""
        if end - start < 2 or depth > 3:
            return
        best = self._best_part(key, start, end)
        if best is None:
            return
        yield best
        yield from self._local(key, start, best.start, depth + 1)
        yield from self._local(key, best.end, end, depth + 1)

    def _best_part(self, key: str, start: int, end: int, longer_than: int = 1) -> Span | None:
        said = key[start:end]
        best: tuple[float, int, int] | None = None
        for number in self._vocabulary.nearby(said):
            for low, high in _shared_parts(said, self._vocabulary.keys[number]):
                if high - low <= longer_than or said[low:high] in self._vague:
                    continue
                match = self._vocabulary.likeness(said[low:high], number)
                if match is not None and match[0] >= LOCAL:
                    best = max(best or (0.0, 0, 0), (match[0] + LENGTH_BONUS * (high - low), low, high))
        if best is None:
            return None
        _, low, high = best
        return Span(start + low, start + high, self._vocabulary.similar(said[low:high]))

    # -- from spans to candidates

    def _to_found(self, span: Span, squeezed: Squeezed, taken: Sequence[int]) -> Found:
        said = span.meant or squeezed.key[span.start : span.end]
        share = SOUNDS_ALIKE if span.meant else 1.0
        alternatives = [tuple(replace(c, score=c.score * share) for c in self._vocabulary.similar(said))]
        for synonym in self._vocabulary.synonyms.get(said, ()):
            if synonym != said:
                similar = self._vocabulary.similar(synonym)
                alternatives.append(tuple(Candidate(c.label, c.score * SYNONYM, How.ALIAS) for c in similar))
        start, end = squeezed.span(span.start, self._end(span, squeezed.key, taken))
        return Found(start, end, merge(span.candidates, *alternatives))

    def _end(self, span: Span, key: str, taken: Sequence[int]) -> int:
        """Where the name ends with the 费, 支出 or the like that follows it."""
        suffix = None if span.organisation else self._suffix.match(key, span.end)
        if suffix is None or any(suffix.start() <= start < suffix.end() for start in taken):
            return span.end
        return suffix.end()


def _whole(key: str, start: int, end: int) -> bool:
    """Whether [start, end) cuts through no number or Latin word."""
    left = start > 0 and key[start - 1].isascii() and key[start - 1].isalnum() and key[start].isascii()
    right = end < len(key) and key[end].isascii() and key[end].isalnum() and key[end - 1].isascii()
    return not (left and key[start].isalnum()) and not (right and key[end - 1].isalnum())


def _without_sure(stretch: tuple[int, int], spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The parts of a stretch between organisations and names that are sure and long."""
    sure = [s for s in spans if s.organisation or (s.score >= SURE and s.end - s.start >= 4)]
    yield from _gaps(stretch, sure)


def _gaps(stretch: tuple[int, int], spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    start, stop = stretch
    for span in sorted(spans, key=lambda s: s.start):
        if span.end <= start or span.start >= stop:
            continue
        if span.start > start:
            yield start, span.start
        start = max(start, span.end)
    if start < stop:
        yield start, stop


def _shared_parts(said: str, label: str) -> Iterator[tuple[int, int]]:
    """Parts of `said` worth comparing with a label: all of it, and from the first to the last pair they share."""
    yield 0, len(said)
    shared = [i for i in range(len(said) - 1) if said[i : i + 2] in label]
    if not shared:
        return
    low, high = shared[0], shared[-1] + 2
    yield low, high
    yield max(0, low - 1), high
    yield low, min(len(said), high + 1)
    run = low
    for here, after in zip(shared, [*shared[1:], -9], strict=True):
        if after != here + 1:
            yield run, here + 2
            run = after
