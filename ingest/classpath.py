"""Classification paths in prose: 科学技术支出（类）科学技术普及（款）科普活动（项）."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.numbering import without_numbering

LEVELS = ("类", "款", "项")
_MARK = re.compile(r"[（(]\s?(?P<level>类|款|项)(?:级科目)?\s?[)）]")
_BOUNDARY = re.compile(r"[，。；：:;！？“”‘’\"《》]|(?:万|亿|千)?元|[%％]")
_QUOTED = re.compile(r"“[^“”，。；：]{1,8}”(?=[一-鿿])")  # part of a name: “两庭”建设（项）


@dataclass(frozen=True, slots=True)
class ClassPath:
    """The names of one path at [start, end) of a text, by level; levels it leaves out are None."""

    start: int
    end: int
    names: tuple[str | None, str | None, str | None]

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(name for name in self.names if name)

    def under(self, context: ClassPath | None) -> ClassPath:
        """This path with the levels above its first one taken from the context it stands in."""
        if context is None:
            return self
        first = next(i for i, name in enumerate(self.names) if name)
        upper = context.names[:first]
        return ClassPath(self.start, self.end, (*upper, *self.names[first:]))  # type: ignore[arg-type]


def read_class_paths(text: str) -> tuple[ClassPath, ...]:
    """The paths of a text in reading order."""
    paths: list[ClassPath] = []
    end = 0
    for mark in _MARK.finditer(text):
        name, start = _name_before(text, end, mark.start())
        level = LEVELS.index(mark["level"])
        after = _spending_after(text, mark.end(), name) if level == 0 else mark.end()
        if level == 0 and name and not name.endswith(("支出", "收入", "费")):
            name += "支出"  # the national classification's names of 类 all end so
        end = after
        if not name:
            continue
        goes_on = paths and paths[-1].end == start and all(n is None for n in paths[-1].names[level:])
        names = list(paths[-1].names if goes_on else (None, None, None))
        names[level] = name
        path = ClassPath(paths[-1].start if goes_on else start, end, (names[0], names[1], names[2]))
        if goes_on:
            paths[-1] = path
        else:
            paths.append(path)
    return tuple(paths)


def _name_before(text: str, low: int, high: int) -> tuple[str, int]:
    """The name that ends at `high`, and where it begins: after a boundary, a list mark or a numbering."""
    start = low
    whole = _QUOTED.sub(lambda quoted: "\0" * len(quoted.group()), text)
    for boundary in _BOUNDARY.finditer(whole, low, high):
        start = boundary.end()
    raw = text[start:high]
    bare = without_numbering(raw.lstrip())
    bare = re.sub(r"^(?:其中|包括|以及|和|、|\s)+", "", bare)
    begin = high - len(bare)
    if low and not text[low:begin].strip():
        begin = low
    bare = re.sub(r"^(?:\d{2,7}\s?|其(?!他|它|余))", "", bare)  # a code printed before the name, a stray 其
    return re.sub(r"\s+", "", bare), begin


def _spending_after(text: str, end: int, name: str) -> int:
    """公共安全（类）支出 names 公共安全支出: where the word 支出 after the mark ends, if it belongs to the name."""
    match = re.compile(r"\s?支出").match(text, end)
    return match.end() if match and not name.endswith("支出") else end
