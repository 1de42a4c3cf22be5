"""What is asked of a project that is named: of its own few indicators the one nearest in meaning to the open words.

Among the indicators of one project similar meanings are rarely confused, so that a lower floor will do than where a
label is sought in the whole corpus: of 18 phrases tried on one document 16 were right above it (2 below it).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.corpus import Corpus, Label, LabelKind
from ingest.records import Indicator
from qa.intent import mask, says
from qa.leftover import leftover
from qa.meant import Calibration, VectorSearch
from qa.question import Candidate, How, Language, Linked, Mention

NAMED = 0.9  # how surely the project has to be named
APART = 0.07  # from the next indicator of the project
AIMED = 0.81  # the score of an indicator found so
MOST_LABELS = 400
_RATE = "%"


def with_aim(linked: Linked, corpus: Corpus, search: VectorSearch, calibration: Calibration) -> Linked:
    """The linked question with the indicator that its open words mean, where a project is named and a count asked."""
    question = linked.question
    floor = calibration.aim
    if floor is None or question.language is not Language.EN or not says("how_many", question.text, Language.EN):
        return linked
    projects = [m for m in linked.of_kind(LabelKind.PROJECT) if m.best.score >= NAMED]
    words = _open_words(linked)
    if not projects or not words:
        return linked
    names = tuple(c.label.text for c in projects[0].candidates if c.score >= NAMED)
    own = [h.record for h in corpus.indicators(projects=names)]
    counted = {r.name: r for r in own if r.unit != _RATE and r.value is not None}
    found = max(_nearest(words, counted, search, floor), default=None)
    if found is None:
        return linked
    _, word, name = found
    start = question.text.index(word)
    label = Label(LabelKind.INDICATOR, name, (), 1)
    mention = Mention(start, start + len(word), word, LabelKind.INDICATOR, (Candidate(label, AIMED, How.EMBEDDING),))
    return replace(linked, mentions=(*linked.mentions, mention))


def _open_words(linked: Linked) -> tuple[str, ...]:
    """The content words that no name covers, as they stand in the question."""
    text = linked.question.text
    spans: list[tuple[int, int]] = []
    for mention in sorted(linked.mentions, key=lambda m: (m.start, -m.end)):
        if not spans or mention.start >= spans[-1][1]:
            spans.append((mention.start, mention.end))
    loose = leftover(mask(text, spans).text, linked.question.language)
    return tuple(dict.fromkeys(w for w in loose if w in text))


def _nearest(
    words: Sequence[str], own: dict[str, Indicator], search: VectorSearch, floor: float
) -> Iterator[tuple[float, str, str]]:
    """For each word the project's indicator nearest to it, where it is near and stands out."""
    for word in words:
        near = [
            (score, name) for name, _, score in search.nearest(word, (LabelKind.INDICATOR,), MOST_LABELS) if name in own
        ]
        if near and near[0][0] >= floor and (len(near) < 2 or near[0][0] - near[1][0] >= APART):
            yield near[0][0], word, near[0][1]
