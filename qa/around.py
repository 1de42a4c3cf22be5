"""What stands around words of prose: the description of a project names it once and tells of it further on."""

from __future__ import annotations

from ingest.corpus import Corpus, FactHit
from qa.result import Evidence, Quote

_OF_PROJECTS = "项目"
_OWN_CHAPTER = 2  # headings that lead to the chapter of one project: 项目情况说明, （三）…工程


def around(evidence: Evidence, corpus: Corpus) -> tuple[str, ...]:
    """For words in a section on projects: the headings and paragraphs of that section; nothing for any other.

    Where each project has a chapter of its own under its name, of that chapter.
    """
    section = _section(evidence, corpus)
    if not section or _OF_PROJECTS not in section[0]:
        return ()
    own = section[:_OWN_CHAPTER] if len(section) > _OWN_CHAPTER else section[:1]
    kin = (h.record for h in corpus.passages(evidence.document) if h.record.section[: len(own)] == own)
    return tuple(dict.fromkeys(text for p in kin for text in (*p.section, p.text)))


def _section(evidence: Evidence, corpus: Corpus) -> tuple[str, ...]:
    """The headings that a sentence or a quoted passage stands under."""
    if isinstance(evidence, Quote):
        return evidence.section
    if not isinstance(evidence, FactHit) or evidence.fact.passage is None:
        return ()
    return corpus.passage(evidence.document, evidence.fact.passage).section
