"""Names in a list that share their last word: 组织、宣传、统战三项事务 for 组织事务, 宣传事务 and 统战事务."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.found import Found
from qa.keys import label_key
from qa.question import Candidate, How
from qa.vocabulary import Vocabulary

_ENDS = "事务|教育|补贴|补助|津贴|支出|服务|医疗|保险|缴费|工资|收入|费用|费"
_LIST = re.compile(
    rf"(?P<names>(?:[一-鿿]{{2,6}}[、和与及])+[一-鿿]{{2,6}}?)(?:这|那)?(?:[两二三四五六七八几][项类款个种笔])?的?(?P<end>{_ENDS})"
)
_JOINED = re.compile(r"[、和与及]")
SURE = 0.96


def find_shared(text: str, vocabulary: Vocabulary) -> Iterator[Found]:
    """The members of such lists, where a label is called by each of them with the shared end."""
    for match in _LIST.finditer(text):
        if vocabulary.entries(label_key(match.group())):
            continue  # 公务用车购置及运行费 is one name
        end = match["end"].removesuffix("用")
        found: list[Found] = []
        at = match.start("names")
        for name in _JOINED.split(match["names"]):
            entries = [e for e in vocabulary.entries(name + end) if e.how is How.EXACT]
            labels = [vocabulary.labels[e.label] for e in entries]
            found.append(Found(at, at + len(name), tuple(Candidate(x, SURE, How.ALIAS) for x in labels)))
            at += len(name) + 1
        if len(found) > 1 and all(one.candidates for one in found):
            yield from found
