"""From a question's text to the labels, years, figures and unit it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from ingest.corpus import Corpus
from ingest.units import Unit
from qa.chinese import ChineseScanner
from qa.englishscan import EnglishScanner
from qa.foreign import Foreign, ForeignFinder, outermost
from qa.found import Found, to_mentions
from qa.meant import DEFAULT_CALIBRATION, NAMES, ByMeaning, Calibration, VectorSearch
from qa.normalise import normalise
from qa.procurement import CategoryFinder, is_replaced
from qa.quantities import find_numbers, wanted_unit
from qa.question import Candidate, How, Linked, Mention, Normalised
from qa.sharedend import find_shared
from qa.shortnames import ShortNameFinder, covers
from qa.smallfirms import SmallFirmFinder, is_of_small_firms
from qa.time import find_time, names_stage
from qa.vocabulary import Vocabulary, build_vocabulary

_DIGITS = re.compile(r"(?<![\d.])(?<!\d,)\d{3,25}(?!\d|[,.]\d)")
_UNIT_AFTER = re.compile(
    r"\s?(?:元|万|亿|千|百|个|人|台|辆|块|场|次|天|%|家|件|年|yuan|rmb|dollars|residents|people)", re.I
)
_CODE_WORD = re.compile(r"(?:编码|代码|科目|code|item|account|no\.?|number)\s*[:为是]?\s*$", re.I)


@dataclass(frozen=True, slots=True)
class Linker:
    """Links questions to one vocabulary; `embed` is asked only for what no name explains."""

    vocabulary: Vocabulary
    embed: VectorSearch | None = None
    calibration: Calibration = DEFAULT_CALIBRATION
    _chinese: ChineseScanner = field(init=False, repr=False)
    _english: EnglishScanner = field(init=False, repr=False)
    _foreign: ForeignFinder = field(init=False, repr=False)
    _categories: CategoryFinder = field(init=False, repr=False)
    _firms: SmallFirmFinder = field(init=False, repr=False)
    _short: ShortNameFinder = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_chinese", ChineseScanner(self.vocabulary))
        object.__setattr__(self, "_english", EnglishScanner(self.vocabulary))
        object.__setattr__(self, "_foreign", ForeignFinder(self.vocabulary))
        object.__setattr__(self, "_categories", CategoryFinder(self.vocabulary))
        object.__setattr__(self, "_firms", SmallFirmFinder(self.vocabulary))
        object.__setattr__(self, "_short", ShortNameFinder(self.vocabulary))

    def link(self, text: str) -> Linked:
        """Everything a question names. `text` is the question as typed."""
        question = normalise(text)
        found, absent, stretches = self._found(question.text)
        foreign = outermost((*self._foreign.find(question.text, found, stretches), *absent))
        kept = tuple(f for f in found if not _is_foreign(f, foreign))
        mentions = to_mentions(kept, question.text, self.vocabulary)
        if self.embed is not None and not foreign:
            mentions = self._with_meant(question, self.embed, mentions, stretches)
        return _linked(question, mentions, foreign)

    def _with_meant(
        self,
        question: Normalised,
        embed: VectorSearch,
        mentions: tuple[Mention, ...],
        stretches: Sequence[tuple[int, int]],
    ) -> tuple[Mention, ...]:
        """The mentions, with those of content that names leave open replaced by labels near it in meaning."""
        by_meaning = ByMeaning(self.vocabulary, embed, self.calibration)
        meant = tuple(by_meaning.find(question.text, question.language, stretches, mentions))
        kept = (m for m in mentions if not (m.kind in NAMES and any(f.overlaps(m.start, m.end) for f in meant)))
        return (*kept, *to_mentions(meant, question.text, self.vocabulary, meaning=True))

    def _found(self, text: str) -> tuple[tuple[Found, ...], tuple[Foreign, ...], tuple[tuple[int, int], ...]]:
        codes = tuple(self._codes(text))
        chinese = self._chinese.scan(_blanked(text, codes))
        english = self._english.scan(_blanked(text, codes))
        found = (*codes, *chinese.found, *english.found)
        categories = tuple(find_shared(text, self.vocabulary)) or tuple(self._categories.find(text, found))
        found = (*(f for f in found if not is_replaced(f, categories)), *categories)
        firms = tuple(self._firms.find(text, found))
        found = (*(f for f in found if not is_of_small_firms(f, firms)), *firms)
        found = (*found, *self._foreign.misspelt(text, found))
        short = tuple(self._short.find(text, found))
        found = (*(f for f in found if not any(covers(s, f) for s in short)), *short)
        absent = [Foreign(a, b, text[a:b]) for a, b in (*chinese.absent, *english.absent)]
        absent += self._unknown_codes(text)
        absent = [f for f in absent if not any(o.overlaps(f.start, f.end) for o in found)]
        absent += [Foreign(f.start, f.end, text[f.start : f.end]) for f in firms if not f.candidates]
        return found, tuple(absent), (*chinese.stretches, *english.groups)

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
            called = _CODE_WORD.search(text[: match.start()]) and not text.startswith("年", match.end())
            if match.group() not in self.vocabulary.codes and called:
                yield Foreign(match.start(), match.end(), match.group())


def linker_for(
    corpus: Corpus, embed: VectorSearch | None = None, calibration: Calibration = DEFAULT_CALIBRATION
) -> Linker:
    """A linker over a corpus's labels as they are now; make a new one when `corpus.version()` changes."""
    return Linker(build_vocabulary(corpus.labels()), embed, calibration)


_RATE = re.compile(
    r"[预决]算(?=的?(?:执行|完成)率|单位|科目)|\bbudget(?= (?:execution|completion|implementation) rate)", re.I
)


def _stages_in_rates(text: str) -> tuple[Found, ...]:
    """Where 预算 is part of another name (预算执行率, 预算单位) and names no stage of the budget cycle."""
    return tuple(Found(m.start(), m.end(), ()) for m in _RATE.finditer(text))


def _linked(question: Normalised, mentions: tuple[Mention, ...], foreign: Sequence[Foreign]) -> Linked:
    text = question.text
    whole = [m for m in mentions if m.best.how is not How.EMBEDDING and not names_stage(m.best.label.text)]
    numbers = tuple(n for n in find_numbers(text) if not any(m.start < n.end and n.start < m.end for m in whole))
    open_text = _blanked(text, [_with_budget(_without_stage(m), text) for m in whole])
    time = find_time(_blanked(open_text, _stages_in_rates(text)))
    return Linked(
        question=question,
        mentions=mentions,
        years=time.years,
        relative_years=time.relative_years,
        phases=time.phases,
        unit=wanted_unit(open_text) or next((u for m in whole if (u := _counted_in(m)) is not None), None),
        numbers=numbers,
        foreign=tuple(dict.fromkeys(f.text for f in sorted(foreign, key=lambda f: f.start))),
        residue=" ".join(_blanked(open_text, numbers).split()),
    )


_HOW_MANY = re.compile(r"有?(?:几|多少)[辆台]")


def _counted_in(mention: Mention) -> Unit | None:
    """The unit of a name that asks for a count itself (几辆车)."""
    return wanted_unit(mention.text) if _HOW_MANY.match(mention.text) else None


_STAGED = re.compile(r"(?:预算|决算)数?$")


def _without_stage(mention: Mention) -> Mention:
    """A mention without the stage at its end that its label does not bear: 三公经费预算 for the label “三公”经费."""
    stage = _STAGED.search(mention.text)
    if stage is None or stage.group()[:2] in mention.best.label.text or mention.text == stage.group():
        return mention
    return replace(mention, end=mention.end - len(stage.group()))


def _with_budget(mention: Mention, text: str) -> Mention:
    """A mention with the "budget" behind it that its label bears too: "government-managed fund budget" is no stage."""
    said = text[mention.end :].startswith(" budget") and "预算" in mention.best.label.text
    return replace(mention, end=mention.end + len(" budget")) if said else mention


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


def _is_foreign(found: Found, foreign: Sequence[Foreign]) -> bool:
    """Whether a name lies inside a foreign one (财政局 in 绍兴市财政局 where the corpus holds another)."""
    return any(f.start <= found.start and found.end <= f.end for f in foreign)


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and digits.startswith(("19", "20"))
