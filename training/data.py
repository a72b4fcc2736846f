"""The phrases to learn from: those written whole in phrases/, those that templates.yaml builds."""

from __future__ import annotations

import random
import re
import string
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from promptlint.brief.classifier import LABELS, prepared

FOLDER = Path(__file__).parent
_SLOT = re.compile(r"\{(\w+)\}")
RARE = 5
"""Words that stand in no more phrases than this are made up in some copies of them."""

Example = tuple[str, str]
"""A phrase as the classifier sees it, and its section."""


def written(folder: str) -> list[Example]:
    """Return the phrases of the files of a folder (`phrases`, `heldout`), one file a section."""
    return [
        (prepared(line), section)
        for section in LABELS
        for line in (FOLDER / folder / f"{section}.txt").read_text("utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]


def built(seed: int) -> Iterator[Example]:
    """Yield the phrases that the templates build, the same ones for the same seed."""
    source: dict[str, Any] = yaml.safe_load((FOLDER / "templates.yaml").read_text("utf-8"))
    chance = random.Random(seed)
    for section, wanted in source["sections"].items():
        patterns: list[str] = wanted["patterns"]
        seen: set[str] = set()
        for number in range(wanted["count"]):
            pattern = patterns[number % len(patterns)]
            phrase = _SLOT.sub(lambda slot: str(chance.choice(source["slots"][slot.group(1)])), pattern)
            if phrase not in seen:
                seen.add(phrase)
                yield prepared(phrase), section


def masked(rows: list[Example], seed: int) -> Iterator[Example]:
    """Yield copies of phrases with made-up words for their rare ones, as many of a section as templates.yaml says.

    What the classifier is asked is full of words that it never saw. So it has to learn what the others say of a phrase:
    its small words, its endings, its order, and that of a lone unknown word nothing is sure.
    """
    source: dict[str, Any] = yaml.safe_load((FOLDER / "templates.yaml").read_text("utf-8"))
    chance = random.Random(seed)
    known = Counter(word for phrase, _ in rows for word in phrase.split())
    for phrase, section in rows:
        words = phrase.split()
        if all(known[word] > RARE for word in words):
            continue
        for _ in range(source["masked"][section]):
            yield " ".join(_made_up(word, chance) if known[word] <= RARE else word for word in words), section


def _made_up(word: str, chance: random.Random) -> str:
    """Return a word that nobody knows, with the ending of this one."""
    if not word.isalpha() or len(word) < 4:
        return word
    return "".join(chance.choice(string.ascii_lowercase) for _ in range(chance.randint(2, 6))) + word[-3:]


def phrases(seed: int) -> list[Example]:
    """Return the phrases written and built: none that is held out, none twice."""
    held = {phrase for phrase, _ in written("heldout")}
    unique = dict(built(seed)) | dict(written("phrases"))
    return [(phrase, section) for phrase, section in unique.items() if phrase not in held]


def examples(seed: int) -> list[Example]:
    """Return all that the classifier learns from, shuffled."""
    rows = phrases(seed)
    rows += list(masked(rows, seed))
    random.Random(seed).shuffle(rows)
    return rows


def vocabulary(seed: int) -> set[str]:
    """Return the words that the classifier learnt, the made-up ones left out."""
    return {word for phrase, _ in phrases(seed) for word in phrase.split()}
