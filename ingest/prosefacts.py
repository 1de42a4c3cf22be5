"""The records that come out of prose: facts and statements, whatever the language they were read in."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from ingest.figures import FoundFigure
from ingest.mentions import sentence_at
from ingest.numbers import CellState
from ingest.periods import Period
from ingest.prose import passage_boxes
from ingest.reasons import read_reason, read_use
from ingest.records import Fact, Measure, Passage, Statement
from ingest.units import Unit, UnitReading


@dataclass(frozen=True, slots=True)
class Item:
    """What a figure speaks of: the path of names down to it, and the unit it is counted in."""

    path: tuple[str, ...]
    classified: tuple[str, ...] = ()
    unit: Unit | None = None
    start: int = 0

    @property
    def label(self) -> str:
        return self.path[-1]


@dataclass(slots=True)
class Draft:
    """A statement while its passage is read: where it starts (again, after another one), and its last figure's end."""

    item: Item
    start: int
    last: int = 0
    resumed: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a figure was read as: its item, measure, sign, period, column words and unit."""

    item: Item
    measure: Measure
    sign: int
    period: Period
    column: tuple[str, ...]
    unit: UnitReading


def sentence_fact(passage: Passage, number: int, statement: int, figure: FoundFigure, reading: Reading) -> Fact:
    """The fact of one figure in a passage, boxed at its own characters."""
    boxes = passage_boxes(passage, figure.start, figure.end)
    return Fact(
        id=f"{passage.id}.F{number}",
        label=reading.item.label,
        row_path=reading.item.path,
        column_path=reading.column,
        code=None,
        organisation=None,
        year=reading.period.year,
        phase=reading.period.phase,
        measure=reading.measure,
        state=CellState.FIGURE,
        value=-abs(figure.value) if reading.sign < 0 and figure.value else figure.value,
        unit=reading.unit,
        text=passage.text[figure.start : figure.end],
        page=boxes[0][0] if boxes else passage.page,
        box=boxes[0][1] if boxes else None,
        passage=passage.id,
        statement=f"{passage.id}.S{statement}",
        sentence=sentence_at(passage.text, figure.start),
    )


def drafts_to_statements(passage: Passage, drafts: list[Draft]) -> list[Statement]:
    """The statements of a passage, each with the reason and use that its stretch of text gives."""
    starts = sorted({d.start for d in drafts} | {d.resumed for d in drafts if d.resumed is not None})
    return [
        _statement(passage, number, draft, starts)
        for number, draft in enumerate(drafts, 1)
    ]


def _end(starts: list[int], draft: Draft, length: int) -> int:
    """Where the next statement begins after a statement last begun."""
    begun = draft.start if draft.resumed is None else draft.resumed
    index = bisect_right(starts, begun)
    return starts[index] if index < len(starts) else length


def _statement(passage: Passage, number: int, draft: Draft, starts: list[int]) -> Statement:
    end = _end(starts, draft, len(passage.text))
    text = passage.text[draft.start : max(end, draft.last)].rstrip()
    told = _stretches(passage.text, starts, draft, end)
    return Statement(
        id=f"{passage.id}.S{number}",
        passage=passage.id,
        label=draft.item.label,
        path=draft.item.classified,
        sentence=text,
        start=draft.start,
        end=draft.start + len(text),
        reason=next((reason for part in told if (reason := read_reason(part))), None),
        use=next((use for part in told if (use := read_use(part))), None),
    )


def _stretches(text: str, starts: list[int], draft: Draft, end: int) -> tuple[str, ...]:
    """What a passage says of the statement's item: up to the next one, and again where it came back to it."""
    if draft.resumed is None:
        return (text[draft.start : max(end, draft.last)].rstrip(),)
    index = bisect_right(starts, draft.start)
    first = starts[index] if index < len(starts) else len(text)
    return text[draft.start : first].rstrip(), text[draft.resumed : end].rstrip()
