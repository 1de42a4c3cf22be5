"""The clause round a claimed figure, its hedge, and the year it speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.figures import FoundFigure
from ingest.units import PERCENT
from qa.question import Language
from qa.verify.kinds import is_origin
from qa.verify.multiples import is_manifold, is_multiple
from qa.verify.rough import is_rough
from qa.verify.sentences import Sentence, without
from qa.verify.wording import Hedge, wording

_CUT = re.compile(r"[，,、](?!\d{3}(?!\d))|[；;：]|: |其中|——|\b(?:and|while|including)\b")
_LEADING = re.compile(
    r"\s*(?:(?:to|from|up|down|and)(?:\s+(?:just|about|around|nearly|almost|more|less|over|under|below|than))*"
    r"|增加到|增长到|提高到|减少到|下降到|增至|降至|到|至)\s*$"
)
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]*[\d万亿元%])")
_RANGE = re.compile(r"((?:19|20)\d\d)\s*年?\s*(?:[-—–~至到]|to|through|until|and)\s*((?:19|20)\d\d)", re.I)
_YEAR_AFTER = re.compile(r"\s*(?:in|for|during)\s+(?:the\s+)?(?:fiscal\s+)?(?:year\s+)?(?:FY\s?)?((?:19|20)\d\d)")
# between 2017 and 2019, 从2017年到2019年: a change over the years is one of the later year against the earlier
_SPAN = re.compile(r"(?:19|20)\d\d\s*年?\s*(?:and|to|through|[到至])\s*(?:19|20)\d\d", re.I)
_SPAN_BEGINS = re.compile(r"(?:\bbetween|\bfrom|[从自由])\s*$", re.I)
_REASON = re.compile(
    r",?\s*(?:(?:mainly|largely|partly|chiefly|in part)\s+)?(?:because|due to|owing to|thanks to|as a result of)\b.*$"
    r"|[，,]\s*(?:这?主要(?:是|因|由)|原因是|因为|由于|得益于).*$",
    re.I,
)
_MEASURE_OF = re.compile(
    r"(?:19|20)\d\d年度?的(?:近|约|不到|不足|超过|将近|接近)?[\d.一二两三四五六七八九十百]+(?:倍|成|%|分之)"
)
_REACHES = re.compile(r"(?:高达|多达|达到|达)\s*$")  # says no more than the figure
_WIDEST = 12  # years a range may span


def hedge_of(sentence: Sentence, figure: FoundFigure) -> tuple[Hedge, int, int]:
    """The hedge of a figure, and the stretch of the sentence that figure, unit and hedge take up."""
    words, text = wording(sentence.language), sentence.text[: figure.start]
    if figure.unit == PERCENT or is_multiple(figure):  # 不及上年的四成
        text = text[: m.start()] if (m := words.of_base.search(text)) and m.end() == len(text) else text
    before = [(m.start(), h) for h, p in words.before if (m := p.search(text))]
    if before:
        start, hedge = min(before, key=lambda found: found[0])  # 不超过 before 超过
        return hedge, start, figure.unit_end
    after = [(m.end(), h) for h, p in words.after if (m := p.search(sentence.text[figure.unit_end :]))]
    if after:
        end, hedge = max(after, key=lambda found: found[0])
        return hedge, figure.start, figure.unit_end + end
    if is_manifold(sentence.text, figure):
        return Hedge.MANIFOLD, figure.start, figure.unit_end
    rough = is_rough(sentence.text, figure)
    plain = _REACHES.search(sentence.text[: figure.start])
    return Hedge.ABOUT if rough else Hedge.NONE, plain.start() if plain else figure.start, figure.unit_end


def bounds(sentence: Sentence, index: int) -> tuple[int, int]:
    """The clause of a figure: up to the marks next to it that part it from the other figures."""
    text, figures, figure = sentence.text, sentence.figures, sentence.figures[index]
    begin = figures[index - 1].unit_end if index else 0
    end = figures[index + 1].start if index + 1 < len(figures) else len(text)
    inside = [m for m in _CUT.finditer(text) if begin <= m.start() < figure.start]
    left = 0 if not index else max((m.end() for m in inside), default=_start_of_clause(text, figure.start))
    right = max((m.start() for m in _CUT.finditer(text) if figure.unit_end <= m.start() <= end), default=end)
    return left, len(text) if index + 1 == len(figures) else right


def ends_before(sentence: Sentence, index: int) -> int:
    """Where the last figure's clause may end: at the next mark, unless what follows says more about the figure."""
    text, figure, words = sentence.text, sentence.figures[index], wording(sentence.language)
    end = next((m.start() for m in _CUT.finditer(text) if m.start() >= figure.unit_end), len(text))
    more = (words.superlative, words.every, words.negated, words.share, words.completion, words.rise, words.fall)
    return len(text) if any(pattern.search(text[end:]) for pattern in more) else end


def _start_of_clause(text: str, position: int) -> int:
    return max((m.end() for m in _CUT.finditer(text) if m.end() <= position), default=0)


def blanked(sentence: Sentence, index: int, left: int, right: int) -> str:
    """The clause with its figure asked for and the others left out."""
    figure = sentence.figures[index]
    _, begin, end = hedge_of(sentence, figure)
    others = [f for f in sentence.figures if f is not figure]
    before = without(sentence.text, others, left, begin).strip()
    after = _REASON.sub("", _LEADING.sub("", without(sentence.text, others, end, right)))
    return f"{before}{_blank(figure, sentence.language)}{after}"


def _blank(figure: FoundFigure, language: Language) -> str:
    unit = figure.unit
    if language is Language.EN:
        if unit == PERCENT:
            return " what percentage"
        return " how many" if unit is None else " how much" if unit.is_money else f" how many {unit.symbol}"
    if unit == PERCENT:
        return "百分之多少"
    return "多少" if unit is None or unit.is_money else f"多少{unit.symbol}"


def year_of(sentence: Sentence, index: int, carried: str) -> str:
    """The year a figure is of: printed beside it, else the nearest before it that is no base of a comparison."""
    listed = _listed_years(sentence)
    if listed is not None:
        return listed[index]
    figure = sentence.figures[index]
    beside = _YEAR_AFTER.match(sentence.text, figure.unit_end)
    if beside and not is_base(sentence, beside.start(1)):
        return beside[1]
    if is_origin(sentence, index):
        return _base_year(sentence, carried)
    return own_year(sentence, figure.start) or carried


def own_year(sentence: Sentence, position: int) -> str:
    """The year that a place in the sentence speaks of: the last before it, else the first after it."""
    places = [m for m in _YEAR.finditer(sentence.text) if not is_base(sentence, m.start())]
    before = [m[0] for m in places if m.start() < position]
    return before[-1] if before else places[0][0] if places else ""


def is_base(sentence: Sentence, position: int) -> bool:
    """Whether the year at a position is only compared with: 比2018年, or 是2018年的两倍."""
    compared = wording(sentence.language).base.search(sentence.text[:position]) is not None
    if compared or _MEASURE_OF.match(sentence.text, position):
        return True
    spans = _SPAN.match(sentence.text, position)
    return spans is not None and _SPAN_BEGINS.search(sentence.text[:position]) is not None


def base_year(sentence: Sentence) -> str:
    """The year that the sentence compares with, where it names one."""
    return next((m[0] for m in _YEAR.finditer(sentence.text) if is_base(sentence, m.start())), "")


def _base_year(sentence: Sentence, carried: str) -> str:
    """The year of the first figure of "from A to B"."""
    named = base_year(sentence)
    years = sorted(set(_YEAR.findall(sentence.text)) | set(_expanded(sentence)))
    if named or len(years) > 1:
        return named or years[0]
    year = years[0] if years else carried
    return str(int(year) - 1) if year else ""


def _expanded(sentence: Sentence) -> Sequence[str]:
    match = _RANGE.search(sentence.text)
    if match is None or not 0 < int(match[2]) - int(match[1]) < _WIDEST:
        return ()
    return [str(y) for y in range(int(match[1]), int(match[2]) + 1)]


def _listed_years(sentence: Sentence) -> Sequence[str] | None:
    """2017年至2019年分别为A、B、C: a year for each figure in turn."""
    if not wording(sentence.language).respectively.search(sentence.text):
        return None
    years = _expanded(sentence) or list(dict.fromkeys(_YEAR.findall(sentence.text)))
    return years if len(years) == len(sentence.figures) > 1 else None
