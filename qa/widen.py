"""Further readings of an English name: what its colloquial Chinese words may mean as well."""

from __future__ import annotations

from dataclasses import replace

from qa.lexicon.load import load
from qa.link import Linker
from qa.question import Candidate, How, Linked, Mention

FURTHER = 0.85  # weight of a further reading, so that it never comes first
SHORTEST = 2


def widen(linked: Linked, linker: Linker) -> Linked:
    """The linked question with further candidates for names that were matched through English."""
    mentions = tuple(_widened(m, linker) if m.best.how in (How.ENGLISH, How.WORDS) else m for m in linked.mentions)
    return replace(linked, mentions=mentions)


def _widened(mention: Mention, linker: Linker) -> Mention:
    words = _words_for(mention.best.label.text)
    known = {c.label.text for c in mention.candidates}
    further: list[Candidate] = []
    for word in words:
        for other in linker.link(word).mentions:
            for candidate in other.candidates:
                if candidate.label.kind is mention.kind and candidate.label.text not in known:
                    known.add(candidate.label.text)
                    further.append(Candidate(candidate.label, candidate.score * FURTHER, How.CONTAINED))
    ordered = sorted(further, key=lambda c: -c.score)
    return replace(mention, candidates=(*mention.candidates, *ordered))


def _words_for(label: str) -> tuple[str, ...]:
    """The short words whose first meaning is the label."""
    aliases = (a for a in load().aliases if a.targets and a.targets[0] == label)
    return tuple(w for a in aliases for w in a.words if SHORTEST <= len(w) < len(label) and not w.isascii())
