"""Which question sets are asked of which documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eval.alone import is_alone
from eval.groups import Group, group_of
from eval.templates import FOLDER as TEMPLATES

_ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = Path(__file__).parent / "questions"
SAMPLES = _ROOT / "samples"
# Over the samples, with the cells that a right answer cites.
CELLS = QUESTIONS / "samples_cells.jsonl"
# Over the samples too: plans, texts with verdicts, findings of the audits.
SAMPLE_SETS = tuple(QUESTIONS / f"samples_{name}.jsonl" for name in ("plans", "texts", "audits"))
# Of the shared documents: what has a text layer, each disclosure once.
_OTHER_FORMS = ("borderless", "scan")
_TEMPLATE_SETS = "templates"
_ABOUT_TEMPLATES = """
Budgets and final accounts of invented agencies, printed from HTML in the templates of provinces whose documents nobody
had tuned anything for; each loaded alone. What was right when each set was new, and of which sets the failures were
read and mended since, stands in `eval/questions/README.md`. `python -m eval.templates` asks them.
""".strip()
# Sets that are asked of one document alone.
_ALONE = ("paraphrases", "paraphrases_heldout")
_ALONE_WITH = "shaoxing-kexie-2024.pdf"


@dataclass(frozen=True, slots=True)
class Suite:
    """Question sets that are asked of one corpus, of the baselines too where `compared`.

    Of a held-out suite only totals are reported. Where `alone`, each question is asked of its own documents and of
    nothing else. `about` is what a reader has to know of it.
    """

    name: str
    title: str
    documents: tuple[Path, ...]
    datasets: tuple[Path, ...]
    group: Group = Group.OPEN
    compared: bool = False
    alone: bool = False
    about: str = ""

    @property
    def held_out(self) -> bool:
        return self.group is Group.HELD_OUT

    @property
    def corpus(self) -> str:
        """The name of the store; suites over the same documents share it."""
        return self.name.split("-")[0]


def suites(shared: Path | None) -> Iterator[Suite]:
    """The suites over our samples and templates and, where the shared folder is at hand, those over real documents."""
    yield Suite("samples", "Our samples", (SAMPLES,), (SAMPLES / "questions.tsv", CELLS, *SAMPLE_SETS), compared=True)
    for suite in _by_group("templates", "Other publishers' templates", (TEMPLATES,), template_sets()):
        yield replace(suite, alone=True, about=_ABOUT_TEMPLATES)
    if shared is None:
        return
    folder = shared / "documents"
    alone = folder / _ALONE_WITH
    everything = tuple(
        path for path in sorted(folder.glob("*.pdf")) if not any(form in path.name for form in _OTHER_FORMS)
    )
    development = (shared / "questions" / "dev.tsv", *(p for p in question_sets() if p.stem in _ALONE))
    sets = [p for p in question_sets() if p.stem not in _ALONE and not is_alone(p.stem)]
    yield from _by_group("one", "One real document", (alone,), [p for p in development if p.exists()])
    yield from _by_group("all", "All real documents", everything, sets, compared=True)
    each = [p for p in question_sets() if is_alone(p.stem) and p not in template_sets()]
    for suite in _by_group("alone", "Each document alone", (folder, SAMPLES), each):
        yield replace(suite, alone=True)


def _by_group(
    name: str, title: str, documents: tuple[Path, ...], sets: Sequence[Path], compared: bool = False
) -> Iterator[Suite]:
    """A suite for each group that has sets; the baselines are asked the open ones alone."""
    for group in Group:
        chosen = tuple(p for p in sets if group_of(p.stem) is group)
        if chosen and group is Group.OPEN:
            yield Suite(name, title, documents, chosen, group, compared)
        elif chosen:
            yield Suite(f"{name}-{group.name.lower()}", f"{title}, {group.heading}", documents, chosen, group)


def claim_documents(shared: Path) -> tuple[Path, ...]:
    """What the claim sets speak of: the real documents, and the sample in English."""
    whole = next(suite for suite in suites(shared) if suite.name == "all")
    return (*whole.documents, *sorted(SAMPLES.glob("larkspur*.pdf")))


def claim_sets() -> list[Path]:
    """The committed claim sets."""
    return sorted(QUESTIONS.glob("claims*.tsv"))


def template_sets() -> list[Path]:
    """The committed sets over the documents of eval/templates."""
    return [path for path in question_sets() if _TEMPLATE_SETS in path.stem]


def question_sets() -> list[Path]:
    """The committed question sets, claims left out."""
    return [path for path in sorted(QUESTIONS.glob("*.tsv")) if not path.stem.startswith("claims")]
