"""A prompt as a host hands it out: its texts, and where they stand in the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from promptlint.source import OffsetMap

Unit = Literal["auto", "file", "line", "paragraph"]
"""What one prompt is in a plain text file."""


@dataclass(frozen=True, slots=True)
class PromptPart:
    """One text of a prompt (the positive, the negative) and its map to the file."""

    text: str
    map: OffsetMap


@dataclass(frozen=True, slots=True)
class NegativeSlot:
    """Where the host would write a negative prompt that is not there yet.

    `template` holds `{negative}`; it is inserted at `offset` of the file.
    """

    offset: int
    template: str


@dataclass(frozen=True, slots=True)
class StatedIntent:
    """The word of a file's front matter for what its prompts are for.

    `shared` is front matter of a page that other tools read too: a word that nobody knows may be theirs.
    """

    word: PromptPart
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt of a file.

    `locator` says where in the file in words ("line 3", "fence at line 12"); `parameters` are those that the file
    gives beside the text (infotext, front matter), by their own names; `fragment` marks text that is no whole
    prompt (a wildcard entry), of which nothing can be missing; `line_prefix` is what every further line of this
    prompt starts with in the file (a quote mark, an indent); `dialect` is the syntax that the host itself implies,
    `intent` what the file says the prompt is for.
    """

    positive: PromptPart
    negative: PromptPart | None = None
    negative_slot: NegativeSlot | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    locator: str = ""
    fragment: bool = False
    line_prefix: str = ""
    dialect: Literal["a1111"] | None = None
    intent: StatedIntent | None = None

    def part(self, name: str) -> PromptPart | None:
        """Return the positive or the negative text."""
        return self.positive if name == "positive" else self.negative


@dataclass(frozen=True, slots=True)
class HostOptions:
    """What the configuration says of hosts: the unit of a plain text file, and whether every fence is a prompt."""

    unit: Unit = "auto"
    every_fence: bool = False
