"""Characters that can't be seen, or that only look like the syntax that was meant."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from promptlint.checks.case import Finding
from promptlint.checks.hints import CURLY, INVISIBLE, WIDE
from promptlint.checks.quoting import inside, quotations
from promptlint.diagnostics import Edit
from promptlint.source import Span
from promptlint.syntax import Leaf, NodeKind, Tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_JOINERS = "\u200c\u200d"
_DIRECTIONS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_CJK = re.compile("[\u2e80-\u2fdf\u3005-\u30ff\u3100-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_DIRECTIONAL = "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
_WIDE = dict(zip(WIDE, ",:;()[]{}|", strict=True))
_WIDE_CHARACTER = re.compile(f"[{WIDE}]")


def confusables(tree: Tree) -> Iterator[Finding]:
    """Yield characters that can't be seen, or that only look like the syntax that was meant."""
    found = [*_invisible(tree.text), *_wide(tree), *_curly(tree)]
    yield from sorted(found, key=lambda one: one.span)


def _invisible(text: str) -> Iterator[Finding]:
    places = [match.start() for match in _INVISIBLE.finditer(text) if not _belongs(text, match.start())]
    if not places:
        return
    first = text[places[0]]
    name = unicodedata.name(first, "control character").lower()
    shown = f"an invisible character (U+{ord(first):04X}, {name})"
    yield Finding(
        Span(places[0], places[0] + 1),
        {"phrase": shown, "problem": _times(places), "mending": "take it out"},
        edits=tuple(Edit(Span(at, at + 1), "") for at in places),
    )


def _belongs(text: str, at: int) -> bool:
    """Tell whether an invisible character does its work: in an emoji, or in a script that needs it."""
    char = text[at]
    around = text[max(0, at - 1) : at] + text[at + 1 : at + 2]
    if char in _JOINERS:
        return any(not one.isascii() for one in around)
    return char in _DIRECTIONAL and bool(_DIRECTIONS.search(text))


def _times(places: Sequence[object]) -> str:
    more = len(places) - 1
    return f"stands here and in {more} more place{'s'[: more - 1]}" if more else "stands here"


def _wide(tree: Tree) -> Iterator[Finding]:
    """Full-width commas, colons and brackets, in a prompt that is otherwise written in ASCII's."""
    text = tree.text
    if not _WIDE_CHARACTER.search(text):
        return
    quoted = quotations(tree)
    if any(not inside(Span(*match.span()), quoted) for match in _CJK.finditer(text)):
        return
    places = [match for match in _WIDE_CHARACTER.finditer(text) if not inside(Span(*match.span()), quoted)]
    if not places:
        return
    first = places[0]
    yield Finding(
        Span(*first.span()),
        {
            "phrase": f'a full-width "{first.group()}"',
            "problem": _times(places),
            "mending": f'write "{_WIDE[first.group()]}"',
        },
        edits=tuple(_narrow(text, match.start()) for match in places),
    )


def _narrow(text: str, at: int) -> Edit:
    """Write a full-width character as the usual one, with the space that the wide one brought along."""
    new = _WIDE[text[at]]
    after, before = text[at + 1 : at + 2], text[at - 1 : at] if at else ""
    if new in ",;:" and after and not after.isspace() and not (new == ":" and after.isdigit()):
        new += " "
    elif new == "(" and before.isalnum():
        new = " ("
    elif new == ")" and after.isalnum():
        new = ") "
    return Edit(Span(at, at + 1), new)


def _curly(tree: Tree) -> Iterator[Finding]:
    """Curly quotes around the strings of a structured prompt."""
    text = tree.text
    if tree.dialect != "structured" or not any(char in text for char in CURLY) or _CJK.search(text):
        return
    places: list[Leaf] = []
    for node in tree.nodes():
        if node.kind is NodeKind.QUOTED:
            ends = (node.children[0], node.children[-1])
            if '"' not in text[node.span.start + 1 : node.span.end - 1]:
                places += [leaf for leaf in ends if isinstance(leaf, Leaf) and leaf.text in CURLY]
    if places:
        phrase = f'a curly quote "{places[0].text}"'
        values = {"phrase": phrase, "problem": _times(places), "mending": "write straight quotes"}
        yield Finding(places[0].span, values, edits=tuple(Edit(leaf.span, '"') for leaf in places))
