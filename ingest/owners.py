"""Labels without the bodies named before them (某某院预留经费), and without a place that has no level of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.records import Fact, Statement

_OWNED = re.compile(r".{2,}(?:院|局|厅|委|办|处|中心|本级|机关)(?P<rest>.{4,})$")
_WHOLE = re.compile(r"^全(?P<place>[县州旗镇乡])(?=.{3,})")


def without_owners(
    statements: Sequence[Statement], facts: Sequence[Fact]
) -> tuple[tuple[Statement, ...], tuple[Fact, ...]]:
    """The records with bare labels: 预留经费 where the document also names it so; 财政收入 of 全县财政收入.

    全县 stays where the document tells what is 县级 apart from it.
    """
    known = {fact.label for fact in facts}
    names = {name for fact in facts for name in fact.row_path}

    def bare(label: str) -> str:
        owned = _OWNED.match(label)
        if owned and owned["rest"] in known:
            return owned["rest"]
        return _without_place(label, names)

    def path(fact: Fact) -> tuple[str, ...]:
        return (*(_without_place(name, names) for name in fact.row_path[:-1]), bare(fact.label))

    return (
        tuple(replace(s, label=bare(s.label)) for s in statements),
        tuple(replace(f, label=bare(f.label), row_path=path(f)) for f in facts),
    )


def _without_place(label: str, names: set[str]) -> str:
    match = _WHOLE.match(label)
    if match is None or any(name.startswith((f"{match['place']}级", f"{match['place']}本级")) for name in names):
        return label
    return label[match.end() :]
