"""The phrases to learn from: those written whole in phrases/, those that templates.yaml builds."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from promptlint.brief.classifier import LABELS, prepared

FOLDER = Path(__file__).parent
_SLOT = re.compile(r"\{(\w+)\}")
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


def examples(seed: int) -> list[Example]:
    """Return all that the classifier learns from, shuffled: none that is held out, none twice."""
    held = {phrase for phrase, _ in written("heldout")}
    unique = {phrase: section for phrase, section in built(seed) if phrase not in held}
    unique.update((phrase, section) for phrase, section in written("phrases") if phrase not in held)
    rows = list(unique.items())
    random.Random(seed).shuffle(rows)
    return rows
