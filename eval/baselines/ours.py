"""Our own engine as a system, whole or with a part taken out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from eval.shown import Shown, shown_from_json
from qa.engine import Engine

_CONFIDENCE = re.compile(r"^confidence: (\d\.\d+)")


@dataclass(frozen=True, slots=True)
class Ours:
    """The engine under a name; its answers are read from their JSON form, as anybody's would be.

    How sure the engine is stands in its trace only, and replaces the estimate made from the plan.
    """

    engine: Engine
    name: str = field(default="ours")

    def ask(self, question: str, document: str | None = None) -> Shown:
        answer = self.engine.ask(question, document=document)
        shown = replace(shown_from_json(answer.to_json()), trace=answer.trace)
        said = next((match for line in answer.trace if (match := _CONFIDENCE.match(line))), None)
        return shown if said is None else replace(shown, sureness=float(said[1]))
