"""Comments that swallow words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptlint.checks.case import Finding
from promptlint.diagnostics import Edit
from promptlint.source import Span
from promptlint.syntax import LeafKind, Tree

if TYPE_CHECKING:
    from collections.abc import Iterator

_HASH = re.compile(r"(?<![\w&/])#(?=\w)")


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
