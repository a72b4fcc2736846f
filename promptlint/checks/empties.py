"""Commas and brackets with nothing between them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptlint.checks.case import Finding
from promptlint.checks.hints import COMMAS
from promptlint.checks.quoting import inside, quotations
from promptlint.diagnostics import Edit
from promptlint.source import Span
from promptlint.syntax import Leaf, LeafKind, Node, NodeKind, Tree

if TYPE_CHECKING:
    from collections.abc import Iterator

# Asking an enumeration for a member costs more than the comparison.
_GROUP, _EMPHASIS = NodeKind.GROUP, NodeKind.EMPHASIS

_NO_BRACKET_BEFORE = re.compile(r"(?:\w|[-*!:：=][ \t]*)$")


def empty_clauses(tree: Tree) -> Iterator[Finding]:
    """Yield commas and brackets that nothing stands between."""
    if tree.dialect == "structured":
        return
    found = [*_empty_commas(tree), *_empty_brackets(tree)]
    if not found:
        return
    quoted = quotations(tree)
    yield from (one for one in sorted(found, key=lambda one: one.span) if not inside(one.span, quoted))


def _is_comma(leaf: Leaf) -> bool:
    return leaf.kind is LeafKind.SEPARATOR and leaf.text.strip() in tuple(COMMAS)


def _empty_commas(tree: Tree) -> Iterator[Finding]:
    """Go from one run of commas to the next; line ends and spaces belong to the run."""
    leaves = [leaf for leaf in tree.leaves() if leaf.text]
    at = 0
    while at < len(leaves):
        if not _is_comma(leaves[at]):
            at += 1
            continue
        begin = at
        while at < len(leaves) and (_is_comma(leaves[at]) or not leaves[at].text.strip()):
            at += 1
        run = leaves[begin:at]
        first = all(not leaf.text.strip() or leaf.kind is LeafKind.KEYWORD for leaf in leaves[:begin])
        last = at == len(leaves) or leaves[at].kind is LeafKind.PARAMETERS
        commas = [leaf for leaf in run if _is_comma(leaf)]
        if first or last or len(commas) > 1:
            yield _empty_run(tree.text, run, commas, first=first, last=last)


def _empty_run(text: str, run: list[Leaf], commas: list[Leaf], *, first: bool, last: bool) -> Finding:
    start, end = run[0].start, run[-1].end
    words = text[start:end]
    lead = len(words) - len(words.lstrip())
    shown = Span(start + lead, start + len(words.rstrip()))
    where = "at the beginning" if first else "at the end" if last else "with nothing between them"
    problem = f"{'a comma' if len(commas) == 1 else 'commas'} {where}"
    values = {"phrase": words.strip(), "problem": problem}
    if first:
        return Finding(shown, values, edits=(Edit(Span(start, end), ""),))
    if last:
        at_end = end == len(text) and "\n" not in words
        stop = end if at_end else commas[-1].start + len(commas[-1].text.rstrip())
        return Finding(shown, values, edits=(Edit(Span(start, stop), ""),))
    # One comma stays: the one before a line end, else the last, whose space is the usual one.
    breaks = any(leaf.kind is LeafKind.NEWLINE for leaf in run)
    drop = commas[1:] if breaks else commas[:-1]
    return Finding(shown, values, edits=tuple(Edit(leaf.span, "") for leaf in drop))


def _is_nothing(item: Node | Leaf) -> bool:
    return isinstance(item, Leaf) and (item.kind is LeafKind.WEIGHT or not item.text.strip())


def _empty_brackets(tree: Tree) -> Iterator[Finding]:
    text = tree.text
    for node in tree.nodes():
        if node.kind is not _GROUP and node.kind is not _EMPHASIS:
            continue
        if not all(_is_nothing(child) for child in node.children[1:-1]):
            continue
        span = node.span
        if text[span.start] not in "([":
            continue
        # "draw()" is a call, "- [ ]" a box to tick, "[](address)" a link, "tags: []" a list of nothing.
        if _NO_BRACKET_BEFORE.search(text[max(0, span.start - 8) : span.start]) or text[span.end : span.end + 1] == "(":
            continue
        values = {"phrase": text[span.start : span.end], "problem": "brackets with nothing in them"}
        yield Finding(span, values, edits=_without(text, span))


def _without(text: str, span: Span) -> tuple[Edit, ...]:
    """Take a bracket out with the comma before it, or the space beside it.

    "an icon of [] in blue" has a hole that only the author can fill.
    """
    start, end = span
    while start > 0 and text[start - 1] in " \t":
        start -= 1
    behind = end
    while behind < len(text) and text[behind] in " \t":
        behind += 1
    before, after = text[start - 1 : start] if start else "", text[behind : behind + 1]
    parted = before in ("", "\r", "\n", *COMMAS) and after in ("", "\r", "\n", *COMMAS)
    if text[span.start] == "[" and not parted:
        return ()
    if before and before in COMMAS:
        return (Edit(Span(start - 1, end) if parted else Span(span.start, behind), ""),)
    if before in ("", "\r", "\n"):
        while end < len(text) and text[end] in (" ", "\t", *COMMAS):
            end += 1
    return (Edit(Span(start, end), ""),)
