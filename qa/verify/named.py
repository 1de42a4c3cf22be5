"""What linked words name: items and agencies, the same for every part of verification."""

from __future__ import annotations

import re

from ingest.corpus import LabelKind
from qa.question import Linked

ITEMS = (LabelKind.ITEM, LabelKind.PROJECT, LabelKind.INDICATOR, LabelKind.COLUMN)
AGENTS = (LabelKind.AGENCY, LabelKind.ORGANISATION)
_YEAR_BEFORE = re.compile(r"^(?:19|20)\d\d年度?")
NAMED = 0.8  # the score from which words name an item
NEARLY_NAMED = 0.7  # and from which they are taken for one where none is surely named


def item_words(linked: Linked, least: float = NAMED) -> list[str]:
    """The words that name items, in their order: the longest and best, none inside another or inside an agency."""
    agents = [m.text for m in linked.of_kind(*AGENTS)]
    mentions = sorted(linked.of_kind(*ITEMS), key=lambda m: (-len(m.text), -m.best.score))
    texts: list[str] = []
    for mention in mentions:
        named = mention.best.score >= least and not any(mention.text in agent for agent in agents)
        if named and not any(mention.text in text for text in texts):
            texts.append(mention.text)
    return [_YEAR_BEFORE.sub("", t) for t in sorted(texts, key=linked.question.text.find)]


def agent_words(linked: Linked) -> list[str]:
    """The words that name agencies or their organisations; a lower-case English word names none."""
    return [m.text for m in linked.of_kind(*AGENTS) if not (m.text.isascii() and m.text.islower())]
