"""Whether a prompt is written in the language that the knowledge knows."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+")
_OTHER_LETTER = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]")
_LETTER = re.compile(r"[^\W\d_]")
_OTHER_SHARE = 0.3
"""The share of letters of another script from which on a prompt is in another language."""
_LEAST = 3


class Language:
    """Tells English from what only looks as if it said nothing."""

    def __init__(self, foreign: Iterable[str], english: Iterable[str]) -> None:
        self._foreign, self._english = frozenset(foreign), frozenset(english)

    def is_english(self, text: str) -> bool:
        """Tell whether a text is English, as far as letters and small words show; a list of names passes."""
        if not text.isascii() and len(_OTHER_LETTER.findall(text)) > _OTHER_SHARE * len(_LETTER.findall(text)):
            return False
        words = _WORD.findall(text.lower())
        foreign = sum(word in self._foreign for word in words)
        return foreign < _LEAST or foreign <= sum(word in self._english for word in words)
