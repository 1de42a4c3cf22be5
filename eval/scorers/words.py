"""Labels and phrases: what an answer has to name or hold."""

from __future__ import annotations

from eval.plain import plain
from eval.question import Kind, Question
from eval.scorers.check import Check, Share
from eval.shown import DECLARED_NONE, Shown
from ingest.numbers import fold_width

_NONE_SAID = {"zh": ("没有", "无", "未安排", "未使用"), "en": ("none", "no ", "not ")}


def labels_named(question: Question, shown: Shown) -> Check | None:
    """Every gold label stands in the answer's sentence or among its lines."""
    if question.kind is not Kind.LIST:
        return None
    said = [plain(shown.answer), *(plain(item.label) for item in shown.items)]
    missing = [label for label in question.labels if not any(plain(label) in text for text in said)]
    return Check("labels", not missing, f"not named: {'、'.join(missing)}" if missing else "")


def list_precision(question: Question, shown: Shown) -> Share | None:
    """Of the lines shown, those that gold names."""
    if question.kind is not Kind.LIST or not shown.items:
        return None
    gold = [plain(label) for label in question.labels]
    right = sum(any(label in plain(i.label) or plain(i.label) in label for label in gold) for i in shown.items)
    return Share("list precision", right, len(shown.items))


def list_recall(question: Question, shown: Shown) -> Share | None:
    """Of the labels that gold names, those said."""
    if question.kind is not Kind.LIST:
        return None
    said = [plain(shown.answer), *(plain(item.label) for item in shown.items)]
    named = sum(any(plain(label) in text for text in said) for label in question.labels)
    return Share("list recall", named, len(question.labels))


def phrases_held(question: Question, shown: Shown) -> Check | None:
    """Every gold phrase stands in the answer."""
    if question.kind is not Kind.TEXT:
        return None
    missing = [phrase for phrase in question.labels if plain(phrase) not in plain(shown.answer)]
    return Check("phrases", not missing, f"not said: {'、'.join(missing)}" if missing else "")


def none_said(question: Question, shown: Shown) -> Check | None:
    """The status is declared_none and the answer says so in the question's language."""
    if question.kind is not Kind.NONE:
        return None
    if shown.status != DECLARED_NONE:
        return Check("none", False, f"status {shown.status}")
    said = fold_width(shown.answer).casefold()
    passed = any(word in said for word in (*_NONE_SAID.get(question.language, ()), *question.labels))
    return Check("none", passed, "" if passed else "the answer does not say there is none")
