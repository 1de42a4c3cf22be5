"""Whether the cell an answer rests on says what a name of the question says, so that the name needs none of its own."""

from __future__ import annotations

import re

from ingest.corpus import Corpus, FactHit
from ingest.records import TableKind
from qa.around import around
from qa.keys import label_key
from qa.result import Result
from qa.slot import Slot
from qa.smallfirms import ALL_PROCURED, OF_SMALL_FIRMS
from qa.told import names_of

BORNE = 0.6  # the least score of a name that may stand for the slot
MOSTLY = 0.6  # the share of a slot's pairs of characters that has to be there
_GENERAL = re.compile(r"一般公共预算|财政拨款")  # of which the 三公 are paid by definition
_CLAUSE = re.compile(r"[，,；;。]")


def bears(result: Result, slot: Slot, corpus: Corpus) -> bool:
    """Whether every cell of a result bears a slot's words: in its labels, its table's title or the figure's clause."""
    hits = [e for e in result.evidence if isinstance(e, FactHit)]
    return bool(hits) and all(_says(hit, slot, corpus) for hit in hits)


def _says(hit: FactHit, slot: Slot, corpus: Corpus) -> bool:
    told = (*names_of(hit), hit.table_title or "", clause_of(hit), *around(hit, corpus))
    text = "\n".join(label_key(t) for t in told if t)
    if hit.table_kind is TableKind.THREE_PUBLIC and _GENERAL.match(label_key(slot.text)):
        return True
    if OF_SMALL_FIRMS.search(hit.fact.label) and any(ALL_PROCURED.fullmatch(label_key(n.text)) for n in slot.names):
        return True
    if any(n.score >= BORNE and len(label_key(n.text)) > 1 and label_key(n.text) in text for n in slot.names):
        return True
    said = label_key(slot.text)
    pairs = [said[i : i + 2] for i in range(len(said) - 1)]
    return bool(pairs) and sum(p in text for p in pairs) >= MOSTLY * len(pairs)


def clause_of(hit: FactHit) -> str:
    """The clause of the sentence that holds the figure; empty for a table's cell."""
    holding = [c for c in _CLAUSE.split(hit.fact.sentence or "") if hit.fact.text and hit.fact.text in c]
    label = label_key(hit.fact.label)
    return next((c for c in holding if label in label_key(c)), holding[0] if holding else "")
