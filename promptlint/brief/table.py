"""Words in groups that cost next to nothing to load: a group is taken apart when it is asked for."""

from __future__ import annotations

import array
import sys
from collections.abc import Iterable

import msgspec


class Packed(msgspec.Struct):
    """The words of all groups, one a line, with their numbers.

    `places` are where the groups begin, in characters of `words`; `counts` how many words stand before each.
    """

    words: str
    places: bytes
    counts: bytes
    numbers: bytes


def packed(groups: Iterable[Iterable[tuple[str, int]]]) -> Packed:
    """Return words with their numbers, below 2^32, packed by group."""
    words: list[str] = []
    numbers: list[int] = []
    places, counts = [0], [0]
    for group in groups:
        rows = list(group)
        words.append("\n".join(word for word, _ in rows))
        numbers += [number for _, number in rows]
        places.append(places[-1] + len(words[-1]) + 1)
        counts.append(len(numbers))
    return Packed("\n".join(words), _bytes(places), _bytes(counts), _bytes(numbers))


def _bytes(numbers: Iterable[int]) -> bytes:
    return _ordered(array.array("I", numbers)).tobytes()


def _unpacked(data: bytes) -> array.array[int]:
    numbers = array.array("I")
    numbers.frombytes(data)
    return _ordered(numbers)


def _ordered(numbers: array.array[int]) -> array.array[int]:
    """Return numbers with the lowest byte first, as they are kept."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


class Groups:
    """Groups of words with their numbers."""

    __slots__ = ("_counts", "_numbers", "_places", "_words")

    def __init__(self, packed: Packed) -> None:
        self._words = packed.words
        self._places, self._counts, self._numbers = map(_unpacked, (packed.places, packed.counts, packed.numbers))

    def __len__(self) -> int:
        """The number of words."""
        return len(self._numbers)

    def rows(self, group: int) -> Iterable[tuple[str, int]]:
        """Return the words of a group, numbered from 0, with their numbers."""
        words = self._words[self._places[group] : self._places[group + 1] - 1]
        numbers = self._numbers[self._counts[group] : self._counts[group + 1]]
        # A group without words has an empty line all the same.
        return zip(words.split("\n"), numbers, strict=False)
