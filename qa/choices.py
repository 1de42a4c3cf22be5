"""A question cut into stretches of content, each with the labels that may account for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.corpus import LabelKind

THINGS = (LabelKind.ITEM, LabelKind.PROJECT, LabelKind.INDICATOR)
BESIDE = 0.05  # for an indicator where something is counted, for a row where nothing is
TRIED = 4  # labels of a stretch


@dataclass(frozen=True, slots=True)
class Choice:
    """A stretch [start, end) of the question with its likeliest labels, each with whether words say it nearly whole."""

    start: int
    end: int
    labels: tuple[tuple[str, bool], ...]


Division = tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Reworded:
    """A question's content words (each with the forms that may stand for it), and the ways to divide it into stretches.

    `sure` are labels of which the answer has to bear one each: of names said in full.
    """

    words: tuple[tuple[str, ...], ...]
    divisions: Iterator[Division]
    sure: tuple[frozenset[str], ...] = ()
