"""The corpus's shared vocabulary in SQL: distinct labels and distinct paths, kept right as documents come and go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Executable, Row, Update, bindparam, delete, func, insert, select, update

from ingest import schema
from ingest.codec import dump_json, load_json
from ingest.corpus import Label, LabelKind
from ingest.labels import LabelUse, label_uses
from ingest.records import Extract

T = TypeVar("T")
Path = tuple[str, ...]
_CODES = tuple[str, ...]
_BATCH = 500  # of values in one IN (…): far below every server's limit


def intern_paths(connection: Connection, paths: Iterable[Path]) -> dict[Path, int]:
    """The number of each path, those not yet known written down first."""
    texts = {dump_json(path): path for path in dict.fromkeys(paths)}
    known = schema.paths.c
    held: dict[str, int] = {}
    for batch in _batches(list(texts)):
        rows = connection.execute(select(known.id, known.path).where(known.path.in_(batch)))
        held.update({text: path_id for path_id, text in rows})
    fresh = [text for text in texts if text not in held]
    start = connection.scalar(select(func.coalesce(func.max(known.id), 0))) or 0
    held.update({text: start + n for n, text in enumerate(fresh, 1)})
    if fresh:
        connection.execute(insert(schema.paths), [{"id": held[text], "path": text} for text in fresh])
    elements = [{"element": e, "path": held[text]} for text in fresh for e in dict.fromkeys(texts[text])]
    if elements:
        connection.execute(insert(schema.path_elements), elements)
    return {path: held[text] for text, path in texts.items()}


def paths_of(connection: Connection, doc: int) -> set[int]:
    """The numbers of the paths that a document's facts have."""
    facts = schema.facts.c
    rows = connection.execute(select(facts.row_path, facts.column_path).where(facts.doc == doc).distinct())
    return {path for row in rows for path in row}


def drop_unused_paths(connection: Connection, candidates: Iterable[int]) -> None:
    """Forget those of the paths that no fact has any more."""
    facts = schema.facts.c
    unused = set(candidates)
    for batch in _batches(sorted(unused)):
        unused.difference_update(connection.scalars(select(facts.row_path).where(facts.row_path.in_(batch)).distinct()))
    unused.difference_update(_column_paths(connection, unused))
    for batch in _batches(sorted(unused)):
        connection.execute(delete(schema.path_elements).where(schema.path_elements.c.path.in_(batch)))
        connection.execute(delete(schema.paths).where(schema.paths.c.id.in_(batch)))


def _column_paths(connection: Connection, wanted: set[int]) -> set[int]:
    # The column has no index, since one would mislead the planner of ordinary questions: one scan, not one a batch.
    return wanted & set(connection.scalars(select(schema.facts.c.column_path).distinct())) if wanted else set()


def add_labels(connection: Connection, doc: int, extract: Extract) -> None:
    """Count a new document's labels in."""
    uses = label_uses(extract)
    held = _held_labels(connection, uses)
    start = connection.scalar(select(func.coalesce(func.max(schema.labels.c.id), 0))) or 0
    fresh = [use for use in uses if (use.kind, use.text) not in held]
    ids = {(use.kind, use.text): start + n for n, use in enumerate(fresh, 1)}
    _execute_many(connection, insert(schema.labels), [{"id": ids[u.kind, u.text], **_values(u)} for u in fresh])
    changed = []
    for use in uses:
        row = held.get((use.kind, use.text))
        if row is not None:
            ids[use.kind, use.text] = row.id
            codes = _joined((row.codes, dump_json(use.codes)))
            changed.append({"of": row.id, "new_codes": codes, "new_count": row.uses + use.count})
    _execute_many(connection, _update_label(), changed)
    per_document = [
        {"doc": doc, "label": ids[u.kind, u.text], "codes": dump_json(u.codes), "uses": u.count} for u in uses
    ]
    _execute_many(connection, insert(schema.document_labels), per_document)


def _held_labels(connection: Connection, uses: Sequence[LabelUse]) -> dict[tuple[LabelKind, str], Row[Any]]:
    found = {}
    for batch in _batches(list(dict.fromkeys(use.text for use in uses))):
        for row in connection.execute(select(schema.labels).where(schema.labels.c.text.in_(batch))):
            found[LabelKind(row.kind), row.text] = row
    return found


def _values(use: LabelUse) -> dict[str, str | int]:
    return {"kind": use.kind.value, "text": use.text, "codes": dump_json(use.codes), "uses": use.count}


def _update_label() -> Update:
    return (
        update(schema.labels)
        .where(schema.labels.c.id == bindparam("of"))
        .values(codes=bindparam("new_codes"), uses=bindparam("new_count"))
    )


def labels_of(connection: Connection, doc: int) -> list[int]:
    """The numbers of the labels a document uses."""
    used = schema.document_labels.c
    return list(connection.scalars(select(used.label).where(used.doc == doc).order_by(used.label)))


def recount_labels(connection: Connection, labels: Sequence[int]) -> None:
    """Bring counts and codes up to date after a document went, and forget labels that no document uses."""
    used = schema.document_labels.c
    counts: dict[int, int] = defaultdict(int)
    codes: dict[int, list[str]] = defaultdict(list)
    for batch in _batches(labels):
        rows = connection.execute(select(used.label, used.codes, used.uses).where(used.label.in_(batch)))
        for label, label_codes, count in rows:
            counts[label] += count
            codes[label].append(label_codes)
    changed = [{"of": n, "new_codes": _joined(codes[n]), "new_count": counts[n]} for n in labels if n in counts]
    _execute_many(connection, _update_label(), changed)
    for batch in _batches([n for n in labels if n not in counts]):
        connection.execute(delete(schema.labels).where(schema.labels.c.id.in_(batch)))


def read_labels(connection: Connection, kinds: Sequence[LabelKind] | None) -> tuple[Label, ...]:
    """The distinct labels, of some kinds or all, in the order in which they first came."""
    known = schema.labels.c
    wanted = select(known.kind, known.text, known.codes, known.uses).order_by(known.id)
    if kinds:
        wanted = wanted.where(known.kind.in_([kind.value for kind in kinds]))
    return tuple(
        Label(LabelKind(kind), text, load_json(_CODES, codes), count)
        for kind, text, codes, count in connection.execute(wanted)
    )


def _joined(codes: Iterable[str]) -> str:
    return dump_json(tuple(sorted({code for text in codes for code in load_json(_CODES, text)})))


def _execute_many(connection: Connection, statement: Executable, values: Sequence[Mapping[str, Any]]) -> None:
    if values:
        connection.execute(statement, list(values))


def _batches(values: Sequence[T]) -> Iterator[Sequence[T]]:
    return (values[at : at + _BATCH] for at in range(0, len(values), _BATCH))
