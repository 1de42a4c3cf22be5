"""Table rows as chunks: keyword and dense search fused, the first figure of the best row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from eval.baselines.bm25 import Bm25
from eval.shown import ABSTAINED, ANSWERED, Cited, Shown
from ingest.corpus import Corpus, FactHit, FactQuery
from ingest.embedders import Embedder, Role

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_POOL = 50
_RANK_CONSTANT = 60  # of reciprocal rank fusion (Cormack, Clarke and Büttcher 2009)


@dataclass(frozen=True, slots=True)
class RowChunk:
    """A table row as text, with its first figure."""

    document: str
    text: str
    hit: FactHit


@dataclass(frozen=True)
class RowChunks:
    """Our extraction without our linking, planning and arithmetic."""

    corpus: Corpus
    embedder: Embedder
    name: str = "table rows (BM25 + dense)"

    def ask(self, question: str, document: str | None = None) -> Shown:
        only = self.corpus.find_document(document).id if document else None
        order = [n for n in self._ranked(question) if only in (None, self._chunks[n].document)]
        if not order:
            return Shown(ABSTAINED, "")
        fact = self._chunks[order[0]].hit.fact
        unit = fact.unit.unit.symbol if fact.unit.unit else ""
        hit = self._chunks[order[0]].hit
        cited = Cited(
            self._files[hit.document], fact.page, fact.text, hit.table_title or "", fact.row_path, fact.column_path,
            code=fact.code or "", placed=fact.box is not None,
        )  # fmt: skip
        return Shown(ANSWERED, self._chunks[order[0]].text, fact.value, unit, citations=(cited,))

    def _ranked(self, question: str) -> list[int]:
        """Row numbers by reciprocal rank fusion of both searches."""
        dense = (-(self._vectors @ self.embedder.embed([question], Role.QUESTION)[0])).argsort()[:_POOL].tolist()
        scores: dict[int, float] = {}
        for ranking in (self._keywords.best(question, _POOL), dense):
            for rank, number in enumerate(ranking):
                scores[number] = scores.get(number, 0.0) + 1 / (_RANK_CONSTANT + rank)
        return sorted(scores, key=lambda number: (-scores[number], number))

    @cached_property
    def _chunks(self) -> tuple[RowChunk, ...]:
        return tuple(self._rows())

    @cached_property
    def _files(self) -> dict[str, str]:
        return {d.id: d.file for d in self.corpus.documents()}

    @cached_property
    def _keywords(self) -> Bm25:
        return Bm25([chunk.text for chunk in self._chunks])

    @cached_property
    def _vectors(self) -> NDArray[np.float32]:
        return self.embedder.embed([chunk.text for chunk in self._chunks])

    def _rows(self) -> Iterator[RowChunk]:
        groups: dict[tuple[str, str | None, int | None], list[FactHit]] = {}
        for hit in self.corpus.facts(FactQuery(from_tables=True)):
            groups.setdefault((hit.document, hit.fact.table, hit.fact.row), []).append(hit)
        titles = {d.id: d.identity.title for d in self.corpus.documents()}
        for (document, _, _), hits in groups.items():
            first = hits[0]
            figures = "；".join(f"{' '.join(h.fact.column_path)} {h.fact.text}" for h in hits)
            path = " ".join(dict.fromkeys(label for h in hits for label in h.fact.row_path))
            text = f"{titles[document]} {first.table_title or ''} {first.fact.code or ''} {path}：{figures}"
            yield RowChunk(document, text, first)
