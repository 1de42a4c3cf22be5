"""Chinese names by their sound, for places and neighbourhoods that no table of English names has."""

from __future__ import annotations

import os
from functools import lru_cache


@lru_cache(maxsize=4096)
def romanise(text: str) -> str:
    """The toneless pinyin of a name in one word (万里 is wanli)."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # its dictionary of phrases takes half a second to load
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(text)).casefold()
