"""Things of which a prompt means one at a time: "35mm or 50mm", "golden hour, then blue hour", "f/1.8 to f/2.8"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from promptlint.source import Span

MAX_WORDS = 8
"""How many words may stand between a word such as "or" and either of the two things."""

MAX_BETWEEN = 3
"""How many words may stand between two ends of a range."""

_OR_BEHIND = re.compile(r"(?i)\W{1,3}(?:\w+\W+)?(?:and/)?or\b")
_OR_BEFORE = re.compile(r"(?i)\bor\s+(?:\w+\s+)?$")
_WORD = re.compile(r"[^\W_]+")


class Alternatives:
    """Finds what stands between two alternatives, or between two ends of a range."""

    def __init__(self, alternatives: Collection[str], ranges: Iterable[str], leads: Iterable[str]) -> None:
        self._most = 2 * MAX_WORDS + max(len(_WORD.findall(one)) for one in alternatives)
        """Words beyond which what stands between two things is too long for any alternative."""
        self._leads = re.compile(rf"(?i)\b(?:{'|'.join(leads)})\W*(?:\w+\W+)?$")
        self._alternatives = _pattern(alternatives)
        self._ranges = _pattern(ranges)

    def between(self, text: str, one: Span, other: Span) -> bool:
        """Tell whether words between two spans say that only one of them holds at a time."""
        if self._is_hedged(text, one) or self._is_hedged(text, other):
            return True
        first, second = sorted((one, other))
        gap = text[first.end : second.start]
        if "\n\n" in gap:
            return False
        gap = gap.lower()
        words = len(_WORD.findall(gap))
        if words > self._most:
            return False
        if words <= MAX_BETWEEN and (
            self._leads.search(text[max(first.start - 20, 0) : first.start]) or self._ranges.search(gap)
        ):
            return True
        for found in self._alternatives.finditer(gap):
            if max(len(_WORD.findall(gap[: found.start()])), len(_WORD.findall(gap[found.end() :]))) <= MAX_WORDS:
                return True
        return False

    def _is_hedged(self, text: str, span: Span) -> bool:
        """Tell whether a thing is one of two by itself: "sunlight or a lamp"."""
        return bool(_OR_BEHIND.match(text, span.end) or _OR_BEFORE.search(text[max(span.start - 24, 0) : span.start]))


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    spelled = sorted(words, key=len, reverse=True)
    # Scripts without spaces have no word boundaries.
    letters = "|".join(re.escape(one) for one in spelled if one.isascii() and one[-1].isalpha())
    marks = "|".join(re.escape(one) for one in spelled if not (one.isascii() and one[-1].isalpha()))
    return re.compile(rf"(?<!\w)(?:{letters})(?!\w)" + (f"|(?:{marks})" if marks else ""))
