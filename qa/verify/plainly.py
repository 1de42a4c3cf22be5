"""A claim's question in plain words: agency, year, item and what is asked, without the rest of the sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.question import Language
from qa.verify.kinds import Kind, compares_stages, without_base
from qa.verify.wording import moves, wording

_OF_WHOLE = re.compile(r"(?:支出)?(?:预算|决算)?(?:总额|总计|总数|经费总额)?$")
_OF_PART = re.compile(r"类$")
_WHOLE = re.compile(r"占(?P<whole>[^，。多百]{2,16}?)的?(?:比重|比例|份额)?(?:约|近)?(?:百分之|为|达|$)")


@dataclass(frozen=True, slots=True)
class Plain:
    """The parts of a question. `item` is what names what is asked for, `parent` the whole it is part of,
    `before` what the sentence says before the clause, `whole` what a share after 其中 is a share of."""

    language: Language
    kind: Kind
    agency: str
    year: str
    base: str
    item: str
    parent: str
    clause: str
    before: str
    whole: str = ""


def plain_question(plain: Plain) -> str:
    """The question, or "" where too little is known for a plain one."""
    words = wording(plain.language)
    if not plain.item and not words.total.search(plain.before + plain.clause):
        return ""
    if words.superlative.search(plain.clause) or (plain.kind is not Kind.AMOUNT and compares_stages(plain.clause)):
        return ""
    return _chinese(plain) if plain.language is Language.ZH else _english(plain)


def _chinese(plain: Plain) -> str:
    words = wording(Language.ZH)
    year = f"{plain.year}年" if plain.year else ""
    own = without_base(plain.clause)
    stage = "决算" if words.actual.search(own) else "预算" if words.budget.search(own) else ""
    item = plain.item
    if plain.parent:
        item = _OF_WHOLE.sub("", plain.parent) + _OF_PART.sub("", item)
    if not item:
        side = "收入" if words.revenue.search(plain.clause) else "支出"
        item, stage = f"{side}{stage or '预算'}总额", ""
    stage = "" if item.endswith(stage) else stage
    head = f"{plain.agency}{year}{item}"
    falls = moves(Language.ZH, plain.clause) < 0
    base = f"{plain.base}年" if plain.base and plain.base != plain.year else "上年"
    match plain.kind:
        case Kind.CHANGE:
            return f"{head}{stage}比{base}{'减少' if falls else '增加'}多少？"
        case Kind.MULTIPLE:
            return f"{head}{stage}比{base}增长百分之多少？"
        case Kind.RATE:
            return f"{head}{stage}比{base}{'下降' if falls else '增长'}百分之多少？"
        case Kind.SHARE:
            whole = _WHOLE.search(plain.clause)
            named = whole["whole"] if whole else ""
            return f"{head}占{named or plain.whole or '支出总额'}的百分之多少？"
        case Kind.COMPLETION:
            return f"{plain.agency}{year}{plain.item.removesuffix('支出')}支出完成全年预算的百分之多少？"
        case Kind.AMOUNT:
            return f"{head}{stage}多少？"
        case _:
            return ""


def _english(plain: Plain) -> str:
    words = wording(Language.EN)
    item = plain.item
    year = f" in {plain.year}" if plain.year else ""
    by = f"{plain.agency}: " if plain.agency else ""
    actual = words.actual.search(plain.clause) is not None
    if not item:
        item = "total revenue" if words.revenue.search(plain.clause) else "total expenditure"
    stage = "actual " if actual else "budgeted " if words.budget.search(plain.clause) else ""
    falls = moves(Language.EN, plain.clause) < 0
    base = f" over {plain.base}" if plain.base and plain.base != plain.year else " over the previous year"
    match plain.kind:
        case Kind.CHANGE:
            return f"{by}by how much did {item} {'fall' if falls else 'rise'}{year}{base}?"
        case Kind.MULTIPLE:
            return f"{by}by what percentage did {item} rise{year}{base}?"
        case Kind.RATE:
            return f"{by}by what percentage did {item} {'fall' if falls else 'rise'}{year}{base}?"
        case Kind.SHARE:
            return f"{by}what percentage of {plain.whole or 'total expenditure'} is {item}{year}?"
        case Kind.COMPLETION:
            return f"{by}what percentage of the adjusted budget was completed{year}?"
        case Kind.AMOUNT:
            return f"{by}how much is {stage}{item}{year}?"
        case _:
            return f"{by}how many {item}{year}?"
