"""What earlier passages leave for the next: headings, classification, and wholes whose parts follow."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.classpath import ClassPath, read_class_paths
from ingest.items import item_name
from ingest.numbering import UNNUMBERED_RANK, read_numbering, without_numbering
from ingest.prosefacts import Item
from ingest.records import Identity, Passage
from ingest.units import WAN_YUAN, Unit

_HEADING_TAIL = re.compile(
    r"表?(?:支出|安排|设置|规模|结构)?(?:变化)?(?:具体|总体)?(?:使用)?(?:情况)?的?(?:总体)?(?:说明|情况)。?$"
)


_DEEP = 3  # headings above a paragraph in the chapter of one project: all projects, this one, 六、年度预算安排


def chapter_of(section: tuple[str, ...]) -> tuple[str, ...]:
    """The project whose own chapter a paragraph stands in (项目情况说明 > （三）…工程 > 六、…), else nothing."""
    own = len(section) >= _DEEP and "项目" in section[0] and read_numbering(section[1]) is not None
    return (without_numbering(section[1]).strip(),) if own else ()


@dataclass(slots=True)
class Context:
    """The state of a document's prose between two passages."""

    identity: Identity
    classification: ClassPath | None = None
    wholes: list[tuple[int, Item]] = field(default_factory=list)
    heading: str = ""
    last_rank: int = UNNUMBERED_RANK
    opened: bool = False
    main: Item | None = None
    last_money: Unit = WAN_YUAN
    by_months: bool = False  # whether the document tells figures of several stretches of months

    def enter_heading(self, passage: Passage) -> None:
        """A heading names the classification anew and ends what was open before it."""
        paths = read_class_paths(passage.text)
        self.classification = paths[-1].under(self.classification) if paths else None
        self.wholes.clear()
        self.main = None
        self.heading = passage.text

    def carried_whole(self, text: str) -> Item | None:
        """The whole whose parts a passage is one of: opened by 其中： at the end of an earlier passage."""
        numbering = read_numbering(text)
        rank = numbering.rank if numbering else UNNUMBERED_RANK
        if numbering is None and self.last_rank != UNNUMBERED_RANK and not self.opened:
            self.wholes.clear()
        if numbering is not None or not self.opened or self._parts_unnumbered():
            self.last_rank = rank
        self.opened = False
        while self.wholes and self.wholes[-1][0] >= rank:
            self.wholes.pop()
        return self.wholes[-1][1] if self.wholes else None

    def _parts_unnumbered(self) -> bool:
        """A numbered passage opened the list that an unnumbered one begins: the parts are told in such passages."""
        return bool(self.wholes) and 0 <= self.wholes[-1][0] == self.last_rank

    def open_list(self, text: str, whole: Item) -> None:
        """The passages that follow tell the parts of this whole."""
        numbering = read_numbering(text)
        self.wholes.append((numbering.rank if numbering else -1, whole))
        self.opened = True

    def heading_item(self) -> str:
        """The item of the heading a figure stands under, where its own words name none."""
        agency = self.identity.agency
        bare = re.sub(r"^关于", "", without_numbering(self.heading))
        bare = _HEADING_TAIL.sub("", bare)
        return item_name(bare, agency) or bare or (agency or "")
