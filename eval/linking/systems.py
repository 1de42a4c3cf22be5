"""Ways to rank the labels for a phrase: each is a function from text to labels, best first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from ingest.corpus import Label, LabelKind
from ingest.embedders import Embedder, Role
from qa.link import Linker
from qa.vocabulary import Vocabulary

Ranker = Callable[[str], list[str]]
RRF = 20  # reciprocal rank fusion's constant; small, since right answers stand near the top of both lists


def lexical(vocabulary: Vocabulary) -> Ranker:
    """Labels by the linker without embeddings."""
    return linked(Linker(vocabulary))


def linked(linker: Linker) -> Ranker:
    """Labels by a linker, all mentions pooled by score."""

    def rank(text: str) -> list[str]:
        candidates = [c for m in linker.link(text).mentions for c in m.candidates]
        candidates.sort(key=linker.vocabulary.order)
        return list(dict.fromkeys(c.label.text for c in candidates))

    return rank


def by_embedding(labels: Sequence[Label], embedder: Embedder) -> Ranker:
    """Labels by cosine similarity to the phrase."""
    texts = list(dict.fromkeys(label.text for label in labels))
    matrix = embedder.embed(texts)

    def rank(text: str) -> list[str]:
        scores = matrix @ embedder.embed([text], Role.QUESTION)[0]
        return [texts[i] for i in (-scores).argsort()[:20]]

    return rank


def fused(*rankers: Ranker) -> Ranker:
    """Reciprocal rank fusion of several rankings."""

    def rank(text: str) -> list[str]:
        scores: dict[str, float] = defaultdict(float)
        for ranker in rankers:
            for position, label in enumerate(ranker(text)[:20]):
                scores[label] += 1.0 / (RRF + position)
        return sorted(scores, key=lambda label: -scores[label])

    return rank


def first_that_answers(first: Ranker, fallback: Ranker) -> Ranker:
    """The fallback's ranking where the first finds nothing."""

    def rank(text: str) -> list[str]:
        return first(text) or fallback(text)

    return rank


class ArraySearch:
    """`qa.link.VectorSearch` over a few labels held in memory."""

    def __init__(self, labels: Sequence[Label], embedder: Embedder) -> None:
        self._labels = tuple(labels)
        self._embedder = embedder
        self._matrix = embedder.embed([label.text for label in labels])

    def nearest(self, text: str, kinds: Sequence[LabelKind], k: int) -> tuple[tuple[str, LabelKind, float], ...]:
        """The labels nearest in meaning, best first."""
        scores = self._matrix @ self._embedder.embed([text], Role.QUESTION)[0]
        ranked = ((self._labels[i], float(scores[i])) for i in (-scores).argsort())
        return tuple((v.text, v.kind, s) for v, s in ranked if v.kind in kinds)[:k]
