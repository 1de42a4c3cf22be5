"""The names that the national classification gives a functional code (功能分类)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from qa.keys import label_key
from qa.lexicon.load import load

FUNCTIONS = "2"  # the digit that codes of the functional classification begin with


def function_names(code: str | None) -> frozenset[str]:
    """The keys of a functional code's standard names; empty for any other code and for none."""
    return _by_code().get(code or "", frozenset())


@cache
def _by_code() -> Mapping[str, frozenset[str]]:
    named = ((n.code, n.chinese) for n in load().names if n.code and n.code.startswith(FUNCTIONS))
    return {code: frozenset(map(label_key, chinese)) for code, chinese in named}
