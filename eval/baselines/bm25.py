"""Okapi BM25 over characters and words: enough of keyword search for a baseline."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from ingest.numbers import fold_width

_WORDS = re.compile(r"[a-z]+|\d+(?:\.\d+)?|[一-鿿]+")
_K1 = 1.5
_B = 0.75


def terms(text: str) -> list[str]:
    """Words and numbers, and pairs of Chinese characters."""
    found: list[str] = []
    for word in _WORDS.findall(fold_width(text).casefold()):
        if word[0] >= "一" and len(word) > 1:
            found += [word[i : i + 2] for i in range(len(word) - 1)]
        else:
            found.append(word)
    return found


class Bm25:
    """An inverted index over texts; `scores` are Robertson's with the usual constants."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._postings: dict[str, list[tuple[int, float]]] = {}
        counted = [Counter(terms(text)) for text in texts]
        lengths = [sum(counts.values()) for counts in counted]
        mean = sum(lengths) / len(lengths) if lengths else 1.0
        for number, counts in enumerate(counted):
            scale = _K1 * (1 - _B + _B * lengths[number] / (mean or 1.0))
            for term, count in counts.items():
                self._postings.setdefault(term, []).append((number, count * (_K1 + 1) / (count + scale)))
        self._size = len(texts)

    def best(self, question: str, k: int) -> list[int]:
        """The numbers of the k best texts, best first; those without a term in common are left out."""
        scores: dict[int, float] = {}
        for term in set(terms(question)):
            postings = self._postings.get(term, ())
            weight = math.log(1 + (self._size - len(postings) + 0.5) / (len(postings) + 0.5))
            for number, gain in postings:
                scores[number] = scores.get(number, 0.0) + weight * gain
        return sorted(scores, key=lambda number: (-scores[number], number))[:k]
