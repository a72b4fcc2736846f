"""All terms of all concepts in one automaton, compiled once and kept, and found in one pass over a text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import ahocorasick_rs
import msgspec

from promptlint.brief.knowledge import BUILTIN, Concept, read_families, read_yaml, spellings, terms_of
from promptlint.brief.normalise import Normalised, term_words
from promptlint.compiled import cached
from promptlint.errors import KnowledgeError

_NOT_FAMILIES = {"spelling.yaml", "labels.yaml", "negation.yaml", "intent.yaml", "context.yaml", "targets.yaml"}


class Hit(NamedTuple):
    """A term found: its place in the normalised text, and its concept's number in the lexicon."""

    start: int
    end: int
    concept: int


class Tables(msgspec.Struct):
    """The knowledge that is not terms: labels, negation, context, intent, what adjectives speak of."""

    labels: dict[str, str]
    negation: dict[str, list[str]]
    context: list[dict[str, Any]]
    intent: dict[str, Any]
    targets: dict[str, list[str]]


class _Compiled(msgspec.Struct):
    concepts: list[tuple[str, str, dict[str, Any]]]
    terms: list[str]
    owners: list[int]
    tables: Tables


class Lexicon:
    """Finds terms. `concepts[hit.concept]` is what a hit stands for."""

    def __init__(self, compiled: _Compiled) -> None:
        self.concepts = [Concept(*row) for row in compiled.concepts]
        self.tables = compiled.tables
        self._owners = compiled.owners
        self._terms = compiled.terms
        self._automaton = ahocorasick_rs.AhoCorasick([f" {term} " for term in compiled.terms])

    def __len__(self) -> int:
        return len(self._terms)

    def items(self) -> list[tuple[str, Concept]]:
        """Return every term with its concept."""
        return [(term, self.concepts[owner]) for term, owner in zip(self._terms, self._owners, strict=True)]

    def find(self, text: Normalised) -> list[Hit]:
        """Return the terms in a text, of those that overlap the leftmost, of those the longest."""
        owners, joints, words = self._owners, text.joints, text.words
        found = self._automaton.find_matches_as_indexes(words, overlapping=True)
        # A term stands between two spaces of `words`, which has one more than `joints` in front.
        found.sort(key=lambda match: (match[1], -match[2]))
        hits: list[Hit] = []
        at = 0
        for index, start, end in found:
            if start >= at and joints[start : end - 2] == words[start + 1 : end - 1]:
                hits.append(Hit(start, end - 2, owners[index]))
                at = end - 2
        return hits


def sources(extra: tuple[Path, ...] = ()) -> list[Path]:
    """Return the knowledge files, the built-in ones first, then the user's."""
    return [*sorted(BUILTIN.glob("*.yaml")), *extra]


@lru_cache(maxsize=8)
def load(extra: tuple[Path, ...] = ()) -> Lexicon:
    """Return the lexicon of the built-in knowledge and of the user's files, from the cache where it is there.

    Raises KnowledgeError where a file can't be used.
    """
    files = sources(extra)
    return Lexicon(cached("lexicon", files, _Compiled, lambda: _compile(files), own=not extra))


def _compile(files: list[Path]) -> _Compiled:
    british: Mapping[str, str] = read_yaml(BUILTIN / "spelling.yaml")
    concepts: dict[str, tuple[int, Concept]] = {}
    owners: dict[str, _Owner] = {}
    for path in files:
        if path.name in _NOT_FAMILIES and path.parent == BUILTIN:
            continue
        for family in read_families(path):
            for concept, term in terms_of(family):
                number, _ = concepts.setdefault(concept.name, (len(concepts), concept))
                owner = _Owner(number, family.rank, family.family, family.section)
                for spelled in spellings(term, british):
                    words = term_words(spelled)
                    held = owners.get(words)
                    if held is None or family.rank > held.rank or path.parent != BUILTIN:
                        owners[words] = owner
    owners.pop("", None)
    kept = [term for term, owner in owners.items() if not _is_implied(term, owner, owners)]
    rows = [(concept.name, concept.section, dict(concept.attributes)) for _, concept in concepts.values()]
    return _Compiled(rows, kept, [owners[term].concept for term in kept], _tables())


class _Owner(NamedTuple):
    concept: int
    rank: int
    family: str
    section: str


# Sections in which a finding never points at the words themselves, so that the shorter term says as much.
_LOOSE = {"environment", "subject", "style", "pose"}


def _is_implied(term: str, owner: _Owner, owners: Mapping[str, _Owner]) -> bool:
    """Tell whether a shorter term inside is of the same family, and nothing else is: the longer one then adds nothing."""
    if owner.section not in _LOOSE or " " not in term or owner.family.startswith("style.quality"):
        return False
    words = term.split()
    for size in range(len(words) - 1, 0, -1):
        for start in range(len(words) - size + 1):
            inner = owners.get(" ".join(words[start : start + size]))
            if inner is not None and inner.family == owner.family:
                rest = [*words[:start], *words[start + size :]]
                return all(word not in owners or owners[word].section == owner.section for word in rest)
    return False


def _tables() -> Tables:
    by_section = read_yaml(BUILTIN / "labels.yaml")
    labels = {term_words(label): section for section, names in by_section.items() for label in names}
    negation = {key: [str(word) for word in words] for key, words in read_yaml(BUILTIN / "negation.yaml").items()}
    try:
        return msgspec.convert(
            {
                "labels": labels,
                "negation": negation,
                "context": read_yaml(BUILTIN / "context.yaml"),
                "intent": read_yaml(BUILTIN / "intent.yaml"),
                "targets": read_yaml(BUILTIN / "targets.yaml"),
            },
            Tables,
        )
    except msgspec.ValidationError as error:
        raise KnowledgeError(f"{BUILTIN}: {error}") from None
