"""All terms of all concepts in one table, compiled once and kept, and found in one pass over a text's words."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import msgspec

from promptlint.brief.knowledge import BUILTIN, MAX_WORDS, Concept, above
from promptlint.brief.normalise import Normalised
from promptlint.brief.table import Groups, Packed
from promptlint.compiled import cached

Hit = tuple[int, int, Concept]
"""A term found: where it starts and ends in the normalised text, and what it stands for."""

_Opening = tuple[Concept | None, dict[str, tuple[int, ...]], dict[str, int]]
"""What begins with a word: the concept that the word is by itself; the second words of terms, each with how many words
such a term may have; the rest of the terms behind the first word, with the numbers of their concepts."""


class _Met(dict[str, _Opening | None]):
    """The words of the texts read so far, each with what begins with it, None where nothing does.

    Texts are made of few different words: a small table that holds them is found in the processor's own memory, the
    table of all first words is not.
    """

    def __init__(self, opening: Callable[[str], _Opening | None]) -> None:
        self._opening = opening

    def __missing__(self, word: str) -> _Opening | None:
        if len(self) >= _MOST_MET:
            self.clear()
        opening = self[word] = self._opening(word)
        return opening


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

    `first` are the first words of terms, one a line. For each of them `tails` are what follows it in terms, nothing
    where the word is one by itself, with the numbers of their concepts; and `seconds` the words that may follow next,
    with a bit for every number of words that such a term may have.
    """

    concepts: list[tuple[str, str, dict[str, Any]]]
    first: str
    tails: Packed
    seconds: Packed
    tables: Tables


class Lexicon:
    """Finds terms, and says what they stand for."""

    def __init__(self, compiled: Compiled) -> None:
        self.tables = compiled.tables
        self._rows = compiled.concepts
        self._concepts: list[Concept | None] = [None] * len(compiled.concepts)
        self._first = {word: number for number, word in enumerate(compiled.first.split("\n"))}
        self._tails, self._seconds = Groups(compiled.tails), Groups(compiled.seconds)
        self._met = _Met(self._opening)

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
        return [
            (f"{word} {tail}" if tail else word, self.concept(owner))
            for word, number in self._first.items()
            for tail, owner in self._tails.rows(number)
        ]

    def find(self, text: Normalised) -> list[Hit]:
        """Return the terms in a text, of those that overlap the leftmost, of those the longest."""
        # Where two marks or spaces follow each other there is an empty word, which no term goes over.
        words = text.words.split(" ")
        ends = list(accumulate(map(len, words), initial=0))
        words.append("")
        concepts = self._concepts
        hits: list[Hit] = []
        free = 0
        for index, opening in enumerate(map(self._met.__getitem__, words)):
            if opening is None or index < free:
                continue
            owner, seconds, tails = opening
            counts = seconds.get(words[index + 1])
            if counts is not None:
                start, end = ends[index] + index, ends[index + 1] + index
                for count in counts:
                    tail = " ".join(words[index + 1 : index + count])
                    longer = tails.get(tail)
                    if longer is not None and _is_whole(text.strict[end : end + 1 + len(tail)], f" {tail}"):
                        hits.append((start, end + 1 + len(tail), concepts[longer] or self.concept(longer)))
                        free = index + count
                        break
            if owner is not None and index >= free:
                hits.append((ends[index] + index, ends[index + 1] + index, owner))
        return hits

    def _opening(self, word: str) -> _Opening | None:
        """Return what begins with a word."""
        number = self._first.get(word)
        if number is None:
            return None
        tails = dict(self._tails.rows(number))
        owner = tails.pop("", None)
        alone = None if owner is None else self.concept(owner)
        return alone, {second: _COUNTS[mask] for second, mask in self._seconds.rows(number)}, tails


def _is_whole(written: str, term: str) -> bool:
    """Tell whether a term is written without a comma or a full stop in it."""
    return written == term or written.translate(_JOINTS) == term


_MOST_MET = 50_000
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
