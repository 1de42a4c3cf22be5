"""Targets of performance indicators: which indicator of which project a question asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from ingest.corpus import Held, LabelKind
from ingest.records import Indicator
from ingest.units import PERCENT, Dimension, Quantity, Unit, money_unit_named
from qa.keys import fold, is_chinese, label_key, stem
from qa.leftover import leftover
from qa.plan import Name, Target
from qa.question import How, Language
from qa.reading import UNSTATED
from qa.result import Line, Result, Status
from qa.wordtable import chinese_for, counting_units, phrases_in

if TYPE_CHECKING:
    from qa.calculator import Calculator

ENOUGH = 0.45  # the least likeness of an indicator's name to the question
UNIT_ASKED = 0.35  # "多少块" asks for an indicator counted in 块
NAMED = 1.0
FEW = 4  # documents
SURELY_NAMED = 0.8  # an indicator named so is looked for beyond the projects named
OUTRIGHT = 0.95  # a project named so explains the words that its name holds
TIE = 0.02
ASKER = 0.8  # weight of the asker's words found in an indicator's name
BORNE = 0.4  # the least share of the asker's words that an indicator bears where nothing is named
DESCRIBED = 0.5  # the least share of an English question's words that an indicator and its project bear
NOT_COUNTED = 0.5  # a percentage does not answer "how many"
_COUNT_ASKED = re.compile(r"how many|number of|几(个|场|次|块|人|家)|多少(个|场|次|块|人|家|名)", re.I)
_ASKED_UNIT = re.compile(r"(?:多少|几)([㐀-鿿]{1,3})")
_ACTUALLY = re.compile(r"实际|最后|最终|\b(?:actual|actually|in the end)\b", re.I)
_POINTS = re.compile(
    r"得分|[得拿评打考]了?(?:多少|几)分"
    r"|\b(?:scored?|marks|points (?:given|awarded|out of)|how many points (?:was|were|did|does|is|has))\b",
    re.I,
)
_IN_MONEY = re.compile(r"元|钱|块|价|费|成本|\b(?:yuan|rmb|much|cost|pay|paid|price)\b", re.I)
_COUNTED = re.compile(
    r"\bhow many ((?:[a-z]+[ -]){0,4}?[a-z]+)(?= (?:will|would|are|is|was|were|should|must|do|does|did|has|have|had|to"
    r"|need|in|of|under|for|at|on|by|with|through|from)\b|[?.,]|$)",
    re.I,
)
_EACH = re.compile(r"每|人均|户均|单价|标准|\b(per|each|every|a)\b", re.I)
_PEOPLE = frozenset({"人", "名", "位"})
_FILLER = ("多少", "要求", "需要", "目标", "指标", "必须", "应当", "至少", "不低于", "达到", "计划")


def run_target(plan: Target, calculator: Calculator) -> Result:
    """The target with its operator and unit; other indicators that fit as well make it ambiguous."""
    held = candidates(plan, calculator)
    scored = sorted(((likeness(plan, h.record), n) for n, h in enumerate(held)), key=lambda s: (-s[0], s[1]))
    good = [(score, held[n]) for score, n in scored if score >= ENOUGH and _may_be_meant(plan, held[n].record)]
    good = [g for g in good if not _is_rate_of_counted(plan, g[1].record)] or described(plan, calculator)
    if not good:
        said = "、".join(n.text for n in (*plan.projects, *plan.indicators)[:1]) or plan.said
        return Result(Status.ABSTAINED, "abstain.missing", said, values=(said,))
    first = good[0][1]
    if _ACTUALLY.search(plan.said) and not first.record.done:
        return Result(Status.ABSTAINED, "abstain.actuals", name_of(first.record), values=(name_of(first.record),))
    tied = [h for score, h in good[1:] if score >= good[0][0] - TIE and h.record.target != first.record.target]
    points = _POINTS.search(plan.said) is not None and first.record.score is not None
    shown = [points_of(h) if points else h if plan.planned else reached(h) for h in (first, *tied)]
    lines = tuple(Line(name_of(h.record), quantity(h.record, plan.said), h) for h in shown)
    status = Status.AMBIGUOUS if tied else Status.ANSWERED
    best, record = shown[0], shown[0].record
    done = best is not first
    said = "target.points" if points else "target.reached" if done else "target"
    said = said if record.value is not None else f"{said}.quality"
    values = (record.operator, record.target, first.record.target if done else record.unit)
    evidence = (best, first) if done else (best,)
    rivals = tuple(h.record.name for h in held if _counts_the_same(h.record, first.record))
    return Result(
        status, said, name_of(record), quantity(record, plan.said), lines, evidence, values=values, rivals=rivals
    )


def described(plan: Target, calculator: Calculator) -> list[tuple[float, Held[Indicator]]]:
    """Whatever the project, the indicators that name what an English question counts, by the words they bear of it."""
    counted = _counted_words(plan.said)
    few = 0 < len(plan.scope.documents) <= FEW
    held = _held(plan, calculator, None, None) if counted and few else []
    named = [h for h in held if any(w in label_key(h.record.name) for w in counted)]
    named = [h for h in named if not _is_rate_of_counted(plan, h.record)]
    scored = [(_share_borne(plan, h.record), n) for n, h in enumerate(named)]
    return [(score, named[n]) for score, n in sorted(scored, key=lambda s: (-s[0], s[1])) if score >= DESCRIBED]


def _is_rate_of_counted(plan: Target, record: Indicator) -> bool:
    """Whether an indicator tells a share of what an English question counts: of the beds those that are taken."""
    return record.unit == PERCENT.symbol and bool(_counted_words(plan.said))


def _share_borne(plan: Target, record: Indicator) -> float:
    return answered_by(label_key(record.project + record.name), record.unit, plan.said, ())


def _may_be_meant(plan: Target, record: Indicator) -> bool:
    """Where nothing is named, an indicator has to bear the question's words and its unit."""
    if plan.projects or plan.indicators:
        return True
    name = label_key(record.name)
    like = shared(name, label_key(plan.said)) >= ENOUGH or answered_by(name, record.unit, plan.said, ()) >= BORNE
    return like and plan.unit is not None and _counts_as(plan.unit, record.unit)


def _counts_the_same(one: Indicator, other: Indicator) -> bool:
    """Whether another indicator of the same project is counted in the same unit."""
    return one.project == other.project and one.unit == other.unit and one.name != other.name


def reached(held: Held[Indicator]) -> Held[Indicator]:
    """An indicator with what was reached in place of its target, where that is printed."""
    record = held.record
    if not record.done:
        return held
    done = replace(
        record, operator="", target=record.done, value=record.done_value, unit=record.done_unit, box=record.done_box
    )
    return replace(held, record=done)


def candidates(plan: Target, calculator: Calculator) -> list[Held[Indicator]]:
    """The indicators of the named projects, or of every project in scope."""
    projects = tuple(dict.fromkeys(n.text for n in plan.projects)) or None
    found = _held(plan, calculator, projects, None)
    if not found and plan.indicators:
        found = _held(plan, calculator, None, tuple(n.text for n in plan.indicators))
    named = tuple(n.text for n in plan.indicators if n.score >= SURELY_NAMED)
    sure = found and any(n.kind is LabelKind.PROJECT and n.how is How.EXACT for n in plan.projects)
    if named and not sure and not any(h.record.name in named for h in found):
        found += _held(plan, calculator, None, named)
    if plan.scope.organisations:
        keys = {label_key(o) for o in plan.scope.organisations}
        found = [h for h in found if label_key(h.record.organisation or "") in keys] or found
    return found


def _held(
    plan: Target, calculator: Calculator, projects: tuple[str, ...] | None, names: tuple[str, ...] | None
) -> list[Held[Indicator]]:
    """The scope's indicators of some projects or names; few documents are asked one by one, many all at once."""
    documents = plan.scope.documents
    corpus = calculator.corpus
    if 0 < len(documents) <= FEW:
        return [h for d in documents for h in corpus.indicators(projects=projects, names=names, document=d)]
    held = corpus.indicators(projects=projects, names=names)
    return [h for h in held if not documents or h.document in set(documents)]


def likeness(plan: Target, record: Indicator) -> float:
    """How well an indicator's name and unit fit the question's words."""
    text = label_key(plan.said)
    for project in plan.projects:
        text = text.replace(label_key(project.text), "")
    for filler in _FILLER:
        text = text.replace(filler, "")
    name = label_key(record.name)
    score = max(shared(name, text), ASKER * answered_by(name, record.unit, plan.said, plan.projects))
    if record.unit == "%" and _COUNT_ASKED.search(plan.said):
        score -= NOT_COUNTED
    if plan.unit and record.unit and not _counts_as(plan.unit, record.unit):
        score -= NOT_COUNTED
    asked = _ASKED_UNIT.search(plan.said)
    if asked and record.unit and asked[1].startswith(record.unit):
        score += UNIT_ASKED
    if plan.unit and label_key(plan.unit) == label_key(record.unit):
        score += UNIT_ASKED
    if counted := _counted_words(plan.said):
        score += UNIT_ASKED if any(w in name or w == record.unit for w in counted) else -NOT_COUNTED
    named = max((n.score for n in plan.indicators if label_key(n.text) == label_key(record.name)), default=0.0)
    certain = max((n.score for n in plan.projects if n.text == record.project), default=0.0)
    return score + NAMED * named + certain * 0.1


@lru_cache(maxsize=256)
def _counted_words(said: str) -> tuple[str, ...]:
    """The Chinese words and counting units for what an English question counts: "how many street patrols"."""
    asked = _COUNTED.search(said)
    if asked is None:
        return ()
    noun = stem(asked[1].split()[-1])
    if noun in ("percent", "point"):
        return ()
    return (*(w for w in chinese_for(noun) if len(w) > 1), *counting_units(noun))


def _counts_as(asked: str, printed: str) -> bool:
    """Whether a figure in one counting unit answers a question in another: 名 and 人, 次 and 人次."""
    one, other = label_key(asked), label_key(printed)
    return one in other or {one, other} <= _PEOPLE


def answered_by(name: str, unit: str, said: str, projects: Sequence[Name]) -> float:
    """The share of the asker's own content words that an indicator's name holds (or its unit is)."""
    language = Language.ZH if is_chinese(said) else Language.EN
    text = fold(said)
    for project in projects:
        text = text.replace(fold(project.text), "@")
    asked: list[tuple[str, ...]] = []
    if language is Language.ZH:
        asked = [(label_key(w),) for w in leftover(text, language)]
    named = [label_key(p.text) for p in projects if p.score >= OUTRIGHT]
    spoken = glossed(said)
    asked += [words for words in spoken if not any(w in name for w in words for name in named)] or spoken
    shares = [max(_borne(word, name, unit) for word in words) for words in asked]
    return sum(shares) / len(shares) if shares else 0.0


def _borne(word: str, name: str, unit: str) -> float:
    """The share of a word's pairs of characters that an indicator's name holds (or its unit is)."""
    pairs = [word[i : i + 2] for i in range(max(1, len(word) - 1))]
    return sum(p in name or p == unit for p in pairs) / len(pairs)


@lru_cache(maxsize=256)
def glossed(said: str) -> tuple[tuple[str, ...], ...]:
    """For each English content word or phrase of a question the Chinese words for it, counting units among them."""
    found = ((*chinese, *(u for word in stems for u in counting_units(word))) for stems, chinese in phrases_in(said))
    return tuple(words for words in found if words)


def shared(name: str, text: str) -> float:
    """The share of a name's neighbouring character pairs that the text has (single characters count a third)."""
    if not name:
        return 0.0
    pairs = [name[i : i + 2] for i in range(len(name) - 1)] or [name]
    both = sum(p in text for p in pairs) / len(pairs)
    each = sum(c in text for c in name) / len(name)
    return (2 * both + each) / 3


def name_of(record: Indicator) -> str:
    """Project and indicator name, as they are printed."""
    return f"{record.project} {record.name}"


def points_of(held: Held[Indicator]) -> Held[Indicator]:
    """An indicator with the points it was given in place of its target."""
    record = held.record
    return replace(
        held,
        record=replace(
            record, operator="", target=str(record.score), value=record.score, unit="分", box=record.score_box
        ),
    )


def printed(record: Indicator) -> str:
    """Operator, target and unit, each once, however many cells they are printed in."""
    head = "" if record.target.startswith(record.operator) else f"{record.operator} "
    return f"{head}{record.target}{'' if record.target.endswith(record.unit) else record.unit}"


def quantity(record: Indicator, said: str = "") -> Quantity | None:
    """The target as a quantity; None for a qualitative one. 元/人·月 answers, in 元, what was asked of each person."""
    if record.value is None:
        return None
    money = money_unit_named(record.unit.partition("/")[0])
    if money is not None and ("/" not in record.unit or (_EACH.search(said) and _IN_MONEY.search(said))):
        return Quantity(record.value, money)
    if record.unit == PERCENT.symbol:
        return Quantity(record.value, PERCENT)
    return Quantity(record.value, Unit(record.unit, Dimension.COUNT) if record.unit else UNSTATED)
