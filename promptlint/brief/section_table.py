"""The shape of sections.yaml: how words that stand beside each other share a section."""

from __future__ import annotations

import msgspec

# Labels that name one narrow thing win over what a word would be elsewhere: a window under "Lighting" is a light.
NARROW = frozenset({"lighting", "camera", "film", "color", "skin", "negative"})


class Governor(msgspec.Struct, forbid_unknown_fields=True):
    """A mention of `head` takes along the chunk behind it that begins with one of `links`.

    `takes` are mentions that it takes though their section is free; `across`: also over a comma.
    """

    head: list[str]
    links: list[str]
    takes: list[str] = []
    across: bool = False


class Trust(msgspec.Struct, forbid_unknown_fields=True):
    """How much more likely the section is that the terms give, whatever the judge says: as a factor's logarithm.

    For a run that holds no term, for one that does, and for one under a label. `order` is how much it counts which
    section follows which.
    """

    open: float
    terms: float
    label: float
    order: float


class SectionTable(msgspec.Struct, forbid_unknown_fields=True):
    """The words and concepts of sections.yaml."""

    joints: dict[str, list[str]]
    before_adjectives: frozenset[str]
    adjectives: frozenset[str]
    adjective_endings: list[str]
    determiners: frozenset[str]
    modifiers: frozenset[str]
    modified: frozenset[str]
    nouns: frozenset[str]
    nouns_modify: frozenset[str]
    parts: frozenset[str]
    governors: list[Governor]
    free: frozenset[str]
    props: frozenset[str]
    depicting: frozenset[str]
    trust: Trust
