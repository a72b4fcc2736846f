"""Gives every word of a prompt a section: from its label, from the mention it belongs to, from its neighbours.

A phrase that neither a label nor a mention decides is left to a judge; what that leaves open follows its neighbour.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from promptlint.brief.phrases import Phrase
from promptlint.source import Span

if TYPE_CHECKING:
    from promptlint.brief.model import Mention

Judge = Callable[[Sequence[str]], Sequence[str | None]]
"""Gives the section of each of some phrases, `none` for what no section holds, None where it can't tell."""

# Labels that name one narrow thing win over what a word would be elsewhere: a window under "Lighting" is a light.
NARROW = frozenset({"lighting", "camera", "film", "color", "skin", "negative"})

_JOINT = re.compile(
    r"\b(?:and|with|in|on|at|by|near|under|against|behind|beside|inside|outside|while|wearing|holding|featuring"
    r"|who|that|which|is|are|as|from|through|over|for|shot|captured|creating|showing)\b",
    re.IGNORECASE,
)


def assign(
    text: str, phrases: Sequence[Phrase], mentions: Sequence[Mention], judge: Judge | None = None
) -> dict[str, tuple[Span, ...]]:
    """Return the spans of each section, in the order of the text, without overlap."""
    by_phrase: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_phrase.setdefault(mention.phrase, []).append(mention)
    judged = _judged(text, phrases, undecided(phrases, mentions), judge)
    runs: list[tuple[str, Span]] = []
    previous = "subject"
    for number, phrase in enumerate(phrases):
        if number in judged:
            own = [(judged[number], phrase.span)]
        else:
            own = _phrase(text, phrase, by_phrase.get(number, ()), previous)
        runs.extend(own)
        if own and own[-1][0] != "none":
            previous = own[-1][0]
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


def undecided(phrases: Sequence[Phrase], mentions: Sequence[Mention]) -> list[int]:
    """Return the numbers of the phrases whose section neither a label nor a mention says."""
    decided = {mention.phrase for mention in mentions if mention.section != "none"}
    return [number for number, phrase in enumerate(phrases) if phrase.label is None and number not in decided]


def _judged(text: str, phrases: Sequence[Phrase], numbers: Sequence[int], judge: Judge | None) -> dict[int, str]:
    """Return what a judge says of the phrases with these numbers, where it says anything."""
    if judge is None or not numbers:
        return {}
    spans = [phrases[number].span for number in numbers]
    answers = judge([text[span.start : span.end] for span in spans])
    return {number: section for number, section in zip(numbers, answers, strict=True) if section}


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
