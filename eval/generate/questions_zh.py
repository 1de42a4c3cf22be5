"""Chinese questions over one budget, with gold by construction."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from eval.generate.asking import Asked, plain_economics, plain_functions, plain_projects, some
from eval.generate.list_tables import three_public_amounts
from eval.generate.question import Question, rounded
from eval.generate.saying import percent
from eval.generate.spec import sum_of


def chinese_questions(asked: Asked, seed: int, each: int = 2) -> list[Question]:
    """Questions of every kind, about `each` of a pattern; which items they ask about follows from the seed."""
    rng = Random(f"zh {seed}")
    return [question for pattern in _PATTERNS for question in pattern(asked, rng, each)]


def _lookups(asked: Asked, rng: Random, each: int) -> Iterator[Question]:
    forms = ("{0}{1}预算是多少？", "{0}{1}安排了多少钱", "{0}花在{1}上的预算有多少？", "请问{0}{1}的预算金额是多少")
    for line in some(rng, plain_functions(asked.spec, 7), each):
        text = rng.choice(forms).format(asked.zh, line.name)
        yield Question("lookup", "zh", text, asked.gold(line.total), asked.unit, line.name)
    for line in some(rng, plain_functions(asked.spec, 3), each):
        text = f"{asked.zh}{line.name}总共多少"
        yield Question("lookup", "zh", text, asked.gold(line.total), asked.unit, line.name)
    for item in some(rng, plain_economics(asked.spec), each):
        text = f"{asked.zh}基本支出里的{item.name}是多少"
        yield Question("lookup", "zh", text, asked.gold(item.total), asked.unit, item.name)
    for project in some(rng, plain_projects(asked.spec), each):
        text = f"{asked.zh}{project.name}项目有多少预算"
        yield Question("lookup", "zh", text, asked.gold(project.amount), asked.unit, project.name)


def _columns(asked: Asked, rng: Random, each: int) -> Iterator[Question]:
    both = [line for line in plain_functions(asked.spec, 7) if line.project and line.personnel]
    for line in some(rng, both, each):
        text = f"{asked.zh}{line.name}的项目支出是多少"
        yield Question("lookup", "zh", text, asked.gold(line.project), asked.unit, line.name)
    for line in some(rng, plain_functions(asked.spec, 5), each):
        text = f"{asked.zh}编码{line.code}的预算是多少"
        yield Question("lookup", "zh", text, asked.gold(line.total), asked.unit, line.name)
    for line in some(rng, plain_functions(asked.spec, 7), each):
        gold = f"{(line.total / 10**8).normalize():f}"
        yield Question("lookup", "zh", f"{asked.zh}{line.name}是多少亿元？", gold, "亿元", line.name)
        yield Question("lookup", "zh", f"{asked.zh}{line.name}折合多少元", f"{line.total:.0f}", "元", line.name)


def _organisations(asked: Asked, rng: Random, each: int) -> Iterator[Question]:
    style = asked.style
    with_reception = [line for line in asked.spec.three_public if line.reception]
    for line in some(rng, with_reception, each):
        text = f"{asked.spec.year}年{line.organisation}的公务接待费预算"
        gold = f"{style.value(line.reception):f}"
        yield Question("lookup", "zh", text, gold, asked.unit, line.organisation)
    bought = asked.spec.procurement
    if bought.services:
        text = f"{asked.zh}政府采购服务预算多少"
        yield Question("lookup", "zh", text, asked.gold(bought.services), asked.unit, "政府采购")


def _kpis(asked: Asked, rng: Random, each: int) -> Iterator[Question]:
    for block in some(rng, list(asked.spec.kpis), each):
        target = block.targets[0]
        if target.operator != "定性":
            text = f"{asked.zh}{block.project}项目的{target.name}目标是多少{target.unit}？"
            yield Question("kpi", "zh", text, target.target, target.unit, target.name)
        names = [project.name for project in asked.spec.projects]
        if names.count(block.project) == 1 and block.budget:
            text = f"{asked.zh}绩效指标表里{block.project}的预算金额是多少元"
            yield Question("kpi", "zh", text, f"{block.budget:.0f}", "元", block.project)


def _sums(asked: Asked, rng: Random, each: int) -> Iterator[Question]:
    leaves = plain_functions(asked.spec, 7)
    for _ in range(each if len(leaves) > 1 else 0):
        one, two = rng.sample(leaves, 2)
        gold = asked.gold(one.total + two.total)
        yield Question("sum", "zh", f"{asked.zh}{one.name}和{two.name}加起来多少", gold, asked.unit, one.name)
        more, less = sorted((one, two), key=lambda line: -line.total)
        gold = asked.gold(more.total - less.total)
        text = f"{asked.zh}{more.name}比{less.name}多多少"
        yield Question("difference", "zh", text, gold, asked.unit, more.name)


def _ratios(asked: Asked, rng: Random, each: int) -> Iterator[Question]:
    spec = asked.spec
    for line in some(rng, plain_functions(spec, 3), each):
        gold = f"{percent(line.total, spec.total)}"
        yield Question("ratio", "zh", f"{asked.zh}{line.name}占总支出的比例是多少", gold, "%", line.name)
    inner = [line for line in plain_functions(spec, 7) if _parent_is_plain(asked, line.code)]
    for line in some(rng, inner, each):
        parent = spec.function(line.code[:5])
        if parent.total != line.total:
            gold = rounded(line.total * 100 / parent.total, 2)
            text = f"{asked.zh}{line.name}占{parent.name}的百分之几"
            yield Question("ratio", "zh", text, gold, "%", line.name)


def _parent_is_plain(asked: Asked, code: str) -> bool:
    return any(line.code == code[:5] for line in plain_functions(asked.spec, 5)) and not any(
        line.code.startswith(code[:5]) for line in asked.spec.fund
    )


def _growth(asked: Asked, rng: Random, each: int) -> Iterator[Question]:
    spec, prior = asked.spec, asked.spec.prior
    total = three_public_amounts(spec.three_public)[0]
    pairs = (
        ("支出预算", spec.total, prior.total, "上年执行数"),
        ("“三公”经费预算", total, prior.three_public, "上年预算数"),
    )
    for name, now, before, against in pairs:
        if now <= before or not before:
            continue
        gold = f"{percent(now - before, before)}"
        yield Question("growth", "zh", f"{asked.zh}{name}比{against}增长了百分之几", gold, "%")
        yield Question("growth", "zh", f"{asked.zh}{name}比上年增加多少", asked.gold(now - before), asked.unit)


def _ranks(asked: Asked, rng: Random, each: int) -> Iterator[Question]:
    spec = asked.spec
    for line in some(rng, plain_functions(spec, 5), each):
        below = [leaf for leaf in spec.leaves() if leaf.code.startswith(line.code)]
        top = max(below, key=lambda leaf: leaf.total, default=line)
        if len(below) > 1 and sum(leaf.total == top.total for leaf in below) == 1:
            text = f"{asked.zh}{line.name}下面金额最大的是哪一项"
            yield Question("rank", "zh", text, asked.gold(top.total), asked.unit, top.name)
    for owner in some(rng, list(spec.organisations), each):
        own = [project for project in spec.projects if project.organisation == owner]
        if len(own) > 2:
            yield from _owned(asked, owner)


def _owned(asked: Asked, owner: str) -> Iterator[Question]:
    own = sorted((p for p in asked.spec.projects if p.organisation == owner), key=lambda p: -p.amount)
    year = asked.spec.year
    if own[0].amount != own[1].amount:
        text = f"{year}年{owner}金额最大的项目是什么"
        yield Question("rank", "zh", text, asked.gold(own[0].amount), asked.unit, own[0].name)
    yield Question("count", "zh", f"{year}年{owner}有几个项目？", str(len(own)), "个")
    mean = rounded(asked.style.value(sum_of(p.amount for p in own)) / len(own), max(asked.style.decimals, 2))
    yield Question("average", "zh", f"{year}年{owner}平均每个项目多少钱", mean, asked.unit)
    if len(own) > 3 and own[2].amount != own[3].amount:
        names = "|".join(project.name for project in own[:3])
        yield Question("list", "zh", f"{year}年{owner}预算最多的三个项目是哪些", names)


def _lists(asked: Asked, rng: Random, each: int) -> Iterator[Question]:
    spec = asked.spec
    for line in some(rng, plain_functions(spec, 5), each):
        below = [leaf.name for leaf in spec.leaves() if leaf.code.startswith(line.code)]
        if len(below) > 1:
            yield Question("list", "zh", f"{asked.zh}{line.name}包括哪几项", "|".join(below))


def _texts(asked: Asked, rng: Random, each: int) -> Iterator[Question]:
    for line in some(rng, plain_functions(asked.spec, 7), each):
        path_use = line.use
        yield Question("text", "zh", f"{asked.zh}{line.name}主要用于什么", path_use)
    yield Question("text", "zh", f"{asked.zh}支出预算变化的主要原因是什么", asked.spec.reasons.total)


def _none(asked: Asked, rng: Random, each: int) -> Iterator[Question]:
    if not asked.spec.fund:
        yield Question("none", "zh", f"{asked.zh}政府性基金预算支出有多少", "没有")
    yield Question("none", "zh", f"{asked.zh}国有资本经营预算支出是多少", "没有")


def _abstain(asked: Asked, rng: Random, each: int) -> Iterator[Question]:
    line = rng.choice(asked.spec.leaves())
    other = asked.zh.replace(str(asked.spec.year), str(asked.spec.year - 7))
    yield Question("abstain", "zh", f"{other}{line.name}的预算是多少", "")
    yield Question("abstain", "zh", f"{asked.zh}局长的个人工资是多少", "")


_PATTERNS = (
    _lookups,
    _columns,
    _organisations,
    _kpis,
    _sums,
    _ratios,
    _growth,
    _ranks,
    _lists,
    _texts,
    _none,
    _abstain,
)
