"""Finding organisations and agencies in the English part of a question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.corpus import LabelKind
from qa.found import Found
from qa.gloss import GlossMatch
from qa.keys import Word, label_key, stem
from qa.question import Candidate, How
from qa.roots import root
from qa.shortnames import is_headquarters
from qa.vocabulary import Vocabulary
from qa.wordtable import chinese_for

WHOLE, WHOLE_SCORE = 0.70, 0.95  # nearly all its words said, places aside
TAIL_SCORE = 0.88  # its last word alone: service center
ONLY_SCORE = 0.90  # what it is, where no other organisation is one: the museum
_DEFINITE = ("the", "its")
MOST_LABELS = 60


@dataclass(frozen=True, slots=True)
class _Run:
    """Words that stand together and all belong to the name of one organisation."""

    words: tuple[Word, ...]
    label: int
    score: float
    match: GlossMatch

    @property
    def span(self) -> tuple[int, int]:
        return self.words[0].start, self.words[-1].end


def find_organisations(vocabulary: Vocabulary, text: str, tokens: Sequence[Word]) -> tuple[Found, ...]:
    """Organisations whose words (places aside) stand together, those that explain most words first.

    A run of words before which another proper name stands is none of ours: Qinghe Sub-district is not Wanli's.
    """
    runs = sorted(_runs(vocabulary, text, tokens), key=lambda r: (-len(r.match.used), -r.score, r.label))
    found = list(_own_house(vocabulary, text))
    only = _only_ones(vocabulary, text, tokens, runs)
    found += [f for f in only if not any(f.overlaps(o.start, o.end) for o in found)]
    for run in runs:
        start, end = run.span
        if any(f.overlaps(start, end) for f in found):
            continue
        same = [r for r in runs if r.span == run.span and len(r.match.used) == len(run.match.used)]
        candidates = tuple(Candidate(vocabulary.labels[r.label], r.score, How.ENGLISH) for r in same)
        found.append(Found(start, end, candidates))
    return tuple(found)


_BODY = (
    r"(?:(?:municipal|city|provincial|county|district) )?"
    r"(?:department|bureau|agency|office|commission|association|federation|committee)"
)
_OWN_HOUSE = re.compile(
    rf"\b(?:(?:the|its) )?(?:{_BODY}(?:'s|’s)? )?(?:own )?(?:headquarters|head office)\b"
    rf"|\b(?:the )?{_BODY}(?:['’]s own| itself)\b",
    re.I,
)


def _own_house(vocabulary: Vocabulary, text: str) -> Iterator[Found]:
    """ "The department's own headquarters", "the bureau itself": where one agency alone has a house of its own."""
    keys = vocabulary.keys
    agencies = {keys[n] for n in vocabulary.bodies if vocabulary.labels[n].kind is LabelKind.AGENCY}
    houses = [n for n in vocabulary.bodies if is_headquarters(keys[n]) and keys[n].startswith(tuple(agencies))]
    if len({keys[n] for n in houses}) == 1:
        for match in _OWN_HOUSE.finditer(text):
            named = tuple(Candidate(vocabulary.labels[n], WHOLE_SCORE, How.ENGLISH) for n in houses)
            yield Found(match.start(), match.end(), named)


def _only_ones(vocabulary: Vocabulary, text: str, tokens: Sequence[Word], runs: Sequence[_Run]) -> Iterator[Found]:
    """ "The museum" where one body alone is a museum; not where it is the first word of another noun's name."""
    english = vocabulary.english
    ends = {stem(w) for w in vocabulary.lexicon.section("organisation_end", "en")}
    branches = {label_key(b) for b in vocabulary.lexicon.section("branch", "zh")}  # no kind of body: the department
    for position in range(1, len(tokens)):
        the, noun = tokens[position - 1 : position + 1]
        inside = any(r.span[0] <= noun.start < r.span[1] and len(r.words) > 1 for r in runs)
        if the.stem not in _DEFINITE or noun.stem not in ends or inside or text[noun.end :].startswith(" of "):
            continue
        after = tokens[position + 1].stem if position + 1 < len(tokens) else ""
        owner = text[noun.start : noun.end].endswith(("'s", "’s"))
        if after and not owner and after not in english.function and after not in english.joiners:
            continue
        heads = tuple(h for h in chinese_for(noun.stem) if h not in branches)
        if only := _only_body(vocabulary, heads):
            named = tuple(Candidate(vocabulary.labels[n], ONLY_SCORE, How.ENGLISH) for n in only)
            yield Found(noun.start, noun.end, named)


def _only_body(vocabulary: Vocabulary, heads: tuple[str, ...]) -> tuple[int, ...]:
    """The labels of the one body whose name ends in one of the words; of several, those of the one agency."""
    ending = [n for n in vocabulary.bodies if heads and vocabulary.keys[n].endswith(heads)]
    agencies = {vocabulary.keys[n] for n in ending if vocabulary.labels[n].kind is LabelKind.AGENCY}
    meant = agencies or {vocabulary.keys[n] for n in ending}
    return tuple(n for n in ending if vocabulary.keys[n] in meant) if len(meant) == 1 else ()


def _runs(vocabulary: Vocabulary, text: str, tokens: Sequence[Word]) -> Iterator[_Run]:
    index = vocabulary.english.organisations
    for candidate in index.search((t.stem for t in tokens), k=MOST_LABELS):
        known = index.roots(candidate.label)
        for words in _together(tokens, known, vocabulary.english.joiners):
            match = index.match(candidate.label, (w.stem for w in words))
            score = _score(match) if match is not None else 0.0
            if score < ONLY_SCORE and not any(w.stem in vocabulary.english.bodies for w in words):
                continue  # "culture and tourism promotion" says what, not whose
            if match is not None and score and not _is_others(text, tokens, words, vocabulary.english.function):
                yield _Run(words, candidate.label, score, match)


def _together(tokens: Sequence[Word], known: frozenset[str], joiners: frozenset[str]) -> Iterator[tuple[Word, ...]]:
    """Runs of known words, joiners between them allowed."""
    run: list[Word] = []
    pending: list[Word] = []
    for token in tokens:
        if root(token.stem) in known:
            run += [*pending, token]
            pending = []
        elif token.stem in joiners and run:
            pending.append(token)
        elif run:
            yield tuple(run)
            run, pending = [], []
    if run:
        yield tuple(run)


def _score(match: GlossMatch) -> float:
    by_tail = TAIL_SCORE if match.tail else 0.0
    return max(WHOLE_SCORE * match.of_label, by_tail) if match.of_label >= WHOLE else by_tail


def _is_others(text: str, tokens: Sequence[Word], words: Sequence[Word], function: frozenset[str]) -> bool:
    """Whether a proper name that is no part of the organisation's stands right before it."""
    position = tokens.index(words[0])
    if position == 0 or words[0].start - tokens[position - 1].end > 1:
        return False
    before = tokens[position - 1]
    return text[before.start].isupper() and before.stem.isalpha() and before.stem not in function
