"""A table of words that costs nothing to load: asked by halving at first, kept as a dictionary once that has paid."""

from __future__ import annotations

import array
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

_WORTH = 200
"""A dictionary of so many words takes as long to make as one search by halving, each step of which waits for memory."""


class Packed(msgspec.Struct):
    """Words in the order of their code points, one a line, where each begins, and the number of each."""

    words: str
    starts: bytes
    numbers: bytes


def packed(numbers: Mapping[str, int]) -> Packed:
    """Return words with their numbers, packed."""
    rows = sorted(numbers.items())
    starts, at = [0], 0
    for word, _ in rows:
        at += len(word) + 1
        starts.append(at)
    kind = "H" if all(number < 1 << 16 for _, number in rows) else "I"
    return Packed("\n".join(word for word, _ in rows), offsets(starts), _bytes(kind, (one for _, one in rows)))


def offsets(numbers: Iterable[int]) -> bytes:
    """Return numbers below 2^32, packed."""
    return _bytes("I", numbers)


def unpacked_offsets(data: bytes) -> Sequence[int]:
    """Return the numbers that `offsets` packed."""
    return _unpacked("I", data)


def _bytes(kind: str, numbers: Iterable[int]) -> bytes:
    return _ordered(array.array(kind, numbers)).tobytes()


def _unpacked(kind: str, data: bytes) -> array.array[int]:
    numbers = array.array(kind)
    numbers.frombytes(data)
    return _ordered(numbers)


def _ordered(numbers: array.array[int]) -> array.array[int]:
    """Return numbers with the lowest byte first, as they are kept."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


class Table:
    """Finds the number of a word. `get` is None for a word that is not there."""

    __slots__ = ("_asked", "_numbers", "_starts", "_words", "get")

    def __init__(self, rows: Packed) -> None:
        self._words = rows.words
        self._starts = _unpacked("I", rows.starts)
        wide = len(rows.numbers) > 2 * (len(self._starts) - 1)
        self._numbers: Sequence[int] = _unpacked("I" if wide else "H", rows.numbers)
        self._asked = 0
        self.get: Callable[[str], int | None] = self._search

    def __len__(self) -> int:
        return len(self._numbers)

    def items(self) -> Iterable[tuple[str, int]]:
        """Return the words with their numbers."""
        return zip(self._words.split("\n"), self._numbers, strict=True) if self._numbers else ()

    def rows(self, start: int, end: int) -> Iterable[tuple[str, int]]:
        """Return some words, by their places in the order of all, with their numbers."""
        words = self._words[self._starts[start] : self._starts[end] - 1]
        return zip(words.split("\n"), self._numbers[start:end], strict=True) if start < end else ()

    def _search(self, word: str) -> int | None:
        self._asked += 1
        if self._asked * _WORTH > len(self._numbers):
            self.get = dict(self.items()).get
            return self.get(word)
        words, starts = self._words, self._starts
        low, high = 0, len(self._numbers)
        while low < high:
            middle = (low + high) >> 1
            if words[starts[middle] : starts[middle + 1] - 1] < word:
                low = middle + 1
            else:
                high = middle
        if low < len(self._numbers) and words[starts[low] : starts[low + 1] - 1] == word:
            return self._numbers[low]
        return None
