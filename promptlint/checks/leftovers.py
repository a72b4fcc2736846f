"""What was not meant for the picture: notes left in, comments that swallow words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptlint.checks.case import Finding
from promptlint.checks.quoting import inside, quotations
from promptlint.diagnostics import Edit
from promptlint.source import Span
from promptlint.syntax import LeafKind, Tree

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLACEHOLDER = re.compile(
    r"\b(?:TODO|FIXME|TBD|XXX)\b(?::[^\n,.;]*)?"
    r"|[\[<(](?i:insert|put|enter|fill in|replace(?: with)?|your|describe)\b[^\[\]<>()\n{}]{1,60}[\]>)]"
    r"|<(?i:name|subject|character|placeholder|todo|text|prompt|place|location|color|style|description)>"
    r"|\[(?i:placeholder|todo|tbd|fixme|xxx)\]"
    r"|(?i:\blorem ipsum\b)"
)
_ROUND = re.compile(r"\((?i:insert|your)\b")
_DUMMY_TEXT = re.compile(r"(?i)\b(?:text|copy|typograph|layout|font|headline|paragraph|caption|website|page|ui|mockup)")

_HASH = re.compile(r"(?<![\w&/])#(?=\w)")


def placeholders(tree: Tree) -> Iterator[Finding]:
    """Yield notes and fillers that were to be replaced."""
    text = tree.text
    # What stands in a hole is a default, for a program to replace.
    holes = [leaf.span for leaf in tree.of(LeafKind.HOLE) if leaf.text[0] != "["]
    quoted = [*quotations(tree), *holes]
    for match in _PLACEHOLDER.finditer(text):
        span = Span(*match.span())
        words = match.group()
        if inside(span, quoted) or (words[0] == "(" and not _ROUND.match(words)):
            continue
        if words[0] == "<" and f"</{words[1:]}" in text:
            continue
        if words.lower() == "lorem ipsum" and _DUMMY_TEXT.search(text):
            continue
        yield Finding(span, {"phrase": words})


def comments(tree: Tree) -> Iterator[Finding]:
    """Yield what a tool cuts off as a comment that was hardly meant as one: `#1`, `#ff8800`, an address."""
    if tree.dialect not in ("a1111", "comfyui"):
        return
    text = tree.text
    for leaf in tree.of(LeafKind.COMMENT):
        line = max(text.rfind("\n", 0, leaf.start), text.rfind("\r", 0, leaf.start)) + 1
        if not text[line : leaf.start].strip() or leaf.text.startswith("/*"):
            continue
        if leaf.text.startswith("#"):
            if leaf.text[1:2].isspace() or len(leaf.text) < 2:
                continue
            places = [leaf.start + match.start() for match in _HASH.finditer(leaf.text)]
            edits = tuple(Edit(Span(at, at + 1), "") for at in places if places[0] == leaf.start)
        elif text[leaf.start - 1].isspace() and leaf.text[2:3].isspace():
            continue
        else:
            edits = ()
        words = leaf.text.rstrip()
        values = {"phrase": words, "mark": "#" if words[0] == "#" else "//"}
        yield Finding(Span(leaf.start, leaf.start + len(words)), values, edits=edits)
