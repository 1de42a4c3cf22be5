"""How stretches of an English question lie to each other: inside, across, over names, and broken by punctuation."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from qa.englishorganisations import TAIL_SCORE
from qa.found import Found
from qa.keys import Word, label_key, words
from qa.roots import root

OUTRIGHT = 0.9  # a listed name
SWALLOWS = 0.78  # a label that all the words describe this well is meant, though pieces of it are names too
_BODIES = ("department", "bureau", "agency", "office", "organisation", "organization", "unit", "system", "year")
_LEFT, _BECAME = ("unspent", "unused"), ("left", "remain", "remained", "go", "goe", "went", "is", "was", "were")


def is_left(tokens: Sequence[Word], start: int, end: int) -> bool:
    """Whether a window is what became of the money: (was left) unspent."""
    return end - start == 1 and tokens[start].stem in _LEFT and start > 0 and tokens[start - 1].stem in _BECAME


def is_all_of(tokens: Sequence[Word], start: int, end: int) -> bool:
    """Whether a window is the "whole" of a whole department, which is no total."""
    behind = tokens[end].stem if end < len(tokens) else ""
    return end - start == 1 and tokens[start].stem in ("whole", "entire") and behind in _BODIES


def tightest(group: Sequence[Word], roots: Collection[str]) -> list[Word]:
    """The shortest run of words that holds all the roots: of "short exhibitions and exhibits" the first two."""
    spoken = [root(w.stem) for w in group]
    wanted = frozenset(roots)
    windows = ((a, b) for a in range(len(group)) for b in range(a + 1, len(group) + 1) if wanted <= {*spoken[a:b]})
    start, end = min(windows, key=lambda w: (group[w[1] - 1].end - group[w[0]].start, w[0]))
    return [w for w, r in zip(group[start:end], spoken[start:end], strict=True) if r in wanted]


def is_inside(found: Found, others: Sequence[Found], strictly: bool = False) -> bool:
    """Whether a find lies inside another's stretch (and is shorter, where `strictly`)."""
    return any(
        o.start <= found.start
        and found.end <= o.end
        and not (strictly and (o.start, o.end) == (found.start, found.end))
        for o in others
    )


def crosses(found: Found, others: Sequence[Found]) -> bool:
    """Whether a find ends in the first words of another: "project of the science" museum."""
    return any(found.start < o.start < found.end < o.end for o in others)


def cuts_into(found: Found, named: Sequence[Found]) -> bool:
    """Whether a label reached word by word takes part of a listed name: "expenses and travel" and "office expenses"."""
    outright = [f for f in named if f.score >= OUTRIGHT and f.overlaps(found.start, found.end)]
    return any(not (found.start <= f.start and f.end <= found.end) for f in outright)


MOST_SURE, LONG = 0.93, 3  # a listed name of so many words, said so surely, is no part of another thing's


def runs_over(found: Found, named: Sequence[Found], text: str) -> bool:
    """Whether words reached one by one run over a long listed name and their labels hold nothing of what it names.

    "Financed by government-managed funds" is of 政府性基金, not of 财政专户管理资金.
    """
    best = max(found.candidates, key=lambda c: c.score)
    for name in named:
        inside = found.start <= name.start and name.end <= found.end and found.score < SWALLOWS
        if inside and name.score >= MOST_SURE and len(words(text[name.start : name.end])) >= LONG:
            heads = {label_key(c.label.text)[:LONG] for c in name.candidates if c.score >= MOST_SURE}
            if not any(head in label_key(best.label.text) for head in heads):
                return True
    return False


def swallows(found: Found, named: Sequence[Found], organisations: Sequence[Found]) -> bool:
    """Whether a vague label runs over an organisation's name, or over two names said outright: it is none of them."""
    inside = [f for f in named if f.score >= OUTRIGHT and is_inside(f, [found], strictly=True)]
    apart = [f for f in inside if all(o is f or not o.overlaps(f.start, f.end) for o in inside)]
    vague = found.score < SWALLOWS
    over = any(is_inside(o, [found], strictly=True) and (vague or o.score > TAIL_SCORE) for o in organisations)
    return found.score < OUTRIGHT and (over or (vague and len(apart) > 1))


def broken(text: str, tokens: Sequence[Word]) -> bool:
    """Whether punctuation ends a clause between the words, or a comma stands between just two."""
    inside = text[tokens[0].start : tokens[-1].end]
    return any(mark in inside for mark in ("?", ";", ": ", ". ", "(", ")", '"')) or ("," in inside and len(tokens) < 4)
