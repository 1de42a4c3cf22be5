"""Figures in prose as facts: every amount, count, change, rate and share with the item its sentence speaks of.

A passage is read from figure to figure. The words before a figure tell what it measures (`roles`) and what it speaks of
(`items`, `classpath`); where they name nothing, it speaks of the item named before it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.attribution import attribute, explained
from ingest.classpath import read_class_paths
from ingest.distributed import distribute
from ingest.english import is_english
from ingest.english_sentences import read_english_passage
from ingest.figures import FoundFigure
from ingest.items import column_words, is_generic, is_head_count, item_name, noun_after, noun_behind
from ingest.mentions import (
    SENTENCE_END,
    Mention,
    last_clause,
    mentions_in,
    modifier_before,
    sentence_before,
)
from ingest.numbering import without_numbering
from ingest.owners import without_owners
from ingest.periods import (
    Period,
    compared_with,
    passage_identity,
    read_comparator,
    read_period,
    sentence_identity,
    span_of,
    tells_months,
)
from ingest.prosecontext import Context, chapter_of
from ingest.prosefacts import Draft, Item, Reading, drafts_to_statements, sentence_fact
from ingest.reasons import in_reason
from ingest.records import Fact, Identity, Measure, Passage, PassageKind, Phase, Statement
from ingest.roles import Role, read_role
from ingest.subjects import (
    BUDGET_WORD,
    OPEN_LIST,
    is_filler,
    money_changed,
    name_further_back,
    named_before,
    other_side,
    outside_paths,
    same_item,
)
from ingest.units import PERCENT, UNKNOWN_UNIT, Unit, UnitReading, UnitSource

_OF_WHICH = re.compile(r"其中|[（(]包括")
_WITHIN = re.compile(r"(?P<whole>[^，。；：、]{2,40}?)中[，,]")
_INCLUDES = re.compile(r"(?P<whole>[^，。；：、（）]{2,24}?)(?:主要)?包括[：:]?")
_HEADER = re.compile(r"^\s*(?P<name>[^，。；：:\d]{2,40}?)(?:[：:]|(?<=[费出入款])。)")
_BY_COMMA = re.compile(r"\s*[、，][^；。]*$")
_TOLD_OF = ("涉及", "资金", "金额", "平均得分", "平均分", "得分")  # of the item just named, not items themselves
_GAP = re.compile(r"(?:差值|(?<!收支)差额|相差)(?:为|是)?\s*$")  # by how much, and not in which direction
_COMPARES = re.compile(r"(?:与|较|比|同|和)(?:上年|去年|上一年|(?:19|20)\d\d年)")
_IN_USE = re.compile(r"\s*(?:主要)?用于")


def read_statements(
    passages: Sequence[Passage], identity: Identity
) -> tuple[tuple[Statement, ...], tuple[Fact, ...]]:
    """The statements about items in a document's prose, and a fact for every figure in them."""
    context = Context(identity, by_months=tells_months(p.text for p in passages))
    statements: list[Statement] = []
    facts: list[Fact] = []
    for passage in passages:
        if passage.kind is PassageKind.HEADING:
            context.enter_heading(passage)
        elif is_english(passage.text):
            english = read_english_passage(passage, identity, without_numbering(context.heading))
            statements += english[0]
            facts += english[1]
        elif passage.kind is not PassageKind.DEFINITION:
            reader = _PassageReader(passage, context)
            reader.read()
            statements += reader.statements()
            facts += reader.facts
    return without_owners(statements, facts)


class _PassageReader:
    """Reads one passage; `facts` and `statements()` hold the outcome."""

    def __init__(self, passage: Passage, context: Context) -> None:
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
        self._whole = self._carried = context.carried_whole(passage.text)
        self._comma_list = False
        self._within: Item | None = None
        self._identity = passage_identity(passage.text, passage.section or (context.heading,), context.identity)
        self._chapter = chapter_of(passage.section)
        self._frame: Identity | None = None
        self._clause = ""
        self._span: str | None = None  # the months last spoken of
        self._noun = ""  # what the figure before counted, where its name stands behind it
        self._shared: Mapping[int, str | None] = {}
        if self._whole is None and _OF_WHICH.match(without_numbering(self._text.lstrip())):
            self._whole = self._carried = context.main
        if _COMPARES.match(self._text.lstrip()):  # a paragraph that only compares goes on with the one before
            self._item = context.main

    def read(self) -> None:
        mentions = mentions_in(self._text)
        self._shared = distribute(mentions)
        for mention in mentions:
            self._enter_lead(mention)
            self._add(mention)
        self._enter_tail()

    def statements(self) -> list[Statement]:
        """The passage's statements, with reason and use read from each one's stretch of text."""
        drafts = attribute(self._text, self._drafts, self._context.identity.agency)
        return drafts_to_statements(self._passage, drafts or explained(self._text, self._context.identity.agency))

    # What the words before a figure change.

    def _enter_lead(self, mention: Mention) -> None:
        lead = mention.lead
        if SENTENCE_END.search(lead) and self._drafts:
            self._leave_list()
            self._frame = None
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
        if within and BUDGET_WORD.search(within[-1]["whole"]):
            words = within[-1]["whole"].lstrip()
            name = item_name(words.removeprefix("在"), agency, modified=words.startswith("在"))
            self._whole = self._within = Item((name,)) if name else self._whole
        elif _OF_WHICH.search(lead) and self._item is not None:
            self._whole, self._comma_list = self._item, False
            self._frame = self._period_of_whole()
        elif includes:
            words = includes[-1]["whole"].strip()
            name = words if words in ("收入", "支出") else item_name(words, agency)
            if name and len(name) <= 8 and BUDGET_WORD.search(name):
                self._whole, self._comma_list = Item((name,)), False

    def _period_of_whole(self) -> Identity | None:
        """The year and phase of the whole, where its amounts tell one year and first what came out: its parts' too."""
        own = [f for f in self.facts if f.row_path == self._item_path()]
        amounts = [f for f in own if f.measure in (Measure.AMOUNT, Measure.BASE)]
        if len({f.year for f in amounts}) != 1:
            return None
        phase = amounts[0].phase if amounts[0].phase is Phase.ACTUAL else self._identity.phase
        return replace(self._identity, year=amounts[0].year, phase=phase)

    def _enter_tail(self) -> None:
        """Classification paths behind the last figure, and a list of parts opened for the passages that follow."""
        last = self._drafts[-1].item if self._drafts else self._item
        opened = OPEN_LIST.search(self._text.rstrip("。"))
        if not self._drafts:
            for path in read_class_paths(self._text):
                self._context.classification = path.under(self._context.classification)
        self._context.main = self._drafts[0].item if self._drafts else self._context.main
        if opened and last is not None:
            self._context.open_list(self._text, self._within or (self._drafts[0].item if self._drafts else last))

    # One figure.

    def _add(self, mention: Mention) -> None:
        figure = mention.figure
        clause, clause_start = last_clause(mention.lead)
        clause = self._clause = f"{self._clause}的" if clause.strip() == "的" else clause
        role = self._role(mention, clause)
        if figure.unit is None and not self._is_bare_zero(mention, role):
            return
        spoken = span_of(clause) or span_of(sentence_before(self._text, figure.start))
        self._span = spoken or self._span
        if self._shared.get(figure.start, "") is None or _GAP.search(clause):
            return
        item, own = self._item_of(mention, clause, role)
        if not own and role.measure is Measure.QUANTITY and _counts_money(item, figure):
            return
        self._noun = self._counted(figure) or ""
        aside = bool(self._drafts) and self._is_aside(mention, clause)
        if (own and not aside) or not self._drafts:
            start = mention.lead_start + clause_start + _blanks(mention.lead[clause_start:])
            self._begin_draft(item, min(start, item.start or start))
        if not aside:
            self._item = item
        self._drafts[self._draft].last = figure.unit_end
        self._append_fact(mention, role, item, clause)

    def _role(self, mention: Mention, clause: str) -> Role:
        """What a figure measures; a percentage printed right behind an amount is its share."""
        if mention.word is not None:
            return Role(Measure.DELTA, 0)
        beside = not mention.lead.strip() and self.facts and mention.figure.unit == PERCENT
        return Role(Measure.SHARE, 0) if beside else read_role(clause, mention.figure)

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
        words = outside_paths(clause if mention.word else clause[: role.start])
        words = words.removeprefix(f"{self._noun}、") if self._noun else words
        shared = self._shared.get(figure.start)
        name = item_name(shared or role.noun or words, agency) or role.noun
        if mention.word and not (name and BUDGET_WORD.search(name)):
            name = None
        if role.measure is not Measure.QUANTITY:
            direct = bool(self._drafts) and self._is_aside(mention, clause)
            name = noun_behind(self._text[figure.unit_end :], direct) or name
        if name and is_filler(name, role):
            name = None
        name = name or other_side(words, self._item)
        told_before = self._item is not None and not read_class_paths(mention.lead)
        if name is None and told_before and not self._is_aside(mention, clause):
            name = named_before(mention, agency)
        money = money_changed(self._item, role.measure, self._drafts) if name is None else None
        if money is not None:
            return self._with_unit(money, figure), self._is_news(money)
        if name is None and self._speaks_of_whole(mention, role):
            above = Item(self._item_path()[:-1])
            return self._with_unit(above, figure), self._is_news(above)
        if name and is_generic(name):
            name = modifier_before(mention.lead) + name
        if self._item is not None and (name is None or same_item(name, self._item, role)):
            return self._with_unit(self._item, figure), self._is_news(self._item)
        if name is None:
            name = name_further_back(mention, agency) or self._context.heading_item()
        return Item(self._path_of(name, mention, role), unit=figure.unit), True

    def _speaks_of_whole(self, mention: Mention, role: Role) -> bool:
        """A change that begins a sentence behind a list whose parts told none is the whole's: …。比上年减少 5 万元."""
        if role.measure not in (Measure.DELTA, Measure.RATE) or not SENTENCE_END.search(mention.lead):
            return False
        above = self._item_path()[:-1]
        kin = [f for f in self.facts if f.row_path[:-1] == above]
        listed = len({f.row_path for f in kin}) > 1 and any(f.row_path == above for f in self.facts)
        return listed and not any(f.measure in (Measure.DELTA, Measure.RATE) for f in kin)

    def _item_path(self) -> tuple[str, ...]:
        return self._item.path if self._item else ()

    def _path_of(self, name: str, mention: Mention, role: Role) -> tuple[str, ...]:
        """The path down to a newly named item: below the whole it is a part of, or what its words are told of."""
        unit = mention.figure.unit
        path = self._under_whole(name, unit) if role.measure is not Measure.DELTA else (name,)
        if name.startswith(_TOLD_OF) and self._item is not None:
            above = [p for p in self._item.path if not p.startswith(_TOLD_OF)]
            path = (*above[-2:], name)
        if role.measure is Measure.QUANTITY and len(path) == 1 and self._is_purchase(name):
            path = (f"购置{name}",)
        if is_head_count(name) and len(path) == 1 and self._item is not None:
            path = (*self._item.path, name)
        first = _OF_WHICH.search(mention.lead) or _INCLUDES.search(mention.lead)
        if len(path) > 1 and not first and _BY_COMMA.match(mention.lead):
            self._comma_list = True  # parts told apart by commas: a semicolon ends them
        return path

    def _is_purchase(self, name: str) -> bool:
        """预算安排购置车辆 1 辆，…设备 0 台: what is listed after 购置 is bought too."""
        return self._purchase and not re.search("购置|保有", name)

    def _is_news(self, item: Item) -> bool:
        return not self._drafts or self._drafts[self._draft].item.path != item.path

    def _with_unit(self, item: Item, figure: FoundFigure) -> Item:
        return item if item.unit else Item(item.path, item.classified, figure.unit, item.start)

    def _counted(self, figure: FoundFigure) -> str | None:
        if figure.unit is None or figure.unit.is_money:
            return None
        return noun_after(self._text[figure.unit_end :], figure.unit.symbol)

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
        sentence = sentence_before(self._text, figure.start)
        identity = sentence_identity(sentence, clause, self._frame or self._identity)
        period = read_period(clause, identity)
        measure = role.measure
        column: tuple[str, ...] = column_words(clause)
        named = self._span is not None and item.label.startswith(self._span)
        if self._context.by_months and self._span and not named and measure is Measure.AMOUNT:
            column = (*column, self._span)
        compared = compared_with(clause, identity) if measure is Measure.AMOUNT else None
        period = compared or period
        if compared or (measure is Measure.AMOUNT and period.named and _is_earlier(period, identity)):
            measure = Measure.BASE
        if measure in (Measure.DELTA, Measure.RATE):
            comparator = read_comparator(self._text[: figure.end][-80:])
            column = (comparator,) if comparator else ()
            period = read_period("", identity)
        elif role.whole:
            period = read_period("", identity)
            column = (("占" if measure is Measure.SHARE else "完成") + role.whole,)
        item = replace(item, path=(*self._chapter, *item.path))
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


def _counts_money(item: Item, figure: FoundFigure) -> bool:
    """Whether a count would be told of an item of money, though nothing names what is counted."""
    money = item.unit is not None and item.unit.is_money
    return money and figure.unit is not None and not figure.unit.is_money


def _is_earlier(period: Period, identity: Identity) -> bool:
    return period.year is not None and identity.year is not None and period.year < identity.year


def _blanks(text: str) -> int:
    return len(text) - len(text.lstrip(" 、，"))
