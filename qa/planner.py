"""From a linked question to a plan: the first intent whose operands are there; else a plain lookup.

Each builder gives the plans it can make of a question, likeliest first, none where its operands are lacking. Plans
are checked on the corpus (`Operands.result`), so that a reading without a figure gives way to one that has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ingest.corpus import FactHit, FactQuery, LabelKind
from ingest.records import Phase
from qa import build_lookup, build_sets, build_shares, build_values, build_words
from qa.ask import Ask
from qa.asof import at_date
from qa.calculator import Calculator
from qa.foreign import untold
from qa.grades import grade_phrase
from qa.intent import Cue, find_cues, is_readable, mask, pattern
from qa.keys import label_key
from qa.leftover import strange_names
from qa.operands import Operands
from qa.ownnouns import own_words
from qa.plan import Abstain, Compare, Convert, Difference, Item, Lack, Lookup, Name, Plan, Prior, Trend
from qa.prose.shelf import MOST_DOCUMENTS
from qa.publishers import Publisher, find_publisher
from qa.question import How, Linked
from qa.result import Result, Status
from qa.scope import Setting, no_such_year, organisation_names, set_scene, without_last_year
from qa.shortnames import is_headquarters
from qa.slot import Slot
from qa.slots import slots_of, without_restated, years_in
from qa.time import names_stage

MOST_SHOWN = 60  # characters of a question that is too long to be one
_PLACE = re.compile(r"^[一-鿿]{1,5}[省市县区旗州盟镇乡]$")
SURE_NAME = 0.9  # how surely a place's name has to name a thing, to be one
_ALTOGETHER = re.compile(r"一共|总共|总计|合计|总支出|总收入|总预算|\b(?:in total|altogether|total)\b")
_CARRIED = re.compile(r"(?:上年|年初)\S{0,4}(?:结转|结余)")
Builder = Callable[[Operands, Cue], Iterator[Plan]]
BUILDERS: dict[str, Builder] = {
    "goal": build_words.goal,
    "define": build_words.define,
    "reason": build_words.reason,
    "use": build_words.use,
    "duties": build_words.duties,
    "topic": build_words.topic,
    "what_if": build_values.what_if,
    "per_head": build_values.per_head,
    "completion": build_values.completion,
    "ratio": build_shares.ratio,
    "multiple": build_values.multiple,
    "phase_gap": build_values.phase_gap,
    "compare": build_sets.compare,
    "rank_year": build_values.rank_year,
    "filter_count": build_sets.filter_count,
    "filter": build_sets.filter_members,
    "rank": build_sets.rank,
    "count": build_sets.count,
    "breakdown": build_sets.breakdown,
    "trend": build_values.trend,
    "growth_rate": build_values.growth_rate,
    "fall_rate": build_values.growth_rate,
    "fall_delta": build_values.growth_delta,
    "growth_delta": build_values.growth_delta,
    "growth_any": build_values.growth_rate,
    "difference": build_values.difference,
    "average": build_sets.average,
    "sum": build_values.add_up,
    "derived": build_values.derived,
    "prior": build_values.prior,
    "target": build_words.target,
}
STAGES = frozenset({"phase_gap", "completion", "difference", "compare"})
CHANGES = frozenset({"growth_rate", "fall_rate", "fall_delta", "growth_delta", "growth_any", "prior", "reason"})


_WHICH_UNIT = re.compile(r"(?:哪一?个|哪家|哪些|各个?|每个)(?:预算|决算|下属|所属)单位$")  # asks for one and names none
_AND_UNITS = re.compile(r"(?:及|和|与|加|连同)其?(?:各|全部|所有)?(?:下属|所属|直属|下辖)")


def without_own_house(slots: Sequence[Slot], text: str) -> tuple[Slot, ...]:
    """The slots without an agency's own house where its units are asked for with it: 局本级及下属单位 are all of it."""
    return tuple(
        s for s in slots if not (s.is_organisation and is_headquarters(s.text) and _AND_UNITS.match(text[s.end :]))
    )


class Planner:
    """Plans questions over one corpus."""

    def __init__(self, calculator: Calculator) -> None:
        self.calculator = calculator

    def plan(self, linked: Linked, document: str | None = None) -> Plan:
        """The plan of a question, asked of one document or of all."""
        ask = self.prepare(linked, document)
        if not is_readable(ask.masked):
            return Abstain(Lack.NOT_UNDERSTOOD, (f"{ask.text[:MOST_SHOWN]}…",), ask.setting.scope())
        graded = grade_phrase(linked.question.text)
        foreign = tuple(f for f in linked.foreign if graded is None or f not in graded.group())  # "rated good"
        strange = untold(foreign, self.paragraphs(ask)) or unknown_agencies(ask)
        if strange:
            publisher = self.publisher(linked, strange)
            if publisher is None:
                none = build_lookup.declared_none(Operands(ask, self.calculator))
                return none or Abstain(Lack.FOREIGN, strange)
            ask = self.prepare(replace(linked, foreign=()), document, publisher)
        lack = no_such_year(ask.setting, self.calculator.corpus)
        if lack is not None:
            return lack
        plan = self.choose(Operands(ask, self.calculator))
        plan = self.year_before(plan, ask)
        if isinstance(plan, Abstain):
            return plan
        lack = self.unanswerable(plan, ask)
        if lack is not None:
            return lack
        unit = ask.setting.unit
        return Convert(plan, unit) if unit is not None else plan

    def paragraphs(self, ask: Ask) -> Iterator[str]:
        """The prose of the documents that are asked, read when it is gone through; none where they are many."""
        held = ask.setting.documents if len(ask.setting.documents) <= MOST_DOCUMENTS else ()
        return (p.record.text for d in held for p in self.calculator.corpus.passages(d.id))

    def publisher(self, linked: Linked, strange: Sequence[str]) -> Publisher | None:
        """The held agency that strange words name after all: in pinyin, abbreviated or misspelt."""
        agencies = dict.fromkeys(
            d.identity.agency for d in self.calculator.selector.documents.values() if d.identity.agency
        )
        return find_publisher(linked.question.text, strange, tuple(agencies))

    def prepare(self, linked: Linked, document: str | None, publisher: Publisher | None = None) -> Ask:
        """The question with its slots, cues and setting."""
        slots = without_restated(slots_of(linked), linked.question.text)
        slots = self.without_own_place(without_own_house(slots, linked.question.text))
        slots = tuple(s for s in slots if not _WHICH_UNIT.search(linked.question.text[: s.end]))
        if len(set(linked.phases)) > 1:  # 全年执行数 and 全年预算数 are set against each other
            slots = tuple(s for s in slots if not s.names or not all(names_stage(n.text) for n in s.names))
        slots = self.without_itself(slots, linked, document)
        if publisher is not None:
            slots = (*(s for s in slots if not _overlaps(s, publisher)), publisher_slot(linked, publisher))
            slots = tuple(sorted(slots, key=lambda s: s.start))
        if any(s.names and _CARRIED.search(s.names[0].text) for s in slots):  # "从去年结转过来" names no year
            linked = replace(linked, relative_years=tuple(y for y in linked.relative_years if y >= 0))
        masked = mask(linked.question.text, [(s.start, s.end) for s in slots])
        linked = replace(linked, years=tuple(dict.fromkeys((*linked.years, *years_in(linked)))))
        cues = find_cues(masked, linked.question.language)
        ask = Ask(linked, slots, masked, self.scene(linked, slots, document), cues)
        ask = replace(ask, slots=self.held_units(ask))
        setting = replace(ask.setting, spent=ask.says("spent"))
        setting = at_date(setting, linked.question.text, self.calculator.corpus)
        if len(set(linked.phases)) > 1 and not any(c.intent in (*STAGES, *CHANGES) for c in cues):
            setting = last_stage(ask, setting)
        if any(c.intent in CHANGES for c in cues) and linked.relative_years:
            setting = without_last_year(replace(setting, phases=_own_phases(setting.phases)), linked)
        return replace(ask, setting=setting)

    def without_own_place(self, slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
        """The slots without the place that every held agency is of ("洮宁县…" is no school of that county)."""
        agencies = {d.identity.agency for d in self.calculator.selector.documents.values() if d.identity.agency}

        def is_place(slot: Slot) -> bool:
            vague = slot.score < SURE_NAME and slot.code is None and _PLACE.match(slot.text) is not None
            return vague and bool(agencies) and all(slot.text in a for a in agencies)

        return tuple(s for s in slots if not is_place(s))

    def without_itself(self, slots: tuple[Slot, ...], linked: Linked, document: str | None) -> tuple[Slot, ...]:
        """The slots with a first noun that only means the agency itself as the agency ("法院一共花了…": no item)."""
        text = linked.question.text
        held = self.calculator.selector.documents.values()
        agencies = {d.identity.agency for d in held if d.identity.agency and document in (None, d.id)}
        if not slots or slots[0].start or len(agencies) != 1 or not _ALTOGETHER.search(text[slots[0].end :]):
            return slots
        if slots[0].is_organisation and is_headquarters(slots[0].text):
            return slots
        if label_key(slots[0].text) not in set(own_words(agencies)):
            return slots
        itself = Name(next(iter(agencies)), LabelKind.AGENCY, 1.0, How.ALIAS)
        return (replace(slots[0], names=(itself,)), *slots[1:])

    def scene(self, linked: Linked, slots: Sequence[Slot], document: str | None) -> Setting:
        """The question's setting over all documents, which are read once."""
        held = tuple(self.calculator.selector.documents.values())
        return set_scene(linked, slots, self.calculator.corpus, held, document)

    def held_units(self, ask: Ask) -> tuple[Slot, ...]:
        """The slots without organisations that no document of the agency asked about knows (服务中心 of another's)."""
        ids = tuple(d.id for d in ask.setting.documents)
        if not any(s.is_agency for s in ask.slots):
            return ask.slots

        def known(slot: Slot) -> bool:
            query = FactQuery(documents=ids, organisations=organisation_names((slot,)), figures_only=False, limit=1)
            return bool(self.calculator.corpus.facts(query))

        return tuple(s for s in ask.slots if not s.is_organisation or known(s))

    def choose(self, operands: Operands) -> Plan:
        """The first intent that makes a plan; of its plans the first that is answered."""
        for cue in operands.ask.cues:
            builder = BUILDERS.get(cue.intent)
            plans = builder(operands, cue) if builder is not None else iter(())
            plan = self.first_answered(plans)
            if plan is not None:
                return plan
        return build_lookup.look_up(operands)

    def first_answered(self, plans: Iterator[Plan]) -> Plan | None:
        """The first plan that is answered, else one that is declared none, else the first."""
        found: list[tuple[Plan, Result]] = []
        for plan in plans:
            result = self.calculator.run(plan)
            if result.answered:
                return plan
            found.append((plan, result))
        declared = next((p for p, r in found if r.status is Status.DECLARED_NONE), None)
        return declared or (found[0][0] if found else None)

    def year_before(self, plan: Plan, ask: Ask) -> Plan:
        """For a year that only the next year's document speaks of: the value derived from that document."""
        held = {d.identity.year for d in ask.setting.documents}
        wanted = [y for y in ask.setting.years if y not in held and y + 1 in held]
        if len(wanted) != 1 or not isinstance(plan, (Lookup, Difference, Compare, Trend)):
            return plan
        after = replace(ask, setting=replace(ask.setting, years=(wanted[0] + 1,), phases=()))
        derived = Prior(Operands(after, self.calculator).item(after.slots))
        alone = not isinstance(plan, Lookup) or not self.calculator.run(plan).answered or len(ask.setting.years) > 1
        result = self.calculator.run(derived)
        spent = Phase.ACTUAL in ask.setting.phases  # a change against last year's budget does not tell what was spent
        told = not spent or any(isinstance(e, FactHit) and e.fact.phase is Phase.ACTUAL for e in result.evidence)
        return derived if alone and result.answered and told else plan

    def unanswerable(self, plan: Plan, ask: Ask) -> Abstain | None:
        """Why a plan has no answer, where the asked year or phase is why; None where it has one."""
        result = self.calculator.run(plan)
        if result.status is not Status.ABSTAINED:
            return None
        scope = ask.setting.scope(years=())
        held = {d.identity.year for d in ask.setting.documents}
        lacking = tuple(str(y) for y in ask.setting.years if y not in held and y != ask.base_year)
        if lacking and result.said != "abstain.no_base":
            return Abstain(Lack.YEAR, lacking, scope)
        if Phase.ACTUAL in ask.setting.phases and not any(
            d.identity.phase is Phase.ACTUAL for d in ask.setting.documents
        ):
            return Abstain(Lack.ACTUALS, (), scope, _without_phase(plan))
        if not ask.slots and not isinstance(plan, Trend) and not ask.cues:
            return Abstain(Lack.NOT_UNDERSTOOD, (ask.text,), scope)
        return None


def unknown_agencies(ask: Ask) -> tuple[str, ...]:
    """Names of publishers the question may hold beside its mentions, where several agencies are to be told apart."""
    agencies = {d.identity.agency for d in ask.setting.documents}
    if len(agencies) < 2 or any(s.is_agency or s.is_organisation for s in ask.slots):
        return ()
    return strange_names(ask.masked.text, ask.language)


def last_stage(ask: Ask, setting: Setting) -> Setting:
    """For "2024年决算中…的年初预算": the first stage picks the documents, the last one the figure."""
    places = [(m.end(), m.group()) for m in pattern("stage", ask.language).finditer(ask.masked.text)]
    if len(places) < 2:
        return setting
    first, last = places[0][1], places[-1][1]
    actual = pattern("stage_actual", ask.language)
    wanted = (Phase.ACTUAL,) if actual.search(last) else planned_phases(last)
    held = Phase.ACTUAL if actual.search(first) else Phase.BUDGET
    documents = tuple(d for d in setting.documents if d.identity.phase is held) or setting.documents
    return replace(setting, documents=documents, phases=wanted)


def planned_phases(words: str) -> tuple[Phase, ...]:
    """The stage that a word for a budget names: with the year's changes, or as first passed (then either will do)."""
    adjusted = any(w in words.casefold() for w in ("全年", "调整", "adjusted", "revised", "full"))
    return (Phase.ADJUSTED,) if adjusted else (Phase.BUDGET, Phase.ADJUSTED)


def publisher_slot(linked: Linked, publisher: Publisher) -> Slot:
    """The stretch of the question that names a publisher, as a slot."""
    start, end = min(a for a, _ in publisher.spans), max(b for _, b in publisher.spans)
    name = Name(publisher.agency, LabelKind.AGENCY, 1.0, How.FUZZY)
    return Slot(start, end, linked.question.text[start:end], (name,))


def _overlaps(slot: Slot, publisher: Publisher) -> bool:
    start, end = min(a for a, _ in publisher.spans), max(b for _, b in publisher.spans)
    return slot.start < end and start < slot.end


def _own_phases(phases: tuple[Phase, ...]) -> tuple[Phase, ...]:
    """Without the phase of the year that a change is measured from ("比上年执行数")."""
    return tuple(p for p in phases if p is not Phase.ACTUAL)


def _without_phase(plan: Plan) -> tuple[Item, ...]:
    if isinstance(plan, Lookup):
        return (replace(plan.item, scope=replace(plan.item.scope, phases=())),)
    return ()
