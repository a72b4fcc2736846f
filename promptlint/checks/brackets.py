"""Brackets and quotes without a partner."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptlint.checks.case import Finding
from promptlint.diagnostics import Edit
from promptlint.source import Span
from promptlint.syntax import Leaf, LeafKind, Tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CLOSING = {"(": ")", "[": "]", "{": "}"}
_OPENING = {close: opened for opened, close in _CLOSING.items()}
_MANY = 3
"""More brackets without a partner than this are one finding: one mistake has upset all the others."""

_TO_WEIGHT = re.compile(r"[^()\[\]{}\n,:]*[^\W\d_][^()\[\]{}\n,:]*:[ \t]*\d*\.?\d+(?=[ \t]*(?:[,\n]|$))")
_WEIGHT_BEFORE = re.compile(r":[ \t]*[+-]?[\d.]+[ \t]*$")
_SHORT = 6
"""Words that a bracket in the middle of a phrase holds at most when it is closed at the phrase's end."""

_COMMAS = ",，、"


def unbalanced(tree: Tree) -> Iterator[Finding]:
    """Yield brackets and quotes that are never closed, or close nothing."""
    comments = tree.of(LeafKind.COMMENT)
    errors = [leaf for leaf in tree.errors() if not _partner_in_comment(leaf, comments)]
    if len(errors) > _MANY:
        first = errors[0]
        problem = f"{_problem(first)}, and {len(errors) - 1} more have no partner"
        yield Finding(first.span, {"phrase": _named(first), "problem": problem})
        return
    for leaf in errors:
        edits = _mended(tree, leaf) if len(errors) == 1 else ()
        values = {"phrase": _named(leaf), "problem": _problem(leaf)}
        if edits:
            values["mending"] = f'close it with "{edits[0].text}"' if edits[0].text else "take it out"
        yield Finding(leaf.span, values, edits=edits)


def _partner_in_comment(leaf: Leaf, comments: Sequence[Leaf]) -> bool:
    """Tell whether a comment has swallowed the other bracket; then the comment is the mistake."""
    partner = _CLOSING.get(leaf.text)
    return partner is not None and any(partner in one.text for one in comments if one.start > leaf.start)


def _named(leaf: Leaf) -> str:
    bracket = leaf.text in _CLOSING or leaf.text in _OPENING
    return f'the bracket "{leaf.text}"' if bracket else f"the quote mark {leaf.text}"


def _problem(leaf: Leaf) -> str:
    if leaf.text in _OPENING:
        return f'closes nothing: there is no "{_OPENING[leaf.text]}" before it'
    return "is never closed" if leaf.text in _CLOSING else "has no partner"


def _mended(tree: Tree, leaf: Leaf) -> tuple[Edit, ...]:
    """Return the edit that mends a lone bracket, where only one place is possible."""
    text = tree.text
    if leaf.text in _CLOSING:
        at = _closing_place(tree, leaf)
        return (Edit(Span(at, at), _CLOSING[leaf.text]),) if at is not None else ()
    at_end = not text[leaf.end :].strip()
    if leaf.text in _OPENING:
        if (tree.dialect == "structured" and not at_end) or _WEIGHT_BEFORE.search(text, 0, leaf.start):
            return ()
    elif not at_end and text[: leaf.start].strip():
        return ()
    start = leaf.start
    while start > 0 and text[start - 1] in " \t" and (at_end or text[leaf.end] in " \t,.;"):
        start -= 1
    return (Edit(Span(start, leaf.end), ""),)


def _closing_place(tree: Tree, leaf: Leaf) -> int | None:
    """Return where an open bracket is surely to be closed: behind its weight, or behind the last phrase."""
    text = tree.text
    if tree.dialect == "structured" or text[leaf.end : leaf.end + 1] in ("", *_CLOSING):
        return None
    weighted = _TO_WEIGHT.match(text, leaf.end) if leaf.text == "(" else None
    if weighted:
        return weighted.end()
    end = leaf.end
    closed = False
    for item in tree.leaves():
        if item.start < leaf.end or not item.text.strip():
            continue
        if item.kind in (LeafKind.STOP, LeafKind.PARAMETERS, LeafKind.TAG):
            closed = True
        elif closed or item.kind not in (LeafKind.TEXT, LeafKind.HOLE, LeafKind.WILDCARD):
            return None
        else:
            end = item.start + len(item.text.rstrip())
    begins = text[: leaf.start].rstrip(" \t")[-1:] in ("", "\n", *_COMMAS)
    inside_words = len(text[leaf.end : end].split())
    return end if inside_words and (begins or inside_words <= _SHORT) else None
