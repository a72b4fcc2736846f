"""Labelled prompts, one section a line: `Lighting: soft window light`."""

from __future__ import annotations

import re

from promptlint.hosts.line_words import line_words

_LABEL = re.compile(r"\s*(?:[-*+•]\s+|\d{1,3}[.)]\s+|#{1,6}\s+)?[*_]{0,2}([^\W\d_][\w &/'-]{0,39}?)[*_]{0,2} ?[:：]")


def label_of(line: str) -> str | None:
    """Return the known label that a line starts with, in lower case, whatever its decoration."""
    match = _LABEL.match(line)
    if match is None:
        return None
    label = " ".join(match.group(1).lower().split())
    return label if label in line_words().labels else None
