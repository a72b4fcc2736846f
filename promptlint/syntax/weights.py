"""What the runtime of a dialect reads: runs of text, each with the weight that reaches it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from promptlint.source import OffsetMap, Span
from promptlint.syntax.functions import weighted_words
from promptlint.syntax.parameters import multi_prompt
from promptlint.syntax.runtime import runtime_text
from promptlint.syntax.tree import Dialect, LeafKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from promptlint.syntax.tree import Tree

_A1111_TOKENS = re.compile(r"\\[()\[\]\\]?|[()\[\]]|:\s*[+-]?[.\d]+\s*\)|[^\\()\[\]:]+|:")
_BREAK = re.compile(r"\s*\bBREAK\b\s*")
_ROUND, _SQUARE = 1.1, 1 / 1.1
_COMFYUI_BRACKETS = re.compile(r"\\[()]|[()]")
_ESCAPED = re.compile(r"\\([()])")
_INVOKEAI_ESCAPED = re.compile(r'\\([()"])')


WEIGHING: frozenset[Dialect] = frozenset(("a1111", "comfyui", "invokeai", "midjourney"))
"""The dialects that have weights."""


class Weighted(NamedTuple):
    """A run of text as the runtime reads it, its weight, and where it stands in the prompt.

    A1111's BREAK is a run of its own, with the weight of the brackets around it below zero.
    """

    text: str
    weight: float
    span: Span


class _Run(NamedTuple):
    """A run before its place in the whole prompt is known."""

    text: str
    weight: float
    start: int
    end: int


class Weights:
    """The weights of one prompt, for looking up spans."""

    def __init__(self, tree: Tree) -> None:
        self.runs = weighted(tree)

    @cached_property
    def _starts(self) -> list[int]:
        return [run.span.start for run in self.runs]

    def of(self, span: Span) -> float:
        """Return the weight of a span: that of the run that holds most of it, 1 where none of it is read."""
        at = max(0, bisect_right(self._starts, span.start) - 1)
        most, found = 0, 1.0
        for run in self.runs[at:]:
            if run.span.start >= span.end:
                break
            shared = min(span.end, run.span.end) - max(span.start, run.span.start)
            if shared > most:
                most, found = shared, abs(run.weight) if run.text == "BREAK" else run.weight
        return found


def effective(tree: Tree, span: Span) -> float:
    """Return the weight that the runtime gives a span. For many spans of one tree, keep a `Weights`."""
    return Weights(tree).of(span)


def weighted(tree: Tree) -> list[Weighted]:
    """Return the runs of text that the runtime reads, in order, without the characters that only weigh."""
    if tree.dialect == "midjourney":
        return list(_midjourney(tree))
    text, places = runtime_text(tree)
    if not text:
        return []
    if tree.dialect == "a1111":
        runs = _merged(_a1111(text))
    elif tree.dialect == "comfyui":
        runs = _comfyui(text)
    elif tree.dialect == "invokeai":
        runs = _invokeai(text)
    else:
        runs = [_Run(text, 1.0, 0, len(text))]
    return [_placed(run, places) for run in runs]


def _placed(run: _Run, places: OffsetMap) -> Weighted:
    return Weighted(run.text, run.weight, places.source_span(Span(run.start, run.end)))


def _midjourney(tree: Tree) -> Iterator[Weighted]:
    """Yield the parts that `::` cuts a prompt into, without the flags that stand between their words."""
    leaves = [leaf for leaf in tree.leaves() if leaf.kind is not LeafKind.PARAMETERS]
    starts = [leaf.start for leaf in leaves]
    for span, weight in multi_prompt(tree):
        inside = leaves[max(0, bisect_right(starts, span.start) - 1) : bisect_left(starts, span.end)]
        pieces = (tree.text[max(leaf.start, span.start) : min(leaf.end, span.end)] for leaf in inside)
        yield Weighted("".join(pieces), weight, span)


def _merged(runs: Iterable[_Run]) -> list[_Run]:
    """Join neighbours of equal weight, apart from BREAK; drop what is empty."""
    out: list[_Run] = []
    texts: list[str] = []
    for run in runs:
        if not run.text:
            continue
        if out and out[-1].weight == run.weight and "BREAK" not in (run.text, texts[0]):
            texts.append(run.text)
            out[-1] = out[-1]._replace(end=run.end)
            continue
        if out:
            out[-1] = out[-1]._replace(text="".join(texts))
        texts = [run.text]
        out.append(run)
    if out:
        out[-1] = out[-1]._replace(text="".join(texts))
    return out


def _a1111(text: str) -> Iterator[_Run]:
    """Read round and square brackets as two independent stacks; an open one weighs the rest."""
    tokens = [(match.group(), match.start()) for match in _A1111_TOKENS.finditer(text)]
    factors = _a1111_factors(tokens)
    rounds, squares = [1.0], [1.0]
    weight = 1.0
    for index, (token, start) in enumerate(tokens):
        factor = factors.get(index)
        if factor is not None:
            if token[0] == ":" and not _is_number(token):
                yield _Run(token[:-1], weight, start, start + len(token) - 1)
            stack = squares if token in "[]" else rounds
            if token in "([":
                stack.append(stack[-1] * factor)
            else:
                stack.pop()
            # Rounded, since the same factors in another order are the same weight.
            weight = float(f"{rounds[-1] * squares[-1]:.10g}")
        elif token[0] == "\\":
            yield _Run(token[1:], weight, start + 1, start + len(token))
        else:
            yield from _parted(token, start, weight)


def _a1111_factors(tokens: list[tuple[str, int]]) -> dict[int, float]:
    """Return what each bracket that weighs, by the number of its token, does to what is inside."""
    rounds: list[int] = []
    squares: list[int] = []
    factors: dict[int, float] = {}
    for index, (token, _) in enumerate(tokens):
        if token == "(":
            rounds.append(index)
            factors[index] = _ROUND
        elif token == "[":
            squares.append(index)
            factors[index] = _SQUARE
        elif token == "]" and squares:
            squares.pop()
            factors[index] = _SQUARE
        elif token[-1] == ")" and token[0] in "):" and rounds:
            opened = rounds.pop()
            factors[index] = factors[opened] = float(token[1:-1]) if _is_number(token) else _ROUND
    return factors


def _is_number(token: str) -> bool:
    """Tell whether ":1.2)" has a number between the colon and the bracket; ":1.2.3)" and ")" have none."""
    try:
        float(token[1:-1])
    except ValueError:
        return False
    return True


def _parted(text: str, start: int, weight: float) -> Iterator[_Run]:
    """Part a run at each BREAK, which takes the space around it along."""
    at = 0
    if "BREAK" in text:
        for match in _BREAK.finditer(text):
            yield _Run(text[at : match.start()], weight, start + at, start + match.start())
            lead = match.group().index("BREAK")
            place = start + match.start() + lead
            yield _Run("BREAK", -weight, place, place + 5)
            at = match.end()
    yield _Run(text[at:], weight, start + at, start + len(text))


class _Bracket(NamedTuple):
    opens: bool
    at: int


_OPEN = -1
"""The partner of a bracket that never closes."""


def _comfyui(text: str) -> list[_Run]:
    """Read brackets from the outside in: a number replaces the weight around it, none multiplies it.

    A bracket that closes too early makes the next one that opens a plain character. One that never closes is
    plain as well, unless the text ends with a bracket: that one closes it, and its own partner stays open.
    """
    brackets = [
        _Bracket(match.group() == "(", match.start())
        for match in _COMFYUI_BRACKETS.finditer(text)
        if match.group()[0] != "\\"
    ]
    partner = _comfyui_pairs(brackets)
    opener = {closing: opening for opening, closing in partner.items()}
    number_of = {bracket.at: number for number, bracket in enumerate(brackets) if not bracket.opens}
    out: list[_Run] = []
    # Stretches still to be read: the number of the first bracket, where each begins and ends, its weight.
    work = [(0, 0, len(text), 1.0)]
    while work:
        number, start, end, weight = work.pop()
        while number < len(brackets) and brackets[number].at < end and number not in partner:
            number += 1
        if number == len(brackets) or brackets[number].at >= end:
            _literal(text, start, end, weight, out)
            continue
        at, closing = brackets[number].at, partner[number]
        _literal(text, start, at, weight, out)
        if closing == _OPEN:
            closing = number_of.get(end - 1, _OPEN)
            if closing == _OPEN:
                _literal(text, at, end, weight, out)
                continue
            partner[opener[closing]] = _OPEN
        close = brackets[closing].at
        if close + 1 < end:
            work.append((closing + 1, close + 1, end, weight))
        colon = text.rfind(":", brackets[closing - 1].at + 1, close)
        explicit = _number(text[colon + 1 : close]) if colon > at + 1 else None
        if explicit is None:
            work.append((number + 1, at + 1, close, weight * _ROUND))
        else:
            work.append((number + 1, at + 1, colon, explicit))
    return out


def _comfyui_pairs(brackets: list[_Bracket]) -> dict[int, int]:
    """Return the partner of each bracket that opens, unless one that closed too early made it plain."""
    partner: dict[int, int] = {}
    stack: list[int] = []
    early = 0
    for number, bracket in enumerate(brackets):
        if not bracket.opens:
            if stack:
                partner[stack.pop()] = number
            else:
                early += 1
        elif early:
            early -= 1
        else:
            stack.append(number)
            partner[number] = _OPEN
    return partner


def _literal(text: str, start: int, end: int, weight: float, out: list[_Run]) -> None:
    if start < end:
        out.append(_Run(_ESCAPED.sub(r"\1", text[start:end]), weight, start, end))


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _invokeai(text: str) -> list[_Run]:
    """Join the words of equal weight; a space stands for the brackets, quotes and space between them."""
    out: list[_Run] = []
    pieces: list[str] = []
    for start, end, product in weighted_words(text):
        weight = float(f"{product:.10g}")
        piece = _INVOKEAI_ESCAPED.sub(r"\1", text[start:end])
        if out and out[-1].weight == weight:
            pieces += [" " if out[-1].end < start else "", piece]
            out[-1] = out[-1]._replace(end=end)
            continue
        if out:
            out[-1] = out[-1]._replace(text="".join(pieces))
        pieces = [piece]
        out.append(_Run(piece, weight, start, end))
    if out:
        out[-1] = out[-1]._replace(text="".join(pieces))
    return out
