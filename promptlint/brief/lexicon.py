"""All terms of all concepts in one table, compiled once and kept, and found in one pass over a text's words."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import msgspec

from promptlint.brief.knowledge import BUILTIN, MAX_WORDS, Concept, above
from promptlint.brief.normalise import Normalised
from promptlint.brief.table import Packed, Table, unpacked_offsets
from promptlint.compiled import cached

Hit = tuple[int, int, Concept]
"""A term found: where it starts and ends in the normalised text, and what it stands for."""

_Opening = tuple[Concept | None, dict[str, int]]
"""What begins with a word: the concept that the word is by itself, and the second words of terms, with their bits."""


class Tables(msgspec.Struct):
    """The knowledge that is not terms: labels, negation, context, intent, what adjectives speak of, what can be read,
    small words and articles, grounds for choosing, how words hang together, scenes, what shows several pictures,
    British spelling."""

    labels: dict[str, str]
    negation: dict[str, list[str]]
    context: list[dict[str, Any]]
    intent: dict[str, Any]
    targets: dict[str, list[str]]
    sections: dict[str, Any]
    reading: dict[str, Any]
    small_words: list[str]
    articles: list[str]
    choices: dict[str, list[str]]
    removal: dict[str, list[str]]
    scenes: dict[str, dict[str, list[str]]]
    several: dict[str, list[str]]
    british: dict[str, str]


class Compiled(msgspec.Struct):
    """The knowledge in the form that loads fastest.

    `terms` are all terms with the numbers of their concepts. `first` are the first words of terms, numbered from 1 in
    their order. `pairs` are the first two words of terms, with a bit for every number of words that such a term may
    have; those of the first word `n` stand there from `groups[n - 1]` to `groups[n]`.
    """

    concepts: list[tuple[str, str, dict[str, Any]]]
    terms: Packed
    first: Packed
    pairs: Packed
    groups: bytes
    tables: Tables


class Lexicon:
    """Finds terms, and says what they stand for."""

    def __init__(self, compiled: Compiled) -> None:
        self.tables = compiled.tables
        self._rows = compiled.concepts
        self._concepts: list[Concept | None] = [None] * len(compiled.concepts)
        self._terms, self._first, self._pairs = Table(compiled.terms), Table(compiled.first), Table(compiled.pairs)
        self._groups = unpacked_offsets(compiled.groups)
        self._openings: list[_Opening | None] = [None] * len(self._groups)

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
        # Where two marks or spaces follow each other there is an empty word, which no term goes over.
        words = text.words.split(" ")
        ends = list(accumulate(map(len, words), initial=0))
        words.append("")
        openings, terms, concepts = self._openings, self._terms, self._concepts
        hits: list[Hit] = []
        free = 0
        for index, number in enumerate(map(self._first.get, words)):
            if number is None or index < free:
                continue
            owner, following = openings[number] or self._opening(words[index], number)
            if words[index + 1] in following:
                start = ends[index] + index
                for count in _COUNTS[following[words[index + 1]]]:
                    term = " ".join(words[index : index + count])
                    longer = terms.get(term)
                    if longer is not None and _is_whole(text.strict[start : start + len(term)], term):
                        hits.append((start, start + len(term), concepts[longer] or self.concept(longer)))
                        free = index + count
                        break
            if owner is not None and index >= free:
                hits.append((ends[index] + index, ends[index + 1] + index, owner))
        return hits

    def _opening(self, word: str, number: int) -> _Opening:
        """Return what begins with a first word; it is made when the word is first met."""
        skip = len(word) + 1
        pairs = self._pairs.rows(self._groups[number - 1], self._groups[number])
        owner = self._terms.get(word)
        alone = None if owner is None else self.concept(owner)
        made = self._openings[number] = (alone, {pair[skip:]: mask for pair, mask in pairs})
        return made


def _is_whole(written: str, term: str) -> bool:
    """Tell whether a term is written without a comma or a full stop in it."""
    return written == term or written.translate(_JOINTS) == term


_JOINTS = str.maketrans("'&/+", "    ")
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
