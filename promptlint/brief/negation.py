"""The reach of words that take away what follows: negators ("no", "without"), comparisons ("like a")."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache

from promptlint.brief.normalise import Normalised
from promptlint.brief.phrases import Phrase
from promptlint.source import Span

MAX_WORDS = 6
"""How many words a cue reaches, where nothing stops it earlier."""

_WORD = re.compile(r"[^\s]+")


class Reach:
    """Finds what cue words reach. The words come from the knowledge: cues, phrases that exempt, words that end it."""

    def __init__(self, words: Mapping[str, Sequence[str]], cues: str) -> None:
        self._cue = _any_of(words[cues])
        self._exempt = _any_of(words["exempt"])
        self._stops = frozenset(words["stops"])

    def find(self, text: Normalised, phrases: Sequence[Phrase]) -> list[Span]:
        """Return spans from each cue to the end of its reach, in the text's offsets."""
        cues = list(self._cue.finditer(text.strict))
        if not cues:
            return []
        out: list[Span] = []
        ends = [phrase.span.end for phrase in phrases]
        exempt = [match.span() for match in self._exempt.finditer(text.strict)]
        for match in cues:
            if any(start <= match.start() < end for start, end in exempt):
                continue
            at = text.span(*match.span())
            number = bisect_right(ends, at.start)
            end = ends[number] if number < len(ends) else at.end
            stop = self._reach(text, match.end(), end)
            if stop > at.end:
                out.append(Span(at.start, stop))
        return out

    def _reach(self, text: Normalised, start: int, phrase_end: int) -> int:
        last = text.span(start, start).start
        for count, word in enumerate(_WORD.finditer(text.strict, start)):
            span = text.span(*word.span())
            if span.start >= phrase_end or count >= MAX_WORDS or word.group().strip(".,;:!?") in self._stops:
                break
            last = min(span.end, phrase_end)
        return last


@lru_cache(maxsize=8)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(word.lower()) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![\w'])(?:{alternatives or '(?!)'})(?![\w'])")


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    return _pattern(tuple(words))
