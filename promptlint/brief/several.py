"""Texts that describe several pictures, of which each has its own light and lens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

_LIST_MARK = re.compile(r"(?m)(?:^|[;:,.])[ \t]*(?:\d{1,2}[.)]|[-*•])[ \t]")
_NUMBERED = re.compile(r"(?:^|[\s;:,.；：，。(])(?:\d{1,2}[.)、]|[①-⑳])\s?(?=[^\W\d])")


class Several:
    """Tells by the words of several.yaml, and by lists."""

    def __init__(self, table: Mapping[str, Iterable[str]]) -> None:
        self._table = table

    @cached_property
    def _said(self) -> re.Pattern[str]:
        words, numbered, placed, parts = (
            "|".join(re.escape(word.lower()) for word in self._table[key])
            for key in ("words", "numbered", "placed", "parts")
        )
        # Minding no case takes three times as long as a text in small letters.
        return re.compile(rf"\b(?:{words}|(?:{numbered}) ?\d|(?:{placed}) (?:{parts}))\b")

    def pictures(self, text: str) -> bool:
        """Tell whether a text describes several pictures: panels, frames, a numbered list of shots."""
        return bool(self._said.search(text.lower())) or len(_NUMBERED.findall(text)) > 2

    def things(self, text: str) -> bool:
        """Tell whether a text describes several pictures, or things in a list, which may well share words."""
        return bool(self._said.search(text.lower())) or len(_LIST_MARK.findall(text)) > 1
