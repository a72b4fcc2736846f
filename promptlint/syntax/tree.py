"""The lossless syntax tree: its leaves, put together, are the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from promptlint.source import Span

Dialect = Literal["plain", "a1111", "labelled", "structured"]


class LeafKind(StrEnum):
    """What a leaf is in its dialect."""

    TEXT = "text"
    SEPARATOR = "separator"
    STOP = "stop"
    NEWLINE = "newline"
    COLON = "colon"
    WEIGHT = "weight"
    OPEN = "open"
    CLOSE = "close"
    TAG = "tag"
    HOLE = "hole"
    KEYWORD = "keyword"
    PARAMETERS = "parameters"
    ERROR = "error"

    def __str__(self) -> str:
        return self.value


class NodeKind(StrEnum):
    """What an inner node is: a bracket group, quoted text, a label or key with its colon."""

    GROUP = "group"
    QUOTED = "quoted"
    LABEL = "label"
    KEY = "key"

    def __str__(self) -> str:
        return self.value


@dataclass(slots=True)
class Leaf:
    """A run of the text, `start` in code points from the prompt's start."""

    kind: LeafKind
    text: str
    start: int

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.start + len(self.text))


@dataclass(slots=True)
class Node:
    """A run of nodes and leaves that belong together.

    `weight` is the factor that a weight bracket puts on what is inside (1.0 for any other node), not yet
    multiplied by the brackets around it.
    """

    kind: NodeKind
    children: list[Node | Leaf]
    weight: float = 1.0

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.children[0].span.start, self.children[-1].span.end)


@dataclass(slots=True)
class Tree:
    """The parse of one prompt in one dialect."""

    text: str
    dialect: Dialect
    children: list[Node | Leaf] = field(default_factory=list)

    def leaves(self) -> Iterator[Leaf]:
        """Yield the leaves in the order of the text."""
        stack: list[Node | Leaf] = self.children[::-1]
        while stack:
            item = stack.pop()
            if isinstance(item, Leaf):
                yield item
            else:
                stack.extend(reversed(item.children))

    def errors(self) -> list[Leaf]:
        """Return what the dialect can't read: brackets without a partner."""
        return [leaf for leaf in self.leaves() if leaf.kind is LeafKind.ERROR]

    def to_text(self) -> str:
        """Return the text that the tree stands for."""
        return "".join(leaf.text for leaf in self.leaves())
