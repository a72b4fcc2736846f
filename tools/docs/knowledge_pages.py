"""What promptlint knows of photography: its families of concepts, films, light, and every concept by section."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from promptlint.brief.compiling import TABLES
from promptlint.brief.knowledge import BUILTIN, SECTIONS, Concept, ConceptEntry, Family, read_families, terms_of
from tools.docs.markup import code, inline, page, source, table, text

_ELSE = "none"
"""The section of concepts that belong to none."""
_SHOWN = 4
"""How many spellings of a concept a table shows."""


@dataclass
class _Known:
    """A concept with its spellings, those of them that its file lists, and what its family is about."""

    concept: Concept
    about: str
    terms: set[str] = field(default_factory=set)
    listed: list[str] = field(default_factory=list)

    @property
    def family(self) -> str:
        return ".".join(self.concept.name.split(".")[:2])

    def tell(self, *attributes: str) -> str:
        """Return those of some attributes that are given, in words."""
        given = [self.concept.attributes[one] for one in attributes if one in self.concept.attributes]
        return text(", ".join(str(one) for value in given for one in (value if isinstance(value, list) else [value])))


def knowledge_pages() -> dict[str, str]:
    """Return the pages of the knowledge, by path."""
    pages = {"knowledge/index.md": _overview(), "knowledge/films.md": _films(), "knowledge/light.md": _light()}
    return pages | {f"knowledge/{_file(section)}.md": _concepts(section) for section in sections()}


def sections() -> list[str]:
    """Return the sections that have concepts, in the order of a brief."""
    held = {known.concept.section for known in _all().values()}
    return [section for section in (*SECTIONS, _ELSE) if section in held]


def section_title(section: str) -> str:
    """Return what the page of a section is called."""
    return "Concepts of no section" if section == _ELSE else f"Concepts: {section}"


def _file(section: str) -> str:
    return f"concepts-{section}"


def _families() -> Iterator[Family]:
    for path in sorted(BUILTIN.glob("*.yaml")):
        if path.name not in TABLES:
            yield from read_families(path)


@lru_cache(maxsize=1)
def _all() -> dict[str, _Known]:
    """Return every concept by name. A concept may have terms in several families; its first has its attributes."""
    found: dict[str, _Known] = {}
    for family in _families():
        for concept, term in terms_of(family):
            found.setdefault(concept.name, _Known(concept, family.about)).terms.add(term)
        for key, entry in {"": ConceptEntry(family.names, family.terms), **family.concepts}.items():
            listed = entry if isinstance(entry, list) else entry.names + entry.terms
            if listed:
                found[f"{family.family}.{key}".rstrip(".")].listed += listed
    return found


def _of(prefix: str) -> list[_Known]:
    return [known for known in _all().values() if prefix in known.concept.prefixes and known.concept.name != prefix]


def _overview() -> str:
    every = _all().values()
    parts = [
        f"promptlint knows {len(every):,} concepts under {sum(len(one.terms) for one in every):,} spellings. A concept "
        "is a thing that a photographer has a word for: a film stock, a direction of light, a place. Rules speak of "
        "concepts and never of words, so a term that is added here is known to every rule.",
        "`promptlint brief FILE` shows which concepts a prompt mentions. "
        "[Writing knowledge](../writing-knowledge.md) says how to add terms of your own.",
        "[Film stocks](films.md) and [Light sources](light.md) have pages of their own.",
    ]
    for section in sections():
        own = [known for known in every if known.concept.section == section]
        by_family: dict[str, list[_Known]] = {}
        for known in own:
            by_family.setdefault(known.family, []).append(known)
        rows = [
            (code(name), str(len(members)), f"{sum(len(one.terms) for one in members):,}", _about(members))
            for name, members in sorted(by_family.items())
        ]
        parts += [
            f"## {'No section' if section == _ELSE else section.capitalize()}",
            "Words that mean something else than they seem to, things, and faults that negative prompts name."
            if section == _ELSE
            else "",
            f"[All of its {len(own):,} concepts]({_file(section)}.md)",
            table(["family", "concepts", "spellings", "about"], rows),
        ]
    return page("Knowledge", *parts)


def _about(members: Sequence[_Known]) -> str:
    """Return what the families are about that concepts of one prefix come from."""
    return inline(" ".join(dict.fromkeys(known.about for known in members if known.about)))


def _concepts(section: str) -> str:
    own = sorted(
        (known for known in _all().values() if known.concept.section == section), key=lambda known: known.concept.name
    )
    rows = [(code(known.concept.name), _spellings(known), _attributes(known.concept)) for known in own]
    return page(
        section_title(section),
        f"The {len(own):,} concepts, with some of their spellings. A rule names a concept with all that lie below it: "
        f"{code(own[0].family)} is every concept whose name begins so.",
        table(["concept", "written as", "attributes"], rows),
    )


def _spellings(known: _Known) -> str:
    first = ", ".join(map(text, known.listed[:_SHOWN]))
    more = len(known.terms) - _SHOWN
    return f"{first} and {more:,} more" if more > 0 else first


def _attributes(concept: Concept) -> str:
    return ", ".join(f"{text(name)} {_value(value)}" for name, value in concept.attributes.items())


def _value(value: Any) -> str:
    return text("/".join(map(str, value)) if isinstance(value, list) else value)


_FILM = (("iso",), ("process", "also"), ("balance",), ("status",), ("palette",))


def _films() -> str:
    films = _of("film.stock")
    rows = sorted(
        (_film_name(film), *(film.tell(*names) for names in _FILM), code(film.concept.name)) for film in films
    )
    sources = sorted({family.source for family in _families() if family.family == "film.stock" and family.source})
    return page(
        "Film stocks",
        f"The {len(films)} films that promptlint knows. Naming one of them is what "
        "[missing-film-stock](../rules/missing-film-stock.md) and "
        "[vague-film-stock](../rules/vague-film-stock.md) ask for.",
        "A discontinued film is no mistake: models have learned it from photographs. Tungsten film is made for lamps "
        "of 3200 K, daylight film for 5500 K. Cells are empty where no source was at hand.",
        table(["film", "ISO", "process", "balance", "status", "palette", "concept"], rows),
        "## Sources",
        "\n".join(f"* {source(one)}" for one in sources),
    )


def _film_name(film: _Known) -> str:
    maker, name = str(film.concept.attributes.get("maker", "")), film.listed[0]
    if isinstance(film.concept.attributes.get("iso"), list):
        name = next((one for one in film.listed if not any(map(str.isdigit, one))), name)
    return text(name if maker.casefold() in name.casefold() else f"{maker} {name}")


_LIGHT = (("hardness",), ("kind", "sun"), ("place",), ("catchlight",))


def _light() -> str:
    sources = _of("light.source")
    others = [known for known in _all().values() if "kelvin" in known.concept.attributes and known not in sources]
    return page(
        "Light sources",
        f"The {len(sources)} sources of light that promptlint tells apart. Naming one, and where it stands, is what "
        "[missing-lighting](../rules/missing-lighting.md) and [vague-lighting](../rules/vague-lighting.md) ask for.",
        "A color temperature outside the range of its source is found by "
        "[implausible-color-temperature](../rules/implausible-color-temperature.md). A source without a range has none "
        "that holds everywhere: an LED, a neon tube, a window under any sky.",
        _lights(sources),
        *(["## Times of day and others with a range", _lights(others)] if others else []),
    )


def _lights(sources: Sequence[_Known]) -> str:
    rows = [
        (_spellings(known), _kelvin(known.concept), *(known.tell(*names) for names in _LIGHT), code(known.concept.name))
        for known in sources
    ]
    return table(["source", "Kelvin", "hardness", "kind", "place", "catch-light", "concept"], rows)


def _kelvin(concept: Concept) -> str:
    low, high = concept.attributes.get("kelvin") or ("", "")
    return f"{low} to {high}" if low else ""
