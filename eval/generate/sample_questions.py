"""The questions over the samples: all kinds, both languages, gold from the specifications."""

from __future__ import annotations

from eval.generate.asking import Asked
from eval.generate.question import Question
from eval.generate.questions_en import english_questions
from eval.generate.questions_more import english_budget_questions, final_questions, pair_questions
from eval.generate.questions_zh import chinese_questions
from eval.generate.sample_handwritten import handwritten_questions
from eval.generate.samples import (
    INVENTED_AGENCY,
    LARKSPUR_LAYOUT,
    QINGLAN_FINAL_LAYOUT,
    QINGLAN_LAYOUT,
    SHAOXING_LAYOUT,
    larkspur_2025,
    qinglan_2024,
    qinglan_final,
)
from eval.generate.shaoxing import AGENCY, shaoxing_2023, shaoxing_2024

_KEXIE_EN = "the Shaoxing Association for Science and Technology"
_BUREAU_EN = INVENTED_AGENCY


def sample_questions() -> list[Question]:
    """Every question of samples/questions.tsv, in order; no question stands twice."""
    now, before, bureau, final = shaoxing_2024(), shaoxing_2023(), qinglan_2024(), qinglan_final()
    style = SHAOXING_LAYOUT.figures
    kexie = Asked(now, style, f"2024年{AGENCY}", f"the 2024 budget of {_KEXIE_EN}")
    kexie_before = Asked(before, style, f"2023年{AGENCY}", f"the 2023 budget of {_KEXIE_EN}")
    bureau_zh = f"{INVENTED_AGENCY}2024年预算中"
    culture = Asked(bureau, QINGLAN_LAYOUT.figures, bureau_zh, f"the 2024 budget of {_BUREAU_EN}")
    spent_zh = f"{INVENTED_AGENCY}2024年决算中"
    spent = Asked(final.actual, QINGLAN_FINAL_LAYOUT.figures, spent_zh, f"the 2024 final account of {_BUREAU_EN}")
    questions = [
        *handwritten_questions(),
        *chinese_questions(kexie, 1),
        *english_questions(kexie, 1),
        *chinese_questions(kexie_before, 2, each=1),
        *english_questions(kexie_before, 2, each=1),
        *chinese_questions(culture, 3),
        *english_questions(culture, 3),
        *final_questions(final, spent, 4),
        *pair_questions(before, now, style, _KEXIE_EN, 5),
        *english_budget_questions(larkspur_2025(), LARKSPUR_LAYOUT.figures),
    ]
    return list({question.text: question for question in questions}.values())
