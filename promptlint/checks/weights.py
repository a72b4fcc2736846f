"""Weights that are no numbers, or that no picture survives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptlint.checks.case import Finding
from promptlint.checks.quoting import inside, quotations
from promptlint.diagnostics import Edit
from promptlint.source import Span
from promptlint.syntax import Leaf, LeafKind, Node, NodeKind, Tree

if TYPE_CHECKING:
    from collections.abc import Iterator

WEIGHTED = ("a1111", "comfyui")
"""Dialects in which `(words:1.2)` is a weight."""
LOW, HIGH = 0.0, 2.0
"""Weights outside of these make noise instead of a picture."""

_DECIMAL_COMMA = re.compile(r"(?:\([^()\n:]*[^\W\d_]|<lora:[^<>\n:]+)[ \t]*:[ \t]*(\d+,\d+)[ \t]*[)>]")
_COMMA = re.compile(r":[ \t]*\d+,\d")
"""What every such number stands in; a pattern that begins with one character is found faster."""
_NUMBER = re.compile(r"\d*\.\d+|\d+")
_NO_NUMBER = re.compile(r"[+-]?[\d.,]*\d[\d.,]*[A-Za-z]?|[A-Za-z]?[.,]\d+|[A-Za-z]+")


def weights(tree: Tree) -> Iterator[Finding]:
    """Yield weights that are no numbers or that no picture survives."""
    if tree.dialect == "structured":
        return
    found = [*_decimal_commas(tree)] if _COMMA.search(tree.text) else []
    if tree.dialect in WEIGHTED:
        taken = [one.span for one in found]
        numeric = bool(tree.of(LeafKind.WEIGHT))
        for node in tree.nodes():
            if node.kind is NodeKind.EMPHASIS and tree.text[node.span.start] == "(":
                found += [one for one in _of_bracket(node, numeric=numeric) if not inside(one.span, taken)]
    yield from sorted(found, key=lambda one: one.span)


def _decimal_commas(tree: Tree) -> Iterator[Finding]:
    for match in _DECIMAL_COMMA.finditer(tree.text):
        span = Span(*match.span(1))
        if not inside(span, quotations(tree)):
            right = match.group(1).replace(",", ".")
            values = {"phrase": match.group(1), "problem": "is no number to the tool: it wants a point"}
            yield Finding(span, {**values, "right": right}, edits=(Edit(span, right),))


def _of_bracket(node: Node, *, numeric: bool) -> Iterator[Finding]:
    """Yield what is wrong with one round bracket's number. `numeric`: others of the prompt have one."""
    last = node.children[-2]
    if isinstance(last, Leaf) and last.kind is LeafKind.WEIGHT:
        before = node.children[-3] if len(node.children) > 3 else None
        ratio = isinstance(before, Leaf) and before.text.rstrip()[-1:].isdigit()
        if not LOW <= node.weight <= HIGH and not ratio:
            number = last.text.strip(" \t:")
            start = last.start + last.text.index(number)
            problem = f"is far outside the useful range, which is {LOW:g} to {HIGH:g}"
            yield Finding(Span(start, start + len(number)), {"phrase": number, "problem": problem})
        return
    for index, child in enumerate(node.children):
        if isinstance(child, Leaf) and child.kind is LeafKind.COLON and index >= 2:
            yield from _behind_colon(node, index, numeric=numeric)


def _behind_colon(node: Node, index: int, *, numeric: bool) -> Iterator[Finding]:
    before, colon, after = node.children[index - 1 : index + 2]
    if not (isinstance(before, Leaf) and isinstance(colon, Leaf) and isinstance(after, Leaf)):
        return
    if not re.search(r"[^\W\d_]{2}$", before.text.rstrip()):
        return
    if after.kind is LeafKind.CLOSE:
        yield Finding(colon.span, {"phrase": ":", "problem": "has no number behind it"})
        return
    words = after.text.strip()
    if after.kind is not LeafKind.TEXT or not words:
        return
    start = after.start + after.text.index(words)
    span = Span(start, start + len(words))
    if node.children[index + 2] is not node.children[-1]:
        if "." in words and _NUMBER.fullmatch(words):
            yield Finding(span, {"phrase": words, "problem": 'weighs nothing away from its ")"'})
    elif before.text.strip().lower() != "re" and _NO_NUMBER.fullmatch(words) and (numeric or not words.isalpha()):
        yield Finding(span, {"phrase": words, "problem": "is no number"})
