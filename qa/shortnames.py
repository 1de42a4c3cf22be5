"""Short forms that people make of an organisation's name: 农技推广中心 for 农业技术推广中心, 质检所 for 质量检测所.

A short form begins and ends as the name does (places at its head aside) and leaves characters out between. Forms that
leave out the first ones (一中 for 第一中学) are words of lexicon/unit_words.tsv.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from qa.found import Found
from qa.keys import label_key
from qa.question import Candidate, How
from qa.similarity import is_in_order
from qa.vocabulary import ORGANISATIONS, Vocabulary

SCORE = 0.95
_ENDS = ("中心", "大队", "支队", "总队", "所", "站", "队", "局", "院", "校", "馆", "处", "办")
_LEAST_KEPT = 2  # characters of a short form before its end
_LONGEST = 10
_HEADQUARTERS = re.compile(r"[(（]?(?:本级|机关|本部)[)）]?$")


def is_headquarters(said: str) -> bool:
    """Whether a text names an agency's own house, not all of its units (局机关, 局本级)."""
    return _HEADQUARTERS.search(said) is not None


class ShortNameFinder:
    """Finds short forms of the organisations of one vocabulary in questions."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._names: dict[tuple[str, str], list[tuple[str, Candidate]]] = defaultdict(list)  # by end, first character
        for label, key in zip(vocabulary.labels, vocabulary.keys, strict=True):
            if label.kind not in ORGANISATIONS:
                continue
            bare = vocabulary.names.placeless(_HEADQUARTERS.sub("", key))
            end = next((e for e in _ENDS if bare.endswith(e)), None)
            if end is not None and len(bare) > len(end) + _LEAST_KEPT:
                self._names[end, bare[0]].append((bare, Candidate(label, SCORE, How.ALIAS)))
        self._ends = tuple(dict.fromkeys(end for end, _ in self._names))

    def find(self, text: str, found: Sequence[Found]) -> Iterator[Found]:
        """The short forms in a question, the longest at each end; not inside what names an organisation already."""
        held = [f for f in found if any(c.label.kind in ORGANISATIONS for c in f.candidates)]
        for end in self._ends:
            for match in re.finditer(re.escape(end), text):
                for short in self._ending_at(text, match.end(), end):
                    if not any(f.overlaps(short.start, short.end) and not covers(short, f) for f in held):
                        yield short

    def _ending_at(self, text: str, stop: int, end: str) -> Iterator[Found]:
        for length in range(_LONGEST, len(end) + _LEAST_KEPT - 1, -1):
            said = label_key(text[max(0, stop - length) : stop])
            names = self._names.get((end, said[:1]), ())
            fits = [(len(bare), c) for bare, c in names if is_short_for(said, bare)]
            if stop >= length and fits and label_key(text[stop - length]):  # begins with no comma
                least = min(size for size, _ in fits)
                yield Found(stop - length, stop, tuple(c for size, c in fits if size == least))
                return


def covers(short: Found, one: Found) -> bool:
    """Whether a short form holds another find and more (农技推广中心 holds 推广中心)."""
    return short.start <= one.start and one.end <= short.end and one.end - one.start < short.end - short.start


def is_short_for(said: str, name: str) -> bool:
    """Whether a text is a name with characters left out inside: the same first one, all others in their order."""
    if not said or len(said) >= len(name) or said[0] != name[0]:
        return False
    return is_in_order(said, name)
