"""Parses a prompt: chooses the dialect, runs its Lark grammar, builds the lossless tree."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from promptlint import compiled
from promptlint.syntax.tree import Dialect, Leaf, LeafKind, Node, NodeKind, Tree

if TYPE_CHECKING:
    from lark import Lark, Token

DIALECTS: tuple[Dialect, ...] = ("plain", "a1111", "labelled", "structured")

_KINDS = {
    "TEXT": LeafKind.TEXT,
    "SEPARATOR": LeafKind.SEPARATOR,
    "STOP": LeafKind.STOP,
    "NEWLINE": LeafKind.NEWLINE,
    "COLON": LeafKind.COLON,
    "WEIGHT": LeafKind.WEIGHT,
    "OPEN": LeafKind.OPEN,
    "CLOSE": LeafKind.CLOSE,
    "QUOTE_OPEN": LeafKind.OPEN,
    "QUOTE_CLOSE": LeafKind.CLOSE,
    "TAG": LeafKind.TAG,
    "HOLE": LeafKind.HOLE,
    "STRAY": LeafKind.ERROR,
    "OTHER": LeafKind.TEXT,
}
_STRUCTURED = re.compile(r"\s*(?:```\w*\s*)?[{\[]\s*(?:[\"“{\[]|//|/\*|\w+\s*:)")
_LABEL_LINE = re.compile(
    r"^[ \t]*(?:[-*•#>]+[ \t]*|\d+[.)][ \t]*)*[*_]{0,3}[^\W\d_][\w &/'-]{1,40}[*_]{0,3}[ \t]*[:：]", re.M
)
_A1111 = re.compile(r"<(?:lora|lyco|hypernet):|\bBREAK\b|\([^()\n]*:\s*[\d.]+\s*\)|\(\(|\[\[")
_PARAMETERS = re.compile(r"(?:^|\s)(?:--|—)[a-z]\w*(?=\s|$)")
_KEYWORD = re.compile(r"\b(?:BREAK|AND)\b")


def detect(text: str) -> Dialect:
    """Tell the dialect from the text alone."""
    if _STRUCTURED.match(text):
        return "structured"
    if ("(" in text or "<" in text or "[" in text or "BREAK" in text) and _A1111.search(text):
        return "a1111"
    if (":" in text or "：" in text) and len(_LABEL_LINE.findall(text)) >= 2:
        return "labelled"
    return "plain"


class _Builder:
    """Callbacks of the parser: makes nodes while it reduces, so that no second walk is needed.

    Lark calls a method a rule (`start`, `label`, `key`, `group`, `quoted`) with the children in order.
    """

    def start(self, items: list[Any]) -> list[Node | Leaf]:
        return _as_nodes(items)

    def label(self, items: list[Any]) -> Node:
        return Node(NodeKind.LABEL, _as_nodes(items))

    def key(self, items: list[Any]) -> Node:
        return Node(NodeKind.KEY, _as_nodes(items))

    def quoted(self, items: list[Any]) -> Node:
        return Node(NodeKind.QUOTED, _as_nodes(items))

    def group(self, items: list[Any]) -> Node:
        children = _as_nodes(items)
        return Node(NodeKind.GROUP, children, _factor(children))


def _as_nodes(items: list[Any]) -> list[Node | Leaf]:
    out: list[Node | Leaf] = []
    for item in items:
        if isinstance(item, Node):
            out.append(item)
        elif item.type == "TEXT" and ("BREAK" in item or "AND" in item):
            out.extend(_split_keywords(item))
        else:
            out.append(Leaf(_KINDS[item.type], str(item), item.start_pos))
    return out


def _split_keywords(token: Token) -> list[Node | Leaf]:
    out: list[Node | Leaf] = []
    at, base = 0, token.start_pos or 0
    for match in _KEYWORD.finditer(token):
        if match.start() > at:
            out.append(Leaf(LeafKind.TEXT, token[at : match.start()], base + at))
        out.append(Leaf(LeafKind.KEYWORD, match.group(), base + match.start()))
        at = match.end()
    if at < len(token):
        out.append(Leaf(LeafKind.TEXT, token[at:], base + at))
    return out


def _factor(children: list[Node | Leaf]) -> float:
    """Return the weight that an A1111 bracket puts on what is inside: its own number, else 1.1 or 1/1.1."""
    bracket = children[0]
    weight = children[-2] if len(children) > 2 else None
    if isinstance(weight, Leaf) and weight.kind is LeafKind.WEIGHT:
        return float(weight.text.strip(" \t:"))
    if isinstance(bracket, Leaf):
        return {"(": 1.1, "[": 1 / 1.1}.get(bracket.text, 1.0)
    return 1.0


@cache
def _grammar(name: str) -> Lark:
    """Return a grammar's parser. Its tables are kept, since making them takes longer than a thousand parses."""
    from lark import Lark

    from promptlint.syntax.lexing import Pairing

    return Lark.open(
        f"{name}.lark",
        rel_to=__file__,
        parser="lalr",
        lexer="basic",
        postlex=Pairing(strings=name == "structured"),
        transformer=_Builder(),
        maybe_placeholders=False,
        cache=str(compiled.prepared_folder() / f"grammar-{name}.lark-tables"),
    )


def parse(text: str, dialect: Dialect | None = None) -> Tree:
    """Parse a prompt in a dialect, or in the one that the text shows.

    Never fails: what the dialect can't read becomes an error leaf. The leaves' texts, joined, are `text`.
    """
    chosen = dialect or detect(text)
    body, tail = text, ""
    if "--" in text or "—" in text:
        found = _PARAMETERS.search(text)
        if found:
            body, tail = text[: found.start()], text[found.start() :]
    grammar = _grammar("structured" if chosen == "structured" else "prompt")
    children: list[Node | Leaf] = grammar.parse(body) if body else []  # type: ignore[assignment]
    if tail:
        children.append(Leaf(LeafKind.PARAMETERS, tail, len(body)))
    return Tree(text, chosen, children)
