"""The lossless syntax tree: its leaves, put together, are the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from promptlint.source import Span

Dialect = Literal["natural", "a1111", "comfyui", "invokeai", "midjourney", "labelled", "structured"]
"""The syntax a prompt is written in. `natural` is prose or tags in which no bracket has a meaning of its own."""


class LeafKind(StrEnum):
    """What a leaf is in its dialect."""

    TEXT = "text"
    SEPARATOR = "separator"
    STOP = "stop"
    NEWLINE = "newline"
    COLON = "colon"
    PIPE = "pipe"
    WEIGHT = "weight"
    OPEN = "open"
    CLOSE = "close"
    TAG = "tag"
    URL = "url"
    HOLE = "hole"
    WILDCARD = "wildcard"
    KEYWORD = "keyword"
    COMMENT = "comment"
    PARAMETERS = "parameters"
    ERROR = "error"

    def __str__(self) -> str:
        return self.value


class NodeKind(StrEnum):
    """What an inner node is.

    `group` is a bracket without a meaning of its own; `emphasis` weighs what is inside; `schedule` is A1111's
    `[from:to:when]`, `alternation` its `[a|b]`; `choice` a `{a|b}`; `quoted` is quoted text, `label` and `key` a label
    or key with its colon.
    """

    GROUP = "group"
    EMPHASIS = "emphasis"
    SCHEDULE = "schedule"
    ALTERNATION = "alternation"
    CHOICE = "choice"
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

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


@dataclass(slots=True)
class Node:
    """A run of nodes and leaves that belong together.

    `weight` is the factor that an emphasis puts on what is inside, not yet multiplied by the brackets around it; None
    where the number in it is none. `when` is the step, or fraction of all steps, of a schedule.
    """

    kind: NodeKind
    children: list[Node | Leaf]
    weight: float = 1.0
    when: float | None = None

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(first_leaf(self).start, last_leaf(self).end)

    def parts(self) -> list[list[Node | Leaf]]:
        """Return what stands between the brackets, parted at the pipes, in a schedule at the colons.

        A choice without pipes, `{red, blue}` in a Midjourney prompt, is parted at its commas.
        """
        divider = LeafKind.COLON if self.kind is NodeKind.SCHEDULE else LeafKind.PIPE
        if self.kind is NodeKind.CHOICE and not any(
            isinstance(child, Leaf) and child.kind is LeafKind.PIPE for child in self.children
        ):
            divider = LeafKind.SEPARATOR
        out: list[list[Node | Leaf]] = [[]]
        for child in self.children[1:-1]:
            if isinstance(child, Leaf) and child.kind is divider:
                out.append([])
            elif not (isinstance(child, Leaf) and child.kind is LeafKind.WEIGHT):
                out[-1].append(child)
        return out


def first_leaf(item: Node | Leaf) -> Leaf:
    """Return the first leaf of a node; a leaf is its own."""
    while isinstance(item, Node):
        item = item.children[0]
    return item


def last_leaf(item: Node | Leaf) -> Leaf:
    """Return the last leaf of a node; a leaf is its own."""
    while isinstance(item, Node):
        item = item.children[-1]
    return item


@dataclass(slots=True)
class Tree:
    """The parse of one prompt in one dialect. `evidence` says why it is this dialect, in words."""

    text: str
    dialect: Dialect
    children: list[Node | Leaf] = field(default_factory=list)
    evidence: str = ""

    def leaves(self) -> Iterator[Leaf]:
        """Yield the leaves in the order of the text."""
        return leaves_of(self.children)

    def nodes(self) -> Iterator[Node]:
        """Yield the inner nodes, outer ones before those inside them."""
        stack: list[Node | Leaf] = self.children[::-1]
        while stack:
            item = stack.pop()
            if isinstance(item, Node):
                yield item
                stack.extend(reversed(item.children))

    def errors(self) -> list[Leaf]:
        """Return what the dialect can't read: brackets without a partner."""
        return [leaf for leaf in self.leaves() if leaf.kind is LeafKind.ERROR]

    def to_text(self) -> str:
        """Return the text that the tree stands for."""
        return "".join(leaf.text for leaf in self.leaves())


def leaves_of(items: list[Node | Leaf]) -> Iterator[Leaf]:
    """Yield the leaves of nodes in the order of the text."""
    stack = items[::-1]
    while stack:
        item = stack.pop()
        if isinstance(item, Leaf):
            yield item
        else:
            stack.extend(reversed(item.children))
