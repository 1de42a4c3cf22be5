"""The engine's four tools as LlamaIndex function tools: ask, look up, compute, verify.

Here they are called one after the other; give the same list to any LlamaIndex agent with a model of your own.
Run: python examples/llamaindex_tools.py STORE 科普活动 学术交流活动
(STORE: a folder that `budgetqa ingest` filled)
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from ingest.store import open_corpus
from qa.commands.ask import make_engine
from qa.llamaindex import tools


def main(store: str, first: str, second: str) -> None:
    """Ask, look up, compute over two looked-up plans, and verify a sentence."""
    corpus = open_corpus(Path(store))
    by_name = {tool.metadata.name: tool for tool in tools(make_engine(corpus, Path(store)))}
    asked = [json.loads(by_name["ask"](question=f"{name}是多少").content) for name in (first, second)]
    print("ask:    ", asked[0]["answer"])
    found = json.loads(by_name["look_up"](name=first).content)
    print("look up:", [(reading["value"], reading["unit"]) for reading in found])
    plan = {"op": "sum", "terms": [answer["plan"] for answer in asked]}
    total = json.loads(by_name["compute"](plan=json.dumps(plan)).content)
    print("compute:", total["steps"], total["value"], total["unit"])
    claims = json.loads(by_name["verify"](text=asked[0]["answer"]).content)["claims"]
    print("verify: ", [(claim["text"], claim["verdict"]) for claim in claims])
    corpus.close()


if __name__ == "__main__":
    main(*sys.argv[1:4])
