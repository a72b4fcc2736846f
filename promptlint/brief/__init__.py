"""From a syntax tree to a brief: what the prompt says as a photographer would read it."""

from __future__ import annotations

from promptlint.brief.knowledge import RULE_SECTIONS, SECTIONS, Concept
from promptlint.brief.model import Brief, Evidence, Intent, Mention
from promptlint.brief.negation import Negation
from promptlint.brief.reader import BriefReader, reader

__all__ = [
    "RULE_SECTIONS",
    "SECTIONS",
    "Brief",
    "BriefReader",
    "Concept",
    "Evidence",
    "Intent",
    "Mention",
    "Negation",
    "reader",
]
