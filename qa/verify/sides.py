"""Two things compared in words: what is asked for the level of each side, with what one side leaves to the other."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.records import Phase
from qa.leftover import leftover
from qa.link import Linker
from qa.question import Language
from qa.verify.kinds import Kind
from qa.verify.named import NEARLY_NAMED, agent_words, item_words
from qa.verify.plainly import Plain, plain_question
from qa.verify.wording import wording

_TOGETHER = re.compile(r"之和|合计|加起来|[和与及、]|\band\b|\bcombined\b|\btogether\b", re.IGNORECASE)
_FULL_YEAR = {Language.ZH: "全年预算", Language.EN: "adjusted budget"}


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: whose, of which year, which item, which stage; `loose` words answer to nothing."""

    language: Language
    agency: str = ""
    year: str = ""
    item: str = ""
    stage: Phase = Phase.UNKNOWN
    words: str = ""
    kind: Kind = Kind.AMOUNT
    loose: tuple[str, ...] = ()
    foreign: bool = False

    @property
    def questions(self) -> tuple[str, ...]:
        """What is asked for its level, the plainest first; the budget of a final account is the full year's."""
        word = {Phase.ACTUAL: "决算 actual", Phase.BUDGET: "预算 budget"}.get(self.stage, "")
        asked = [self._question(f"{word} {self.words}", self.item)]
        if self.stage is Phase.BUDGET:
            asked.append(self._question("", f"{self.item}{_FULL_YEAR[self.language]}"))
        return tuple(q for q in asked if q)

    def _question(self, clause: str, item: str) -> str:
        total = " 支出 spending " if not item else ""
        plain = Plain(self.language, self.kind, self.agency, self.year, "", item, "", clause, total)
        return plain_question(plain)


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of a comparison."""

    left: Side
    right: Side

    @property
    def loose(self) -> tuple[str, ...]:
        return (*self.left.loose, *self.right.loose)

    def counted(self) -> Sides:
        """The sides as numbers of things: who has more vehicles, not who spends more on them."""
        left, right = (replace(side, kind=Kind.COUNT) for side in (self.left, self.right))
        return Sides(left, right)

    @property
    def foreign(self) -> bool:
        """Whether a side names what no document held does."""
        return self.left.foreign or self.right.foreign

    @property
    def are_years(self) -> bool:
        """Whether the sides are one item in two years."""
        one, two = self.left, self.right
        alike = (one.agency, one.item, one.stage) == (two.agency, two.item, two.stage)
        return alike and one.year != two.year and bool(one.year and two.year)

    @property
    def differ(self) -> bool:
        """Whether the sides are of two things, years, agencies or stages."""
        one, two = self.left, self.right
        return (one.agency, one.year, one.item, one.stage) != (two.agency, two.year, two.item, two.stage)


def sides_of(left: str, right: str, linker: Linker, default: Side) -> Sides | None:
    """The sides that two stretches of a text stand for; `default` has what the words before them leave to them.

    None where nothing tells the sides apart, or no agency is named at all.
    """
    one = side_of(left, linker, default)
    two = side_of(right, linker, one)
    if two.stage is not Phase.UNKNOWN and one.stage is Phase.UNKNOWN and two.item == one.item:
        one = replace(one, stage=Phase.ACTUAL if two.stage is Phase.BUDGET else Phase.BUDGET)  # 比预算少
    sides = Sides(one, two)
    return sides if sides.foreign or (sides.differ and one.agency) else None


def side_of(words: str, linker: Linker, default: Side) -> Side:
    """The side that a stretch of text stands for; what it does not name is that of `default`."""
    linked, found = linker.link(words), wording(default.language)
    agents = agent_words(linked)
    items = item_words(linked) or item_words(linked, NEARLY_NAMED)
    year = str(linked.years[0]) if linked.years else default.year
    if linked.relative_years and default.year and not linked.years:
        year = str(int(default.year) + linked.relative_years[0])
    stage = default.stage
    if found.actual.search(words):
        stage = Phase.ACTUAL
    elif found.budget.search(words):
        stage = Phase.BUDGET
    loose = leftover(found.fluff.sub(" ", linked.residue), default.language)
    if len(items) > 1 and _TOGETHER.search(words):  # one lookup is not their sum
        loose = (*loose, *items)
    return Side(
        default.language,
        agents[0] if agents else default.agency,
        year,
        items[-1] if items else " ".join(loose) if loose and not agents else default.item,
        stage,
        words,
        loose=tuple(w for w in loose if w.casefold() not in default.agency.casefold()),
        foreign=bool(linked.foreign),
    )
