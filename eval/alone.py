"""Sets whose questions are each asked with nothing loaded but the files that their `documents` column names.

One store is made for each set of files that occurs, named by the files' content and by the code that reads them, so
that stores kept in a folder are used again and never outdated. A PDF that is not there is printed from the HTML of the
same name where that is (eval/templates).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from eval.baselines.systems import make_systems
from eval.dataset import read_datasets
from eval.outcome import Scored
from eval.provenance import provenance
from eval.question import Dataset, Question
from eval.run import Listener, Run, ask_one
from eval.stores import make_store
from eval.templates.printing import printed
from ingest.config import config_from_environment
from ingest.errors import BadDataset
from ingest.pipeline import file_hash
from ingest.records import Document
from ingest.store import open_corpus

NAMES = ("alone", "templates")
_PRINTED = "printed"
_INGEST = Path(__file__).resolve().parent.parent / "ingest"
_CODE_AND_DATA = (".py", ".tsv", ".txt", ".json")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the questions over one set of files came to: the documents they were asked of, and the scores by place."""

    documents: tuple[Document, ...]
    systems: tuple[str, ...]
    scored: tuple[tuple[int, Scored], ...]


def is_alone(name: str) -> bool:
    """Whether a set's questions are asked of their own documents alone, by the set's name."""
    return name.startswith(NAMES)


def evaluate_alone(
    paths: Sequence[Path],
    folders: Sequence[Path],
    stores: Path,
    names: Sequence[str],
    progress: Listener | None = None,
    only: Collection[str] = (),
) -> Run:
    """Score the sets, each question over exactly its documents, which are looked for in the folders in turn.

    Stores and what was printed are kept in `stores`; where `only` names documents, only questions about these are
    asked. Raises `BadDataset` for a question without documents or whose documents are not there, `NoBrowser` for one
    whose documents cannot be printed.
    """
    started = datetime.now(UTC)
    datasets = [_about(dataset, only) for dataset in read_datasets(paths)]
    other = next((d for d in datasets if d.texts or d.audits), None)
    if other is not None:
        raise BadDataset(f"{other.path}: texts and audits are judged over a whole store, not over documents alone")
    groups = by_files(datasets, with_printed(datasets, folders, stores / _PRINTED))
    asked: list[_Asked] = []
    done, whole = 0, sum(len(d.questions) for d in datasets) * len(names)
    for files, questions in groups.items():
        asked.append(_ask(files, questions, stores, names))
        done += len(asked[-1].scored)
        if progress is not None:
            progress(done, whole)
    documents = list({d.id: d for one in asked for d in one.documents}.values())
    configuration = (("systems", ", ".join(names)), ("document", "each question's own, nothing else loaded"))
    scored = sorted((place for one in asked for place in one.scored), key=lambda pair: pair[0])
    held_out = frozenset(d.name for d in datasets if d.held_out)
    return Run(provenance(datasets, documents, configuration), tuple(one for _, one in scored), asked[0].systems,
               held_out, started)  # fmt: skip


def _about(dataset: Dataset, only: Collection[str]) -> Dataset:
    chosen = (q for q in dataset.questions if not only or not set(only).isdisjoint(q.documents))
    return replace(dataset, questions=tuple(chosen))


def with_printed(datasets: Sequence[Dataset], folders: Sequence[Path], kept: Path) -> tuple[Path, ...]:
    """The folders, and behind them those of the PDFs printed from HTML in them; `NoBrowser` as above."""
    names = dict.fromkeys(name for d in datasets for q in d.questions for name in q.documents)
    missing = [n for n in names if Path(n).name == n and not any((folder / n).is_file() for folder in folders)]
    sources = (next((h for f in folders if (h := f / f"{Path(n).stem}.html").is_file()), None) for n in missing)
    pdfs = printed([html for html in sources if html is not None], kept)
    return (*folders, *(pdf.parent for pdf in pdfs))


def by_files(
    datasets: Sequence[Dataset], folders: Sequence[Path]
) -> dict[tuple[Path, ...], list[tuple[int, Question]]]:
    """The questions, numbered through, under the files that each is asked of. Raises `BadDataset` as above."""
    groups: dict[tuple[Path, ...], list[tuple[int, Question]]] = {}
    number = 0
    for dataset in datasets:
        for question in dataset.questions:
            files = _files(question, folders, f"{dataset.path}:{question.line}")
            groups.setdefault(files, []).append((number, question))
            number += 1
    return groups


def _files(question: Question, folders: Sequence[Path], where: str) -> tuple[Path, ...]:
    if not question.documents:
        raise BadDataset(f"{where}: names no documents; a question asked of its documents alone has to")
    return tuple(_file(name, folders, where) for name in sorted(set(question.documents)))


def _file(name: str, folders: Sequence[Path], where: str) -> Path:
    places = (folder / name for folder in folders if Path(name).name == name)
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise BadDataset(f"{where}: no document {name!r} in {', '.join(map(str, folders))}")
    return found


def _ask(
    files: Sequence[Path], questions: Sequence[tuple[int, Question]], stores: Path, names: Sequence[str]
) -> _Asked:
    store = stores / store_name(files)
    make_store(files, store)
    corpus = open_corpus(store)
    try:
        systems = make_systems(names, corpus, store)
        for system in systems:  # the first question pays for the vocabulary; what is timed is a service that is up
            ask_one(questions[0][1], system)
        scored = [(number, ask_one(question, system)) for system in systems for number, question in questions]
        return _Asked(corpus.documents(), tuple(s.name for s in systems), tuple(scored))
    finally:
        corpus.close()


def store_name(files: Sequence[Path]) -> str:
    """A folder name that changes with the files, with the code and data that read them and with the embedder."""
    digest = hashlib.sha256(config_from_environment().embedder.encode())
    for path in sorted(p for p in _INGEST.rglob("*") if p.suffix in _CODE_AND_DATA):
        digest.update(path.read_bytes())
    for file in files:
        digest.update(f"{file.name} {file_hash(file)}".encode())
    return digest.hexdigest()[:16]
