"""Sentences: a result in the question's language, by the wording table of that language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ingest.corpus import FactHit
from ingest.numbers import printed_decimals
from ingest.records import Document, Fact, Measure, Phase
from ingest.units import Dimension, Quantity
from qa.arithmetic import SHOWN_DIGITS
from qa.keys import label_key
from qa.lexicon.load import load as load_lexicon
from qa.question import Language
from qa.reading import rounded
from qa.result import Evidence, Line, Note, Quote, Result, Status
from qa.roles import read_table

FEW_TERMS = 4
MOST_LINES = 60
MOST_HELD = 6
_ENGLISH_UNITS = {
    "万元": "万元 (10,000 yuan)",
    "元": "元 (yuan)",
    "亿元": "亿元 (100 million yuan)",
    "千元": "千元 (1,000 yuan)",
    "百万元": "百万元 (million yuan)",
    "倍": "times",
}
_QUOTIENTS = frozenset({"ratio", "multiple", "average", "per_head", "per_part"})


_OVER_LINES = frozenset({"sum", "difference", "difference.more", "difference.less", "ratio", "multiple"})


def size(quantity: Quantity) -> Quantity:
    """A figure without its sign, for words that say the direction."""
    return replace(quantity, value=abs(quantity.value))


def told_apart(
    lines: Sequence[Line], documents: Mapping[str, Document], stages: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """The labels of an operation's operands; where two are the same with what tells them apart: agency, year, stage.

    `stages` holds the words for the stages of the budget cycle, under their keys in the wording table.
    """
    labels = [line.label for line in lines]
    if len(set(labels)) == len(labels):
        return tuple(labels)
    held = [documents[line.evidence.document].identity for line in lines]
    words = {key.removeprefix("phase."): word for key, word in (stages or {}).items() if key.startswith("phase.")}
    marks = (
        [d.agency or "" for d in held],
        [str(d.year or "") for d in held],
        [words.get(_stage(line, d.phase), "") for line, d in zip(lines, held, strict=True)],
    )
    telling = next((m for m in marks if len(set(m)) > 1), marks[1])
    return tuple(f"{mark} {label}".strip() for mark, label in zip(telling, labels, strict=True))


def _is_of_own_time(fact: Fact) -> bool:
    """Whether a sentence's figure is an amount of the year and stage it bears; a change is told of the document's."""
    return fact.measure is Measure.AMOUNT


def _stage(line: Line, own: Phase) -> Phase:
    fact = line.evidence.fact if isinstance(line.evidence, FactHit) else None
    return own if fact is None or fact.phase is Phase.UNKNOWN else fact.phase


@cache
def wordings(language: Language) -> Mapping[str, str]:
    """The wording of every key in a language."""
    return {row[0]: row[1] for row in read_table(f"phrases_{language}.tsv")}


@cache
def _english_names() -> Mapping[str, str]:
    names: dict[str, str] = {}
    for standard in load_lexicon().names:
        for chinese in standard.chinese:
            if standard.english:
                names.setdefault(label_key(chinese), standard.english[0])
    return names


@dataclass(frozen=True, slots=True)
class Phraser:
    """Words results in one language, over the documents held."""

    language: Language
    documents: Mapping[str, Document]
    near: frozenset[str] = frozenset()

    def sentence(self, result: Result) -> str:
        """The sentence a person reads."""
        operands = told_apart(result.lines, self.documents, wordings(self.language))
        places = {
            "where": self.where(result),
            "agency": self._agency(result),
            "prior": self._prior(result),
            "label": self.label(self._of(result, operands)),
            "terms": self._terms(result, operands),
            "first": self.label(operands[0]) if operands else "",
            "second": self.label(operands[-1]) if operands else "",
            "figure": "" if result.quantity is None else self.figure(self._shown(result)),
            "gap": "" if result.quantity is None else self.figure(size(self._shown(result))),
            "value": "" if result.quantity is None else f"{self._shown(result).value:f}",
            "lines": self.lines(result.lines),
            "labels": self._word("list.joint").join(x.label for x in result.lines[:MOST_LINES]),
            "quote": next((e.text for e in result.evidence if isinstance(e, Quote)), ""),
            "quotes": " … ".join(e.text for e in result.evidence if isinstance(e, Quote)),
            "held": self.held(),
        }
        text = self._word(result.said).format(*result.values, **places)
        if result.status is Status.AMBIGUOUS and result.alternatives:
            others = self._word("list.joint").join(
                f"{self._alternative_label(r.hit, result.label, places['agency'])} {self.figure(r.quantity)}"
                for r in result.alternatives[:4]
                if r.quantity is not None
            )
            text = f"{text}{self._also(others)}"
        return text

    def _of(self, result: Result, operands: Sequence[str]) -> str:
        """What a result is of: an operation's operands; a mean's items, one name said once."""
        if result.said in _OVER_LINES:
            return "、".join(operands)
        labels = [line.label for line in result.lines]
        if result.said == "average" and len(set(labels)) < len(labels):
            return "、".join(dict.fromkeys(line.label for line in result.lines))
        return result.label

    def _terms(self, result: Result, operands: Sequence[str]) -> str:
        """What is added up, each term with its figure where they are few; who asks for two figures gets both."""
        figures = [line.quantity for line in result.lines]
        if not 1 < len(figures) <= FEW_TERMS or any(q is None for q in figures):
            return self.label(self._of(result, operands))
        return " + ".join(f"{self.label(o)} {self.figure(q)}" for o, q in zip(operands, figures, strict=True))

    def _also(self, others: str) -> str:
        return f"（也可能是：{others}）" if self.language is Language.ZH else f" (It may also mean: {others}.)"

    def _alternative_label(self, hit: FactHit, said: str, agency: str) -> str:
        """What tells another reading from the first: another's agency, the table where the name is the same."""
        from qa.lookup import label_of

        document = self.documents[hit.document].identity
        many = len({d.identity.agency for d in self.documents.values()}) > 1
        label = label_of(hit)
        if label == said and hit.table_title:
            label = f"{label}（{hit.table_title}）" if self.language is Language.ZH else f"{label} ({hit.table_title})"
        elsewhere = many and document.agency != agency
        return f"{document.agency or ''}{label}" if elsewhere else label

    def note(self, note: Note) -> str:
        """A remark in words."""
        return self._word(f"note.{note.key}").format(*note.values)

    def where(self, result: Result) -> str:
        """Agency, year and phase that the figures belong to."""
        evidence = result.evidence[0] if result.evidence else None
        if evidence is None:
            return ""
        document = self.documents[evidence.document].identity
        year, phase = document.year, document.phase
        if isinstance(evidence, FactHit) and (evidence.fact.table is not None or _is_of_own_time(evidence.fact)):
            year = evidence.fact.year or year
            phase = evidence.fact.phase if evidence.fact.phase is not Phase.UNKNOWN else phase
        agency = document.agency or self.documents[evidence.document].file
        return self._word("where").format(agency=agency, year=year or "", phase=self._word(f"phase.{phase}"))

    def _agency(self, result: Result) -> str:
        if not result.evidence:
            return ""
        document = self.documents[result.evidence[0].document]
        return document.identity.agency or document.file

    def _prior(self, result: Result) -> str:
        if not result.evidence:
            return ""
        evidence: Evidence = result.evidence[0]
        year = self.documents[evidence.document].identity.year
        if isinstance(evidence, FactHit) and evidence.fact.year is not None and evidence.fact.year != year:
            return str(evidence.fact.year)
        return "" if year is None else str(year - 1)

    def _shown(self, result: Result) -> Quantity:
        """A quotient at the digits a sentence shows; anything else as it is."""
        quantity = result.quantity
        if quantity is None:
            raise ValueError("a result without a figure has nothing to show")
        computed = result.said in _QUOTIENTS or result.said.startswith("growth.rate")
        if computed and printed_decimals(quantity.value) > SHOWN_DIGITS:
            return Quantity(rounded(quantity.value, SHOWN_DIGITS), quantity.unit)
        return quantity

    def figure(self, quantity: Quantity | None) -> str:
        """A value with its unit, the unit explained to an English reader."""
        if quantity is None:
            return ""
        symbol = quantity.unit.symbol
        if quantity.unit.dimension is Dimension.PERCENT:
            return f"{quantity.value:f}%"
        if self.language is Language.EN:
            symbol = _ENGLISH_UNITS.get(symbol, symbol)
        return f"{quantity.value:f} {symbol}".rstrip()

    def lines(self, lines: tuple[Line, ...]) -> str:
        """The members of a list answer."""
        item = self._word("list.item")
        return self._word("list.joint").join(
            item.format(label=self.label(x.label), figure=self.figure(x.quantity)).strip() for x in lines[:MOST_LINES]
        )

    def label(self, label: str) -> str:
        """A label as printed, with its usual English name beside it for an English reader."""
        if self.language is not Language.EN:
            return label
        parts = label.split("、")
        return ", ".join(self._with_english(p) for p in parts)

    def _with_english(self, label: str) -> str:
        english = _english_names().get(label_key(label))
        return f"{label} ({english})" if english else label

    def held(self) -> str:
        """What the corpus holds: agencies, years and phases; those asked about where any are."""
        asked = [d for d in self.documents.values() if d.identity.agency in self.near]
        described = dict.fromkeys(self._describe(d) for d in asked or self.documents.values())
        if not described:
            return self._word("held.none")
        shown = list(described)[:MOST_HELD]
        more = " …" if len(described) > MOST_HELD else ""
        return self._word("held").format(self._word("list.joint").join(shown) + more)

    def _describe(self, document: Document) -> str:
        identity = document.identity
        phase = self._word(f"phase.{identity.phase}")
        return self._word("where").format(
            agency=identity.agency or document.file, year=identity.year or "", phase=phase
        )

    def _word(self, key: str) -> str:
        return wordings(self.language)[key]
