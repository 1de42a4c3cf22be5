"""Texts judged over a corpus as `budgetqa verify` judges them, and scored."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path

from eval.run import MISTAKES
from eval.verify.cases import Case
from eval.verify.score import Scored, failed, score
from ingest.corpus import Corpus


def judged(cases: Sequence[Case], corpus: Corpus, store: Path) -> Iterator[Scored]:
    """The scores in the order of the cases; nothing is loaded where there are none.

    What judging raises is an error of that text, kept with its trace.
    """
    if not cases:
        return
    from qa.commands.ask import make_engine
    from qa.link import linker_for
    from qa.verify.judge import Judge

    judge = Judge(corpus, make_engine(corpus, store), linker_for(corpus))
    for case in cases:
        try:
            yield score(case, judge)
        except MISTAKES:
            yield failed(case, traceback.format_exc(limit=-6))
