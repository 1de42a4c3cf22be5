"""The engine inside LlamaIndex programs: a query engine, and tools for agents. LlamaIndex is loaded when asked for.

Every figure that leaves here comes with its citations; a language model may choose the tool, never the figure.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ingest.corpus import Corpus
from ingest.errors import BudgetQAError
from qa.answer import Answer, Citation
from qa.engine import Engine
from qa.planjson import plan_from_json

if TYPE_CHECKING:
    from llama_index.core.query_engine import CustomQueryEngine
    from llama_index.core.schema import NodeWithScore
    from llama_index.core.tools import FunctionTool

MOST_FOUND = 20


def query_engine(engine: Engine, document: str | None = None) -> CustomQueryEngine:
    """A LlamaIndex query engine that answers by the question engine.

    The response's text is the answer, its source nodes the cited cells and sentences, its metadata the whole answer
    as JSON. Raises what `Engine.ask` raises.
    """
    from llama_index.core.base.response.schema import Response
    from llama_index.core.query_engine import CustomQueryEngine

    class BudgetQueryEngine(CustomQueryEngine):
        """Answers with every figure cited; abstains where the documents hold no answer."""

        def custom_query(self, query_str: str) -> Response:
            answer = engine.ask(query_str, document=document)
            nodes = [citation_node(c, n) for n, c in enumerate(answer.citations)]
            return Response(response=answer.answer, source_nodes=nodes, metadata=answer.to_json())

    return BudgetQueryEngine()


def citation_node(citation: Citation, number: int) -> NodeWithScore:
    """A citation as a LlamaIndex node: the printed text, and its place as metadata."""
    from llama_index.core.schema import NodeWithScore, TextNode

    node = TextNode(id_=f"{citation.document}-{number}", text=described(citation), metadata=citation.to_json())
    return NodeWithScore(node=node, score=1.0)


def described(citation: Citation) -> str:
    """A citation in words: what stands where."""
    if citation.section is not None:
        return citation.text
    return f"{' > '.join(citation.row)} | {' > '.join(citation.column)}: {citation.text}"


def tools(engine: Engine) -> Sequence[FunctionTool]:
    """Tools for agents: ask, look up, compute, verify. Each returns JSON text; errors are told, not raised."""
    from llama_index.core.tools import FunctionTool

    def ask(question: str) -> str:
        """Answer a question about the ingested budget documents in Chinese or English, every figure cited."""
        return told(lambda: engine.ask(question).to_json())

    def look_up(name: str, year: int | None = None) -> str:
        """Find every figure that a budget item, project or code may mean: the likeliest first, then the others."""
        return told(lambda: readings(engine.ask(name if year is None else f"{year}年{name}是多少")))

    def compute(plan: str) -> str:
        """Run a plan in JSON, such as {"op": "sum", "terms": [...]}; figures come from cited cells only."""
        return told(lambda: computed(engine, plan))

    def verify(text: str) -> str:
        """Check the figures claimed in a text against the documents."""
        return told(lambda: verified(engine, text))

    return [FunctionTool.from_defaults(fn=fn) for fn in (ask, look_up, compute, verify)]


def told(work: Any) -> str:
    """The result of some work as JSON text; an expected error as {"error": …}."""
    try:
        result = work()
    except (BudgetQAError, json.JSONDecodeError) as error:
        result = {"error": str(error)}
    return json.dumps(result, ensure_ascii=False)


def readings(answer: Answer) -> list[dict[str, Any]]:
    """The answer's reading and its alternatives, each with value, unit and citation."""
    data = answer.to_json()
    first = {"label": data["answer"], "value": data["value"], "unit": data["unit"], "citations": data["citations"]}
    return [*([first] if data["value"] is not None else []), *data["alternatives"][:MOST_FOUND]]


def computed(engine: Engine, plan: str) -> dict[str, Any]:
    """A plan's figure with its steps and the cells it came from. Raises `BadPlan`."""
    return engine.answer_plan(plan_from_json(json.loads(plan))).to_json()


def verified(engine: Engine, text: str) -> dict[str, Any]:
    """The claims of a text with their verdicts."""
    from qa.link import linker_for
    from qa.verify import report
    from qa.verify.judge import Judge

    corpus: Corpus = engine.corpus
    return report.to_json(list(Judge(corpus, engine, linker_for(corpus)).judge_text(text)))
