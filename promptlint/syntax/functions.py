"""How InvokeAI reads a prompt: weights behind words, phrases and quotes, `.swap()`, `.blend()` and `.and()`.

A bracket or a quotation has a meaning only if everything in it can be read; if not, it is plain characters up
to the next space, and what follows is read on its own. The scan has its own stack: depth costs nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from promptlint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_MORE, _LESS = 1.1, 0.9
_NUMBER = r"(?:\d+\.\d*|\.\d+|\d+)"
_SIGNED = r"(?:[+-]?(?:\d+\.\d*|\.\d+)|-?\d+)"
SIGNED = re.compile(_SIGNED)
"""A weight among the options of a call."""
_OPTION = rf"(?>[\w-]+\s*=\s*(?>{_SIGNED}|[\w-]+)|{_SIGNED}|[\w-]+)"
_COMMA = re.compile(r",(\S)")
_SPACE = re.compile(r"\s*", re.ASCII)
_WORD = re.compile(r'(?:\\[()",.+\-=]|[-+](?![\s()",.+\-=]|$)|[^\s()",.+\-=])+', re.ASCII)
_FREE_WORD = re.compile(r"\S+", re.ASCII)
_QUOTE = re.compile(r'"(?:\\"|[^"\r\n])*"')
_SIGNS = re.compile(r"\++|-+")
_SIGNS_OR_NUMBER = re.compile(rf"\++|-+|{_NUMBER}")
_ATTEND = re.compile(rf"\s*\.attend\s*\(\s*(\++|-+|{_NUMBER})\s*\)", re.ASCII)
_SWAP = re.compile(r"\s*\.swap\s*\(", re.ASCII)
_SWAP_END = re.compile(rf"(?:,\s*((?>{_OPTION}(?:\s*,\s*{_OPTION})*)?))?\s*\)", re.ASCII)
_LORA = re.compile(rf"(?:use|with)Lora\s*\(\s*[\w-]+\s*(?:,\s*{_SIGNED}\s*)?\)", re.ASCII)
_CALL = re.compile(rf"\)\s*\.(and|add|blend)\s*\(\s*((?>{_OPTION}(?:\s*,\s*{_OPTION})*)?)\s*\)", re.ASCII)


def weighted_words(text: str) -> Iterator[tuple[int, int, float]]:
    """Yield begin, end and weight of each word that InvokeAI reads, without what only weighs."""
    scan = Scan(text)
    for item in flat(scan.whole()):
        if isinstance(item, _Word):
            start, end = scan.place(item.start), scan.place(item.end)
            if start < end:
                yield start, end, item.weight


class _Word(NamedTuple):
    start: int
    end: int
    weight: float = 1.0


class Swapped(NamedTuple):
    """A swap, in front of the words of both of its sides."""

    target: Span
    by: Span
    span: Span
    options: dict[str, str]


class _Group(NamedTuple):
    """Words that a weight stands behind."""

    items: _Items
    weight: float = 1.0


_Items = list["_Word | Swapped | _Group"]


class _Call(NamedTuple):
    """A call of `.and()` or `.blend()`: where its targets stand, and what was read in them."""

    kind: str
    targets: list[Span]
    items: _Items
    options: list[str]
    span: Span


class _Target(NamedTuple):
    """A word, bracket or quotation that something may stand behind."""

    span: Span
    items: _Items


class _Kind(Enum):
    PROMPT = "prompt"
    BRACKET = "bracket"
    QUOTE = "quote"
    SWAP = "swap"


@dataclass(slots=True)
class _Frame:
    """What is being read. `start` is where it begins, `limit` where it has to end at the latest."""

    kind: _Kind
    start: int
    limit: int
    items: _Items = field(default_factory=list)
    target: _Target | None = None
    body: int = 0


def flat(items: _Items) -> Iterator[_Word | Swapped]:
    """Yield words with their whole weight, and swaps, in the order of the text."""
    stack = [(iter(items), 1.0)]
    while stack:
        rows, weight = stack[-1]
        for item in rows:
            if isinstance(item, _Group):
                stack.append((iter(item.items), weight * item.weight))
                break
            yield item._replace(weight=item.weight * weight) if isinstance(item, _Word) else item
        else:
            stack.pop()


def _factor(operator: str) -> float:
    """Return the weight that an operator stands for: signs by their number, or a number."""
    if operator[0] == "+":
        return float(_MORE ** min(len(operator), 1000))
    if operator[0] == "-":
        return float(_LESS ** len(operator))
    return float(operator)


class Scan:
    """Reads one text. Positions are those of the text with a space behind each comma, as InvokeAI puts it."""

    def __init__(self, text: str) -> None:
        commas = [match.start(1) for match in _COMMA.finditer(text)]
        self._added = [at + number for number, at in enumerate(commas)]
        self._text = _COMMA.sub(r", \1", text) if commas else text
        # What was read at a place, up to a limit; None where it can't be read. Nothing is read twice.
        self._known: dict[tuple[int, int], _Target | None] = {}
        self._plain_swaps: set[tuple[int, int]] = set()

    def place(self, at: int) -> int:
        """Return where a position stands in the text as it was written."""
        return at - bisect_left(self._added, at)

    def inner(self, span: Span) -> Span:
        """Return the written place of a target without its brackets or quotes."""
        marked = self._text[span.start] in '("'
        return Span(self.place(span.start + marked), self.place(span.end - marked))

    def whole(self) -> _Items:
        """Return what the text says: as a conjunction or blend, or as one prompt."""
        call = self.call()
        if call is None:
            return self._prompt(0, len(self._text))
        return [_Group(call.items), *self._prompt(call.span.end, len(self._text))]

    def call(self) -> _Call | None:
        """Return the conjunction or blend that the text begins with."""
        text = self._text
        at = self._skip(0)
        while lora := _LORA.match(text, at):
            at = self._skip(lora.end())
        if not text.startswith("(", at):
            return None
        start, targets, items = at, [], _no_items()
        while True:
            at = self._skip(at + 1)
            target = self._call_target(at)
            if target is None:
                return None
            targets.append(target.span)
            items += target.items
            at = self._skip(target.span.end)
            if text[at : at + 1] != ",":
                break
        found = _CALL.match(text, at)
        if found is None:
            return None
        options = [option.strip() for option in found[2].split(",") if option.strip()]
        return _Call(found[1], targets, items, options, Span(start, found.end()))

    def _call_target(self, at: int) -> _Target | None:
        found = self._target(at, len(self._text))
        if found is not None or self._text[at : at + 1] != '"':
            return found
        quote = _QUOTE.match(self._text, at)
        return _Target(Span(at, quote.end()), self._prompt(at + 1, quote.end() - 1)) if quote else None

    def _target(self, at: int, limit: int) -> _Target | None:
        """Return the bracket, quotation or word at a place."""
        if self._text[at : at + 1] in ("(", '"'):
            self._run(_Frame(_Kind.PROMPT, at, limit), only_one=True)
            return self._known.get((at, limit))
        word = _WORD.match(self._text, at, limit)
        return _Target(Span(at, word.end()), [_Word(at, word.end())]) if word else None

    def _trimmed(self, start: int, end: int) -> Span:
        start = self._skip(start, end)
        return Span(start, start + len(self._text[start:end].rstrip()))

    def _prompt(self, start: int, end: int) -> _Items:
        frame = _Frame(_Kind.PROMPT, start, end)
        self._run(frame)
        return frame.items

    def _skip(self, at: int, limit: int | None = None) -> int:
        found = _SPACE.match(self._text, at, len(self._text) if limit is None else limit)
        return found.end() if found else at

    def _run(self, root: _Frame, *, only_one: bool = False) -> None:
        """Read a prompt up to its limit, or the one bracket or quotation that it begins with."""
        stack = [root]
        at = root.start
        while True:
            at = self._step(stack, at)
            if len(stack) == 1 and (only_one or at >= root.limit):
                return

    def _step(self, stack: list[_Frame], at: int) -> int:
        """Read the next thing of the innermost frame and return where to go on."""
        frame = stack[-1]
        text = self._text
        at = self._skip(at, frame.limit)
        if at >= frame.limit:
            if frame.kind is _Kind.QUOTE:
                return self._finish(stack, Span(frame.start, at + 1))
            return at if frame.kind is _Kind.PROMPT else self._fail(stack, at)
        char = text[at]
        if char == ")" and frame.kind is _Kind.BRACKET:
            return self._finish(stack, Span(frame.start, at + 1))
        if char in "),=" and frame.kind is _Kind.SWAP:
            return self._finish_swap(stack, at)
        return self._open(stack, at) if char in '("' else self._plain(stack, at)

    def _plain(self, stack: list[_Frame], at: int) -> int:
        """Read what is no bracket or quotation: a word and what is behind it, a LoRA, a comma or a point."""
        frame, text = stack[-1], self._text
        if lora := _LORA.match(text, at, frame.limit):
            return lora.end()
        word = _WORD.match(text, at, frame.limit)
        if word:
            return self._behind(stack, _Target(Span(at, word.end()), [_Word(at, word.end())]))
        if text[at] in ",." and frame.kind in (_Kind.BRACKET, _Kind.QUOTE):
            frame.items.append(_Word(at, at + 1))
            return at + 1
        return self._fail(stack, at)

    def _open(self, stack: list[_Frame], at: int) -> int:
        """Begin a bracket or a quotation, or take what is known of it."""
        limit = stack[-1].limit
        known = self._known.get((at, limit), self)
        if known is None:
            return self._fail(stack, at)
        if isinstance(known, _Target):
            return self._behind(stack, known)
        if self._text[at] == "(":
            stack.append(_Frame(_Kind.BRACKET, at, limit))
            return at + 1
        quote = _QUOTE.match(self._text, at, limit)
        if quote is None:
            self._known[at, limit] = None
            return self._fail(stack, at)
        stack.append(_Frame(_Kind.QUOTE, at, quote.end() - 1))
        return at + 1

    def _finish(self, stack: list[_Frame], span: Span) -> int:
        frame = stack.pop()
        target = _Target(span, frame.items)
        self._known[frame.start, stack[-1].limit] = target
        return self._behind(stack, target)

    def _behind(self, stack: list[_Frame], target: _Target) -> int:
        """Read what stands behind a word, bracket or quotation: a swap, a weight, or nothing."""
        frame, at, text = stack[-1], target.span.end, self._text
        swap = _SWAP.match(text, at, frame.limit)
        if swap and (at, frame.limit) not in self._plain_swaps:
            stack.append(_Frame(_Kind.SWAP, target.span.start, frame.limit, target=target, body=swap.end()))
            return swap.end()
        return self._weigh(frame, target)

    def _weigh(self, frame: _Frame, target: _Target) -> int:
        at, text = target.span.end, self._text
        marked = text[target.span.start] in '("'
        attend = _ATTEND.match(text, at, frame.limit)
        if attend:
            frame.items.append(_Group(target.items, _factor(attend[1])))
            return attend.end()
        operator = (_SIGNS_OR_NUMBER if marked else _SIGNS).match(text, at, frame.limit)
        if operator:
            frame.items.append(_Group(target.items, _factor(operator.group())))
            return operator.end()
        if frame.kind is _Kind.PROMPT and not marked:
            return self._free_word(frame, target.span.start)
        frame.items.append(_Group(target.items))
        return at

    def _finish_swap(self, stack: list[_Frame], at: int) -> int:
        frame = stack[-1]
        found = _SWAP_END.match(self._text, at, frame.limit)
        if found is None or frame.target is None:
            return self._fail(stack, at)
        stack.pop()
        options = [option.partition("=") for option in (found[1] or "").split(",") if option.strip()]
        stack[-1].items += [
            Swapped(
                frame.target.span,
                self._trimmed(frame.body, at),
                Span(frame.start, found.end()),
                {name.strip(): value.strip() for name, _, value in options},
            ),
            _Group(frame.target.items),
            _Group(frame.items),
        ]
        return found.end()

    def _fail(self, stack: list[_Frame], at: int) -> int:
        """Give up what can't be read: a swap is plain then, a bracket or quotation fails its surroundings."""
        while True:
            frame = stack[-1]
            if frame.kind is _Kind.PROMPT:
                return self._free_word(frame, at)
            stack.pop()
            if frame.kind is _Kind.SWAP and frame.target is not None:
                self._plain_swaps.add((frame.target.span.end, frame.limit))
                return self._weigh(stack[-1], frame.target)
            self._known[frame.start, stack[-1].limit] = None
            at = frame.start

    def _free_word(self, frame: _Frame, at: int) -> int:
        word = _FREE_WORD.match(self._text, at, frame.limit)
        end = word.end() if word else at + 1
        frame.items.append(_Word(at, end))
        return end


def _no_items() -> _Items:
    return []
