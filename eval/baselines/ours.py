"""Our own engine as a system, whole or with a part taken out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from eval.shown import Shown, shown_from_json
from qa.engine import Engine


@dataclass(frozen=True, slots=True)
class Ours:
    """The engine under a name; its answers are read from their JSON form, as anybody's would be."""

    engine: Engine
    name: str = field(default="ours")

    def ask(self, question: str, document: str | None = None) -> Shown:
        answer = self.engine.ask(question, document=document)
        return replace(shown_from_json(answer.to_json()), trace=answer.trace)
