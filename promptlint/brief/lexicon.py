"""All terms of all concepts in one table, compiled once and kept, and found in one pass over a text's words."""

from __future__ import annotations

import array
import re
import sys
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from promptlint.brief.knowledge import BUILTIN, Concept
from promptlint.brief.normalise import Normalised
from promptlint.compiled import cached

_WORD = re.compile(r"\S+")


class Hit(NamedTuple):
    """A term found: its place in the normalised text, and its concept's number in the lexicon."""

    start: int
    end: int
    concept: int


class Tables(msgspec.Struct):
    """The knowledge that is not terms: labels, negation, context, intent, what adjectives speak of, small words."""

    labels: dict[str, str]
    negation: dict[str, list[str]]
    context: list[dict[str, Any]]
    intent: dict[str, Any]
    targets: dict[str, list[str]]
    small_words: list[str]


class Compiled(msgspec.Struct):
    """The knowledge in the form that loads fastest.

    `terms` are all terms, one a line; `owners` the numbers of their concepts as unsigned 16-bit integers, `first`
    the first words of terms, one a line, and `lengths`, for each of these, a bit for every number of words that a
    term which begins so may have.
    """

    concepts: list[tuple[str, str, dict[str, Any]]]
    terms: str
    owners: bytes
    first: str
    lengths: bytes
    tables: Tables


def packed(numbers: Iterable[int]) -> bytes:
    """Return numbers below 65,536 as bytes, two each, the lower first."""
    return _ordered(array.array("H", numbers)).tobytes()


def _unpacked(data: bytes) -> array.array[int]:
    numbers = array.array("H")
    numbers.frombytes(data)
    return _ordered(numbers)


def _ordered(numbers: array.array[int]) -> array.array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


class Lexicon:
    """Finds terms. `concept(hit.concept)` is what a hit stands for."""

    def __init__(self, compiled: Compiled) -> None:
        self.tables = compiled.tables
        self._rows = compiled.concepts
        self._concepts: list[Concept | None] = [None] * len(compiled.concepts)
        self._terms = dict(zip(compiled.terms.split("\n"), _unpacked(compiled.owners), strict=True))
        self._lengths = dict(zip(compiled.first.split("\n"), _unpacked(compiled.lengths), strict=True))

    def __len__(self) -> int:
        return len(self._terms)

    def concept(self, number: int) -> Concept:
        """Return the concept of a number; concepts are made when they are first met."""
        found = self._concepts[number]
        if found is None:
            found = self._concepts[number] = Concept(*self._rows[number])
        return found

    def items(self) -> list[tuple[str, Concept]]:
        """Return every term with its concept."""
        return [(term, self.concept(owner)) for term, owner in self._terms.items()]

    def find(self, text: Normalised) -> list[Hit]:
        """Return the terms in a text, of those that overlap the leftmost, of those the longest."""
        words, joints = text.words, text.joints
        terms, lengths = self._terms, self._lengths
        spans = [match.span() for match in _WORD.finditer(words)]
        hits: list[Hit] = []
        at = 0
        for index, (start, end) in enumerate(spans):
            if start < at:
                continue
            mask = lengths.get(words[start:end])
            if mask is None:
                continue
            for count in _COUNTS[mask]:
                if index + count > len(spans):
                    continue
                stop = spans[index + count - 1][1]
                owner = terms.get(words[start:stop])
                # `words` has one space more in front than `joints`, which still shows the commas that part words.
                if owner is not None and (count == 1 or joints[start - 1 : stop - 1] == words[start:stop]):
                    hits.append(Hit(start - 1, stop - 1, owner))
                    at = stop
                    break
        return hits


MAX_WORDS = 8
"""The longest term, in words."""

_COUNTS = [tuple(n for n in range(MAX_WORDS, 0, -1) if mask >> (n - 1) & 1) for mask in range(1 << MAX_WORDS)]


def sources(extra: tuple[Path, ...] = ()) -> list[Path]:
    """Return the knowledge files, the built-in ones first, then the user's."""
    return [*sorted(BUILTIN.glob("*.yaml")), *extra]


@lru_cache(maxsize=8)
def load(extra: tuple[Path, ...] = ()) -> Lexicon:
    """Return the lexicon of the built-in knowledge and of the user's files, from the cache where it is there.

    Raises KnowledgeError where a file can't be used.
    """

    def build() -> Compiled:
        from promptlint.brief.compiling import compile_knowledge

        return compile_knowledge(sources(extra))

    return Lexicon(cached("lexicon", sources(extra), Compiled, build, own=not extra))
