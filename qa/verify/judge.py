"""Judging claims: each is asked of the engine, and its figure compared with the answer and with figures nearby."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice

from ingest.corpus import Corpus
from ingest.numbers import printed_decimals
from ingest.records import Measure, Phase
from ingest.rows import bare_name
from ingest.units import PERCENT, Dimension, Quantity
from qa.engine import Engine
from qa.keys import simplify
from qa.link import Linker
from qa.plan import Difference, Rank
from qa.question import Language
from qa.verify.claims import Claim, find_claims
from qa.verify.closeness import Closeness, closeness, confused_unit, in_unit
from qa.verify.compared import all_of_it, difference_of, judge_order, judge_ranked, multiple_of
from qa.verify.kinds import Kind, without_base
from qa.verify.multiples import is_multiple
from qa.verify.nearby import Origin, origin_of, prints_multiple, prints_rate, same_figures, significant_digits
from qa.verify.printed import printed
from qa.verify.readings import (
    BUDGETED,
    Reader,
    Reading,
    alternative_figure,
    first_named,
    is_average,
    is_ranking,
    squeezed,
)
from qa.verify.verdict import Checked, Judged, Verdict
from qa.verify.wording import Hedge, moves, wording

MOST_CLAIMS = 500  # of one text
_LAST_DIGIT = Decimal("0.02")  # percentage points
_TELLING = 3  # digits that a figure needs for a match to count although words of the claim stay unexplained


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges claims over a corpus by way of its engine."""

    corpus: Corpus
    engine: Engine
    linker: Linker

    def check(self, text: str, most: int = MOST_CLAIMS) -> Checked:
        """The first `most` claims of a text, and whether those were all."""
        claims = list(islice(find_claims(text, self.linker), most + 1))
        reader = Reader(self.corpus, self.engine)
        return Checked(tuple(self.judge(claim, reader) for claim in claims[:most]), len(claims) <= most)

    def judge_text(self, text: str, most: int = MOST_CLAIMS) -> Iterator[Judged]:
        """The claims of a text in order, the first `most` of them."""
        reader = Reader(self.corpus, self.engine)
        for claim in islice(find_claims(text, self.linker), most):
            yield self.judge(claim, reader)

    def judge(self, claim: Claim, reader: Reader) -> Judged:
        """One claim; `reader` remembers what the claims of a text before it have asked."""
        claimed = claim.claimed
        if not claim.opinion and claim.order is not None:
            return judge_order(claim, claim.order, reader)
        if not claim.opinion and claim.ranked is not None:
            return judge_ranked(claim, claim.ranked, reader)
        if claimed is None or claim.opinion or not (claim.agent or claim.subject):
            return Judged(claim, Verdict.NOT_CHECKABLE, claimed)
        phase = claimed_phase(claim)
        if claim.kind is Kind.MULTIPLE:
            return self._beside(claim, claimed, multiple_of(claim, reader), phase, reader)
        if claim.sides is not None:
            return self._beside(claim, claimed, difference_of(claim, claim.sides, reader), phase, reader)
        none = reader.declared_none(claim)
        if none is not None:
            verdict = Verdict.CONTRADICTED if none and claimed.value else Verdict.NOT_FOUND
            return Judged(claim, verdict, claimed, None, none, "declared_none" if none else "blank")
        main = reader.main(claim, claim.questions) or next(iter(printed(claim, phase, reader)), None)
        if main is None:
            return self._unanswered(claim, claimed, phase, reader)
        return self._compared(claim, claimed, main, phase, reader)

    def _beside(self, claim: Claim, claimed: Quantity, reading: Reading | None, phase: Phase, reader: Reader) -> Judged:
        """A claim beside a figure computed from two levels: by how much or how many times one is above the other."""
        if reading is None:
            return Judged(claim, Verdict.NOT_FOUND, claimed)
        if closeness(claimed, reading.quantity, claim.hedge) is not Closeness.OFF:
            if claim.kind is not Kind.MULTIPLE and moves(claim.language, claim.clause) * reading.quantity.value < 0:
                return _judged(claim, Verdict.CONTRADICTED, claimed, reading, "direction")
            return self._agreed(claim, claimed, reading, phase, reader)
        if not reading.sure or reading.strange or _is_understated(claim, claimed, reading):
            return Judged(claim, Verdict.NOT_FOUND, claimed, detail="unsure")
        return _judged(claim, Verdict.CONTRADICTED, claimed, reading)

    def _unanswered(self, claim: Claim, claimed: Quantity, phase: Phase, reader: Reader) -> Judged:
        """A claim that no question of it finds an answer to: among what was nearly meant, or in the other phase?"""
        ranked = [a for q in claim.questions if (a := reader.ask(q)) and isinstance(a.plan, Rank) and a.alternatives]
        if ranked and _is_superlative(claim) and first_named(ranked[0]) not in squeezed(claim.text):
            first = ranked[0].alternatives[0]
            true = alternative_figure(first)
            return Judged(claim, Verdict.CONTRADICTED, claimed, true, (first.citation,), "rank")
        near = self._among(claim, claimed, list(reader.others(claim, claim.questions)), phase, reader)
        if near is not None or phase is Phase.UNKNOWN:
            return near or Judged(claim, Verdict.NOT_FOUND, claimed)
        questions = other_phase(claim, phase)
        other = reader.main(claim, questions)
        if other is None:
            return Judged(claim, Verdict.NOT_FOUND, claimed)
        for reading in (other, *reader.others(claim, questions)):
            if closeness(claimed, reading.quantity, claim.hedge) is not Closeness.OFF:
                return self._agreed(claim, claimed, reading, phase, reader)
        return Judged(claim, Verdict.NOT_FOUND, claimed, detail="no_actuals" if phase is Phase.ACTUAL else "")

    def _compared(self, claim: Claim, claimed: Quantity, main: Reading, phase: Phase, reader: Reader) -> Judged:
        """A claim beside the answer to it."""
        if is_ranking(main) and not _names_the_first(claim, main):
            return _judged(claim, Verdict.CONTRADICTED, claimed, main, "rank")
        others = reader.others(claim, claim.questions) if main.answer else printed(claim, phase, reader)
        found = self._among(claim, claimed, [main, *others], phase, reader)
        return found or self._explained(claim, claimed, main, phase, reader)

    def _among(
        self, claim: Claim, claimed: Quantity, readings: Sequence[Reading], phase: Phase, reader: Reader
    ) -> Judged | None:
        """The verdict where a reading gives the claimed figure, or its digits in another unit or direction."""
        if readings and claimed.unit == PERCENT and prints_rate(claimed, readings[0], reader):
            signed = claimed if readings[0].quantity.value >= 0 else Quantity(-abs(claimed.value), PERCENT)
            readings = [replace(readings[0], quantity=signed), *readings]
        close = [r for r in readings if _closeness(claim, claimed, r) is not Closeness.OFF]
        for reading in close:
            if not _other_direction(claim, reading):
                return self._agreed(claim, claimed, reading, phase, reader)
        for reading in close:
            return _judged(claim, Verdict.CONTRADICTED, claimed, reading, "direction")
        for reading in readings:
            if confused_unit(claimed, reading.quantity):
                return _judged(claim, Verdict.WRONG_UNIT, claimed, reading)
        return None

    def _agreed(self, claim: Claim, claimed: Quantity, reading: Reading, phase: Phase, reader: Reader) -> Judged:
        """A figure that is the one claimed: of the phase claimed, and surely of the item claimed?"""
        if reading.strange:
            return Judged(claim, Verdict.NOT_FOUND, claimed, detail="unsure")
        near = _closeness(claim, claimed, reading)
        phases = {f.fact.phase for f in reading.facts}
        if claim.kind not in (Kind.COMPLETION, Kind.COUNT):
            if phase is Phase.ACTUAL and phases and phases <= set(BUDGETED):
                return _judged(claim, Verdict.WRONG_PHASE, claimed, reading, "budget")
            if phase is Phase.BUDGET and phases == {Phase.ACTUAL}:
                return _judged(claim, Verdict.WRONG_PHASE, claimed, reading, "actual")
        if claim.backwards:
            return _judged(claim, Verdict.CONTRADICTED, claimed, reading, "direction")
        if _is_superlative(claim) and not is_ranking(reading):
            return Judged(claim, Verdict.NOT_FOUND, claimed, detail="rank_unsure")
        words = wording(claim.language)
        every = words.every.search(claim.clause) and not all_of_it(claim, claimed, reader)
        if every or words.level_with.search(claim.clause):
            return Judged(claim, Verdict.NOT_FOUND, claimed, detail="unsure")
        if self._says_otherwise(claim, reading):
            return Judged(claim, Verdict.NOT_FOUND, claimed, detail="unsure")
        if not reading.sure and significant_digits(claimed) < _TELLING:
            return Judged(claim, Verdict.NOT_FOUND, claimed, detail="unsure")
        printed = near is Closeness.EXACT or self._is_printed(claim, claimed, reading, reader)
        return _judged(claim, Verdict.SUPPORTED if printed else Verdict.ROUNDED, claimed, reading)

    @staticmethod
    def _says_otherwise(claim: Claim, reading: Reading) -> bool:
        """Whether the clause denies its figure, or means it of each of something, which the reading is not."""
        words = wording(claim.language)
        per_one = words.per.search(claim.clause) is not None and not is_average(reading)
        return per_one or words.negated.search(claim.clause) is not None

    def _is_printed(self, claim: Claim, claimed: Quantity, reading: Reading, reader: Reader) -> bool:
        """Whether the documents print a rounded figure themselves: prose in 万元 over tables in 元, a share, a rate."""
        if claim.hedge is not Hedge.NONE or not reading.facts or claim.figure is None:
            return False
        years = {f.fact.year for f in reading.facts}
        if claimed.unit.dimension is Dimension.PERCENT:
            return prints_rate(claimed, reading, reader)
        if is_multiple(claim.figure):
            return prints_multiple(claimed, reading, reader)
        hits = same_figures(claimed, reading.facts, reader, reader.documents())
        return any(hit.fact.year in years and hit.fact.measure is Measure.AMOUNT for hit in hits)

    def _explained(self, claim: Claim, claimed: Quantity, main: Reading, phase: Phase, reader: Reader) -> Judged:
        """A figure that is not the item's: whose is it, and is the item surely the one meant?"""
        origin: Origin | None = None
        if claim.hedge in (Hedge.NONE, Hedge.ABOUT):
            origin = origin_of(claim, claimed, main, reader)
        if origin is not None and origin.meant and origin.hit is not None:
            fact = origin.hit.fact
            true = Quantity(fact.value, fact.unit.unit) if fact.value is not None and fact.unit.unit else claimed
            reading = Reading(true, origin.citations, (origin.hit,), not claim.loose, None, claim.modified)
            return self._agreed(claim, claimed, reading, phase, reader)
        places = (*main.citations, *(origin.citations if origin else ()))
        if (
            main.strange
            or self._says_otherwise(claim, main)
            or (origin is not None and origin.item and claim.part and not claim.named)
        ):
            return Judged(claim, Verdict.NOT_FOUND, claimed, detail="unsure")
        if origin is not None and (main.sure or significant_digits(claimed) > _TELLING):
            verdict, detail = (
                (Verdict.WRONG_PHASE, origin.phase) if origin.phase
                else (Verdict.WRONG_YEAR, origin.year) if origin.year
                else (Verdict.WRONG_ITEM, origin.item)
            )  # fmt: skip
            return Judged(claim, verdict, claimed, main.quantity, places, detail)
        if not main.sure or _is_superlative(claim) != is_ranking(main):
            return Judged(claim, Verdict.NOT_FOUND, claimed, detail="unsure")
        return _judged(claim, Verdict.CONTRADICTED, claimed, main)


def _closeness(claim: Claim, claimed: Quantity, reading: Reading) -> Closeness:
    """How near a reading comes; what is computed may differ in its last digit from the publisher's own rounding."""
    near = closeness(claimed, reading.quantity, claim.hedge)
    if near is Closeness.OFF and claimed.unit == PERCENT and len(reading.facts) > 1:
        gap = abs(abs(claimed.value) - abs(reading.quantity.value))
        return Closeness.ROUNDED if gap <= _LAST_DIGIT else Closeness.OFF
    decimals = printed_decimals(claimed.value)
    same = in_unit(reading.quantity, claimed) if claim.kind is Kind.CHANGE and decimals else None
    if near is Closeness.OFF and same is not None and len(reading.facts) > 1:  # the difference of two rounded totals
        gap = abs(abs(claimed.value) - abs(same.value))
        return Closeness.ROUNDED if gap <= Decimal(1).scaleb(-decimals) else Closeness.OFF
    return near


def _is_understated(claim: Claim, claimed: Quantity, reading: Reading) -> bool:
    """Whether a multiple is on the side that its hedge names, only further off than anybody would say it."""
    same = in_unit(reading.quantity, claimed) if claim.kind is Kind.MULTIPLE else None
    if same is None:
        return False
    over = claim.hedge in (Hedge.OVER, Hedge.AT_LEAST) and same.value > claimed.value
    return over or (claim.hedge in (Hedge.UNDER, Hedge.AT_MOST) and same.value < claimed.value)


def _judged(claim: Claim, verdict: Verdict, claimed: Quantity, reading: Reading, detail: str = "") -> Judged:
    return Judged(claim, verdict, claimed, reading.quantity, reading.citations, detail)


def claimed_phase(claim: Claim) -> Phase:
    """The stage that the words next to a figure claim, else those nearest before it."""
    words, clause = wording(claim.language), without_base(claim.clause)
    if words.actual.search(clause):
        return Phase.ACTUAL
    if words.budget.search(clause):
        return Phase.BUDGET
    before = without_base(simplify(claim.text[: claim.figure_span[0] - claim.span[0]]))
    actual = max((m.end() for m in words.actual.finditer(before)), default=-1)
    budget = max((m.end() for m in words.budget.finditer(before)), default=-1)
    if actual == budget:
        return Phase.UNKNOWN
    return Phase.ACTUAL if actual > budget else Phase.BUDGET


def other_phase(claim: Claim, phase: Phase) -> list[str]:
    """The claim's questions about the other stage."""
    words, chinese = wording(claim.language), claim.language is Language.ZH
    if phase is Phase.ACTUAL:
        instead = ("支出", "预算支出") if chinese else ("budgeted",)
        return [words.actual.sub(word, question) for question in claim.questions for word in instead]
    return [words.budget.sub("决算" if chinese else "actually spent", question) for question in claim.questions]


def _names_the_first(claim: Claim, reading: Reading) -> bool:
    """Whether a claim about the largest or smallest names the item that is."""
    text = squeezed(claim.text)
    names = [squeezed(bare_name(c.row[-1])) for c in reading.citations[:1] if c.row]
    return not names or any(name in text for name in names)


def _is_superlative(claim: Claim) -> bool:
    return wording(claim.language).superlative.search(claim.clause) is not None


def _other_direction(claim: Claim, reading: Reading) -> bool:
    """Whether the claim says that something rose which fell, or the reverse, or is more of two which is less."""
    if _compares_agencies(reading):
        return reading.quantity.value < 0
    if claim.kind not in (Kind.CHANGE, Kind.RATE):
        return False
    return moves(claim.language, claim.clause) * _direction(reading) < 0


def _compares_agencies(reading: Reading) -> bool:
    """Whether a reading is the difference of two files of one year and stage: below zero it is not as the words say."""
    if reading.answer is None or not isinstance(reading.answer.plan, Difference):
        return False
    stages = {(f.fact.year, f.fact.phase) for f in reading.facts}
    return len({f.document for f in reading.facts}) > 1 and len(stages) == 1


def _direction(reading: Reading) -> int:
    """1 for a reading that rose, -1 for one that fell: by its sign, the answer's words, else the printed change."""
    sign = -1 if reading.quantity.value < 0 else 1
    if reading.answer is None or sign < 0:
        return sign
    told = moves(reading.answer.language, reading.answer.answer)
    printed_change = [f.fact.value for f in reading.facts if f.fact.measure in (Measure.DELTA, Measure.RATE)]
    if told or not printed_change or printed_change[0] is None:
        return told
    return -1 if printed_change[0] < 0 else 1
