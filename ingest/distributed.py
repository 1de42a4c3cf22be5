"""Figures told out over names: A、B和C分别为1、2和3万元 gives each name its own figure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ingest.mentions import Mention

_EACH = re.compile(
    r"(?P<names>[^，。；：]*[^，。；：、\s].*?)(?:分别|各)(?:为|是|有|达|减少|增加|增长|下降|安排|购置)*\s*(?:\d[\d.]*\s*[、，])?\s*$"
)
_BETWEEN = re.compile(r"\s*(?:[、，,]|和|及|与|以及|，和)\s*$")
_APART = re.compile(r"、|(?<!相)(?:以及|和|及|与)")
_BARE_NUMBER = re.compile(r"\d\s*[、，,]\s*$")
_VEHICLES = "公务用车"
_SEEN_FROM = re.compile(r"^(?:从|按)[^，]{2,16}[看分类]，")
_KIND = re.compile(r".{1,6}类(?P<shared>.{2,})")


def distribute(mentions: Sequence[Mention]) -> Mapping[int, str | None]:
    """The name of each figure of such a list, by where it starts; None where names and figures do not pair off."""
    found: dict[int, str | None] = {}
    for at, mention in enumerate(mentions):
        lead = re.split("[。；]", mention.lead)[-1]
        match = _EACH.search(lead) if "分别" in lead or "各" in lead else None
        if match is None:
            continue
        group = [mention]
        for following in mentions[at + 1 :]:
            if not _BETWEEN.fullmatch(following.lead):
                break
            group.append(following)
        names = _names(match["names"])
        pairs = len(names) == len(group)
        if len(group) > 1 or _unit_left_out(mention):
            found |= {m.figure.start: names[i] if pairs else None for i, m in enumerate(group)}
    return found


def _unit_left_out(mention: Mention) -> bool:
    """各减少1267.86，2570.97万元: the words end in a number that has no unit."""
    return _BARE_NUMBER.search(mention.lead) is not None


def _names(words: str) -> list[str]:
    names = [name.strip() for name in _APART.split(_SEEN_FROM.sub("", words.strip())) if name.strip()]
    first = names[0] if names else ""
    kind = _KIND.fullmatch(names[-1]) if names else None
    if kind and all(name.endswith("类") for name in names[:-1]):  # 货物类、工程类和服务类采购金额
        names = [*(name + kind["shared"] for name in names[:-1]), names[-1]]
    shared = _VEHICLES if _VEHICLES in first else ""
    return [name if not shared or shared in name else shared + name for name in names]
