"""What stands around a figure of prose: the description of a project names it once and gives its figures further on."""

from __future__ import annotations

from ingest.corpus import Corpus, FactHit
from qa.result import Evidence

_OF_PROJECTS = "项目"


def around(evidence: Evidence, corpus: Corpus) -> tuple[str, ...]:
    """For a figure in a section on projects: the headings and paragraphs of that section; nothing for any other."""
    if not isinstance(evidence, FactHit) or evidence.fact.passage is None:
        return ()
    section = corpus.passage(evidence.document, evidence.fact.passage).section
    if not section or _OF_PROJECTS not in section[0]:
        return ()
    kin = (h.record for h in corpus.passages(evidence.document) if h.record.section[:1] == section[:1])
    return tuple(dict.fromkeys(text for p in kin for text in (*p.section, p.text)))
