"""All terms of all concepts in one table, compiled once and kept, and found in one pass over a text's words."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from promptlint.brief.knowledge import BUILTIN, MAX_WORDS, Concept, above
from promptlint.brief.normalise import Normalised
from promptlint.brief.table import Packed, Table
from promptlint.compiled import cached

_WORD = re.compile(r"\S+")


class Hit(NamedTuple):
    """A term found: its place in the normalised text, and its concept's number in the lexicon."""

    start: int
    end: int
    concept: int


class Tables(msgspec.Struct):
    """The knowledge that is not terms: labels, negation, context, intent, what adjectives speak of, what can be read,
    small words, grounds for choosing, scenes, British spelling."""

    labels: dict[str, str]
    negation: dict[str, list[str]]
    context: list[dict[str, Any]]
    intent: dict[str, Any]
    targets: dict[str, list[str]]
    sections: dict[str, Any]
    reading: dict[str, Any]
    small_words: list[str]
    choices: dict[str, list[str]]
    scenes: dict[str, dict[str, list[str]]]
    british: dict[str, str]


class Compiled(msgspec.Struct):
    """The knowledge in the form that loads fastest.

    `terms` are all terms with the numbers of their concepts. `first` are the first words of terms, with one bit if it
    is a term by itself and a second if longer terms begin so. `pairs` are the first two words of terms, with a bit for
    every number of words that such a term may have.
    """

    concepts: list[tuple[str, str, dict[str, Any]]]
    terms: Packed
    first: Packed
    pairs: Packed
    tables: Tables


class Lexicon:
    """Finds terms. `concept(hit.concept)` is what a hit stands for."""

    def __init__(self, compiled: Compiled) -> None:
        self.tables = compiled.tables
        self._rows = compiled.concepts
        self._concepts: list[Concept | None] = [None] * len(compiled.concepts)
        self._terms, self._first, self._pairs = Table(compiled.terms), Table(compiled.first), Table(compiled.pairs)

    def __len__(self) -> int:
        return len(self._terms)

    def concept(self, number: int) -> Concept:
        """Return the concept of a number; concepts are made when they are first met."""
        found = self._concepts[number]
        if found is None:
            found = self._concepts[number] = Concept(*self._rows[number])
        return found

    def names(self) -> set[str]:
        """Return what rules may name: all concepts and those above them, what words become beside others, scenes."""
        made = [name for name, _, _ in self._rows] + [row["become"] for row in self.tables.context]
        return {name for one in made for name in above(one)} | {f"scene:{name}" for name in self.tables.scenes}

    def items(self) -> list[tuple[str, Concept]]:
        """Return every term with its concept."""
        return [(term, self.concept(owner)) for term, owner in self._terms.items()]

    def find(self, text: Normalised) -> list[Hit]:
        """Return the terms in a text, of those that overlap the leftmost, of those the longest."""
        words, terms, pairs = text.words, self._terms, self._pairs
        all_words = words.split()
        spans = [match.span() for match in _WORD.finditer(words)]
        last = len(spans) - 1
        hits: list[Hit] = []
        at = 0
        # `words` has one space more in front than the text.
        for index, begins in enumerate(map(self._first.get, all_words)):
            if begins is None:
                continue
            start, stop = spans[index]
            if start < at:
                continue
            if begins > 1 and index < last:
                mask = pairs.get(f"{all_words[index]} {all_words[index + 1]}")
                if mask is not None:
                    found = self._longest(text, spans, index, mask)
                    if found is not None:
                        hits.append(found)
                        at = found.end + 1
                        continue
            if begins & 1:
                owner = terms.get(all_words[index])
                if owner is not None:
                    hits.append(Hit(start - 1, stop - 1, owner))
                    at = stop
        return hits

    def _longest(self, text: Normalised, spans: list[tuple[int, int]], index: int, mask: int) -> Hit | None:
        """Return the longest term of several words that begins at a word."""
        words, joints = text.words, text.joints
        start = spans[index][0]
        for count in _COUNTS[mask]:
            if index + count <= len(spans):
                stop = spans[index + count - 1][1]
                owner = self._terms.get(words[start:stop])
                # `joints` still shows the commas that part words.
                if owner is not None and joints[start - 1 : stop - 1] == words[start:stop]:
                    return Hit(start - 1, stop - 1, owner)
        return None


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
