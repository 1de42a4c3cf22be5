"""Questions over any budget of a specification, as scale corpora ask them."""

from __future__ import annotations

from eval.generate.asking import Asked
from eval.generate.layout import FigureStyle
from eval.generate.question import Question
from eval.generate.questions_en import english_questions
from eval.generate.questions_zh import chinese_questions
from eval.generate.spec import Spec


def questions(spec: Spec, style: FigureStyle, seed: int = 0, each: int = 1) -> list[Question]:
    """Questions of every kind in both languages with gold in the unit of `style`; each names agency and year."""
    asked = Asked(spec, style, f"{spec.year}年{spec.agency}", f"the {spec.year} budget of {spec.agency}")
    found = [*chinese_questions(asked, seed, each), *english_questions(asked, seed, each)]
    return list({question.text: question for question in found}.values())
