"""Which question sets are asked of which documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = Path(__file__).parent / "questions"
SAMPLES = _ROOT / "samples"
# Of the shared documents: what has a text layer, each disclosure once.
_OTHER_FORMS = ("borderless", "scan")
# Sets that are asked of one document alone.
_ALONE = ("paraphrases", "paraphrases_heldout")
_ALONE_WITH = "shaoxing-kexie-2024.pdf"


@dataclass(frozen=True, slots=True)
class Suite:
    """Question sets that are asked of one corpus, of the baselines too where `compared`.

    Of a held-out suite only totals are reported.
    """

    name: str
    title: str
    documents: tuple[Path, ...]
    datasets: tuple[Path, ...]
    held_out: bool = False
    compared: bool = False

    @property
    def corpus(self) -> str:
        """The name of the store; suites over the same documents share it."""
        return self.name.removesuffix("-heldout")


def suites(shared: Path | None) -> Iterator[Suite]:
    """The suite over our samples and, where the shared folder is at hand, those over the real documents."""
    yield Suite("samples", "Our samples", (SAMPLES,), (SAMPLES / "questions.tsv",), compared=True)
    if shared is None:
        return
    folder = shared / "documents"
    alone = folder / _ALONE_WITH
    everything = tuple(
        path for path in sorted(folder.glob("*.pdf")) if not any(form in path.name for form in _OTHER_FORMS)
    )
    development = (shared / "questions" / "dev.tsv", QUESTIONS / "paraphrases.tsv")
    sets = [p for p in question_sets() if p.stem not in _ALONE]
    yield Suite("one", "One real document", (alone,), tuple(p for p in development if p.exists()))
    yield Suite("one-heldout", "One real document, held out", (alone,), (QUESTIONS / "paraphrases_heldout.tsv",), True)
    open_sets = tuple(p for p in sets if not is_held_out(p))
    yield Suite("all", "All real documents", everything, open_sets, compared=True)
    yield Suite("all-heldout", "All real documents, held out", everything, tuple(filter(is_held_out, sets)), True)


def claim_documents(shared: Path) -> tuple[Path, ...]:
    """What the claim sets speak of: the real documents, and the sample in English."""
    whole = next(suite for suite in suites(shared) if suite.name == "all")
    return (*whole.documents, *sorted(SAMPLES.glob("larkspur*.pdf")))


def claim_sets() -> list[Path]:
    """The committed claim sets."""
    return sorted(QUESTIONS.glob("claims*.tsv"))


def question_sets() -> list[Path]:
    """The committed question sets, claims left out."""
    return [path for path in sorted(QUESTIONS.glob("*.tsv")) if not path.stem.startswith("claims")]


def is_held_out(path: Path) -> bool:
    """Whether a set is for reporting only."""
    return path.stem.endswith("_heldout")
