"""How many visitors, or groups of them, official receptions were for: what every budget tells beside their cost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.corpus import FactHit, FactQuery, LabelKind
from ingest.records import Measure, Phase
from qa.bears import clause_of
from qa.operands import Operands
from qa.plan import Item, Lookup, Name, PerHead, Read

_RECEPTION = re.compile(r"公务来访|接待(?!.{0,4}(?:游客|观众|读者|群众|患者|学生))|\breceptions?\b|\bhosp", re.I)
_VISITORS = re.compile(
    r"\b(?:how many|number of) (?:\w+ ){0,2}(?:visitors?|guests?|people|persons?|visits)\b"
    r"|(?:多少|几)(?:个)?(?:人次|人)|人次(?:数)?(?:是|有|为)?(?:多少|几)",
    re.I,
)
_GROUPS = re.compile(
    r"\b(?:how many|number of) (?:\w+ ){0,2}(?:batch(?:es)?|groups?|delegations?|receptions?)\b"
    r"|(?:多少|几)(?:个)?(?:批次?|团组?)|批次?(?:数)?(?:是|有|为)?(?:多少|几)",
    re.I,
)
_FROM_ABROAD = re.compile(r"\b(?:foreign|overseas|international)\b|外宾|外事|国外|境外|国（境）外|涉外", re.I)
_FROM_HOME = re.compile(r"\bdomestic\b|国内", re.I)
_NOBODY = re.compile(r"无外宾")
_NO_GUESTS = re.compile(
    r"读者|观众|游客|游人|旅客|学生|学员|患者|病人|市民|群众|\b(?:readers?|tourists?|students?|patients?)\b", re.I
)
_TOLD = re.compile(r"接待")
_COUNTED_ROW = re.compile(r"接待(?:批次|人次|人数)")
_COST = "公务接待费"
_EACH = re.compile(
    r"(?:每|平均一|均一)个?(?:(?P<group>批|团)|人)"
    r"|\b(?:per|each|every) (?:(?P<groups>batch|group|delegation|reception)|visitor|guest|person)",
    re.I,
)
_PERSONS, _PARTIES = ("人次", "人"), ("批次", "批", "个", "团", "团组")


def visitors_received(ops: Operands) -> Read | None:
    """The one figure other than zero that the prose gives in the unit asked for; None where it gives several, or none.

    Those from abroad are counted apart, and together with the others only where one of both is zero.
    """
    text = ops.ask.text
    units = _PARTIES if _GROUPS.search(text) else _PERSONS if _VISITORS.search(text) else ()
    if not units or _RECEPTION.search(text) is None or _NO_GUESTS.search(text):
        return None
    return _only_count(ops, units)


def cost_of_each(ops: Operands) -> PerHead | None:
    """What receptions cost over the visitors, or the groups of them, that they were for; None where that is untold."""
    text = ops.ask.text
    each = _EACH.search(text)
    if each is None or _RECEPTION.search(text) is None:
        return None
    count = _only_count(ops, _PARTIES if each["group"] or each["groups"] else _PERSONS)
    names = tuple(Name(_COST, kind) for kind in (LabelKind.ITEM, LabelKind.COLUMN))
    return PerHead(Lookup(Item(_COST, names=names, scope=ops.scope((), None))), by=count) if count is not None else None


def _only_count(ops: Operands, units: tuple[str, ...]) -> Read | None:
    text = ops.ask.text
    told = list(_told(ops, units))
    if _FROM_ABROAD.search(text):
        told = [h for h in told if _is_foreign(h)]
    elif _FROM_HOME.search(text):
        told = [h for h in told if not _is_foreign(h)]
    else:
        told = [h for h in told if h.fact.value] or told
    values = {h.fact.value for h in told}
    return Read(text, told[0].document, fact=told[0].fact.id) if len(values) == 1 else None


def _told(ops: Operands, units: tuple[str, ...]) -> Iterator[FactHit]:
    """The counts in these units in clauses on receptions, of the documents, years and stages in question."""
    setting = ops.ask.setting
    spent = set(setting.phases) == {Phase.ACTUAL}
    documents = tuple(d.id for d in setting.documents if not spent or d.identity.phase is Phase.ACTUAL)
    if not documents:
        return
    query = FactQuery(documents=documents, measures=(Measure.QUANTITY,))
    for hit in ops.calculator.corpus.facts(query):
        unit, year = hit.fact.unit.unit, hit.fact.year
        if unit is None or unit.symbol not in units or (setting.years and year not in setting.years):
            continue
        if hit.fact.table is not None and not _COUNTED_ROW.search(hit.fact.label):
            continue
        said = (hit.fact.sentence or hit.fact.label, f"{clause_of(hit)}{_before(hit)}{hit.fact.label}")
        if _RECEPTION.search(said[0]) and _TOLD.search(said[1]):
            yield hit


def _before(hit: FactHit) -> str:
    """What a sentence says up to the figure, from its last full stop or its last heading on."""
    sentence = hit.fact.sentence or ""
    head = sentence[: sentence.find(hit.fact.text)] if hit.fact.text in sentence else ""
    return re.split(r"[。；;]", head)[-1]


def _is_foreign(hit: FactHit) -> bool:
    told = _NOBODY.sub("", f"{hit.fact.label}{clause_of(hit)}")
    return _FROM_ABROAD.search(told) is not None and _FROM_HOME.search(told) is None
