"""Plans: whether the question was understood as gold says, whatever figure came of it."""

from __future__ import annotations

import json

from eval.planform import plan_form
from eval.question import Question
from eval.scorers.check import Check
from eval.shown import Shown


def same_plan(question: Question, shown: Shown) -> Check | None:
    """The plan shown is the one that gold expects (JSON lines with a plan only); it informs and does not decide."""
    if question.plan is None:
        return None
    plan = json.loads(shown.json).get("plan") if shown.json else None
    if not isinstance(plan, dict):
        return Check("plan", False, "no plan shown", required=False)
    form = plan_form(plan)
    passed = question.plan.is_plan(form)
    detail = "" if passed else f"plan {form.says()}, gold {question.plan.form.says()}"
    return Check("plan", passed, detail, required=False)
