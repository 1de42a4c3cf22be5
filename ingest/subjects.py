"""The item that a figure's words name, or the words before them in its sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.classpath import read_class_paths
from ingest.items import is_phase_only, item_name
from ingest.mentions import CLAUSE_END, SENTENCE_END, Mention
from ingest.prosefacts import Draft, Item
from ingest.records import Measure
from ingest.roles import Role

BUDGET_WORD = re.compile(r"支出|收入|预算|决算|经费|费用|资金|拨款|采购|项目|费$")
OPEN_LIST = re.compile(r"(?:其中|包括|如下)\s*[：:，,]?\s*$")
_NO_SUBJECT = re.compile(
    r"\s*(?:主要|用于|其中|由于|因(?!公)|包括|较|比|与|和|同|增|减|下降|上升|完成|占|共|按|二是|三是)"
)
_NONE = re.compile(r"^.{0,10}(?:没有|无)(?=.{4})")  # 无公务用车支出，较上年无变化
_SIDE = re.compile(r"^(?:相应)?(?P<side>支出|收入)(?:预算|决算)?(?:安排|完成|累计|共计|合计|总计|为|达|数)*$")
_COMPARING = ("相比", "对比", "比较", "相比较", "比")
_LONGEST, _LONGEST_AMOUNT = 40, 120  # characters of a name; an amount's may be a list of many


def outside_paths(clause: str) -> str:
    """The words behind the last classification path of a clause."""
    paths = read_class_paths(clause)
    return clause[paths[-1].end :] if paths else clause


def same_item(name: str, item: Item, role: Role) -> bool:
    """A change whose words repeat the item's name, more or less, speaks of that item."""
    if role.measure not in (Measure.DELTA, Measure.RATE):
        return name == item.label
    known = set(item.label)
    return sum(char in known for char in name) >= 0.8 * len(name)


def is_filler(name: str, role: Role) -> bool:
    """Words that name no item; an amount's many words do name one, other than the one before."""
    longest = _LONGEST_AMOUNT if role.measure is Measure.AMOUNT else _LONGEST
    return is_phase_only(name) or name in _COMPARING or len(name) > longest


def other_side(clause: str, item: Item | None) -> str | None:
    """政府性基金预算支出 where 政府性基金预算收入 was spoken of and the clause only says 支出安排."""
    match = _SIDE.search(clause.strip())
    if match is None or item is None:
        return None
    side, other = match["side"], {"收入": "支出", "支出": "收入"}[match["side"]]
    return item.label.removesuffix(other) + side if item.label.endswith(other) and item.label != other else None


def named_before(mention: Mention, agency: str | None) -> str | None:
    """The item that a colon right before the clause introduces, or that begins what a semicolon or full stop set apart.

    教育支出：安排 5 万元; …；教育支出比预算无变化，比上年增加 5 万元.
    """
    parts = re.split("[；。]", mention.lead)
    clauses = CLAUSE_END.split(parts[-1])
    marks = CLAUSE_END.findall(parts[-1])
    if len(clauses) > 1 and marks[-1] in "：:":
        words, sure = clauses[-2], True
    else:
        words, sure = (clauses[0], False) if len(parts) > 1 and len(clauses) > 1 else ("", False)
    name = None if _NO_SUBJECT.match(words) else item_name(words, agency)
    if name is None or len(name) > 24 or OPEN_LIST.search(f"{words}："):
        return None
    return name if sure or BUDGET_WORD.search(name) else None


def name_further_back(mention: Mention, agency: str | None) -> str | None:
    """The nearest clause of the same sentence that names an item."""
    sentence = SENTENCE_END.split(mention.lead)[-1]
    for words in reversed(CLAUSE_END.split(sentence)[:-1]):
        name = item_name(_NONE.sub("", words), agency)
        if name and len(name) <= 24 and BUDGET_WORD.search(name) and not words.strip().startswith("主要"):
            return name
    return None


def money_changed(item: Item | None, measure: Measure, drafts: Sequence[Draft]) -> Item | None:
    """The money last spoken of, where a change follows counts told of it: 接待 26 批次；比上年增加 0.77 万元."""
    counted = item is not None and item.unit is not None and not item.unit.is_money
    if not counted or measure not in (Measure.DELTA, Measure.RATE):
        return None
    return next((d.item for d in reversed(drafts) if d.item.unit is not None and d.item.unit.is_money), None)
