"""The label-linking set: labels of an imagined corpus, and phrases with the labels they mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.corpus import Label, LabelKind
from ingest.errors import BadDataset

FOLDER = Path(__file__).parent
SETS = ("first", "heldout", "third", "fourth")  # "heldout" was; it is open now
NOTHING = frozenset("-")  # the gold of a phrase that no label answers
_STANDARD = (LabelKind.ITEM, LabelKind.COLUMN, LabelKind.TERM)


@dataclass(frozen=True, slots=True)
class Phrase:
    """What someone says and the labels it means.

    `group` is standard (classification names), own (projects …), loose (own, in other words) or none (`NOTHING`).
    """

    group: str
    language: str
    text: str
    gold: frozenset[str]


def read_labels(path: Path = FOLDER / "labels.tsv") -> tuple[Label, ...]:
    """The labels of the imagined corpus. Raises `BadDataset` with file and line."""
    return tuple(
        Label(LabelKind(kind), text, tuple(c for c in codes.split("|") if c), 1) for kind, text, codes in _rows(path, 3)
    )


def read_phrases(path: Path = FOLDER / "phrases.tsv") -> tuple[Phrase, ...]:
    """The phrases with their gold labels. Raises `BadDataset` with file and line."""
    return tuple(Phrase(group, lang, text, frozenset(gold.split("|"))) for group, lang, text, gold in _rows(path, 4))


def read_set(name: str) -> tuple[tuple[Label, ...], tuple[Phrase, ...]]:
    """The labels and phrases of one of `SETS`. Raises `BadDataset` with file and line."""
    suffix = "" if name == "first" else f"_{name}"
    labels = read_labels(FOLDER / f"labels{suffix}.tsv")
    if name in ("third", "fourth"):  # beside the standard labels of the first
        labels = (*(label for label in read_labels() if label.kind in _STANDARD), *labels)
    return labels, read_phrases(FOLDER / f"phrases{suffix}.tsv")


def _rows(path: Path, columns: int) -> Iterator[tuple[str, ...]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = tuple(line.split("\t"))
        if len(cells) != columns:
            raise BadDataset(f"{path.name}, line {number}: {len(cells)} columns instead of {columns}")
        yield cells
