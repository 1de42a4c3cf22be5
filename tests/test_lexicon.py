"""The lexicon's tables are well formed and say what the code relies on."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from ingest.errors import StoreError
from qa.keys import is_chinese, label_key
from qa.lexicon import load
from qa.lexicon.load import Source, parse_rows


def test_classification_codes_are_whole_and_unique_within_a_table() -> None:
    for source, digits in ((Source.FUNCTION, (3, 5, 7)), (Source.GOVERNMENT_ECONOMIC, (3, 5))):
        codes = [n.code for n in load().names if n.source is source and n.code and not n.code.startswith("*")]
        assert all(code.isdigit() and len(code) in digits for code in codes)
        assert not [code for code, count in Counter(codes).items() if count > 1]


def test_every_item_has_its_parent() -> None:
    for source in (Source.FUNCTION, Source.ECONOMIC, Source.GOVERNMENT_ECONOMIC):
        codes = {n.code for n in load().names if n.source is source and n.code}
        orphans = {c for c in codes if c.isdigit() and len(c) > 3 and c[:-2] not in codes}
        assert not orphans


def test_the_classification_is_nearly_complete() -> None:
    functions = {n.code for n in load().names if n.source is Source.FUNCTION}
    missing = {str(code) for code in range(201, 236)} - functions
    assert missing == {"209", "218", "225", "226", "228"}  # numbers the classification leaves unused
    assert len(functions) > 500


def test_names_are_chinese_and_english() -> None:
    for name in load().names:
        assert name.chinese and all(is_chinese(text) for text in name.chinese), name
        assert name.english and not any(is_chinese(text) for text in name.english), name


def test_aliases_stand_for_names_with_a_score() -> None:
    for alias in load().aliases:
        assert alias.words and alias.targets and 0.8 <= alias.score < 1.0, alias


def test_function_words_are_no_names() -> None:
    """A word that ends content must not be the whole of a classified name."""
    function = set(load().section("function", "zh"))
    classified = {label_key(t) for n in load().names if n.source is not Source.TERM for t in n.chinese}
    assert not function & classified


def test_words_of_relative_years_and_phases_carry_their_value() -> None:
    for section in ("relative_year", "phase"):
        assert all(re.fullmatch(r"-?\w+:.+", word) for word in load().section(section))


def test_a_malformed_row_is_named() -> None:
    with pytest.raises(StoreError, match=r"broken\.tsv, line 3: 1 columns instead of 2"):
        list(parse_rows("# comment\na\tb\nc\n", "broken.tsv", 2))
