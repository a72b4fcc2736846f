"""What the classifier learns from: prompts with their phrases marked by section, and phrases by themselves.

A line of briefs/ is a prompt; `«lig window light»` marks a phrase and its section, `⏎` is a line's end. A line of
phrases/SECTION.txt is a phrase of that section.
"""

from __future__ import annotations

import itertools
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from promptlint.brief import reader
from promptlint.brief.classifier import LABELS
from promptlint.brief.units import described, gaps
from promptlint.syntax import parse

FOLDER = Path(__file__).parent
CODES = {label[:3]: label for label in LABELS}
"""`sub` is subject, and so on: a section's first three letters."""
_MARK = re.compile(r"«(\w{3}) ([^«»]*)»")
_UNSEEN = 0.5
"""What is added to each count of one section behind another: what was not seen may be."""
_WORD = re.compile(r"\w+")


class Example(NamedTuple):
    """A run as the classifier is told of it, its section, how many words it has, and what stands before it."""

    told: list[str]
    section: str
    words: int
    gap: str


class Marked(NamedTuple):
    """A prompt and its phrases: where they begin and end, and their section."""

    text: str
    phrases: list[tuple[int, int, str]]


def prompts(folder: str = "briefs") -> list[Marked]:
    """Return the marked prompts of a folder."""
    lines = (line for path in sorted((FOLDER / folder).glob("*.txt")) for line in path.read_text("utf-8").splitlines())
    return [unmarked(line) for line in lines if line.strip() and not line.startswith("#")]


def unmarked(line: str) -> Marked:
    """Return a prompt without its marks, and what they mark."""
    parts: list[str] = []
    phrases: list[tuple[int, int, str]] = []
    at = size = 0
    for match in _MARK.finditer(line):
        parts += (line[at : match.start()], match[2])
        start = size + match.start() - at
        size = start + len(match[2])
        phrases.append((start, size, CODES[match[1]]))
        at = match.end()
    return Marked("".join([*parts, line[at:]]).replace("⏎", "\n"), phrases)


def of_prompts(marked: Iterable[Marked]) -> Iterator[Example]:
    """Yield the runs of prompts, each with the section that most of its words are marked with."""
    return (run for prompt in marked for run in _runs(prompt) if run is not None)


def _runs(prompt: Marked) -> list[Example | None]:
    """Return the runs of a prompt, None for those that nothing is marked in."""
    text, phrases = prompt
    brief = reader().understand(parse(text))
    runs = brief.sectioner.runs(text, brief.phrases, brief.mentions, brief.intent)
    out: list[Example | None] = []
    for run, told, gap in zip(runs, described(text, runs, brief.intent), gaps(text, runs), strict=True):
        starts = [match.start() for match in _WORD.finditer(text, *run.span)]
        sections = Counter(section for at in starts for begin, end, section in phrases if begin <= at < end)
        counted = sections.most_common(1)
        out.append(Example(told, counted[0][0], sum(sections.values()), gap) if counted else None)
    return out


def follows(marked: Iterable[Marked]) -> dict[str, dict[str, dict[str, float]]]:
    """Return how likely a section is behind another, by what parts their runs."""
    seen = Counter[tuple[str, str, str]]()
    for prompt in marked:
        for one, two in itertools.pairwise(_runs(prompt)):
            if one is not None and two is not None:
                seen[two.gap, one.section, two.section] += 1
    out: dict[str, dict[str, dict[str, float]]] = {}
    for gap in ("none", "comma", "stop"):
        for before in LABELS:
            row = {section: seen[gap, before, section] + _UNSEEN for section in LABELS}
            whole = sum(row.values())
            out.setdefault(gap, {})[before] = {section: round(count / whole, 4) for section, count in row.items()}
    return out


def phrases(folder: str = "phrases") -> list[Marked]:
    """Return the phrases of a folder, each as a prompt of its own."""
    return [
        Marked(line, [(0, len(line), section)])
        for section in LABELS
        for line in (FOLDER / folder / f"{section}.txt").read_text("utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]


def examples(seed: int) -> list[Example]:
    """Return all that the classifier learns from, shuffled."""
    rows = [*of_prompts(prompts()), *of_prompts(phrases())]
    random.Random(seed).shuffle(rows)
    return rows
