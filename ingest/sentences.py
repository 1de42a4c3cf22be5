"""Figures in prose as facts: every amount, count, change, rate and share with the item its sentence speaks of.

A passage is read from figure to figure. The words before a figure tell what it measures (`roles`) and what it speaks of
(`items`, `classpath`); where they name nothing, it speaks of the item named before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.classpath import ClassPath, read_class_paths
from ingest.english import is_english
from ingest.english_sentences import read_english_passage
from ingest.figures import FoundFigure
from ingest.items import column_words, is_generic, is_phase_only, item_name, noun_after, noun_behind
from ingest.mentions import (
    CLAUSE_END,
    SENTENCE_END,
    Mention,
    last_clause,
    mentions_in,
    modifier_before,
    sentence_before,
)
from ingest.numbering import UNNUMBERED_RANK, read_numbering, without_numbering
from ingest.periods import Period, compared_with, read_comparator, read_period
from ingest.prosefacts import Draft, Item, Reading, drafts_to_statements, sentence_fact
from ingest.reasons import in_reason, reason_subject
from ingest.records import Fact, Identity, Measure, Passage, PassageKind, Statement
from ingest.roles import Role, read_role
from ingest.units import UNKNOWN_UNIT, WAN_YUAN, Unit, UnitReading, UnitSource

_OF_WHICH = re.compile(r"其中")
_WITHIN = re.compile(r"(?P<whole>[^，。；：、]{2,40}?)中[，,]")
_INCLUDES = re.compile(r"(?P<whole>[^，。；：、（）]{2,24}?)(?:主要)?包括[：:]?")
_HEADER = re.compile(r"^\s*(?P<name>[^，。；：:\d]{2,40}?)[：:]")
_OPEN_LIST = re.compile(r"(?:其中|包括|如下)\s*[：:，,]?\s*$")
_HEADING_TAIL = re.compile(
    r"表?(?:支出|安排|设置|规模|结构)?(?:变化)?(?:具体|总体)?(?:使用)?(?:情况)?的?(?:总体)?(?:说明|情况)。?$"
)
_OWNED = re.compile(r".{2,}(?:院|局|厅|委|办|处|中心|本级|机关)(?P<rest>.{4,})$")
_IN_USE = re.compile(r"\s*(?:主要)?用于")
_BUDGET_WORD = re.compile(r"支出|收入|预算|决算|经费|费用|资金|拨款|采购|项目|费$")


@dataclass(slots=True)
class _Context:
    """What earlier passages leave for the next: headings, classification, and wholes whose parts follow."""

    identity: Identity
    classification: ClassPath | None = None
    wholes: list[tuple[int, Item]] = field(default_factory=list)
    heading: str = ""
    last_rank: int = UNNUMBERED_RANK
    opened: bool = False
    main: Item | None = None
    last_money: Unit = WAN_YUAN


def read_statements(
    passages: Sequence[Passage], identity: Identity
) -> tuple[tuple[Statement, ...], tuple[Fact, ...]]:
    """The statements about items in a document's prose, and a fact for every figure in them."""
    context = _Context(identity)
    statements: list[Statement] = []
    facts: list[Fact] = []
    for passage in passages:
        if passage.kind is PassageKind.HEADING:
            _enter_heading(context, passage)
        elif is_english(passage.text):
            english = read_english_passage(passage, identity, without_numbering(context.heading))
            statements += english[0]
            facts += english[1]
        elif passage.kind is not PassageKind.DEFINITION:
            reader = _PassageReader(passage, context)
            reader.read()
            statements += reader.statements()
            facts += reader.facts
    return _without_owners(statements, facts)


def _without_owners(
    statements: Sequence[Statement], facts: Sequence[Fact]
) -> tuple[tuple[Statement, ...], tuple[Fact, ...]]:
    """Labels without the bodies named before them, where the rest is a label of the same document (某某院预留经费)."""
    known = {fact.label for fact in facts}

    def bare(label: str) -> str:
        match = _OWNED.match(label)
        return match["rest"] if match and match["rest"] in known else label

    return (
        tuple(replace(s, label=bare(s.label)) for s in statements),
        tuple(replace(f, label=bare(f.label), row_path=(*f.row_path[:-1], bare(f.label))) for f in facts),
    )


def _enter_heading(context: _Context, passage: Passage) -> None:
    paths = read_class_paths(passage.text)
    context.classification = paths[-1].under(context.classification) if paths else None
    context.wholes.clear()
    context.main = None
    context.heading = passage.text


class _PassageReader:
    """Reads one passage; `facts` and `statements()` hold the outcome."""

    def __init__(self, passage: Passage, context: _Context) -> None:
        self.facts: list[Fact] = []
        self._passage = passage
        self._text = passage.text
        self._context = context
        self._drafts: list[Draft] = []
        self._draft = 0
        self._numbers: dict[tuple[str, ...], int] = {}
        self._purchase = False
        self._item: Item | None = None
        self._outer: list[tuple[Item | None, Item | None]] = []
        self._whole = self._carried = self._carried_whole()
        self._comma_list = False
        self._within: Item | None = None
        if self._whole is None and _OF_WHICH.match(without_numbering(self._text.lstrip())):
            self._whole = self._carried = context.main

    def read(self) -> None:
        for mention in mentions_in(self._text):
            self._enter_lead(mention)
            self._add(mention)
        self._enter_tail()

    def statements(self) -> list[Statement]:
        """The passage's statements, with reason and use read from each one's stretch of text."""
        return drafts_to_statements(self._passage, self._drafts or self._reason_only())

    # What the words before a figure change.

    def _enter_lead(self, mention: Mention) -> None:
        lead = mention.lead
        if SENTENCE_END.search(lead) and self._drafts:
            self._leave_list()
        if "；" in lead and self._comma_list:
            self._leave_list()
        self._enter_brackets(lead)
        self._enter_header(mention)
        self._enter_whole(mention)

    def _leave_list(self) -> None:
        self._whole = self._carried
        self._comma_list = False

    def _enter_brackets(self, lead: str) -> None:
        """Inside brackets another item may be spoken of; behind them it is the one before again."""
        depth = 0
        for char in lead:
            if char in "（(":
                depth += 1
                self._outer.append((self._item, self._whole))
            elif char in "）)" and self._outer:
                outer = self._outer.pop()
                if not depth:
                    self._item, self._whole = outer
                depth = max(0, depth - 1)

    def _enter_header(self, mention: Mention) -> None:
        """Classification paths, and a name with a colon at the passage's beginning, name the item from here on."""
        for path in read_class_paths(mention.lead):
            full = path.under(self._context.classification)
            self._context.classification = full
            self._item = Item(full.path, full.path, start=mention.lead_start + path.start)
        if mention.lead_start == 0 and not self._item:
            match = _HEADER.match(without_numbering(mention.lead))
            name = item_name(match["name"], self._context.identity.agency) if match else None
            if name and not _OF_WHICH.search(name):
                self._item = Item(self._under_whole(name, None), start=0)

    def _enter_whole(self, mention: Mention) -> None:
        """其中, …中， and …包括 open a list of parts."""
        lead = mention.lead
        within = list(_WITHIN.finditer(lead))
        includes = list(_INCLUDES.finditer(SENTENCE_END.split(lead)[-1]))
        agency = self._context.identity.agency
        if within and _BUDGET_WORD.search(within[-1]["whole"]):
            words = within[-1]["whole"].lstrip()
            name = item_name(words.removeprefix("在"), agency, modified=words.startswith("在"))
            self._whole = self._within = Item((name,)) if name else self._whole
        elif _OF_WHICH.search(lead) and self._item is not None:
            self._whole, self._comma_list = self._item, False
        elif includes:
            words = includes[-1]["whole"].strip()
            name = words if words in ("收入", "支出") else item_name(words, agency)
            if name and len(name) <= 8 and _BUDGET_WORD.search(name):
                self._whole, self._comma_list = Item((name,)), False

    def _carried_whole(self) -> Item | None:
        """The whole whose parts this passage is one of: opened by 其中： at the end of an earlier passage."""
        numbering = read_numbering(self._text)
        rank = numbering.rank if numbering else UNNUMBERED_RANK
        wholes = self._context.wholes
        if numbering is None and self._context.last_rank != UNNUMBERED_RANK and not self._context.opened:
            wholes.clear()
        if numbering is not None or not self._context.opened:
            self._context.last_rank = rank
        self._context.opened = False
        while wholes and wholes[-1][0] >= rank:
            wholes.pop()
        return wholes[-1][1] if wholes else None

    def _enter_tail(self) -> None:
        """Classification paths behind the last figure, and a list of parts opened for the passages that follow."""
        last = self._drafts[-1].item if self._drafts else self._item
        opened = _OPEN_LIST.search(self._text.rstrip("。"))
        if not self._drafts:
            for path in read_class_paths(self._text):
                self._context.classification = path.under(self._context.classification)
        self._context.main = self._drafts[0].item if self._drafts else self._context.main
        if opened and last is not None:
            numbering = read_numbering(self._text)
            main = self._within or (self._drafts[0].item if self._drafts else last)
            self._context.wholes.append((numbering.rank if numbering else -1, main))
            self._context.opened = True

    # One figure.

    def _add(self, mention: Mention) -> None:
        figure = mention.figure
        clause, clause_start = last_clause(mention.lead)
        role = read_role(clause, figure) if mention.word is None else Role(Measure.DELTA, 0)
        if figure.unit is None and not self._is_bare_zero(mention, role):
            return
        item, own = self._item_of(mention, clause, role)
        aside = bool(self._drafts) and self._is_aside(mention, clause)
        if (own and not aside) or not self._drafts:
            start = mention.lead_start + clause_start + _blanks(mention.lead[clause_start:])
            self._begin_draft(item, min(start, item.start or start))
        if not aside:
            self._item = item
        self._drafts[self._draft].last = figure.unit_end
        self._append_fact(mention, role, item, clause)

    def _is_aside(self, mention: Mention, clause: str) -> bool:
        """Figures inside a reason, and counts inside a use, do not change what the passage speaks of."""
        in_use = _IN_USE.match(clause) is not None and self._counted(mention.figure) is not None
        return in_use or in_reason(sentence_before(self._text, mention.figure.start))

    def _begin_draft(self, item: Item, start: int) -> None:
        """A new statement, or the one about this item that a bracket or list interrupted."""
        known = self._numbers.get(item.path)
        if known is not None:
            self._drafts[known].resumed = start
        else:
            self._drafts.append(Draft(item, start))
        self._draft = self._numbers.setdefault(item.path, len(self._drafts) - 1)
        self._purchase = self._purchase or item.path[0].startswith("购置")

    def _is_bare_zero(self, mention: Mention, role: Role) -> bool:
        zero = mention.figure.value == 0 and mention.lead.rstrip().endswith(("为", "是"))
        return (zero and role.measure in (Measure.AMOUNT, Measure.QUANTITY)) or mention.word is not None

    def _item_of(self, mention: Mention, clause: str, role: Role) -> tuple[Item, bool]:
        """The item a figure speaks of, and whether its own words name it (rather than those before)."""
        figure = mention.figure
        agency = self._context.identity.agency
        counted = self._counted(figure) if role.measure is Measure.QUANTITY else None
        if counted:
            return Item(self._under_whole(counted, figure.unit), unit=figure.unit), True
        words = _outside_paths(clause[: role.start])
        name = None if mention.word else item_name(role.noun or words, agency) or role.noun
        if role.measure is not Measure.QUANTITY:
            direct = bool(self._drafts) and self._is_aside(mention, clause)
            name = noun_behind(self._text[figure.unit_end :], direct) or name
        if name and _is_filler(name):
            name = None
        if name and is_generic(name):
            name = modifier_before(mention.lead) + name
        if self._item is not None and (name is None or _same_item(name, self._item, role)):
            return self._with_unit(self._item, figure), self._is_news(self._item)
        if name is None:
            name = self._name_further_back(mention, agency) or _heading_item(self._context, agency)
        path = self._under_whole(name, figure.unit) if role.measure is not Measure.DELTA else (name,)
        if name.startswith(("涉及", "资金", "金额")) and self._item is not None:
            path = (*self._item.path[-2:], name)
        if role.measure is Measure.QUANTITY and len(path) == 1 and self._is_purchase(name):
            path = (f"购置{name}",)
        first = _OF_WHICH.search(mention.lead) or _INCLUDES.search(mention.lead)
        if len(path) > 1 and not first and mention.lead.lstrip().startswith(("、", "，")):
            self._comma_list = True  # parts told apart by commas: a semicolon ends them
        return Item(path, unit=figure.unit), True

    def _is_purchase(self, name: str) -> bool:
        """预算安排购置车辆 1 辆，…设备 0 台: what is listed after 购置 is bought too."""
        return "购置" not in name and self._purchase

    def _is_news(self, item: Item) -> bool:
        return not self._drafts or self._drafts[self._draft].item.path != item.path

    def _with_unit(self, item: Item, figure: FoundFigure) -> Item:
        return item if item.unit else Item(item.path, item.classified, figure.unit, item.start)

    def _counted(self, figure: FoundFigure) -> str | None:
        if figure.unit is None or figure.unit.is_money:
            return None
        return noun_after(self._text[figure.unit_end :], figure.unit.symbol)

    def _name_further_back(self, mention: Mention, agency: str | None) -> str | None:
        """The nearest clause of the same sentence that names an item."""
        sentence = SENTENCE_END.split(mention.lead)[-1]
        for words in reversed(CLAUSE_END.split(sentence)[:-1]):
            name = item_name(words, agency)
            if name and len(name) <= 24 and _BUDGET_WORD.search(name) and not words.strip().startswith("主要"):
                return name
        return None

    def _under_whole(self, name: str, unit: Unit | None) -> tuple[str, ...]:
        """The name below the whole it is part of; a count is no part of an amount."""
        whole = self._whole
        if whole is None or whole.label == name or (unit and whole.unit and whole.unit.dimension != unit.dimension):
            return (name,)
        if unit and whole.unit and not unit.is_money and unit != whole.unit:
            return (name,)
        return (*whole.path, name)

    def _append_fact(self, mention: Mention, role: Role, item: Item, clause: str) -> None:
        figure = mention.figure
        period = read_period(clause, self._context.identity)
        measure = role.measure
        column: tuple[str, ...] = column_words(clause)
        compared = compared_with(clause, self._context.identity) if measure is Measure.AMOUNT else None
        period = compared or period
        if compared or (measure is Measure.AMOUNT and period.named and _is_earlier(period, self._context.identity)):
            measure = Measure.BASE
        if measure in (Measure.DELTA, Measure.RATE):
            comparator = read_comparator(self._text[: figure.end][-80:])
            column = (comparator,) if comparator else ()
            period = read_period("", self._context.identity)
        elif role.whole:
            period = read_period("", self._context.identity)
            column = (("占" if measure is Measure.SHARE else "完成") + role.whole,)
        reading = Reading(item, measure, role.sign, period, column, self._unit(figure))
        self.facts.append(sentence_fact(self._passage, len(self.facts) + 1, self._draft + 1, figure, reading))
        if figure.unit is not None and figure.unit.is_money:
            self._context.last_money = figure.unit

    def _unit(self, figure: FoundFigure) -> UnitReading:
        """The printed unit; a bare zero and 持平 take the unit of the money spoken of before, marked inferred."""
        if figure.unit is not None:
            return UnitReading(figure.unit, UnitSource.SENTENCE)
        unit = self._item.unit if self._item and self._item.unit else self._context.last_money
        return UnitReading(unit, UnitSource.INFERRED) if unit else UNKNOWN_UNIT

    # Statements.

    def _reason_only(self) -> list[Draft]:
        """A passage without figures that explains a change named before: 财政拨款支出减少的主要原因是…."""
        subject = reason_subject(self._text)
        if subject is None:
            return []
        bare = re.sub(r"(?:增加|减少|增长|下降|变动|变化|较多|较少)+$", "", subject)
        name = item_name(without_numbering(bare), self._context.identity.agency)
        return [Draft(Item((name,)), 0)] if name else []


def _outside_paths(clause: str) -> str:
    """The words behind the last classification path of a clause."""
    paths = read_class_paths(clause)
    return clause[paths[-1].end :] if paths else clause


def _same_item(name: str, item: Item, role: Role) -> bool:
    """A change whose words repeat the item's name, more or less, speaks of that item."""
    if role.measure not in (Measure.DELTA, Measure.RATE):
        return name == item.label
    known = set(item.label)
    return sum(char in known for char in name) >= 0.8 * len(name)


def _is_filler(name: str) -> bool:
    return is_phase_only(name) or len(name) > 40


def _is_earlier(period: Period, identity: Identity) -> bool:
    return period.year is not None and identity.year is not None and period.year < identity.year


def _heading_item(context: _Context, agency: str | None) -> str:
    """The item of the heading a figure stands under, where its own words name none."""
    bare = re.sub(r"^关于", "", without_numbering(context.heading))
    bare = _HEADING_TAIL.sub("", bare)
    return item_name(bare, agency) or bare or (agency or "")


def _blanks(text: str) -> int:
    return len(text) - len(text.lstrip(" 、，"))
