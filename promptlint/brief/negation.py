"""The reach of words that take away what follows: negators ("no", "without"), comparisons ("like a")."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence

from promptlint.brief.normalise import Normalised
from promptlint.brief.phrases import Phrase
from promptlint.source import Span

CUE, COMPARISON, EXEMPT = "negation.cue", "negation.comparison", "negation.exempt"
"""Concepts of the words of negation.yaml: they are found with all other terms, so that a longer term shields them."""

MAX_WORDS = 6
"""How many words a cue reaches, where nothing stops it earlier."""

_WORD = re.compile(r"\S+")


def reaches(
    text: Normalised, cues: Iterable[tuple[int, int]], phrases: Sequence[Phrase], stops: Collection[str]
) -> list[Span]:
    """Return spans from each cue to the end of its reach, in the text's offsets.

    `cues` are places in the normalised text; `stops` are words that end a reach, as the end of the phrase does.
    """
    ends = [phrase.span.end for phrase in phrases]
    out: list[Span] = []
    for start, end in cues:
        at = text.span(start, end)
        number = bisect_right(ends, at.start)
        last = _reach(text, end, ends[number] if number < len(ends) else at.end, stops)
        if last > at.end:
            out.append(Span(at.start, last))
    return out


def _reach(text: Normalised, start: int, phrase_end: int, stops: Collection[str]) -> int:
    last = text.span(start, start).start
    for count, word in enumerate(_WORD.finditer(text.strict, start)):
        span = text.span(*word.span())
        if span.start >= phrase_end or count >= MAX_WORDS or word.group().strip(".,;:!?") in stops:
            break
        last = min(span.end, phrase_end)
    return last
