"""Finding names in the English part of a question."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from ingest.corpus import LabelKind
from qa.english import EnglishEntry
from qa.englishorganisations import TAIL_SCORE, find_organisations
from qa.englishspans import broken, crosses, cuts_into, is_all_of, is_inside, is_left, runs_over, swallows, tightest
from qa.found import Found
from qa.gloss import blend
from qa.keys import Word, words
from qa.question import Candidate, How
from qa.roots import root
from qa.vocabulary import Vocabulary

GLOSS_BASE, GLOSS_SPAN = 0.45, 0.45  # all words of the label said and nothing else: 0.90
GLOSS_ALL = 0.60  # coverage a label needs to join words around a known name
GLOSS_REST = 0.60  # coverage a label needs for words no name explains
INSTEAD = 0.76  # a label that all the words describe this well goes before names of some of them
GROUP_LEFT, GROUP_SAID = 0.40, 0.60  # words of the run that are left unsaid cost up to three fifths
SAID_WELL = 0.80  # a label whose words say a listed name of another item this well may be meant by it
ONLY_PROJECT = 0.85  # the one project that all the words before "project" are of
_PROJECT = ("project", "programme", "program", "scheme")
_LED = re.compile(r"\b(?:the|this|its|of|for|on|to|in|under|by|and|does|did|do)\s+$", re.I)  # begins a name
COMPLETE = 0.995  # all the words say all of a label: labels that hold more than that are not meant
WORD_BONUS = 0.03  # of two labels nearly as good the one that explains more words


_FISCAL_YEAR = re.compile(r"\b(?:fiscal|financial|budget)\s+years?\s+(?=\d)", re.I)
_QUOTED = re.compile(r"(?<![^\s(])['‘]([^'‘’]+)['’](?=[\s,.?;:)]|$)")  # a name in single quotes, no owner's mark
_BRACKET = re.compile(r"[\"”']?(?: \w+){0,4}[\"”']? ?[(（][一-鿿]")  # the Chinese name behind words says what they mean
_ON_PROJECTS = re.compile(
    r"\b(?:spen[dt]|spending|goes?|going|went|money|funding) (?:on|to|for|into|towards?) (?:all )?(?:the |its )?"
    r"projects(?= (?:in|overall|together|altogether|as|rather|instead)\b|\W*$)",
    re.I,
)
_UNITS = re.compile(
    r"(?:subordinate|affiliated|attached) (?:units?|institutions?|organi[sz]ations?|bodies|body|entit(?:y|ies))", re.I
)
_WHICH = re.compile(r"\b(?:which|each|every|how many)(?: of the)? $", re.I)
_TOGETHER = frozenset({("in", "total"), ("in", "all")})  # asks for a sum and names no total
_PROJECT_SPENDING = ("project", "spending")
MOST_SHARED = 3  # words of a name before those that share its noun
_PARTICLES = frozenset(("off", "on", "up", "in", "out", "down", "over", "by"))
_TWICE_OF = re.compile(r"\b(of|for|on)\b.*\band (?:also )?\1\b", re.I)
_AND = ("and", "or")
_JOINED = re.compile(r"\b(?:and|or|plus)\b|&", re.I)
_BESIDE = (*_AND, "from", "than", "versus", "vs")  # between two names that share a noun
_AFTER_VERB = frozenset(("than", "most", "least", "more", "less", "over", "above", "below", "under"))
_HELPING = ("do", "doe", "did", "will", "would")
_AFTER_WHAT = ("", "together", "altogether", "combined", "overall", "in", "each", "per", "if", "when")
_PARTING = (",", ";", ":", "(", ")", "?", '"')


@dataclass(frozen=True, slots=True)
class EnglishScan:
    """What the scan found, the standard names no label bears, and the runs of content words."""

    found: tuple[Found, ...]
    absent: tuple[tuple[int, int], ...]
    groups: tuple[tuple[int, int], ...]


_FORM = r"(?:tables?|sheets?|forms?|lists?|statements?)"
_FORM_BEHIND = re.compile(rf"\W*(?:\w+ ){{0,2}}{_FORM}\b", re.I)
_FORM_BEFORE = re.compile(rf"\b{_FORM} (?:of|on|for|about) (?:the )?\W*(?:\w+\W+){{0,3}}$", re.I)


def _names_table(found: Found, named: Sequence[Found]) -> bool:
    """Whether words over a listed name are likest to a table's title: "department's project expenditure" is none."""
    best = max(found.candidates, key=lambda c: c.score)
    return best.label.kind is LabelKind.TABLE and any(found.overlaps(n.start, n.end) for n in named)


def _is_called_table(found: Found, text: str) -> bool:
    """Whether "table" stands beside words, or "table of" before them."""
    beside = _FORM_BEHIND.match(text, found.end) or _FORM_BEFORE.search(text[: found.start])
    return beside is not None or re.search(_FORM, text[found.start : found.end], re.I) is not None


def _asks_units(found: Found, text: str) -> bool:
    """Whether "which subordinate unit" asks for one of them, and names no subsidy to them."""
    return bool(_UNITS.fullmatch(text, found.start, found.end) and _WHICH.search(text[: found.start]))


class EnglishScanner:
    """Finds the names of a vocabulary in English text."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def scan(self, text: str) -> EnglishScan:
        """Listed English names longest first, then labels reached word by word."""
        text = _QUOTED.sub(r'"\1"', text)
        tokens = words(_FISCAL_YEAR.sub(lambda year: " " * len(year.group()), text))
        if not any(w.stem.isalpha() for w in tokens):
            return EnglishScan((), (), ())
        organisations = find_organisations(self._vocabulary, text, tokens)
        named, absent = self._named(text, tokens)
        whole = [o for o in organisations if o.score > TAIL_SCORE]
        bodies = frozenset(t for t in tokens if any(o.overlaps(t.start, t.end) for o in whole))
        glossed = [f for f in self._glossed(text, tokens, named, bodies) if not is_inside(f, organisations)]
        glossed = [g for g in glossed if not swallows(g, named, organisations) and not cuts_into(g, named)]
        glossed = [g for g in glossed if all(self._says(g, tokens, span) for span in absent if g.overlaps(*span))]
        glossed = [g for g in glossed if not runs_over(g, named, text)]
        glossed = [g for g in glossed if not _names_table(g, named) or _is_called_table(g, text)]
        glossed = [g for g in glossed if not _asks_units(g, text)]
        better = [g for g in glossed if g.score > INSTEAD]
        named = [f for f in named if not is_inside(f, better)]
        named = [f for f in named if not is_inside(f, organisations, strictly=True) and not crosses(f, organisations)]
        covered = [*named, *glossed, *organisations]
        groups = tuple((g[0].start, g[-1].end) for g in self._groups(text, tokens))
        gone = tuple(span for span in absent if not any(f.overlaps(*span) for f in (*glossed, *organisations)))
        gone = tuple(span for span in gone if not _BRACKET.match(text, span[1]))
        return EnglishScan(tuple(covered), gone, groups)

    # -- listed names

    def _named(self, text: str, tokens: Sequence[Word]) -> tuple[list[Found], list[tuple[int, int]]]:
        """Runs of words that name labels, then those of the rest that name what no label is called."""
        english, labels = self._vocabulary.english, self._vocabulary.labels
        found: list[Found] = []
        absent: list[tuple[int, int]] = []
        windows = [w for w in self._windows(tokens) if self._may_name(text, tokens[w[0] : w[1]])]
        windows = [w for w in windows if not self._is_verb(tokens, *w) and not is_left(tokens, *w)]
        windows = [w for w in windows if not is_all_of(tokens, *w) and not self._straddles(tokens, *w)]
        for whole in (True, False):
            for start, end in windows:
                low, high = tokens[start].start, tokens[end - 1].end
                if any(f.overlaps(low, high) for f in found) or any(a <= low and high <= b for a, b in absent):
                    continue
                stems = [t.stem for t in tokens[start:end]]
                entries = english.entries(stems, whole)
                if self._is_led(stems) and not any(e.how is How.EXACT for e in entries):
                    continue
                if entries and (self._says_much(stems) or not any(low < b and a < high for a, b in absent)):
                    candidates = tuple(Candidate(labels[e.label], e.score, e.how) for e in entries)
                    found.append(Found(low, high, candidates))
                    absent = [(a, b) for a, b in absent if high <= a or b <= low]
                elif whole and end - start > 1 and english.absent_name(stems, whole) is not None:
                    absent.append((low, high))
        found += self._on_projects(text, found)
        found += self._sharing_a_noun(text, tokens, tuple(found))
        for start, end in windows:
            low, high = tokens[start].start, tokens[end - 1].end
            free = not any(f.overlaps(low, high) for f in found) and all(b <= low or high <= a for a, b in absent)
            if free and english.absent_name([t.stem for t in tokens[start:end]]) is not None:
                absent.append((low, high))
        return found, absent

    def _on_projects(self, text: str, found: Sequence[Found]) -> Iterator[Found]:
        """ "Spent on projects" without a word more: all of them, as 项目支出."""
        labels = self._vocabulary.labels
        for match in _ON_PROJECTS.finditer(text):
            entries = self._vocabulary.english.entries(_PROJECT_SPENDING, whole=True)
            if entries and not any(f.overlaps(*match.span()) for f in found):
                yield Found(*match.span(), tuple(Candidate(labels[e.label], e.score, e.how) for e in entries))

    def _says_much(self, stems: Sequence[str]) -> bool:
        """Whether words are more than "budgeted for budget"."""
        english = self._vocabulary.english
        return any(s not in english.function and s not in english.joiners and not english.is_soft(s) for s in stems)

    def _sharing_a_noun(self, text: str, tokens: Sequence[Word], found: Sequence[Found]) -> Iterator[Found]:
        """The first of two names that share a noun: "basic" of "basic or project expenditure"."""
        labels = self._vocabulary.labels
        for name in found:
            inside = [t for t in tokens if name.start <= t.start and t.end <= name.end]
            first, noun = tokens.index(inside[0]), inside[-1].stem
            while len(inside) > 1 and (sharer := self._sharer(text, tokens[:first], noun, found)) is not None:
                words, entries = sharer
                start, end = words[0].start, words[-1].end
                yield Found(start, end, tuple(Candidate(labels[e.label], e.score, e.how) for e in entries))
                first = tokens.index(words[0])

    def _sharer(
        self, text: str, before: Sequence[Word], noun: str, found: Sequence[Found]
    ) -> tuple[Sequence[Word], tuple[EnglishEntry, ...]] | None:
        """The words right before an "and" or a comma that name something if the noun behind them is added."""
        end = before[-1].end if before else 0
        joined = bool(before) and before[-1].stem in _BESIDE
        head = before[:-1] if joined else before
        comma = bool(head) and "," in text[head[-1].end : len(text)][:2]
        if not head or not (joined or comma) or any(mark in text[head[-1].end : end] for mark in "?;:"):
            return None
        for size in range(min(MOST_SHARED, len(head)), 0, -1):
            words = head[-size:]
            taken = any(f.overlaps(words[0].start, words[-1].end) for f in found)
            if taken or broken(text, words) or words[0].stem in self._vocabulary.english.joiners:
                continue
            entries = self._vocabulary.english.entries([*(w.stem for w in words), noun], whole=True)
            if entries:
                return words, entries
        return None

    def _is_verb(self, tokens: Sequence[Word], start: int, end: int) -> bool:
        """Whether a "costs" at the end of a run is what is asked: which programme costs most, what do … cost in all."""
        if end - start < 2 or tokens[end - 1].stem != "cost":
            return False
        after = next((t.stem for t in tokens[end : end + 2] if t.stem != "the"), "")
        helped = any(t.stem in _HELPING for t in tokens[:start])
        return after in _AFTER_VERB or (helped and after in _AFTER_WHAT)

    def _is_led(self, stems: Sequence[str]) -> bool:
        """Whether a "spending on" or "costs of" stands before a name: what is behind it is looked up by itself."""
        english = self._vocabulary.english
        led = len(stems) > 2 and stems[1] in english.joiners and stems[1] not in _BESIDE
        return led and english.is_soft(stems[0])

    def _may_name(self, text: str, tokens: Sequence[Word]) -> bool:
        stems = [t.stem for t in tokens]
        if _TWICE_OF.search(text[tokens[0].start : tokens[-1].end]):  # "care for units and for institutions" are two
            return False
        if broken(text, tokens) or self._joins_two(stems) or tuple(stems[-2:]) in _TOGETHER:
            return False
        return self._is_listed_total(stems) or not all(s in self._vocabulary.english.function for s in stems)

    def _straddles(self, tokens: Sequence[Word], start: int, end: int) -> bool:
        """Whether an "and" joins two names that each reach beyond a window: (mass) culture and tourism (promotion)."""
        stems = [t.stem for t in tokens]
        at = next((n for n in range(start + 1, end - 1) if stems[n] in _AND), 0)
        if not at or not start or end == len(tokens) or not self._says_much((stems[start - 1],)):
            return False
        if not self._says_much((stems[end],)):
            return False
        entries = self._vocabulary.english.entries
        return bool(entries(stems[start - 1 : at], whole=True) and entries(stems[at + 1 : end + 1], whole=True))

    def _joins_two(self, stems: Sequence[str]) -> bool:
        """Whether "and" joins the end of another name to one ("(basic) pay and performance pay"), or the reverse."""
        english = self._vocabulary.english
        if len(stems) < 3:
            return False
        ends_one = stems[1] in _AND and (english.is_soft(stems[0]) or stems[0] == stems[-1])
        return ends_one or (stems[-2] in _AND and english.is_soft(stems[-1]))

    def _is_listed_total(self, stems: Sequence[str]) -> bool:
        return len([s for s in stems if s not in self._vocabulary.english.joiners]) > 1

    def _windows(self, tokens: Sequence[Word]) -> Iterator[tuple[int, int]]:
        """Runs of words that begin and end with a word of content, longest first."""
        joiners = self._vocabulary.english.joiners
        longest = min(self._vocabulary.english.longest, len(tokens))
        for length in range(longest, 0, -1):
            for start in range(len(tokens) - length + 1):
                end = start + length
                if tokens[start].stem not in joiners and tokens[end - 1].stem not in joiners:
                    yield start, end

    # -- word by word

    def _content(self, tokens: Sequence[Word], span: tuple[int, int]) -> list[Word]:
        """The words of a stretch without those like "of"."""
        inside = (t for t in tokens if span[0] <= t.start and t.end <= span[1])
        return [t for t in inside if t.stem not in self._vocabulary.english.joiners]

    def _says(self, found: Found, tokens: Sequence[Word], span: tuple[int, int]) -> bool:
        """Whether a label reached word by word is meant by a stretch that names a standard item not held.

        It has to say every word of the stretch, and surely, or words beside it too.
        """
        asked = self._content(tokens, span)
        counted = any(c.label.kind is LabelKind.INDICATOR for c in found.candidates)
        if len(asked) == 1 and (counted or asked[0].stem in self._vocabulary.english.bodies):
            return True
        while len(asked) > 1 and self._vocabulary.english.is_soft(asked[-1].stem):
            asked = asked[:-1]
        low, high = asked[0].start, asked[-1].end
        covers = found.start <= low and high <= found.end
        gloss, labels = self._vocabulary.english.gloss, self._vocabulary.labels
        best = max(found.candidates, key=lambda c: c.score)
        surely = best.score >= SAID_WELL or (found.start, found.end) != (low, high)
        return covers and surely and {root(t.stem) for t in asked} <= gloss.roots(labels.index(best.label))

    def _groups(self, text: str, tokens: Sequence[Word]) -> Iterator[list[Word]]:
        """Content words that stand together, joined by words like "of" and "and"; punctuation parts them."""
        english = self._vocabulary.english
        group: list[Word] = []
        for token in tokens:
            if group and any(mark in text[group[-1].end : token.start] for mark in _PARTING):
                yield group
                group = []
            beside = (text[token.start - 1 : token.start], text[token.end : token.end + 1])
            glued = "-" in beside and token.stem in _PARTICLES  # drop-off
            if token.stem.isalpha() and (glued or token.stem not in english.function):
                group.append(token)
            elif token.stem not in english.joiners and group:
                yield group
                group = []
        if group:
            yield group

    def _glossed(
        self, text: str, tokens: Sequence[Word], named: Sequence[Found], bodies: Collection[Word]
    ) -> Iterator[Found]:
        """Labels reached word by word; `bodies` are the words of organisations, which part groups."""
        beside = [*(word.stem for word in bodies), *self._vocabulary.english.counting(text)]
        groups = (
            tuple(words)
            for g in self._groups(text, tokens)
            for own, words in groupby(g, bodies.__contains__)
            if not own
        )
        for group in (part for g in groups for part in self._apart(text, g, beside)):
            only = self._only_project(text, group)
            if only is not None:
                yield only
                group = [w for w in group if not only.overlaps(w.start, w.end)]
            if not group:
                continue
            loose = [w for w in group if not any(f.overlaps(w.start, w.end) for f in named)]
            first, last = group[0].start, group[-1].end
            if any(f.start <= first and last <= f.end for f in named):
                continue
            joined = self._by_gloss(group, GLOSS_ALL, group, beside) if len(group) > len(loose) else None
            if joined is not None and any(f.start <= joined.start and joined.end <= f.end for f in named):
                joined = None
            found = joined or (self._by_gloss(loose, GLOSS_REST, loose, beside) if loose else None)
            while found is not None:
                yield found
                loose = [w for w in loose if not found.overlaps(w.start, w.end)]
                found = self._by_gloss(loose, GLOSS_REST, loose, beside) if loose else None

    def _apart(self, text: str, group: Sequence[Word], beside: Sequence[str]) -> Iterator[Sequence[Word]]:
        """The words before and behind an "and", unless one label says all the words it runs over."""
        cuts = [n for n, (a, b) in enumerate(pairwise(group), 1) if _JOINED.search(text[a.end : b.start])]
        whole = self._by_gloss(group, GLOSS_ALL, group, beside) if cuts else None
        if whole is not None:
            gloss, labels = self._vocabulary.english.gloss, self._vocabulary.labels
            roots = gloss.roots(labels.index(max(whole.candidates, key=lambda c: c.score).label))
            inside = [w for w in group if whole.start <= w.start and w.end <= whole.end]
            twice = _TWICE_OF.search(text[whole.start : whole.end]) is not None
            over = any(whole.start < group[cut].start < whole.end for cut in cuts) and not twice
            cuts = [] if over and all(root(w.stem) in roots for w in inside) else cuts
        yield from (group[a:b] for a, b in pairwise((0, *cuts, len(group))))

    def _by_gloss(
        self, group: Sequence[Word], floor: float, must: Sequence[Word], beside: Sequence[str]
    ) -> Found | None:
        gloss = self._vocabulary.english.gloss
        matches = gloss.search((w.stem for w in group), beside=beside)
        worth = gloss.worth(w.stem for w in group)
        needed = {root(w.stem) for w in must}
        best: dict[int, tuple[float, list[Word]]] = {}
        for match in matches:
            used = tightest(group, match.used)
            if match.used & needed and not all(self._vocabulary.english.says_little(w.stem) for w in used):
                said = [w for w in group if used[0].start <= w.start <= used[-1].start]
                in_said = gloss.worth(w.stem for w in said)
                of_words = gloss.worth(w.stem for w in used) / in_said
                score = blend(match.of_label, of_words) * (GROUP_LEFT + GROUP_SAID * in_said / worth)
                if score >= floor:
                    best[match.label] = (score, used)
        if not best:
            return None
        if (top := max(score for score, _ in best.values())) >= COMPLETE:
            best = {n: found for n, found in best.items() if found[0] >= min(top, COMPLETE)}
        best = self._saying_most(best)
        _, used = max(best.values(), key=lambda b: b[0] + WORD_BONUS * len(b[1]))
        labels = self._vocabulary.labels
        candidates = [
            Candidate(labels[n], GLOSS_BASE + GLOSS_SPAN * score, How.WORDS) for n, (score, _) in best.items()
        ]
        return Found(used[0].start, used[-1].end, tuple(candidates), direct=False)

    def _saying_most(self, best: Mapping[int, tuple[float, list[Word]]]) -> dict[int, tuple[float, list[Word]]]:
        """Without labels of which fewer of the words are than of another: no 教育支出 for "postgraduate education".

        Indicators are compared with indicators, since a question is after either money or a count.
        """
        labels = self._vocabulary.labels
        said = {n: frozenset(root(w.stem) for w in used) for n, (_, used) in best.items()}
        counts = {n: labels[n].kind is LabelKind.INDICATOR for n in best}
        return {
            n: found for n, found in best.items() if not any(said[n] < said[m] and counts[n] == counts[m] for m in best)
        }

    def _only_project(self, text: str, group: Sequence[Word]) -> Found | None:
        """The one project of which all the words before "project" are ("the pocket park project"), named in part."""
        at = next((n for n, w in enumerate(group) if n > 1 and w.stem in _PROJECT), 0)
        if at and text[group[at].start : group[at].end].casefold().endswith("s"):  # "key R&D programs" are several
            return None
        first = next((n for n in range(at) if _LED.search(text, 0, group[n].start)), at)
        hard = {root(w.stem) for w in group[first:at] if not self._vocabulary.english.says_little(w.stem)}
        if len(hard) < 2:
            return None
        labels = self._vocabulary.labels
        found = [m for m in self._vocabulary.english.gloss.search(w.stem for w in group[first:at]) if hard <= m.used]
        projects = {labels[m.label].text for m in found if labels[m.label].kind is LabelKind.PROJECT}
        named = tuple(
            Candidate(labels[m.label], ONLY_PROJECT, How.WORDS) for m in found if labels[m.label].text in projects
        )
        return Found(group[first].start, group[at].end, named, direct=False) if len(projects) == 1 else None
