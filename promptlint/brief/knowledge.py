"""Reads knowledge files: families of concepts, each with its names, forms and attributes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

import msgspec

from promptlint.errors import KnowledgeError, did_you_mean

SECTIONS = ("subject", "pose", "environment", "lighting", "camera", "skin", "film", "color", "style", "negative")
RULE_SECTIONS = (*SECTIONS, "edit", "syntax", "model", "history")
"""Sections that a rule may look after: those of the brief in its order, then how a prompt is written and changed."""

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
    """

    family: str
    section: str
    about: str = ""
    source: str = ""
    forms: list[str] = msgspec.field(default_factory=lambda: ["{}"])
    plural: bool = False
    rank: int = 0
    names: list[str] = []
    terms: list[str] = []
    attributes: dict[str, Attribute] = {}
    concepts: dict[str, ConceptEntry | list[str]] = {}


@dataclass(frozen=True, slots=True)
class Concept:
    """A node of the knowledge: `light.source.window`."""

    name: str
    section: str
    attributes: Mapping[str, Any]

    prefixes: tuple[str, ...] = ()
    """The name and every name above it: `light.source.window`, `light.source`, `light`."""

    def __post_init__(self) -> None:
        parts = self.name.split(".")
        names = tuple(".".join(parts[:count]) for count in range(len(parts), 0, -1))
        object.__setattr__(self, "prefixes", names)


def read_yaml(path: Path, data: str | None = None) -> Any:
    """Return what a YAML file holds.

    Raises KnowledgeError that names file and line where it is no YAML.
    """
    import yaml

    try:
        return yaml.load(path.read_text("utf-8") if data is None else data, Loader=_loader())
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise KnowledgeError(f"{path}{line}: not valid YAML: {getattr(error, 'problem', error)}") from None


@lru_cache(maxsize=1)
def _loader() -> Any:
    """Return a safe loader to which only `true` and `false` are truth values: lists of words hold `no` and `off`."""
    import re

    import yaml

    class Words(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {
            first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":bool")]
            for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

    Words.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), ["t", "f"])
    return Words


def read_families(path: Path) -> list[Family]:
    """Return the families of one file.

    Raises KnowledgeError that names file and key where the file is not of the form.
    """
    try:
        families = msgspec.convert(read_yaml(path), list[Family])
    except msgspec.ValidationError as error:
        raise KnowledgeError(f"{path}: {error}") from None
    for family in families:
        if family.section not in (*SECTIONS, "none"):
            raise KnowledgeError(
                f'{path}: family "{family.family}": no section "{family.section}"'
                f"{did_you_mean(family.section, SECTIONS)}"
            )
        for form in family.forms:
            if "{}" not in form:
                raise KnowledgeError(f'{path}: family "{family.family}": form "{form}" has no {{}}')
    return families


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
