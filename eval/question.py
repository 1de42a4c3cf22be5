"""A question with its gold answer, as every dataset form reads into."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from eval.audit.findings import GoldAudit
from eval.groups import Group, group_of
from eval.planform import GoldPlan
from eval.verify.cases import Case
from ingest.records import Phase


class Kind(StrEnum):
    """What is asked, which says how gold is written and how the answer is scored."""

    LOOKUP = "lookup"
    KPI = "kpi"
    SUM = "sum"
    DIFFERENCE = "difference"
    RATIO = "ratio"
    GROWTH = "growth"
    RANK = "rank"
    COUNT = "count"
    AVERAGE = "average"
    LIST = "list"
    TREND = "trend"
    TEXT = "text"
    NONE = "none"
    ABSTAIN = "abstain"


FIGURE_KINDS = frozenset(
    {Kind.LOOKUP, Kind.KPI, Kind.SUM, Kind.DIFFERENCE, Kind.RATIO, Kind.GROWTH, Kind.RANK, Kind.COUNT, Kind.AVERAGE}
)


@dataclass(frozen=True, slots=True)
class GoldCell:
    """A cell that a right answer cites; None where the dataset does not say."""

    document: str
    page: int | None = None
    table: str | None = None
    row: str | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `figures` is the gold of the kinds answered by figures, `labels` of lists, texts and nones.

    `documents` are the files that a right answer may cite; empty means any. `cells` and `plan` are
    known in JSON lines only; `phase` where gold says which one the figure has to be of. `id` groups wordings.
    """

    dataset: str
    line: int
    kind: Kind
    language: str
    text: str
    figures: tuple[Decimal, ...] = ()
    labels: tuple[str, ...] = ()
    unit: str = ""
    cite: str = ""
    documents: tuple[str, ...] = ()
    id: str = ""
    style: str = ""
    plan: GoldPlan | None = None
    phase: Phase | None = None
    cells: tuple[GoldCell, ...] = ()

    @property
    def key(self) -> str:
        """What names the question across runs: its dataset and its words."""
        return f"{self.dataset}:{self.text}"

    @property
    def gold(self) -> str:
        """The gold as the dataset writes it."""
        return "|".join([f"{f:f}" for f in self.figures] or self.labels)


@dataclass(frozen=True, slots=True)
class Dataset:
    """What one file holds, frozen by its hash: questions, texts with verdicts, audits with findings.

    Of a held-out set only totals may be reported.
    """

    name: str
    path: Path
    sha256: str
    questions: tuple[Question, ...]
    texts: tuple[Case, ...] = ()
    audits: tuple[GoldAudit, ...] = ()

    @property
    def whole(self) -> int:
        """How many lines of gold it has, of whatever kind."""
        return len(self.questions) + len(self.texts) + len(self.audits)

    @property
    def group(self) -> Group:
        return group_of(self.name)

    @property
    def held_out(self) -> bool:
        return self.group is Group.HELD_OUT
