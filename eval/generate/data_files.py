"""The tab-separated data files of the generator: code names, terms, pools of names, published figures."""

from __future__ import annotations

from importlib.resources import files


def rows_of(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of data/NAME.tsv as fields; lines that begin with # are headings."""
    text = (files("eval.generate") / "data" / f"{name}.tsv").read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line and not line.startswith("#"))


def function_names() -> dict[str, str]:
    """Names of the standard 功能分类 by code."""
    return {row[0]: row[1] for row in rows_of("functions")}


def function_uses() -> dict[str, str]:
    """What each 项 is mainly used for, as a phrase of ours, by code."""
    return {row[0]: row[2] for row in rows_of("functions")}


def economic_names() -> dict[str, str]:
    """Names of the standard 经济分类 by code."""
    return {row[0]: row[1] for row in rows_of("economics")}
