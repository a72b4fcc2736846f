"""Parses a prompt: chooses the dialect, runs its Lark grammar, builds the lossless tree."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from promptlint.syntax import parameters
from promptlint.syntax.build import FLAG_MASK, MASK, WEIGHT_MASK, Builder, Items
from promptlint.syntax.dialects import detect
from promptlint.syntax.tree import Dialect, Leaf, LeafKind, Tree, leaves_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptlint.source import Span
    from promptlint.syntax.grammar import Grammar
    from promptlint.syntax.parameters import Parameter

_PLAIN = re.compile(r"[^()\[\]{}<>\"“”|:：\\_$]+")
_IMAGINE = re.compile(r"\s*/imagine\s+(?:prompt:?)?[ \t]*")
_COMMENTS: dict[Dialect, re.Pattern[str]] = {
    "a1111": re.compile(r"#[^\r\n]*"),
    "comfyui": re.compile(r"/(?:/[^\r\n]*|\*(?:[^*]|\*(?!/)){0,20000}\*/)"),
    "structured": re.compile(r"/(?:(?<![:\w]/)/[^\r\n]*|\*(?:[^*]|\*(?!/)){0,20000}\*/)"),
}
"""What a dialect takes for a comment."""


@cache
def _grammar(dialect: Dialect) -> Grammar:
    from promptlint.syntax.grammar import Grammar

    return Grammar(dialect, _builder(dialect))


@cache
def _builder(dialect: Dialect) -> Builder:
    return Builder(dialect)


def parse(text: str, dialect: Dialect | None = None) -> Tree:
    """Parse a prompt in a dialect, or in the one that the text shows.

    Never fails: what the dialect can't read becomes an error leaf. The leaves' texts, joined, are `text`.
    """
    chosen, evidence = (dialect, "asked for") if dialect else detect(text)
    children, start = _head(text) if chosen == "midjourney" else ([], 0)
    flags = parameters.find(text, chosen)
    masked = _masked(text, start, chosen, flags)
    if masked:
        found = _parse(masked, chosen)
        if start or masked != text:
            _restore(found, text, start)
        children += found
    return Tree(text, chosen, children, evidence, flags)


def _parse(text: str, dialect: Dialect) -> Items:
    """Return the nodes of a text. One that holds nothing but a RUN needs no grammar."""
    if _PLAIN.fullmatch(text):
        items: Items = []
        _builder(dialect).cut(text, 0, items)
        return items
    return _grammar(dialect).parse(text)


def _head(text: str) -> tuple[Items, int]:
    """Return what stands before a Midjourney prompt's words, `/imagine` and images, and where those begin."""
    begin = _IMAGINE.match(text)
    start = begin.end() if begin else 0
    pictures, end = parameters.images(text, start)
    keyword: Items = [Leaf(LeafKind.KEYWORD, text[:start], 0)] if start else []
    return [*keyword, *pictures], end


def _masked(text: str, start: int, dialect: Dialect, flags: Sequence[Parameter]) -> str:
    """Return the text from `start` on, with flags, weights of parts and comments masked."""
    comments = _COMMENTS.get(dialect)
    body = text[start:]
    if comments:
        body = comments.sub(lambda match: MASK * len(match.group()), body)
    if flags:
        body = _mask_flags(body, [one.span.shifted(-start) for one in flags])
    if dialect == "midjourney" and "::" in body:
        body = parameters.PART_WEIGHT.sub(lambda match: WEIGHT_MASK * len(match.group()), body)
    return body


def _mask_flags(body: str, spans: list[Span]) -> str:
    """Mask each flag with the space before it, so that flags in a row are one leaf; none in a comment."""
    out: list[str] = []
    at = 0
    for start, end in spans:
        if start < at or body[start] == MASK:
            continue
        begin = start
        while begin > at and body[begin - 1].isspace():
            begin -= 1
        out += (body[at:begin], FLAG_MASK * (end - begin))
        at = end
    return "".join([*out, body[at:]])


def _restore(items: Items, text: str, shift: int) -> None:
    """Give leaves of a masked or shifted text their place and words in the whole."""
    for leaf in leaves_of(items):
        leaf.start += shift
        leaf.text = text[leaf.start : leaf.start + len(leaf.text)]
