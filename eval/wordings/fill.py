"""Wordings and budgets to question sets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from eval.generate.asking import Asked
from eval.generate.spec import Spec
from eval.scale.corpus import LAYOUT, file_name
from eval.wordings.asks import ASKS, Case, Drawer
from eval.wordings.templates import Wording
from ingest.errors import BadDataset

_HEADING = "#kind\tlang\tquestion\tgold\tunit\tcite\tdocuments\tid\tstyle"
_ANYWHERE = frozenset({"year", "actual", "stranger", "topic"})
# How the same document is called; which of them follows from the wording and the budget.
_CALLED = {
    "zh": ("{y}年{a}", "{a}{y}年", "{a}{y}年度", "{a}（{y}年）"),
    "en": ("the {y} budget of {a}", "{a}'s {y} budget", "{a} in {y}"),
}


def fill(wordings: Sequence[Wording], specs: Sequence[Spec], each: int) -> Iterator[str]:
    """Lines of a question set: every wording over up to `each` of the budgets that can answer it."""
    yield _HEADING
    for wording in wordings:
        filled = 0
        for spec in Random(f"order {wording.text}").sample(list(specs), len(specs)):
            line = _line(wording, spec)
            if line is not None and filled < each:
                filled += 1
                yield line


def write_set(path: Path, wordings: Sequence[Wording], specs: Sequence[Spec], each: int) -> None:
    """Write a question set as a file."""
    path.write_text("\n".join(fill(wordings, specs, each)) + "\n", encoding="utf-8")


def _line(wording: Wording, spec: Spec) -> str | None:
    """One question; None where the budget has nothing that the wording asks about."""
    if wording.ask not in ASKS:
        raise BadDataset(f"wording {wording.text!r}: unknown ask {wording.ask!r}; known: {', '.join(ASKS)}")
    rng = Random(f"{wording.text} {spec.agency} {spec.year}")
    called = rng.choice(_CALLED[wording.language]).format(a=spec.agency, y=spec.year)
    asked = Asked(spec, LAYOUT.figures, called, called)
    case = next(ASKS[wording.ask](Drawer(asked, wording.language, rng)), None)
    return None if case is None else _filled(wording, spec, case, called)


def _filled(wording: Wording, spec: Spec, case: Case, called: str) -> str:
    names = dict(case.names) | {"a": spec.agency, "y": str(spec.year), "d": called}
    question = wording.text.format(**names)
    documents = "*" if wording.ask in _ANYWHERE else file_name(spec)
    fields = (case.kind.value, wording.language, question, case.gold, case.unit, case.cite, documents, wording.text,
              wording.ask)  # fmt: skip
    return "\t".join(fields)
