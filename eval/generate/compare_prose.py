"""Paragraphs, sentence figures, definitions and declarations against gold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from eval.generate.gold import Gold, GoldFigure
from eval.generate.points import Aspect, Point, plain
from ingest.numbers import fold_width
from ingest.records import Extract, Fact, PassageKind
from ingest.units import Unit, unit_named


def prose_points(gold: Gold, extract: Extract) -> Iterator[Point]:
    """All points about prose."""
    texts = {plain(passage.text): passage.id for passage in extract.passages}
    for passage in gold.passages:
        key = plain(passage.text)
        yield Point(Aspect.PASSAGE, f"page {passage.page}", passage.text, _nearest(key, texts), key in texts)
    yield from _figure_points(gold, extract)
    terms = {plain(definition.term) for definition in extract.definitions}
    for passage in gold.passages:
        if passage.kind is PassageKind.DEFINITION and passage.term:
            found = _terms_of(passage.term) & terms
            yield Point(Aspect.DEFINITION, f"page {passage.page}", passage.term, "", bool(found))
    yield from _none_points(gold, extract)


def _terms_of(term: str) -> set[str]:
    """The term itself, and of a path X（类）Y（款）Z（项） its last item."""
    last = re.split(r"（[类款项]）", term.removesuffix("（项）"))[-1]
    return {plain(term), plain(last)}


def _nearest(key: str, texts: dict[str, str]) -> str:
    """A passage that shares the beginning or the end, to show beside what was expected."""
    return next((text for text in texts if key[:12] in text or key[-12:] in text), "")


def _figure_points(gold: Gold, extract: Extract) -> Iterator[Point]:
    facts = [fact for fact in extract.facts if fact.passage is not None and fact.value is not None]
    free = Counter(range(len(facts)))
    texts = {passage.id: plain(passage.text) for passage in extract.passages}
    for figure in gold.figures:
        passage = gold.passages[figure.passage]
        where = f"page {passage.page}: {passage.text[:24]}"
        home = plain(passage.text)
        near = [
            i
            for i, fact in enumerate(facts)
            if free[i] and _same(figure, fact) and _overlaps(texts.get(fact.passage or "", ""), home)
        ]
        described = f"{figure.label} {figure.measure} {figure.value:f} {figure.unit}"
        if not near:
            yield Point(Aspect.PROSE, where, described, "", False)
            continue
        best = next((i for i in near if _labelled(figure.label, facts[i])), near[0])
        free[best] -= 1
        yield Point(Aspect.PROSE, where, described, described, True)
        yield Point(Aspect.LABEL, where, figure.label, facts[best].label, _labelled(figure.label, facts[best]))


def _overlaps(text: str, home: str) -> bool:
    return bool(text) and (text in home or home in text)


def _same(figure: GoldFigure, fact: Fact) -> bool:
    unit = fact.unit.unit
    return (
        fact.value == figure.value and fact.measure == figure.measure and unit is not None and same_unit(figure, unit)
    )


def same_unit(figure: GoldFigure, unit: Unit) -> bool:
    """Whether a unit is the one printed with the figure; 台 and 台（套） are one."""
    named = unit_named(figure.unit)
    return named == unit or plain(unit.symbol) in plain(figure.unit)


def _labelled(label: str, fact: Fact) -> bool:
    wanted, got = plain(label), plain(fact.label)
    return bool(got) and (wanted in got or got in wanted)


def _none_points(gold: Gold, extract: Extract) -> Iterator[Point]:
    sentences = [plain(declaration.sentence) for declaration in extract.declarations]
    declared = [(p.page, p.text, p.none_of) for p in gold.passages if p.none_of]
    declared += [(table.pages[0], table.declared, table.title) for table in gold.tables if table.declared]
    for page, sentence, subject in declared:
        key = plain(fold_width(sentence))
        found = any(key in one or one in key for one in sentences if one)
        yield Point(Aspect.NONE, f"page {page}: {subject}", sentence, "", found)
