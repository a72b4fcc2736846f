"""Reads knowledge files: families of concepts, each with its names, forms and attributes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import msgspec

from promptlint.brief.normalise import term_words
from promptlint.errors import KnowledgeError, did_you_mean
from promptlint.yaml_file import YamlFile, read_yaml

SECTIONS = ("subject", "pose", "environment", "lighting", "camera", "skin", "film", "color", "style", "negative")
RULE_SECTIONS = (*SECTIONS, "edit", "syntax", "model", "history")
"""Sections that a rule may look after: those of the brief in its order, then how a prompt is written and changed."""

MAX_WORDS = 8
"""The longest term, in words."""

ConceptName = Annotated[str, msgspec.Meta(extra={"names": "concept"}, description="the name of a concept")]
"""A string of a rule that names a concept; what the type says is looked up when the rule is read."""
ConceptCondition = Annotated[
    str,
    msgspec.Meta(
        extra={"names": "condition"},
        description="a concept's name, `NAME:ATTRIBUTE=VALUE`, `scene:NAME` or `intent:NAME`",
    ),
]
"""A concept, perhaps with an attribute that it has to have: `place:setting=outdoor`; or a scene of scenes.yaml."""
SectionName = Annotated[str, msgspec.Meta(extra={"names": "section"}, extra_json_schema={"enum": [*SECTIONS, "none"]})]
RuleSection = Annotated[
    str, msgspec.Meta(extra={"names": "section of rules"}, extra_json_schema={"enum": list(RULE_SECTIONS)})
]
_Dotted = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$", description="small letters and digits, joined by dots or hyphens"
    ),
]

BUILTIN = Path(__file__).parent.parent / "knowledge"

Attribute = str | int | float | bool | list[str | int | float]


class ConceptEntry(msgspec.Struct, forbid_unknown_fields=True):
    """One concept of a family: names go through the family's forms, terms are taken as they are."""

    names: list[str] = []
    terms: list[str] = []
    attributes: dict[str, Attribute] = {}


class Family(msgspec.Struct, forbid_unknown_fields=True):
    """Concepts of one kind, with what they share.

    `family` is the prefix of their names; `forms` are spellings with `{}` for a name; `plural` adds the English
    plural of each name; `rank` decides between two families that claim the same term (the higher wins).

    Of the attributes, `opposite` is what to write in place of what a picture should not have: where words name it, or
    in its section, or in `opposite_section` ("none": only where words name it), unless one of the concepts of
    `opposite_unless` is mentioned.
    """

    family: _Dotted
    section: SectionName
    about: str = ""
    source: str = ""
    forms: list[str] = msgspec.field(default_factory=lambda: ["{}"])
    plural: bool = False
    rank: float = 0
    names: list[str] = []
    terms: list[str] = []
    attributes: dict[str, Attribute] = {}
    concepts: dict[_Dotted, ConceptEntry | list[str]] = {}


@dataclass(frozen=True, slots=True)
class Concept:
    """A node of the knowledge: `light.source.window`."""

    name: str
    section: str
    attributes: Mapping[str, Any]

    prefixes: tuple[str, ...] = ()
    """The name and every name above it: `light.source.window`, `light.source`, `light`."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "prefixes", above(self.name))


def read_families(path: Path) -> list[Family]:
    """Return the families of one file.

    Raises KnowledgeError that names file, line and key where the file is not of the form.
    """
    file = YamlFile(path, KnowledgeError)
    families = file.convert(list[Family])
    for number, family in enumerate(families):
        _validate_section(file, family.section, number, "section")
        for at, form in enumerate(family.forms):
            if "{}" not in form:
                raise file.error(f'"{form}" has no {{}} where the name goes', number, "forms", at)
        if not (family.names or family.terms or family.concepts):
            raise file.error(f'"{family.family}" has no names, terms or concepts', number, "family")
        for keys, attributes in attributes_of(family):
            _validate_opposite(file, (number, *keys), attributes)
        _validate_terms(file, number, family)
    return families


def _validate_section(file: YamlFile, section: object, *keys: str | int) -> None:
    """Raise where there is no such section."""
    if section not in (*SECTIONS, "none"):
        hint = did_you_mean(str(section), SECTIONS) or f"; there are {', '.join(SECTIONS)}, none"
        raise file.error(f'no section "{section}"{hint}', *keys)


def attributes_of(family: Family) -> Iterator[tuple[tuple[str, ...], dict[str, Attribute]]]:
    """Yield the attributes of a family and of each of its concepts, with the keys that lead there."""
    yield ("attributes",), family.attributes
    for name, entry in family.concepts.items():
        if isinstance(entry, ConceptEntry):
            yield ("concepts", name, "attributes"), entry.attributes


def _validate_opposite(file: YamlFile, keys: tuple[str | int, ...], attributes: Mapping[str, Attribute]) -> None:
    """Raise where what is said of an opposite is of another form than the rules read."""
    if not isinstance(attributes.get("opposite", ""), str):
        raise file.error("is no text", *keys, "opposite")
    if not isinstance(attributes.get("opposite_unless", []), list):
        raise file.error("is no list of concepts", *keys, "opposite_unless")
    _validate_section(file, attributes.get("opposite_section", "none"), *keys, "opposite_section")


def _validate_terms(file: YamlFile, number: int, family: Family) -> None:
    """Raise where a term can never be found: it holds no word, or too many."""
    own = file.data[number]
    for keys, words in _spelled(own):
        count = len(term_words(words).split())
        if not 0 < count <= MAX_WORDS:
            what = f"has more than {MAX_WORDS} words" if count else "holds no word"
            raise file.error(f'"{words}" {what}', number, *keys)


def _spelled(family: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the names and terms of a family as its file has them, with the way to each."""
    way: tuple[str | int, ...]
    named = family.get("concepts", {}).items()
    for way, entry in [((), family), *((("concepts", name), entry) for name, entry in named)]:
        if isinstance(entry, list):
            yield from (((*way, at), words) for at, words in enumerate(entry))
            continue
        for key in ("names", "terms"):
            yield from (((*way, key, at), words) for at, words in enumerate(entry.get(key, [])))


def terms_of(family: Family) -> Iterator[tuple[Concept, str]]:
    """Yield each concept of a family with each of its spellings."""
    own = ConceptEntry(family.names, family.terms)
    entries: Iterable[tuple[str, ConceptEntry | list[str]]] = [("", own), *family.concepts.items()]
    for key, entry in entries:
        if isinstance(entry, list):
            entry = ConceptEntry(entry)  # noqa: PLW2901
        name = f"{family.family}.{key}" if key else family.family
        concept = Concept(name, family.section, {**family.attributes, **entry.attributes})
        names = entry.names + [plural(word) for word in entry.names if family.plural]
        for spelled in names:
            for form in family.forms:
                yield concept, form.replace("{}", spelled)
        for term in entry.terms:
            yield concept, term


def above(name: str) -> tuple[str, ...]:
    """Return a concept's name and every name above it."""
    parts = name.split(".")
    return tuple(".".join(parts[:count]) for count in range(len(parts), 0, -1))


def plural(name: str) -> str:
    """Return the English plural of a name, by the rules for regular nouns."""
    if name.endswith(("s", "x", "z", "ch", "sh")):
        return name + "es"
    if name.endswith("y") and name[-2:-1] not in "aeiou":
        return name[:-1] + "ies"
    return name + "s"


def spellings(term: str, british: Mapping[str, str]) -> Iterator[str]:
    """Yield a term in American and British spelling, and joined where it is written with a hyphen."""
    for spelled in {term, " ".join(british.get(word, word) for word in term.split(" "))}:
        yield spelled
        if "-" in spelled:
            yield spelled.replace("-", "")


__all__ = [
    "BUILTIN",
    "MAX_WORDS",
    "RULE_SECTIONS",
    "SECTIONS",
    "Attribute",
    "Concept",
    "ConceptEntry",
    "ConceptName",
    "Family",
    "RuleSection",
    "SectionName",
    "above",
    "attributes_of",
    "plural",
    "read_families",
    "read_yaml",
    "spellings",
    "terms_of",
]
