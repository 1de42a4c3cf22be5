"""Labels that account for a question as a whole, where names read piece by piece gave no answer.

"How many dead pine trees are supposed to be cleared?" names 清理枯死松树 by four words that stand apart, and
马路上的垃圾多久内清掉 names 道路垃圾清除时限 in other words. All content words of a stretch are held against each label
at once; the labels that say most are proposed, likeliest first, and each proposal is planned, run and checked like any
reading, so that words left unexplained withhold it. How words are held against labels depends on the language:
`qa.accounted_english`, `qa.accounted_chinese`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product

from ingest.corpus import LabelKind
from qa.accounted_chinese import chinese_choices
from qa.accounted_english import english_choices
from qa.choices import THINGS, Reworded
from qa.keys import label_key
from qa.meant import VectorSearch
from qa.plan import Convert, Difference, Growth, Lookup, Plan, Sum, Target
from qa.question import Candidate, How, Language, Linked, Mention
from qa.told import Told
from qa.unexplained import unsaid
from qa.vocabulary import Vocabulary

TRIED_TOGETHER = 8  # choices of labels for all stretches
SCORE = 0.9
_PLANS = (Lookup, Target, Sum, Difference, Growth)
_NAMES = (*THINGS, LabelKind.COLUMN, LabelKind.TERM)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question linked to labels that may account for it; `firm` where its words say these nearly whole."""

    linked: Linked
    names: tuple[str, ...]
    firm: bool
    reworded: Reworded
    counts: bool  # whether one of the labels is an indicator


def accounting(linked: Linked, vocabulary: Vocabulary, embed: VectorSearch | None) -> Iterator[Proposal]:
    """The question linked to labels that account for its words, likeliest first."""
    english = linked.question.language is Language.EN
    reworded = english_choices(linked, vocabulary, embed) if english else chinese_choices(linked, vocabulary)
    if reworded is None:
        return
    for division in reworded.divisions:
        labels = [stretch.labels for stretch in division]
        for choice in islice(product(*labels), TRIED_TOGETHER):
            names = tuple(dict.fromkeys(name for name, _ in choice))
            named = _named(linked, [(s.start, s.end) for s in division], [name for name, _ in choice], vocabulary)
            counts = any((LabelKind.INDICATOR, name) in vocabulary.by_name for name in names)
            yield Proposal(named, names, all(firmly for _, firmly in choice), reworded, counts)


def bears(proposal: Proposal, plan: Plan, told: Told) -> bool:
    """Whether an answer's evidence is what was proposed, by a plan that names may be read together for.

    No content word of the question may be left that the evidence does not say; one may, where words say a label nearly
    whole.
    """
    core = plan.of if isinstance(plan, Convert) else plan
    fits = isinstance(core, _PLANS) and (proposal.counts or not isinstance(core, Target))
    sure = all(any(name in told.names for name in labels) for labels in proposal.reworded.sure)
    named = all(name in told.names for name in proposal.names)
    return fits and sure and named and len(_left_open(proposal, told)) <= int(proposal.firm)


def _left_open(proposal: Proposal, told: Told) -> tuple[str, ...]:
    """The content words that nothing the evidence bears says; in Chinese nothing that it is called."""
    words, question = proposal.reworded.words, proposal.linked.question
    if question.language is Language.EN:
        return unsaid((word for word, *_ in words), question.text, told)
    names = "\n".join(map(label_key, told.names))
    return tuple(forms[0] for forms in words if not any(form in names for form in forms))


def _named(
    linked: Linked, spans: Sequence[tuple[int, int]], choice: Sequence[str], vocabulary: Vocabulary
) -> Linked:
    """The question with each stretch as a mention of its label, names of things read before left out."""
    kept = tuple(m for m in linked.mentions if m.kind not in _NAMES)
    text = linked.question.text
    named = tuple(
        Mention(*span, text[slice(*span)], kind, (Candidate(vocabulary.by_name[kind, name], SCORE, How.WORDS),))
        for span, name in zip(spans, choice, strict=True)
        for kind in THINGS
        if (kind, name) in vocabulary.by_name
    )
    mentions = tuple(sorted((*kept, *named), key=lambda m: (m.start, m.end, m.kind.value)))
    return replace(linked, mentions=mentions, foreign=())
