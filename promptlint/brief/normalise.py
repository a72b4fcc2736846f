"""A copy of the text that terms can be found in: lower case, one spelling of hyphens, quotes and spaces.

Spans of the copy lead back to the text by `Normalised.span`; the text itself is never changed.
"""

from __future__ import annotations

import re
import string
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
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


class _Table:
    """What characters beyond ASCII become, found on first sight and remembered."""

    def __init__(self, mapped: Callable[[str], str]) -> None:
        self._mapped = mapped
        self._changes: dict[str, str] = {}
        self._kept: set[str] = set()

    def changes(self, chars: set[str]) -> list[tuple[str, str]]:
        """Return those of some characters that become another, each with that one."""
        found = chars - self._kept
        for char in found.difference(self._changes):
            self._meet(char)
        return [(char, self._changes[char]) for char in found if char in self._changes]

    def _meet(self, char: str) -> None:
        # What a character becomes stays what it is, whichever of a text's characters is replaced first.
        other, after = char, self._mapped(char)
        while after != other:
            other, after = after, self._mapped(after)
        if other == char:
            self._kept.add(char)
        else:
            self._changes[char] = other


def _fold(char: str) -> str:
    """Return a character in lower case, in its plain spelling where it has one; the length never changes."""
    if char in _TO_SPACE:
        return " "
    if char in _TO_STRAIGHT:
        return _TO_STRAIGHT[char]
    compatible = unicodedata.normalize("NFKC", char).lower()
    return compatible if len(compatible) == 1 else char


def _word(char: str) -> str:
    """Keep letters, digits and accents; everything else becomes a space."""
    return char if char.isalnum() or unicodedata.combining(char) else " "


_FOLD, _WORDS = _Table(_fold), _Table(_word)
_MARKS = string.punctuation.encode() + bytes(range(33)) + b"\x7f"
_ASCII_FOLD = bytes.maketrans(
    string.ascii_uppercase.encode() + b"-_\t\\~*`",
    string.ascii_lowercase.encode() + b"       ",
)
_ASCII_WORDS = bytes.maketrans(_MARKS, b" " * len(_MARKS))
_ASCII_TERM = _ASCII_FOLD.translate(_ASCII_WORDS)
_ASCII = bytes(range(128))


def _mapped(text: str, ascii_table: bytes, table: _Table) -> str:
    """Return the text with each character mapped, by bytes, which is many times as fast."""
    if text.isascii():
        return text.encode("ascii").translate(ascii_table).decode("ascii")
    data = text.encode("utf-8", "surrogatepass")
    beyond = set(data.translate(None, _ASCII).decode("utf-8", "surrogatepass"))
    for char, other in table.changes(beyond):
        data = data.replace(char.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))
    return data.translate(ascii_table).decode("utf-8", "surrogatepass")


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
        strict = _folded(_ESCAPED_BREAK.sub(" \n", text) if "\\" in text else text)
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
    if term.isascii():
        return " ".join(term.encode("ascii").translate(_ASCII_TERM).decode("ascii").split())
    return " ".join(_only_words(_folded(term)).split())
