"""Parses a prompt: chooses the dialect, runs its Lark grammar, builds the lossless tree."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from promptlint import compiled
from promptlint.syntax.build import MASK, Builder, Items
from promptlint.syntax.dialects import detect
from promptlint.syntax.tree import Dialect, Leaf, LeafKind, Tree, leaves_of

if TYPE_CHECKING:
    from lark import Lark

_PARAMETERS = re.compile(r"(?:^|\s)(?:--|—)[a-z]\w*(?=\s|$)")
_PLAIN = re.compile(r"[^()\[\]{}<>\"“”|:：\\_$]+")
_IMAGINE = re.compile(r"\s*/imagine\s+(?:prompt:?)?[ \t]*")
_COMMENTS: dict[Dialect, re.Pattern[str]] = {
    "a1111": re.compile(r"#[^\r\n]*"),
    "comfyui": re.compile(r"//[^\r\n]*|/\*(?:[^*]|\*(?!/)){0,20000}\*/"),
    "structured": re.compile(r"(?<![:\w])//[^\r\n]*|/\*(?:[^*]|\*(?!/)){0,20000}\*/"),
}
"""What a dialect takes for a comment."""


@lru_cache(maxsize=None)
def _grammar(dialect: Dialect) -> Lark:
    """Return a dialect's parser. Its tables are kept, since making them takes longer than a thousand parses."""
    from lark import Lark

    from promptlint.syntax.lexing import Pairing

    name = "structured" if dialect == "structured" else "text"
    return Lark.open(
        f"{name}.lark",
        rel_to=__file__,
        parser="lalr",
        lexer="basic",
        postlex=Pairing(strings=dialect == "structured"),
        transformer=_builder(dialect),
        maybe_placeholders=False,
        cache=str(compiled.prepared_folder() / f"grammar-{name}.lark-tables"),
    )


@lru_cache(maxsize=None)
def _builder(dialect: Dialect) -> Builder:
    return Builder(dialect)


def parse(text: str, dialect: Dialect | None = None) -> Tree:
    """Parse a prompt in a dialect, or in the one that the text shows.

    Never fails: what the dialect can't read becomes an error leaf. The leaves' texts, joined, are `text`.
    """
    chosen, evidence = (dialect, "asked for") if dialect else detect(text)
    start, end = _bounds(text, chosen)
    children: Items = []
    if start:
        children.append(Leaf(LeafKind.KEYWORD, text[:start], 0))
    body = text[start:end]
    comments = _COMMENTS.get(chosen)
    masked = comments.sub(lambda match: MASK * len(match.group()), body) if comments else body
    if body:
        found = _parse(masked, chosen)
        if start or masked is not body:
            _restore(found, text, start)
        children += found
    if end < len(text):
        children.append(Leaf(LeafKind.PARAMETERS, text[end:], end))
    return Tree(text, chosen, children, evidence)


def _parse(text: str, dialect: Dialect) -> Items:
    """Return the nodes of a text. One that holds nothing but a RUN needs no grammar."""
    if _PLAIN.fullmatch(text):
        return _builder(dialect).run(text, 0)
    return cast("Items", _grammar(dialect).parse(text))


def _bounds(text: str, dialect: Dialect) -> tuple[int, int]:
    """Return where the prompt proper begins and ends: behind `/imagine prompt:`, before the first `--flag`."""
    begin = _IMAGINE.match(text) if dialect == "midjourney" else None
    flags = _PARAMETERS.search(text, begin.end() if begin else 0) if "--" in text or "—" in text else None
    return (begin.end() if begin else 0), (flags.start() if flags else len(text))


def _restore(items: Items, text: str, shift: int) -> None:
    """Give leaves of a masked or shifted text their place and words in the whole."""
    for leaf in leaves_of(items):
        leaf.start += shift
        leaf.text = text[leaf.start : leaf.start + len(leaf.text)]
