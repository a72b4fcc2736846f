"""Between lexer and parser: pairs brackets and quotes in one pass, so that no input can break the grammar."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from lark import Token
from lark.lark import PostLex

_PARTNER = {")": "(", "]": "[", "}": "{"}
_AFTER_STRING = {"CLOSE", "LABEL", "COLON"}
MAX_DEPTH = 200
"""Brackets nested deeper than this are read as plain characters: no dialect means anything by them."""


class Pairing(PostLex):
    """Retypes QUOTE to QUOTE_OPEN or QUOTE_CLOSE, and what has no partner to STRAY."""

    always_accept: ClassVar[tuple[str, ...]] = ("QUOTE", "OPEN", "CLOSE")  # type: ignore[misc]

    def __init__(self, *, strings: bool) -> None:
        self._strings = strings

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        tokens = list(stream)
        kinds = {token.type for token in tokens}
        if "QUOTE" in kinds:
            (_pair_strings if self._strings else _pair_quotes)(tokens)
        if not kinds.isdisjoint(("OPEN", "CLOSE", "QUOTE")):
            _pair_brackets(tokens)
        return iter(tokens)


def _pair_brackets(tokens: list[Token]) -> None:
    stack: list[int] = []
    for index, token in enumerate(tokens):
        kind = token.type
        if kind == "OPEN":
            if len(stack) < MAX_DEPTH:
                stack.append(index)
            else:
                token.type = "STRAY"
        elif kind == "QUOTE_OPEN":
            stack.append(index)
        elif kind == "CLOSE":
            _close_bracket(tokens, stack, token)
        elif kind == "QUOTE_CLOSE":
            while tokens[stack[-1]].type != "QUOTE_OPEN":
                tokens[stack.pop()].type = "STRAY"
            stack.pop()
    for index in stack:
        tokens[index].type = "STRAY"


def _close_bracket(tokens: list[Token], stack: list[int], token: Token) -> None:
    """Pair a closing bracket with the innermost open one of its kind inside the same quotes.

    One bracket of another kind that stands open between the two is the mistake, and not the pair around it; braces
    that no dialect of weights knows don't count.
    """
    partner = _PARTNER[str(token)]
    depth, skipped = len(stack) - 1, 0
    while depth >= 0 and tokens[stack[depth]] != partner:
        skipped += tokens[stack[depth]] != "{" or partner == "{"
        if tokens[stack[depth]].type == "QUOTE_OPEN" or skipped > 1:
            token.type = "STRAY"
            return
        depth -= 1
    if depth < 0:
        token.type = "STRAY"
        return
    for index in stack[depth + 1 :]:
        tokens[index].type = "STRAY"
    del stack[depth:]


def _pair_quotes(tokens: list[Token]) -> None:
    """Pair straight and curly double quotes that stand in one line; those left over are plain characters."""
    opened: int | None = None
    for index, token in enumerate(tokens):
        if token.type == "RUN" and opened is not None and "\n" in token:
            tokens[opened].type = "STRAY"
            opened = None
        elif token.type == "QUOTE":
            if opened is None and token != "”":
                opened = index
            elif opened is not None and (token == "”") == (tokens[opened] == "“"):
                tokens[opened].type, token.type = "QUOTE_OPEN", "QUOTE_CLOSE"
                opened = None
            else:
                token.type = "STRAY"
    if opened is not None:
        tokens[opened].type = "STRAY"


def _pair_strings(tokens: list[Token]) -> None:
    """Pair the quotes of JSON-like text, where strings hold quotes that nobody escaped.

    A quote ends a string where the text goes on as structure: a comma, a colon, a bracket or the end.
    """
    opened: int | None = None
    for index, token in enumerate(tokens):
        if token.type != "QUOTE":
            continue
        if opened is None:
            opened = index
        elif _ends_string(tokens, index):
            tokens[opened].type, token.type = "QUOTE_OPEN", "QUOTE_CLOSE"
            opened = None
        else:
            token.type = "STRAY"
    if opened is not None:
        tokens[opened].type = "STRAY"


def _ends_string(tokens: list[Token], index: int) -> bool:
    if index + 1 == len(tokens):
        return True
    following = tokens[index + 1]
    if following.type == "RUN":
        rest = following.lstrip(" \t")
        if rest:
            return rest[0] in ",\r\n"
        return index + 2 == len(tokens) or tokens[index + 2].type in _AFTER_STRING
    return following.type in _AFTER_STRING
