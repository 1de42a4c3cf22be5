"""Ours without lexical linking: every question is linked by embeddings alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qa.engine import Engine
from qa.foreign import Foreign
from qa.found import Found
from qa.link import Linker

if TYPE_CHECKING:
    from qa.check import Settled
    from qa.engine import _Prepared
    from qa.question import Linked


class MeaningLinker(Linker):
    """A linker that looks no name up, so that only the nearest labels by embedding are mentioned."""

    __slots__ = ()

    def _found(self, text: str) -> tuple[tuple[Found, ...], tuple[Foreign, ...], tuple[tuple[int, int], ...]]:
        return (), (), ((0, len(text)),)


@dataclass(slots=True)
class EngineByMeaning(Engine):
    """The engine with `MeaningLinker` in the place of both its linkers; all else is the same."""

    def _prepare(self) -> _Prepared:
        prepared = Engine._prepare(self)
        if not isinstance(prepared.linker, MeaningLinker):
            linker = MeaningLinker(prepared.linker.vocabulary, self.embed)
            prepared = replace(prepared, by_name=linker, linker=linker)
            self._prepared = prepared
        return prepared

    def _spoken(
        self, linked: Linked, settled: Settled, prepared: _Prepared, document: str | None
    ) -> tuple[Linked, Settled]:
        """What was settled: names read by their characters are linked by names."""
        return linked, settled

    def _accounted(
        self, linked: Linked, settled: Settled, prepared: _Prepared, document: str | None
    ) -> tuple[Linked, Settled]:
        """What was settled: labels that account for a question are found by their words."""
        return linked, settled
