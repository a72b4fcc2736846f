"""Gives every word of a prompt a section: from its label, from the mention it belongs to, from its neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence

from promptlint.brief.model import Mention
from promptlint.brief.phrases import Phrase
from promptlint.source import Span

# Labels that name one narrow thing win over what a word would be elsewhere: a window under "Lighting" is a light.
NARROW = frozenset({"lighting", "camera", "film", "color", "skin", "negative"})

_JOINT = re.compile(
    r"\b(?:and|with|in|on|at|by|near|under|against|behind|beside|inside|outside|while|wearing|holding|featuring"
    r"|who|that|which|is|are|as|from|through|over|for|shot|captured|creating|showing)\b",
    re.IGNORECASE,
)


def assign(text: str, phrases: Sequence[Phrase], mentions: Sequence[Mention]) -> dict[str, tuple[Span, ...]]:
    """Return the spans of each section, in the order of the text, without overlap."""
    by_phrase: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_phrase.setdefault(mention.phrase, []).append(mention)
    runs: list[tuple[str, Span]] = []
    previous = "subject"
    for number, phrase in enumerate(phrases):
        own = _phrase(text, phrase, by_phrase.get(number, ()), previous)
        runs.extend(own)
        previous = own[-1][0] if own else previous
    out: dict[str, list[Span]] = {}
    for section, span in runs:
        if section in ("none", "parameters"):
            continue
        spans = out.setdefault(section, [])
        if spans and text[spans[-1].end : span.start].strip() == "" and spans[-1].end <= span.start:
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
    return {section: tuple(spans) for section, spans in out.items()}


def _phrase(text: str, phrase: Phrase, mentions: Sequence[Mention], previous: str) -> list[tuple[str, Span]]:
    """Cut one phrase at its mentions: each takes the words before it back to the joint, the last all that follow."""
    if phrase.label in NARROW or phrase.label in ("none", "parameters"):
        return [(phrase.label or "none", phrase.span)]
    known = [mention for mention in mentions if mention.section != "none"]
    if not known:
        return [(phrase.label or previous, phrase.span)]
    runs: list[tuple[str, Span]] = []
    at = phrase.span.start
    for index, mention in enumerate(known):
        last = index + 1 == len(known)
        end = phrase.span.end if last else _cut(text, mention.span.end, known[index + 1].span.start)
        if end > at:
            runs.append((mention.section, Span(at, end)))
            at = end
    return runs


def _cut(text: str, start: int, end: int) -> int:
    """Return where the words between two mentions part: at the first joint, else before the second's own words."""
    joint = _JOINT.search(text, start, end)
    return joint.start() if joint else start
