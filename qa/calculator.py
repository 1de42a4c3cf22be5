"""The calculator: dispatches on plan nodes and refuses what it does not know. Every figure comes from a cited cell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ingest.corpus import Corpus
from ingest.errors import FigureError
from qa import arithmetic, change, explain, lists, lookup, parts, target
from qa import plan as nodes
from qa.plan import Plan
from qa.prose.read import run_read
from qa.prose.shelf import Shelf
from qa.result import Result, Status
from qa.select import Selector

MOST_KEPT = 512  # results: planning tries the same plans again and again
Handler = Callable[[Any, "Calculator"], Result]
HANDLERS: dict[type, Handler] = {
    nodes.Lookup: parts.run_lookup_of_parts,
    nodes.DeclareNone: lookup.run_declare_none,
    nodes.Abstain: lookup.run_abstain,
    nodes.Sum: arithmetic.run_sum,
    nodes.Difference: arithmetic.run_difference,
    nodes.Ratio: arithmetic.run_ratio,
    nodes.Multiple: arithmetic.run_multiple,
    nodes.Average: arithmetic.run_average,
    nodes.PerHead: arithmetic.run_per_head,
    nodes.WhatIf: arithmetic.run_what_if,
    nodes.Convert: arithmetic.run_convert,
    nodes.Growth: change.run_growth,
    nodes.Prior: change.run_prior,
    nodes.Trend: change.run_trend,
    nodes.Count: lists.run_count,
    nodes.Rank: lists.run_rank,
    nodes.Filter: lists.run_filter,
    nodes.Breakdown: lists.run_breakdown,
    nodes.Compare: lists.run_compare,
    nodes.Target: target.run_target,
    nodes.Define: explain.run_define,
    nodes.Explain: explain.run_explain,
    nodes.Read: run_read,
}


class UnknownNode(TypeError):
    """A plan node that no handler is registered for: a mistake in the program, named by its type."""


class Calculator:
    """Runs plans over a corpus."""

    def __init__(self, corpus: Corpus, selector: Selector | None = None) -> None:
        self.corpus = corpus
        self.selector = selector or Selector(corpus)
        self.shelf = Shelf(corpus)
        self._results: dict[Plan, Result] = {}

    def run(self, plan: Plan) -> Result:
        """The outcome of a plan; arithmetic that would be wrong (mixed units) becomes an abstention that says so."""
        if plan not in self._results:
            if len(self._results) >= MOST_KEPT:
                self._results.clear()
            self._results[plan] = self._run(plan)
        return self._results[plan]

    def _run(self, plan: Plan) -> Result:
        handler = HANDLERS.get(type(plan))
        if handler is None:
            raise UnknownNode(f"no handler for plan node {type(plan).__name__}")
        try:
            return handler(plan, self)
        except FigureError as refused:
            return Result(Status.ABSTAINED, "abstain.refused", values=(str(refused),))
