"""Whether two mentions are meant of one picture: how near they stand, and whether they are options or alternatives."""

from __future__ import annotations

from typing import Literal

from promptlint.brief import Brief, Mention
from promptlint.checks.case import Case
from promptlint.source import Span
from promptlint.syntax import Leaf, LeafKind, Node, NodeKind, Tree

Within = Literal["prompt", "sentence", "phrase", "near"]
"""How near two mentions have to stand; `near` is a dozen words."""

_CHOICES = (NodeKind.CHOICE, NodeKind.ALTERNATION, NodeKind.SCHEDULE)
_NEAR = 12


class Together:
    """Answers it for one prompt."""

    def __init__(self, case: Case) -> None:
        self._brief = case.brief
        self._options = _options(case.tree)

    def are_meant(self, one: Mention, other: Mention) -> bool:
        """Tell whether neither two options of a choice nor the words between say that only one of them holds."""
        for options in self._options:
            mine = next((number for number, span in enumerate(options) if span.contains(one.span)), None)
            its = next((number for number, span in enumerate(options) if span.contains(other.span)), None)
            if mine is not None and its is not None and mine != its:
                return False
        return not self._brief.are_alternatives(one.span, other.span)


def are_near(within: Within, one: Mention, other: Mention, brief: Brief) -> bool:
    """Tell whether two mentions stand as near each other as a rule asks."""
    if within == "phrase":
        return one.phrase == other.phrase
    if within == "sentence":
        return brief.phrases[one.phrase].sentence == brief.phrases[other.phrase].sentence
    if within == "near":
        first, second = sorted((one.span, other.span))
        return len(brief.text[first.end : second.start].split()) <= _NEAR
    return True


def distance(one: Mention, other: Mention) -> int:
    """Return how many characters stand between two mentions."""
    first, second = sorted((one.span, other.span))
    return second.start - first.end


def _options(tree: Tree) -> list[list[Span]]:
    """Return the spans of the options of each choice; `AND` parts the whole prompt into such."""
    out = [[_span(part) for part in node.parts() if part] for node in tree.nodes() if node.kind in _CHOICES]
    marks = [leaf for leaf in tree.leaves() if leaf.kind is LeafKind.KEYWORD and leaf.text.strip() == "AND"]
    if marks:
        starts = [0, *(leaf.start + len(leaf.text) for leaf in marks)]
        ends = [*(leaf.start for leaf in marks), len(tree.text)]
        out.append([Span(start, end) for start, end in zip(starts, ends, strict=True)])
    return out


def _span(part: list[Node | Leaf]) -> Span:
    return Span(part[0].span.start, part[-1].span.end)
