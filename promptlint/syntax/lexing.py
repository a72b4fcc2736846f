"""From text to tokens: one pass cuts it, another pairs brackets and quotes, so that no input can break a grammar."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

import msgspec
from lark.lark import PostLex
from lark.lexer import Lexer

from promptlint.syntax.build import MASK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lark.common import LexerConf

_PARTNER = {")": "(", "]": "[", "}": "{"}
_BRACKETS = {
    "(": "ROUND",
    ")": "ROUND_END",
    "[": "SQUARE",
    "]": "SQUARE_END",
    "{": "BRACE",
    "}": "BRACE_END",
}
_AFTER_STRING = {"CLOSE", "LABEL", "COLON"}
_BEFORE_STRING = ",:;，：；、\r\n"
_LIST_MARK = re.compile(r"(?:^|[\s(;:,.。；：，、>*])(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})[ \t]?$")
_SMILEY = re.compile(r"(?:^|\s)[:;=8]['’]?[-^o]?$")
_PLAIN = "OTHER"
"""What a character is retyped to that is neither a bracket nor a quote here."""
_QUOTES = ('"', "“", "”")
_TEXTS = ("RUN", "ENCLOSED", "STRING", "MEMBER")
_WIDE_OPEN = {"（": ")", "［": "]", "｛": "}"}
_WIDE_CLOSE = {"）": "(", "］": "[", "｝": "{"}
_WIDE_MATES = {"（": "）", "［": "］", "｛": "｝", "）": "（", "］": "［", "｝": "｛"}
_WIDE = re.compile(f"[{''.join(_WIDE_MATES)}]")
MAX_DEPTH = 200
"""Brackets nested deeper than this are read as plain characters: no dialect means anything by them."""


class Token(msgspec.Struct, gc=False):
    """A terminal's name, its text, and where that starts. Lark's own token costs many times as much to make."""

    type: str
    text: str
    start_pos: int

    # Lark places the end of the text by what it finds on the last token.
    line: ClassVar[None] = None
    column: ClassVar[None] = None
    end_line: ClassVar[None] = None
    end_column: ClassVar[None] = None
    end_pos: ClassVar[None] = None


class OnePass(Lexer):
    """Cuts a text by one pattern of all terminals, those of higher priority first. One of them takes any character."""

    def __init__(self, conf: LexerConf) -> None:
        terminals = sorted(conf.terminals, key=lambda one: -one.priority)
        self._match = re.compile("|".join(f"(?P<{one.name}>{one.pattern.to_regexp()})" for one in terminals)).finditer

    def lex(self, text: str) -> list[Token]:  # type: ignore[override]
        """Return the tokens of a text; put together they are the text."""
        return [Token(match.lastgroup or "", match[0], match.start()) for match in self._match(text)]


class Pairing(PostLex):
    """Retypes OPEN, CLOSE and QUOTE to what they open or close, and what has no partner to STRAY."""

    always_accept: ClassVar[tuple[str, ...]] = ("QUOTE", "OPEN", "CLOSE")  # type: ignore[misc]

    def __init__(self, *, strings: bool) -> None:
        self._strings = strings

    def process(self, stream: list[Token]) -> list[Token]:  # type: ignore[override]
        """Return the tokens with their new types; strings that begin amid words are taken apart."""
        tokens = _opened(stream) if self._strings else stream
        kinds = {token.type for token in tokens}
        if "QUOTE" in kinds:
            (_pair_strings if self._strings else _pair_quotes)(tokens)
        if not kinds.isdisjoint(("OPEN", "CLOSE", "QUOTE")):
            _pair_brackets(tokens)
            _excuse(tokens)
        return tokens


def _opened(tokens: list[Token]) -> list[Token]:
    """Take strings apart that begin amid words: their first quote stands inside another string."""
    out: list[Token] = []
    done = 0
    for index, token in enumerate(tokens):
        if token.type == "STRING" and index and _is_amid_words(tokens[index - 1]):
            text, start, close = token.text, token.start_pos, token.text.index('"', 1)
            ends = (0, 1, close, close + 1, len(text))
            out += tokens[done:index]
            out += [
                Token(kind, text[begin:end], start + begin)
                for kind, begin, end in zip(("QUOTE", "RUN", "QUOTE", "RUN"), ends, ends[1:], strict=False)
                if begin < end
            ]
            done = index + 1
    return [*out, *tokens[done:]] if done else tokens


def _is_amid_words(before: Token) -> bool:
    text = before.text.rstrip(" \t")
    return before.type == "RUN" and text != "" and text[-1] not in _BEFORE_STRING


def _excuse(tokens: Sequence[Token]) -> None:
    """Make brackets without a partner plain that are no mistake.

    These are "1)" in a list ("a)" where there are more of the kind), a smiley, and one whose partner is
    full-width.
    """
    strays = [index for index, token in enumerate(tokens) if token.type == "STRAY" and token.text not in _QUOTES]
    lettered = []
    for index in strays:
        before = _text_before(tokens, index)
        if tokens[index].text in "()" and _SMILEY.search(before):
            tokens[index].type = _PLAIN
        elif tokens[index].text == ")" and _LIST_MARK.search(before):
            if before.rstrip()[-1:].isdigit():
                tokens[index].type = _PLAIN
            else:
                lettered.append(index)
    if len(lettered) > 1:
        for index in lettered:
            tokens[index].type = _PLAIN
    if any(tokens[index].type == "STRAY" for index in strays):
        _excuse_wide(tokens)


def _excuse_wide(tokens: Sequence[Token]) -> None:
    """Pair brackets without a partner with full-width ones, which stand in the text as plain characters."""
    if not _WIDE.search("".join(token.text for token in tokens)):
        return
    for wide, order in ((_WIDE_OPEN, tokens), (_WIDE_CLOSE, tokens[::-1])):
        partners = {partner: other for other, partner in wide.items()}
        left = dict.fromkeys(wide.values(), 0)
        for token in order:
            if token.type == "STRAY" and left.get(token.text):
                left[token.text] -= 1
                token.type = _PLAIN
            elif token.type in _TEXTS and not token.text.isascii():
                for partner, other in partners.items():
                    closed = _WIDE_MATES[other]
                    left[partner] = max(0, left[partner] + token.text.count(other) - token.text.count(closed))


def _text_before(tokens: Sequence[Token], index: int) -> str:
    """Return the few characters before a token."""
    out = ""
    while index > 0 and len(out) < 8:
        index -= 1
        out = tokens[index].text[-8:] + out
    return out


def _pair_brackets(tokens: list[Token]) -> None:
    stack: list[int] = []
    for index, token in enumerate(tokens):
        kind = token.type
        if kind == "OPEN":
            if len(stack) < MAX_DEPTH:
                token.type = _BRACKETS[token.text]
                stack.append(index)
            else:
                token.type = "STRAY"
        elif kind == "QUOTE_OPEN":
            stack.append(index)
        elif kind == "CLOSE":
            token.type = _BRACKETS[token.text] if _closes(tokens, stack, token.text) else "STRAY"
        elif kind == "QUOTE_CLOSE":
            while tokens[stack[-1]].type != "QUOTE_OPEN":
                tokens[stack.pop()].type = "STRAY"
            stack.pop()
    for index in stack:
        tokens[index].type = "STRAY"


def _closes(tokens: list[Token], stack: list[int], bracket: str) -> bool:
    """Pair a closing bracket with the innermost open one of its kind inside the same quotes, if there is one.

    One bracket of another kind that stands open between the two is the mistake, and not the pair around it;
    braces that no dialect of weights knows don't count.
    """
    partner = _PARTNER[bracket]
    depth, skipped = len(stack) - 1, 0
    while depth >= 0 and tokens[stack[depth]].text != partner:
        skipped += tokens[stack[depth]].text != "{" or partner == "{"
        if tokens[stack[depth]].type == "QUOTE_OPEN" or skipped > 1:
            return False
        depth -= 1
    if depth < 0:
        return False
    for index in stack[depth + 1 :]:
        tokens[index].type = "STRAY"
    del stack[depth:]
    return True


def _pair_quotes(tokens: list[Token]) -> None:
    """Pair straight and curly double quotes that stand in one line; what is left over in pairs is plain.

    A quotation may go over several lines: then both its ends are left over. A mark of inches is plain, too.
    """
    opened: int | None = None
    left: list[int] = []
    for index, token in enumerate(tokens):
        if token.type == "RUN" and opened is not None and "\n" in token.text:
            left.append(opened)
            opened = None
        elif token.type == "QUOTE":
            if opened is None and token.text != "“" and _is_inch(tokens, index):
                token.type = _PLAIN
            elif opened is None and token.text != "”":
                opened = index
            elif opened is not None and (token.text == "”") == (tokens[opened].text == "“"):
                tokens[opened].type, token.type = "QUOTE_OPEN", "QUOTE_CLOSE"
                opened = None
            else:
                left.append(index)
    if opened is not None:
        left.append(opened)
    _leave(tokens, sorted(left))


def _is_inch(tokens: Sequence[Token], index: int) -> bool:
    return index > 0 and tokens[index - 1].text[-1:].isdigit()


def _leave(tokens: Sequence[Token], left: Sequence[int]) -> None:
    """Make quotes that found no partner in their line plain where they find one further on, else strays.

    A straight quote may be the partner of a curly one here.
    """
    opened: list[int] = []
    for index in left:
        token = tokens[index]
        if opened and token.text != "“":
            token.type = tokens[opened.pop()].type = _PLAIN
        else:
            token.type = "STRAY"
            opened.append(index)


def _pair_strings(tokens: list[Token]) -> None:
    """Pair the quotes of JSON-like text, where strings hold quotes that nobody escaped.

    A quote ends a string where the text goes on as structure: a comma, a colon, a bracket or the end. Quotes
    inside a string are plain characters.
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
            token.type = _PLAIN
    if opened is not None:
        tokens[opened].type = "STRAY"


def _ends_string(tokens: list[Token], index: int) -> bool:
    if index + 1 == len(tokens):
        return True
    following = tokens[index + 1]
    if following.type == "RUN":
        rest = following.text.lstrip(f" \t\xa0\u200b{MASK}")
        if rest:
            return rest[0] in ",，、；\r\n"
        return index + 2 == len(tokens) or tokens[index + 2].type in _AFTER_STRING
    return following.type in _AFTER_STRING
