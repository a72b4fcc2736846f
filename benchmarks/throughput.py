"""Measures parser, brief and rules on prompts, beside spaCy's tokenizer: `python benchmarks/throughput.py FILE`.

FILE has one JSON object a line, the prompt under "text" and perhaps its negative under "negative"; .gz is unpacked.
"""

from __future__ import annotations

import gc
import gzip
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from promptlint import syntax
from promptlint.brief import reader
from promptlint.config import Config
from promptlint.linter import linter_for

ROUNDS = 3


def read(path: str) -> list[tuple[str, str | None]]:
    """Return the prompts of a file with their negatives."""
    data = Path(path).read_bytes()
    rows = (gzip.decompress(data) if path.endswith(".gz") else data).decode("utf-8").split("\n")
    objects = [json.loads(row) for row in rows if row.strip()]
    return [(one["text"], one.get("negative")) for one in objects]


def seconds(work: Callable[..., object], items: Iterable[tuple[Any, ...]]) -> tuple[float, float]:
    """Return the shortest time of some rounds over all items, and the longest of one item in any round."""
    best, slowest = float("inf"), 0.0
    rows = list(items)
    for _ in range(ROUNDS):
        begin = last = time.perf_counter()
        for row in rows:
            work(*row)
            now = time.perf_counter()
            slowest, last = max(slowest, now - last), now
        best = min(best, last - begin)
    return best, slowest


def shares(counts: Counter[Any], total: int) -> str:
    """Return each name with its share of the whole, the most frequent first."""
    return ", ".join(f"{name} {count / total:.2%}" for name, count in counts.most_common())


def main(path: str) -> None:
    prompts = read(path)
    texts = [text for text, _ in prompts]
    size = sum(len(text.encode("utf-8")) for text in texts) / 1e6
    print(f"{len(texts)} prompts, {size:.2f} MB")

    trees = [syntax.parse(text) for text in texts]
    dialects = Counter(tree.dialect for tree in trees)
    print("dialects:", shares(dialects, len(trees)))
    broken = [(tree.dialect, {leaf.text for leaf in errors}) for tree in trees if (errors := tree.errors())]
    print(f"with an error node: {len(broken) / len(trees):.2%}")
    print("  of these by dialect:", shares(Counter(dialect for dialect, _ in broken), len(broken)))
    print("  of these with a:", shares(Counter(mark for _, marks in broken for mark in marks), len(broken)))

    linter = linter_for(Config().with_options(preset="all"))
    stages: dict[str, tuple[Callable[..., object], Iterable[tuple[Any, ...]]]] = {
        "parse": (syntax.parse, ((text,) for text in texts)),
        "brief, of a parsed prompt": (reader().understand, ((tree,) for tree in trees)),
        "lint: all of it, preset all": (linter.lint, prompts),
    }
    try:
        import spacy
    except ImportError:
        print("spaCy is not installed: pip install '.[benchmark]'", file=sys.stderr)
    else:
        stages['spacy.blank("en").make_doc'] = (spacy.blank("en").make_doc, ((text,) for text in texts))
    # Thousands of trees are kept for the brief alone; no collection of garbage should walk through them.
    gc.collect()
    gc.freeze()
    for name, (work, items) in stages.items():
        total, slowest = seconds(work, items)
        rate = size / total
        print(f"{name:30} {rate:6.2f} MB/s {len(texts) / total:8.0f} prompts/s   slowest {slowest * 1000:5.1f} ms")


if __name__ == "__main__":
    main(sys.argv[1])
