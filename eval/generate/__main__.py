"""`python -m eval.generate`: write the samples, or a corpus of random documents with their gold."""

from __future__ import annotations

import argparse
from pathlib import Path

from eval.generate.files import write_book
from eval.generate.question import questions_tsv
from eval.generate.random_book import random_book
from eval.generate.sample_questions import sample_questions
from eval.generate.samples import write_sample_documents


def main() -> None:
    """Parse the options and write the files; prints what was written."""
    parser = argparse.ArgumentParser(prog="python -m eval.generate", description=__doc__)
    parser.add_argument("--samples", action="store_true", help="rewrite samples/")
    parser.add_argument("--random", type=int, metavar="N", help="write N random documents")
    parser.add_argument("--seed", type=int, default=1, help="seed of the first random document")
    parser.add_argument("--out", type=Path, help="folder to write into (samples/ for --samples)")
    parser.add_argument("--no-embed", action="store_true", help="use a font that readers have instead of embedding one")
    options = parser.parse_args()
    if options.samples:
        for name in write_samples(options.out or Path("samples")):
            print(name)
    elif options.random and options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        for seed in range(options.seed, options.seed + options.random):
            write_book(random_book(seed), options.out, f"random-{seed:05d}", embed=not options.no_embed)
    else:
        parser.error("choose --samples, or --random N with --out DIR")


def write_samples(folder: Path) -> list[str]:
    """Write the sample documents and the questions over them; returns the files' names."""
    names = write_sample_documents(folder)
    (folder / "questions.tsv").write_text(questions_tsv(sample_questions()), encoding="utf-8")
    return [*names, "questions.tsv"]


if __name__ == "__main__":
    main()
