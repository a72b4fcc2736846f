"""A copy of the text that terms can be found in: lower case, one spelling of hyphens, quotes and spaces.

Spans of the copy lead back to the text by `Normalised.span`; the text itself is never changed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from promptlint.source import Span

_RUNS = re.compile(r" {2,}")
_ESCAPED_BREAK = re.compile(r"\\[nrt]")
_TO_SPACE = "-_\t\u00a0\u2009\u200a\u202f\u2010\u2011\u2012\\~*`"
_TO_STRAIGHT = {
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "“": '"',
    "”": '"',
    "–": " ",
    "ƒ": "f",
    "×": "x",
    "：": ":",
    "，": ",",
    "。": ".",
}


_CROSSED = str.maketrans("'&/+", "    ")


class _Fold(dict[int, str]):
    """Folds a character on first sight and remembers it; the length never changes."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in _TO_SPACE:
            folded = " "
        elif char in _TO_STRAIGHT:
            folded = _TO_STRAIGHT[char]
        elif code < 128:
            folded = char.lower()
        else:
            compatible = unicodedata.normalize("NFKC", char).lower()
            folded = compatible if len(compatible) == 1 else char
        self[code] = folded
        return folded


class _Words(dict[int, str]):
    """Keeps letters, digits and accents; everything else becomes a space."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = folded = char if char.isalnum() or unicodedata.combining(char) else " "
        return folded


_fold, _words = _Fold(), _Words()


class Normalised:
    """The copies of one text.

    `strict` keeps punctuation; `words` has spaces for it, and one more at either end, so that a term between spaces
    is a term between word boundaries. `joints` keeps only the punctuation that no term goes over: a hit in `words`
    that is another text in `joints` spans a comma or a full stop, and is none.
    """

    __slots__ = ("_offsets", "joints", "strict", "words")

    def __init__(self, text: str) -> None:
        strict = text.translate(_fold)
        if "\\" in text:
            strict = _ESCAPED_BREAK.sub(" \n", text).translate(_fold)
        self._offsets: list[int] | None = None
        if "  " in strict:
            self._offsets, strict = _collapse(strict)
        self.strict = strict
        self.words = f" {strict.translate(_words)} "
        self.joints = strict.translate(_CROSSED) if any(char in strict for char in "'&/+") else strict

    def between(self, raw: str, span: Span) -> list[str]:
        """Return the words in a span of the raw text."""
        if self._offsets is None:
            return self.words[span.start + 1 : span.end + 1].split()
        return term_words(raw[span.start : span.end]).split()

    def span(self, start: int, end: int) -> Span:
        """Return the span of the text for a span of `strict`."""
        if self._offsets is None:
            return Span(start, end)
        return Span(self._offsets[start], self._offsets[end - 1] + 1 if end > start else self._offsets[start])


def _collapse(text: str) -> tuple[list[int], str]:
    """Return the text with runs of spaces made one, and the old offset of each character and of the end."""
    offsets: list[int] = []
    parts: list[str] = []
    at = 0
    for match in _RUNS.finditer(text):
        keep = match.start() + 1
        parts.append(text[at:keep])
        offsets.extend(range(at, keep))
        at = match.end()
    parts.append(text[at:])
    offsets.extend(range(at, len(text) + 1))
    return offsets, "".join(parts)


@lru_cache(maxsize=4096)
def term_words(term: str) -> str:
    """Return a term as it looks in `Normalised.words`, without the spaces around it."""
    return " ".join(term.translate(_fold).translate(_words).split())
