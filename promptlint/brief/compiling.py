"""Compiles knowledge files into the table that the lexicon loads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from promptlint.brief.knowledge import BUILTIN, MAX_WORDS, Concept, read_families, read_yaml, spellings, terms_of
from promptlint.brief.lexicon import Compiled, Tables
from promptlint.brief.negation import COMPARISON, CUE, EXEMPT
from promptlint.brief.normalise import term_words
from promptlint.brief.table import packed
from promptlint.errors import KnowledgeError
from promptlint.yaml_file import YamlFile

TABLES = {
    "spelling.yaml",
    "labels.yaml",
    "negation.yaml",
    "intent.yaml",
    "context.yaml",
    "targets.yaml",
    "sections.yaml",
    "small_words.yaml",
    "reading.yaml",
    "choices.yaml",
    "scenes.yaml",
}
"""The built-in files that hold something else than families of concepts."""


def compile_knowledge(files: Sequence[Path]) -> Compiled:
    """Return the compiled knowledge of families in files, and of the built-in tables.

    A term that two concepts claim goes to the user's files, of these to the last, else to the higher rank.
    Raises KnowledgeError where a file can't be used.
    """
    british: Mapping[str, str] = read_yaml(BUILTIN / "spelling.yaml")
    concepts: dict[str, tuple[int, Concept]] = {}
    owners: dict[str, tuple[int, float]] = {}
    for path in files:
        if path.name in TABLES and path.parent == BUILTIN:
            continue
        for at, family in enumerate(read_families(path)):
            for concept, term in terms_of(family):
                number, known = concepts.setdefault(concept.name, (len(concepts), concept))
                if path.parent != BUILTIN and known != concept:
                    _agree(path, at, concept, known)
                for spelled in spellings(term, british):
                    words = term_words(spelled)
                    held = owners.get(words)
                    if held is None or family.rank > held[1] or path.parent != BUILTIN:
                        owners[words] = (number, family.rank)
    negation = read_yaml(BUILTIN / "negation.yaml")
    words_of = {EXEMPT: negation["exempt"], COMPARISON: negation["comparisons"]}
    for name, terms in {**words_of, **{f"{CUE}.{kind}": own for kind, own in negation["cues"].items()}}.items():
        concepts[name] = (len(concepts), Concept(name, "none", {}))
        for term in terms:
            owners.setdefault(term_words(str(term)), (concepts[name][0], 0))
    owners.pop("", None)
    kept = {term: number for term, (number, _) in owners.items() if term.count(" ") < MAX_WORDS}
    first, tails, seconds = _openings(kept)
    return Compiled(
        [(concept.name, concept.section, dict(concept.attributes)) for _, concept in concepts.values()],
        "\n".join(first),
        packed(tails),
        packed(seconds),
        _tables(),
    )


def _openings(
    terms: Mapping[str, int],
) -> tuple[list[str], list[list[tuple[str, int]]], list[list[tuple[str, int]]]]:
    """Return the first words of terms, and for each the rest of its terms, and second words with numbers of words."""
    tails: dict[str, list[tuple[str, int]]] = {}
    seconds: dict[str, dict[str, int]] = {}
    for term, number in sorted(terms.items()):
        word, _, tail = term.partition(" ")
        tails.setdefault(word, []).append((tail, number))
        masks = seconds.setdefault(word, {})
        if tail:
            second = tail.partition(" ")[0]
            masks[second] = masks.get(second, 0) | 1 << term.count(" ")
    return list(tails), list(tails.values()), [list(masks.items()) for masks in seconds.values()]


def _agree(path: Path, family: int, concept: Concept, known: Concept) -> None:
    """Raise where a user's family says of a concept what is not true of the one that is there."""
    file = YamlFile(path, KnowledgeError)
    if concept.section != known.section:
        raise file.error(f'"{concept.name}" is of section {known.section}', family, "section")
    for key, value in concept.attributes.items():
        if known.attributes.get(key) != value:
            raise file.error(f'"{concept.name}" is there already, with other attributes', family, "family")


def _tables() -> Tables:
    by_section = read_yaml(BUILTIN / "labels.yaml")
    labels = {term_words(label): section for section, names in by_section.items() for label in names}
    negation = read_yaml(BUILTIN / "negation.yaml")
    try:
        return msgspec.convert(
            {
                "labels": labels,
                "negation": {key: negation[key] for key in negation if key not in ("cues", "exempt", "comparisons")},
                "context": read_yaml(BUILTIN / "context.yaml"),
                "intent": read_yaml(BUILTIN / "intent.yaml"),
                "targets": read_yaml(BUILTIN / "targets.yaml"),
                "sections": read_yaml(BUILTIN / "sections.yaml"),
                "reading": read_yaml(BUILTIN / "reading.yaml"),
                "small_words": read_yaml(BUILTIN / "small_words.yaml")["words"],
                "choices": read_yaml(BUILTIN / "choices.yaml"),
                "scenes": read_yaml(BUILTIN / "scenes.yaml"),
                "british": read_yaml(BUILTIN / "spelling.yaml"),
            },
            Tables,
        )
    except msgspec.ValidationError as error:
        raise KnowledgeError(f"{BUILTIN}: {error}") from None
