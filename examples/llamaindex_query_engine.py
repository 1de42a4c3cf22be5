"""Ask the budget documents through a LlamaIndex query engine.

Run: python examples/llamaindex_query_engine.py STORE "科普活动花了多少钱"
(STORE: a folder that `budgetqa ingest` filled)
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from ingest.store import open_corpus
from qa.commands.ask import make_engine
from qa.llamaindex import query_engine


def main(store: str, question: str) -> None:
    """Print the answer and the places it rests on."""
    corpus = open_corpus(Path(store))
    response = query_engine(make_engine(corpus, Path(store))).query(question)
    print(response)
    for source in response.source_nodes:
        print(f"  page {source.node.metadata['page']}: {source.node.get_content()}")
    corpus.close()


if __name__ == "__main__":
    main(*sys.argv[1:3])
