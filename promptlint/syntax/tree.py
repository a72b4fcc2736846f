"""The lossless syntax tree: its leaves, put together, are the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, final

import msgspec

from promptlint.source import Span

if TYPE_CHECKING:
    from promptlint.syntax.parameters import Parameter

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

    # Kinds are keys of hot tables; an enumeration's own hash is a call of Python.
    __hash__ = str.__hash__

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


# A prompt has hundreds of leaves: a `Struct` costs a third of a dataclass, and without cycles no collector need see it.
@final
class Leaf(msgspec.Struct, gc=False):
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


@final
class Node(msgspec.Struct, gc=False):
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
    # A metaclass answers `isinstance` here, which takes several times as long.
    while type(item) is Node:
        item = item.children[0]
    return item


def last_leaf(item: Node | Leaf) -> Leaf:
    """Return the last leaf of a node; a leaf is its own."""
    while type(item) is Node:
        item = item.children[-1]
    return item


@dataclass(slots=True)
class Tree:
    """The parse of one prompt in one dialect. `evidence` says why it is this dialect, in words.

    `flags` are what looks like a flag in the text, in comments as well; see `parameters.flags`.
    """

    text: str
    dialect: Dialect
    children: list[Node | Leaf] = field(default_factory=list)
    evidence: str = ""
    flags: Sequence[Parameter] = ()
    _walked: tuple[list[Leaf], list[Node]] | None = field(default=None, repr=False, compare=False)
    _by_kind: dict[LeafKind, list[Leaf]] | None = field(default=None, repr=False, compare=False)

    def leaves(self) -> Sequence[Leaf]:
        """Return the leaves in the order of the text, as they were when they were first asked for."""
        return self._walk()[0]

    def nodes(self) -> Sequence[Node]:
        """Return the inner nodes, outer ones before those inside them."""
        return self._walk()[1]

    def of(self, *kinds: LeafKind) -> Sequence[Leaf]:
        """Return the leaves of some kinds, in the order of the text."""
        by_kind = self._by_kind
        if by_kind is None:
            by_kind = self._by_kind = defaultdict(list)
            for leaf in self.leaves():
                by_kind[leaf.kind].append(leaf)
        if len(kinds) == 1:
            return by_kind.get(kinds[0], [])
        return sorted((leaf for kind in kinds for leaf in by_kind.get(kind, ())), key=lambda leaf: leaf.start)

    def _walk(self) -> tuple[list[Leaf], list[Node]]:
        """Go through the tree once: every rule asks it for something."""
        if self._walked is None:
            leaves: list[Leaf] = []
            nodes: list[Node] = []
            work = [iter(self.children)]
            while work:
                for item in work[-1]:
                    if type(item) is Leaf:
                        leaves.append(item)
                    elif type(item) is Node:
                        nodes.append(item)
                        work.append(iter(item.children))
                        break
                else:
                    work.pop()
            self._walked = leaves, nodes
        return self._walked

    def errors(self) -> Sequence[Leaf]:
        """Return what the dialect can't read: brackets without a partner."""
        return self.of(LeafKind.ERROR)

    def to_text(self) -> str:
        """Return the text that the tree stands for."""
        return "".join(leaf.text for leaf in leaves_of(self.children))


def leaves_of(items: list[Node | Leaf]) -> Iterator[Leaf]:
    """Yield the leaves of nodes in the order of the text."""
    stack = items[::-1]
    while stack:
        item = stack.pop()
        if type(item) is Leaf:
            yield item
        else:
            stack.extend(reversed(item.children))
