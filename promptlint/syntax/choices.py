"""What is drawn anew for every image: choices `{a|b}`, wildcards `__name__` and variables `${name=value}`."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptlint.source import Span
from promptlint.syntax.tree import Leaf, LeafKind, Node, NodeKind, Tree, leaves_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = re.compile(r"\s*([~!@])?\s*(?:(?:(\d+)\s*(-)\s*(\d+)|(-)\s*(\d+)|(\d+)\s*(-)?)\s*\$\$(?:([^$]+)\$\$)?)?")
_WEIGHT_END = re.compile(r"[:：][ \t*_]*$")
_DOLLAR = re.compile(r"(?<!\$)\$$")
_USE = re.compile(r"\$\{[^{}]*\}")
_WILDCARD = re.compile(r"__([~!@])?((?:[\w/*.-]|\$?\{[^{}]*\})+?)(?:\(([^()]*)\))?__")
_INNER_CHOICE = re.compile(r"(?<!\$)\{([^{}|]*\|[^{}]*)\}")
_INNER_WEIGHT = re.compile(r"\s*(\d+\.?\d*|\.\d+)::")
_VARIABLE = re.compile(
    r"\$\{\s*([A-Za-z_-][A-Za-z0-9_-]*)\s*(?:(\?)?=(!)?\s*(?P<value>.*)|:\s*(?P<default>.*))?\}", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice. Options are drawn in proportion to their weights."""

    span: Span
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Choice:
    """A `{a|b}`: how many of its options are taken, at least and at most, and what is put between them.

    `sampler` is `~` (at random), `!` (every combination), `@` (one after the other) or empty.
    """

    options: tuple[Option, ...]
    span: Span
    least: int = 1
    most: int = 1
    joiner: str = ","
    sampler: str = ""


@dataclass(frozen=True, slots=True)
class Wildcard:
    """A `__name__`, which stands for a line of a file. `arguments` are the variables given to it."""

    name: str
    span: Span
    sampler: str = ""
    arguments: str = ""


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable given a value, `${name=value}`, or used, `${name}` or `${name:default}`.

    `immediate` (`=!`) draws its value once; `keeps` (`?=`) gives it only where there is none yet.
    """

    name: str
    span: Span
    value: Span | None = None
    default: Span | None = None
    immediate: bool = False
    keeps: bool = False


def choices(tree: Tree) -> list[Choice]:
    """Return the choices of a prompt, outer ones before those inside them."""
    found = [choice(node) for node in tree.nodes() if node.kind is NodeKind.CHOICE]
    inner = [one for leaf in tree.leaves() if leaf.kind is LeafKind.WILDCARD for one in _in_wildcard(leaf)]
    return sorted([*found, *inner], key=lambda one: one.span) if inner else found


def choice(node: Node) -> Choice:
    """Return what a node of kind `choice` says."""
    head = node.children[1]
    has_head = isinstance(head, Leaf) and head.kind is LeafKind.WEIGHT and not _WEIGHT_END.search(head.text)
    found = _HEAD.match(head.text) if isinstance(head, Leaf) and has_head else None
    rest = node.children[2:] if has_head else node.children[1:]
    piped = has_head or any(isinstance(child, Leaf) and child.kind is LeafKind.PIPE for child in rest)
    options = tuple(_options(rest, LeafKind.PIPE if piped else LeafKind.SEPARATOR))
    return _counted(found, options, node.span)


def _counted(head: re.Match[str] | None, options: tuple[Option, ...], span: Span) -> Choice:
    """Return a choice with what its head says, which may say nothing."""
    if head is None:
        return Choice(options, span)
    low, dash, high, up_to, only_high, alone, open_ended, joiner = head.groups()[1:]
    least = int(low or alone or 1)
    most = int(high or only_high) if dash or up_to else len(options) if open_ended else least
    return Choice(options, span, least, most, joiner or ",", head[1] or "")


def _in_wildcard(leaf: Leaf) -> Iterator[Choice]:
    """Yield the choices in the name or arguments of a wildcard, `__lamps/{brass|tin}__`."""
    for match in _INNER_CHOICE.finditer(leaf.text):
        head = _HEAD.match(leaf.text, match.start(1), match.end(1))
        at = head.end() if head else match.start(1)
        options = []
        for text in leaf.text[at : match.end(1)].split("|"):
            weight = _INNER_WEIGHT.match(text)
            start = leaf.start + at + (weight.end() if weight else 0)
            options.append(Option(Span(start, leaf.start + at + len(text)), float(weight[1]) if weight else 1.0))
            at += len(text) + 1
        yield _counted(head, tuple(options), Span(*match.span()).shifted(leaf.start))


def _options(items: list[Node | Leaf], divider: LeafKind) -> Iterator[Option]:
    """Yield the options among what follows the head of a choice, its closing bracket included."""
    start = items[0].span.start
    weight = 1.0
    for item in items:
        if not isinstance(item, Leaf):
            continue
        if item.kind is LeafKind.WEIGHT and _WEIGHT_END.search(item.text):
            start, weight = item.end, float(item.text.rstrip(" \t*_").rstrip(":：").strip())
        elif item.kind in (divider, LeafKind.CLOSE):
            yield Option(Span(start, item.start), weight)
            start, weight = item.end, 1.0


def wildcards(tree: Tree) -> list[Wildcard]:
    """Return the wildcards of a prompt, those in the values of variables included."""
    out = []
    for leaf in tree.of(LeafKind.WILDCARD, LeafKind.HOLE):
        if leaf.kind is LeafKind.WILDCARD or leaf.text.startswith("${"):
            for found in _WILDCARD.finditer(leaf.text):
                span = Span(*found.span()).shifted(leaf.start)
                out.append(Wildcard(found[2], span, found[1] or "", found[3] or ""))
    return out


def variables(tree: Tree) -> list[Variable]:
    """Return the variables that a prompt sets and uses, in the order of the text."""
    found = [
        _variable(use.group(), leaf.start + use.start())
        for leaf in tree.of(LeafKind.HOLE, LeafKind.WILDCARD)
        for use in _USE.finditer(leaf.text)
    ]
    for items in (tree.children, *(node.children for node in tree.nodes())):
        for mark, node in itertools.pairwise(items):
            if isinstance(mark, Leaf) and mark.kind is LeafKind.TEXT and isinstance(node, Node):
                if not _DOLLAR.search(mark.text):
                    continue
                text = "".join(leaf.text for leaf in leaves_of([node]))
                found.append(_variable("$" + text, mark.end - 1))
    return sorted((variable for variable in found if variable), key=lambda variable: variable.span)


def _variable(text: str, start: int) -> Variable | None:
    match = _VARIABLE.fullmatch(text)
    if match is None:
        return None

    def place(group: str) -> Span | None:
        if match[group] is None:
            return None
        return Span(start + match.start(group), start + match.start(group) + len(match[group].rstrip()))

    span = Span(start, start + len(text))
    return Variable(match[1], span, place("value"), place("default"), match[3] is not None, match[2] is not None)
