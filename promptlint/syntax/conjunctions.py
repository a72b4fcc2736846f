"""What InvokeAI's functions make of a prompt: several prompts in one, `.and()` and `.blend()`, and swaps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from promptlint.source import Span
from promptlint.syntax.functions import SIGNED, Scan, Swapped, flat
from promptlint.syntax.runtime import runtime_text

if TYPE_CHECKING:
    from promptlint.syntax.tree import Tree


class Part(NamedTuple):
    """One of the prompts of a conjunction or blend: its text without quotes or brackets, and its weight."""

    text: str
    weight: float
    span: Span


@dataclass(frozen=True, slots=True)
class Conjunction:
    """A prompt made of several: `("a", "b").and(1, 0.5)` or `("a", "b").blend(1, 0.5)`.

    `mismatched` tells that the weights are not as many as the parts, which InvokeAI refuses. `rest` is what
    stands behind it, which is not read.
    """

    kind: Literal["and", "blend"]
    parts: tuple[Part, ...]
    span: Span
    normalised: bool = True
    mismatched: bool = False
    rest: Span | None = None


@dataclass(frozen=True, slots=True)
class Swap:
    """A `.swap()`: the words that lay the image out, those that take their place, and the options by name."""

    original: Span
    replacement: Span
    span: Span
    options: dict[str, str] = field(default_factory=dict)


def conjunction(tree: Tree) -> Conjunction | None:
    """Return the conjunction or blend that a prompt is, or None."""
    text, places = runtime_text(tree)
    scan = Scan(text)
    call = scan.call()
    if call is None:
        return None
    weights = [option for option in call.options if option != "no_normalize"]
    numbers = [float(option) for option in weights if SIGNED.fullmatch(option)]
    mismatched = bool(weights) and len(numbers) != len(call.targets)
    parts = []
    for index, target in enumerate(call.targets):
        inner = scan.inner(target)
        weight = numbers[index] if index < len(numbers) else 1.0
        parts.append(Part(text[inner.start : inner.end], weight, places.source_span(inner)))
    span = Span(*map(scan.place, call.span))
    rest = Span(span.end, len(text.rstrip()))
    return Conjunction(
        kind="blend" if call.kind == "blend" else "and",
        parts=tuple(parts),
        span=places.source_span(span),
        normalised="no_normalize" not in call.options,
        mismatched=mismatched,
        rest=places.source_span(rest) if rest.start < rest.end else None,
    )


def swaps(tree: Tree) -> list[Swap]:
    """Return the swaps of a prompt in the order of the text."""
    text, places = runtime_text(tree)
    scan = Scan(text)
    out = []
    for item in flat(scan.whole()):
        if isinstance(item, Swapped):
            spans = [
                scan.inner(item.target),
                Span(*map(scan.place, item.by)),
                Span(*map(scan.place, item.span)),
            ]
            original, replacement, span = map(places.source_span, spans)
            out.append(Swap(original, replacement, span, item.options))
    return out
