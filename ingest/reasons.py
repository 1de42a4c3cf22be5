"""The reason and the use that a sentence about an item states."""

from __future__ import annotations

import re
from collections.abc import Iterator

_REASON = re.compile(
    r"(?<!等)(?:主要)?原因(?:主要)?[都均]?(?:(?:是由于|是因为|是因(?!公|私)|是|为|：|:|，)+|(?=一是))\s*"
    r"|(?<![一-鿿])主要(?:是由于|是因为|是因(?!公|私)|由于|因为|因(?!公|私)|系|是)(?!用于)\s*"
)
_BEFORE_REASON = re.compile(r"(?:的?(?:增加|减少|增长|下降|变动|变化)?的?)$")
_ENGLISH_REASON = re.compile(
    r"\b(?:mainly|primarily|largely|chiefly|mostly)?\s*(?:due\s+to|because\s+of|because|driven\s+by|as\s+a\s+result\s+of|owing\s+to"
    r"|reflecting|attributable\s+to)\s+(?P<text>[^;]*?)(?=;|\.(?:\s|$)|$)",
    re.IGNORECASE,
)
_ENGLISH_USE = re.compile(
    r"\b(?:to\s+(?:fund|support|pay\s+for|cover)|used\s+(?:for|to)|will\s+(?:fund|support))\s+(?P<text>[^;,]*?)(?=[;,]|\.(?:\s|$)|$)",
    re.IGNORECASE,
)
_USE_START = re.compile(
    r"(?:^|(?<=[，。；,;]))\s*(?:(?:主要|全部)(?:是)?(?:用于|包括|安排|为(?!了)|支出(?!.{0,4}情况|领域|项目|科目))|用于)(?:以下方面)?[：:]?\s*"
)
_USE_END = re.compile(
    r"[。；]|，(?=\s*(?:与|比|较|占|增长|下降|减少|增加|其中|本年数|完成|主要原因|全年预算|支出决算))"
)
_TAIL = re.compile(r"[，,]?\s*(?:具体|明细)?(?:情况)?如下[：:]?$|[，,]?\s*其中[：:，,]?$|[。；，,;\s]+$")
_REASON_END = re.compile(r"[。；]|[，,]\s*(?=主要用于)")
_ENUMERATED = re.compile(r"一是|1[.、）)]|（1）|①")
_NEXT = re.compile(r"\s*(?:二是|三是|四是|五是|六是|2[.、）)]|3[.、）)]|（[2-6]）|[②③④⑤])")


def read_reason(text: str) -> str | None:
    """What follows 主要原因是 or 主要是 in a statement's text; an enumeration (一是…。二是…) is kept whole."""
    match = _REASON.search(text)
    if match is None:
        english = _ENGLISH_REASON.search(text)
        return english["text"].strip() or None if english else None
    return _trimmed(text[match.end() : _reason_end(text, match.end())])


def reasons_in(text: str) -> Iterator[re.Match[str]]:
    """Where a text goes over to a reason: 主要原因是, 主要是由于 …."""
    return _REASON.finditer(text)


def in_reason(text: str) -> bool:
    """Whether the end of a text stands inside a reason it gives, an enumeration (一是…；二是…) included."""
    match = _REASON.search(text)
    if match is None or "其中" in text[match.end() :]:
        return False
    later = re.split("[；;]", text[match.end() :])[1:]
    return all(_NEXT.match(part) for part in later)


def reason_subject(text: str) -> str | None:
    """The words before 的主要原因 in a sentence that gives a reason: 水利支出 of 水利支出减少的主要原因是…."""
    match = _REASON.search(text)
    if match is None:
        return None
    before = re.split("[，。；]", text[max(0, match.start() - 80) : match.start()])[-1]
    return _BEFORE_REASON.sub("", before).strip() or None


def read_use(text: str) -> str | None:
    """What follows 主要用于, 主要包括 or 用于 in a statement's text."""
    match = _USE_START.search(text)
    if match is None:
        english = _ENGLISH_USE.search(text)
        return english["text"].strip() or None if english else None
    end = _USE_END.search(text, match.end())
    return _trimmed(text[match.end() : end.start() if end else len(text)])


def _reason_end(text: str, start: int) -> int:
    """The end of the sentence or list part a reason stands in; an enumeration runs on to the end of its last point."""
    if _ENUMERATED.search(text[start : start + 8]):
        points = list(_NEXT.finditer(text, start))
        last = text.find("。", points[-1].end() if points else start)
        return last if last >= 0 else len(text)
    end = _REASON_END.search(text, start + 1)
    stop = end.start() if end else len(text)
    following = _REASON.search(text, start, stop)
    comma = text.rfind("，", start, following.start()) if following else -1
    return comma if comma > start else stop


def _trimmed(text: str) -> str | None:
    previous = None
    while previous != text:
        previous, text = text, _TAIL.sub("", text.strip())
    return text or None
