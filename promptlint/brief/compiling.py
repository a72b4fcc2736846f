"""Compiles knowledge files into the table that the lexicon loads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from promptlint.brief import quantities
from promptlint.brief.knowledge import (
    BUILTIN,
    MAX_WORDS,
    Concept,
    Family,
    above,
    attributes_of,
    read_families,
    read_yaml,
    spellings,
    terms_of,
)
from promptlint.brief.lexicon import Compiled, Tables
from promptlint.brief.negation import COMPARISON, CUE, EXEMPT
from promptlint.brief.normalise import term_words
from promptlint.brief.table import packed
from promptlint.errors import KnowledgeError, did_you_mean
from promptlint.yaml_file import YamlFile

TABLES = {
    "spelling.yaml",
    "labels.yaml",
    "lines.yaml",
    "negation.yaml",
    "intent.yaml",
    "context.yaml",
    "targets.yaml",
    "sections.yaml",
    "small_words.yaml",
    "reading.yaml",
    "choices.yaml",
    "removal.yaml",
    "several.yaml",
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
    named: dict[Path, list[Family]] = {}
    for path in files:
        if path.name in TABLES and path.parent == BUILTIN:
            continue
        named[path] = read_families(path)
        for at, family in enumerate(named[path]):
            for concept, term in terms_of(family):
                number, known = concepts.setdefault(concept.name, (len(concepts), concept))
                if path.parent != BUILTIN and known != concept:
                    _agree(path, at, concept, known)
                for spelled in spellings(term, british):
                    words = term_words(spelled)
                    held = owners.get(words)
                    if held is None or family.rank > held[1] or path.parent != BUILTIN:
                        owners[words] = (number, family.rank)
    tables = _tables()
    _opposites_name_concepts(named, [*concepts, *quantities.CONCEPTS, *(row["become"] for row in tables.context)])
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
        tables,
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


def _opposites_name_concepts(files: Mapping[Path, Sequence[Family]], concepts: Iterable[str]) -> None:
    """Raise where an `opposite_unless` names a concept that is not there."""
    known = {name for one in concepts for name in above(one)}
    for path, families in files.items():
        for number, family in enumerate(families):
            for keys, attributes in attributes_of(family):
                named = attributes.get("opposite_unless")
                unknown = [str(name) for name in named if name not in known] if isinstance(named, list) else []
                if unknown:
                    said = f'no concept "{unknown[0]}"{did_you_mean(unknown[0], known)}'
                    raise YamlFile(path, KnowledgeError).error(said, number, *keys, "opposite_unless")


def _tables() -> Tables:
    by_section = read_yaml(BUILTIN / "labels.yaml")
    labels = {term_words(label): section for section, names in by_section.items() for label in names}
    negation, small = read_yaml(BUILTIN / "negation.yaml"), read_yaml(BUILTIN / "small_words.yaml")
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
                "small_words": small["words"],
                "articles": small["articles"],
                "choices": read_yaml(BUILTIN / "choices.yaml"),
                "removal": read_yaml(BUILTIN / "removal.yaml"),
                "scenes": read_yaml(BUILTIN / "scenes.yaml"),
                "several": read_yaml(BUILTIN / "several.yaml"),
                "british": read_yaml(BUILTIN / "spelling.yaml"),
            },
            Tables,
        )
    except msgspec.ValidationError as error:
        raise KnowledgeError(f"{BUILTIN}: {error}") from None
