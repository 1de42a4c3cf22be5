"""docs/evaluation.md: every suite, the baselines, extraction and scale on one page, with plots beside it.

The page is committed, so it quotes our own questions and gold only, never what a document or an answer says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.causes import by_cause
from eval.groups import Group, group_of
from eval.intervals import clustered
from eval.outcome import Outcome, Scored
from eval.report.beside import audit_rows, beside_failures, text_rows
from eval.report.markdown import coverage_section, cuts_section, status_section, systems_section
from eval.report.svg import Axes, Series, as_file, interval_chart, line_chart
from eval.report.texts import clipped, markdown_table, percent
from eval.run import Run
from eval.scale.measure import scale_plots, scale_table
from eval.scale.results import Scaled
from eval.suites import Suite
from eval.summary import Summary, summarise

PLOTS = "evaluation"
_PER_SUITE = ("systems", "document")
_CLOSED_CUTS = ("dataset", "language")
_CUTS = ("dataset", "kind", "language", "document", "unit", "style")


@dataclass(frozen=True, slots=True)
class SuiteRun:
    """A suite and its run; held-out suites are run on the first system alone."""

    suite: Suite
    run: Run

    @property
    def first(self) -> Summary:
        return summarise(self.run.systems[0], self.run.of_system(self.run.systems[0]))


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything that stands on the page; what was not measured is empty."""

    runs: tuple[SuiteRun, ...]
    extraction: tuple[str, ...] = ()
    scaled: tuple[Scaled, ...] = ()
    claims: tuple[str, ...] = ()
    claim_sets: tuple[tuple[str, str, int], ...] = ()  # name, SHA-256, texts
    wordings: Run | None = None
    left_out: tuple[str, ...] = ()  # suites that could not be asked here, and why
    minutes: float = 0.0


def write_evaluation(evaluation: Evaluation, page: Path) -> None:
    """Write the page and its plots in a folder beside it."""
    plots = page.parent / PLOTS
    plots.mkdir(parents=True, exist_ok=True)
    for name, figure in evaluation_plots(evaluation).items():
        (plots / f"{name}.svg").write_text(as_file(figure), encoding="utf-8")
    page.write_text("\n".join(evaluation_lines(evaluation)) + "\n", encoding="utf-8")


def evaluation_plots(evaluation: Evaluation) -> dict[str, str]:
    """The plots of the page by name."""
    plots = {
        "suites": interval_chart(
            "Right answers by suite", [(r.suite.title, r.first.whole.accuracy) for r in evaluation.runs]
        ),
        "coverage": line_chart(
            Axes("Answering only the surest", "share answered", "share right of those", right=1.0, top=1.0),
            [Series(r.suite.title, tuple((p.coverage, p.accuracy) for p in r.first.coverage)) for r in evaluation.runs],
        ),
    }
    for r in evaluation.runs:
        if len(r.run.systems) > 1:
            rows = [(name, summarise(name, r.run.of_system(name)).whole.accuracy) for name in r.run.systems]
            plots[f"systems-{r.suite.name}"] = interval_chart(f"{r.suite.title}: right answers by system", rows)
    return plots | (scale_plots(evaluation.scaled) if evaluation.scaled else {})


def evaluation_lines(evaluation: Evaluation) -> Iterator[str]:
    """The lines of the page."""
    origin = evaluation.runs[0].run.provenance
    yield from ("# Evaluation", "")
    run = evaluation.runs[0].run
    yield (
        f"Written by `make eval` on {run.started:%Y-%m-%d} in {evaluation.minutes:.0f} minutes, from commit "
        f"{origin.code}, on {origin.machine}. How answers are scored: "
        "[eval/questions/README.md](../eval/questions/README.md)."
    )
    yield from ("", *_overview(evaluation.runs), "", f"![Right answers by suite]({PLOTS}/suites.svg)", "")
    yield from (_HOW_TO_READ, "")
    for left_out in evaluation.left_out:
        yield from (f"Left out of this run: {left_out}.", "")
    for one in evaluation.runs:
        yield from _suite(one)
    if evaluation.wordings is not None:
        yield from _wordings(evaluation.wordings)
    if evaluation.claims:
        yield from (
            "## Claims",
            "",
            "What `budgetqa verify` says of texts with known verdicts.",
            "",
            *evaluation.claims,
        )
    if evaluation.extraction:
        yield from ("## Extraction", "", _EXTRACTION_SAYS, "", *evaluation.extraction, "")
    if evaluation.scaled:
        yield from ("## Scale", "", _SCALE_SAYS, "", *scale_table(evaluation.scaled), "")
        yield from (f"![Ingest by size]({PLOTS}/scale-ingest.svg)", "", f"![Latency]({PLOTS}/scale-latency.svg)", "")
        yield from (f"![Right answers by size]({PLOTS}/scale-accuracy.svg)", "")
    yield from _rests_on(evaluation)


_EXTRACTION_SAYS = """
Rows and cells that hold figures, against gold: the text form of one real document for its ruled and its borderless PDF,
and what was drawn for generated ones, whose layouts combine every option of the generator. A row is right when all its
cells are. The other libraries run with their default settings; they give neither header paths, codes, parents nor
units, so these are shown for ours alone. Ours is timed with everything it reads, prose and checks too.
""".strip()
_SCALE_SAYS = """
Generated budgets of different agencies and years in one layout; ingest in a process of its own; questions over the same
ten budgets whatever is held beside them; "one more" is a further budget ingested into that corpus. Each size is of the
date and commit beside it; `python -m eval.scale 1000` measures a larger corpus and writes it down for this page.
""".strip()
_WORDINGS_SAY = """
The same things asked in many ways, Chinese and English, over generated budgets of agencies that nothing was tuned on;
a third of the wordings was held out by a hash until 23 November 2026. `python -m eval.wordings` lists what fails.
""".strip()
_HOW_TO_READ = f"""
A question counts as right when its value, unit, status, cited label and cited document are all right. A wrong figure is
a figure shown that is not gold's, or any figure where the documents hold none; refused is an answer withheld though the
documents hold it. Right as displayed counts also figures that are gold's at the digits they are shown with, though gold
has more. Intervals are Wilson's, widened where answers over one document go together. Sets are open, formerly held out
(opened on 23 November 2026, tuned on since), or held out: of these nobody looks at the failures.

![Accuracy over coverage]({PLOTS}/coverage.svg)

How sure an answer is, is the engine's own confidence; below its threshold it withholds the answer.
""".strip()


def _overview(runs: Sequence[SuiteRun]) -> list[str]:
    head = ("suite", "right (95 % interval)", "right as displayed", "wrong figures", "wrong words", "wrong citation",
            "refused", "errors", "p50 ms", "p95 ms")  # fmt: skip
    rows: list[Sequence[str]] = [head]
    for one in runs:
        s = one.first
        others = (Outcome.WRONG_WORDS, Outcome.WRONG_CITATION, Outcome.REFUSED, Outcome.ERROR)
        counts = [str(s.whole.count(o)) for o in others]
        times = (f"{s.p50_ms:.0f}", f"{s.p95_ms:.0f}")
        right = (percent(s.whole.accuracy), str(s.whole.displayed))
        rows.append((one.suite.title, *right, percent(s.wrong_figures), *counts, *times))
    return markdown_table(rows)


def _suite(one: SuiteRun) -> Iterator[str]:
    scored = one.run.of_system(one.run.systems[0])
    yield from (f"## {one.suite.title}", "")
    if one.suite.about:
        yield from (one.suite.about, "")
    if one.suite.held_out:
        yield from (line.replace("## ", "### ", 1) for line in cuts_section(one.first, _CLOSED_CUTS))
        return
    if len(one.run.systems) > 1:
        summaries = [summarise(name, one.run.of_system(name)) for name in one.run.systems]
        yield from (*systems_section(summaries), "", f"![By system]({PLOTS}/systems-{one.suite.name}.svg)", "")
    yield from (line.replace("## ", "### ", 1) for line in cuts_section(one.first, _CUTS))
    yield from _robustness(scored)
    yield from (line.replace("## ", "### ", 1) for line in (*status_section(one.first), *coverage_section(one.first)))
    yield from _checks(one.first)
    yield from _beside(one.run)
    yield from _failures(scored)


def _robustness(scored: Sequence[Scored]) -> Iterator[str]:
    """For questions asked in several wordings: how many are right in all of them, and get one plan operation."""
    groups: dict[str, list[Scored]] = {}
    for s in scored:
        if s.question.id and s.question.style:
            groups.setdefault(s.question.id, []).append(s)
    if not groups:
        return
    right = clustered([(key, all(s.right for s in group)) for key, group in groups.items()])
    same = clustered([(key, len({s.shown.op if s.shown else "" for s in group}) == 1) for key, group in groups.items()])
    yield f"Right in every wording: {percent(right)}. Planned as one operation in every wording: {percent(same)}."
    yield ""


def _wordings(run: Run) -> Iterator[str]:
    """Totals by group of wordings, and the open ones by what is asked."""
    groups = {g: [s for s in run.scored if group_of(s.question.dataset) is g] for g in Group}
    yield from ("## Wordings", "", _WORDINGS_SAY, "")
    rows: list[Sequence[str]] = [("wordings", "right", "wrong figures")]
    for group, scored in groups.items():
        if not scored:
            continue
        summary = summarise(group, scored)
        rows.append((group.heading, percent(summary.whole.accuracy), percent(summary.wrong_figures)))
    yield from (*markdown_table(rows), "")
    yield from (
        line.replace("## ", "### ", 1) for line in cuts_section(summarise(Group.OPEN, groups[Group.OPEN]), ("style",))
    )


def _checks(summary: Summary) -> Iterator[str]:
    rows: list[Sequence[str]] = [("check", "held", "of")]
    rows += [(name, str(passed), str(asked)) for name, passed, asked in (*summary.checks, *summary.shares)]
    yield from ("### Checks", "", *markdown_table(rows), "")


def _beside(run: Run) -> Iterator[str]:
    """Texts with verdicts and audits with findings, where the suite has any."""
    for title, rows in (("Texts", text_rows(run)), ("Audits", audit_rows(run))):
        if rows:
            yield from (f"### {title}", "", *markdown_table(rows), "")
    if wrong := [f"* {_quoted(line)}" for line in beside_failures(run)]:
        yield from (*wrong, "")


def _failures(scored: Sequence[Scored]) -> Iterator[str]:
    yield from (f"### Not right ({sum(not s.right for s in scored)})", "")
    for name, group in by_cause(scored).items():
        yield f"* {name} ({len(group)})"
        for s in group:
            yield f"  * {_quoted(s.question.text)} ({s.question.dataset}:{s.question.line}, {s.outcome})"
    yield ""


def _quoted(text: str) -> str:
    return "".join("\\" + c if c in "\\`*_{}[]<>#|" else c for c in clipped(text, 100))


def _rests_on(evaluation: Evaluation) -> Iterator[str]:
    runs = evaluation.runs
    yield from ("## What this rests on", "")
    origin = runs[0].run.provenance
    yield f"* {', '.join(f'{name} {number}' for name, number in origin.versions)}"
    yield f"* {'; '.join(f'{name}: {value}' for name, value in origin.configuration if name not in _PER_SUITE)}"
    for one in runs:
        p = one.run.provenance
        yield f"* {one.suite.title}: {len(p.corpus)} documents, digest {p.corpus_sha256[:16]}"
    for one in runs:
        for name, sha, count in one.run.provenance.datasets:
            yield f"* {one.suite.title}: {name}, {count} questions, SHA-256 {sha[:16]}"
    for name, sha, count in evaluation.claim_sets:
        yield f"* claims: {name}, {count} texts, SHA-256 {sha[:16]}"
    documents = dict.fromkeys(d for one in runs for d in one.run.provenance.corpus)
    yield from (f"* document {_quoted(file)}, SHA-256 {sha[:16]}" for file, sha in documents)
