"""A copy of the text that terms can be found in: lower case, one spelling of hyphens, quotes and spaces.

Spans of the copy lead back to the text by `Normalised.span`; the text itself is never changed.
"""

from __future__ import annotations

import re
import string
import unicodedata
from bisect import bisect_right
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


_FOLD, _WORDS = _Fold(), _Words()
_MARKS = string.punctuation.encode() + bytes(range(33)) + b"\x7f"
_ASCII_FOLD = bytes.maketrans(
    string.ascii_uppercase.encode() + b"-_\t\\~*`",
    string.ascii_lowercase.encode() + b"       ",
)
_ASCII_WORDS = bytes.maketrans(_MARKS, b" " * len(_MARKS))
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")


def _mapped(text: str, ascii_table: bytes, table: dict[int, str]) -> str:
    """Return the text with each character mapped; ASCII goes by bytes, which is many times as fast."""
    mapped = text.encode("ascii", "replace").translate(ascii_table).decode("ascii")
    if text.isascii():
        return mapped
    parts: list[str] = []
    at = 0
    for match in _BEYOND_ASCII.finditer(text):
        start, end = match.span()
        parts += mapped[at:start], match.group().translate(table)
        at = end
    parts.append(mapped[at:])
    return "".join(parts)


def _folded(text: str) -> str:
    return _mapped(text, _ASCII_FOLD, _FOLD)


def _only_words(folded: str) -> str:
    return _mapped(folded, _ASCII_WORDS, _WORDS)


class Normalised:
    """The copies of one text, of one length.

    `strict` keeps punctuation; `words` has spaces for it, so that a term between spaces is a term between word
    boundaries.
    """

    __slots__ = ("_cuts", "_shifts", "is_aligned", "strict", "words")

    def __init__(self, text: str) -> None:
        strict = _folded(text)
        if "\\" in text:
            strict = _folded(_ESCAPED_BREAK.sub(" \n", text))
        self.is_aligned = "  " not in strict
        """Whether offsets of the copies are offsets of the text."""
        if not self.is_aligned:
            self._cuts, self._shifts, strict = _collapse(strict)
        self.strict = strict
        self.words = _only_words(strict)

    def between(self, raw: str, start: int, end: int) -> list[str]:
        """Return the words between two offsets of the raw text."""
        if self.is_aligned:
            return self.words[start:end].split()
        return term_words(raw[start:end]).split()

    def span(self, start: int, end: int) -> Span:
        """Return the span of the text for a span of `strict`."""
        if self.is_aligned:
            return Span(start, end)
        first = start + self._shifts[bisect_right(self._cuts, start)]
        return Span(first, end + self._shifts[bisect_right(self._cuts, end - 1)] if end > start else first)


def _collapse(text: str) -> tuple[list[int], list[int], str]:
    """Return the text with runs of spaces made one, where characters were left out, and how many up to there."""
    cuts: list[int] = []
    shifts = [0]
    parts: list[str] = []
    at = 0
    for match in _RUNS.finditer(text):
        start, end = match.span()
        parts.append(text[at : start + 1])
        cuts.append(start + 1 - shifts[-1])
        shifts.append(shifts[-1] + end - start - 1)
        at = end
    parts.append(text[at:])
    return cuts, shifts, "".join(parts)


@lru_cache(maxsize=4096)
def term_words(term: str) -> str:
    """Return a term as it looks in `Normalised.words`."""
    return " ".join(_only_words(_folded(term)).split())
