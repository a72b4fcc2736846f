"""The reach of words that take away what follows: negators ("no", "without"), comparisons ("like a")."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from promptlint.brief.normalise import Normalised
from promptlint.brief.phrases import Phrase
from promptlint.source import Span

CUE, COMPARISON, EXEMPT = "negation.cue", "negation.comparison", "negation.exempt"
"""Concepts of the words of negation.yaml: they are found with all other terms, so that a longer term shields them.

Below CUE stands the kind: absent, lacking, away, contrast, order, statement, instead.
"""

MAX_WORDS = 6
"""How many words a cue reaches, where nothing stops it earlier."""

_BEFORE = 64
"""How many characters before a cue are looked at for a joiner or the mark of a list."""

_WORD = re.compile(r"[^\s—]+|—")
_END = " .,;:!?"
_LISTED = re.compile(r"(?:^|[\n\r])[ \t]*(?:[-*•#>]|\d+[.)])?[ \t]*$|\s[-*•][ \t]*$")


@dataclass(frozen=True, slots=True)
class Negation:
    """What a text says must not be there: `span` is the negator with its reach, `target` what is negated by name.

    `cut` is what can be taken out with it and leaves a sentence whole; None where nothing can.
    """

    kind: str
    span: Span
    target: Span
    cut: Span | None = None


class Negators:
    """Finds what cues reach, by the words of negation.yaml."""

    def __init__(self, table: Mapping[str, Sequence[str]]) -> None:
        self._stops = frozenset(table["stops"])
        self._quantifiers = frozenset(table["quantifiers"])
        self._relative = frozenset(table["relative"])
        self._verbs = frozenset(table["verbs"])
        self._joiners = frozenset(table["joiners"])
        self._closers = frozenset(table["closers"])

    def reaches(
        self, text: Normalised, cues: Iterable[tuple[int, int, str]], phrases: Sequence[Phrase]
    ) -> list[Negation]:
        """Return what each cue reaches, in the text's offsets.

        `cues` are places in the normalised text, in order, each with its kind.
        """
        ends = [phrase.span.end for phrase in phrases]
        found = list(cues)
        out: list[Negation] = []
        for index, (start, end, kind) in enumerate(found):
            at = text.span(start, end)
            number = bisect_right(ends, at.start)
            if number == len(ends):
                continue
            limit = ends[number]
            if index + 1 < len(found):
                limit = min(limit, max(at.end, text.span(*found[index + 1][:2]).start))
            words = self._words(text, end, limit)
            if not words:
                continue
            span = Span(at.start, words[-1][1].end)
            named = next((at for at, (word, _) in enumerate(words) if word not in self._quantifiers), len(words) - 1)
            target = Span(words[named][1].start, span.end)
            alone = words[named][0] not in self._relative and self._verbs.isdisjoint(word for word, _ in words)
            cut = self._cut(text, span, start, end, phrases[number]) if alone else None
            out.append(Negation(kind, span, target, cut))
        return out

    def _words(self, text: Normalised, start: int, limit: int) -> list[tuple[str, Span]]:
        """Return the words that a cue reaches."""
        out: list[tuple[str, Span]] = []
        for match in _WORD.finditer(text.strict, start):
            word = match.group().strip(_END)
            span = text.span(match.start(), match.start() + len(match.group().rstrip(_END)))
            if span.start >= limit or len(out) == MAX_WORDS or word in self._stops or word == "—":
                break
            if word:
                out.append((word, Span(span.start, min(span.end, limit))))
        while out and out[-1][0] in self._joiners:
            out.pop()
        return out

    def _cut(self, text: Normalised, span: Span, start: int, end: int, phrase: Phrase) -> Span | None:
        """Return the span and the joiner before it, where it ends its phrase and what is left can stand alone."""
        if phrase.span.end > span.end + 1:
            return None
        before = max(0, start - _BEFORE)
        if phrase.span.start >= span.start:
            return None if _LISTED.search(text.strict, before, start) else span
        words = text.strict[before:start].split()
        if words and words[-1] in self._joiners:
            at = text.strict.rindex(words[-1], before, start)
            first = text.span(at, at).start
            return Span(first, span.end) if first > phrase.span.start else None
        return span if text.strict[start:end] in self._closers else None
