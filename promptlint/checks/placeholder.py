"""Notes and fillers that were to be replaced."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from promptlint.checks.case import Case, Check, Finding
from promptlint.checks.quoting import inside, quotations
from promptlint.checks.selector import either
from promptlint.checks.syntax import in_both
from promptlint.source import Span
from promptlint.syntax import LeafKind, Tree

if TYPE_CHECKING:
    from collections.abc import Iterator


class Placeholder(Check, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """What stands in for words that were to come, in the prompt and in its negative prompt.

    `notes` are words in capitals, with what a colon leads behind them: "TODO: light". `asks` begin what a bracket
    holds, "[insert a place]", in round ones only those of `asks_round`; `names` are all that angle brackets hold,
    `empty` all that square ones do. `dummy` are fillers that may be meant where a word begins like one of
    `dummy_beside`.
    """

    notes: list[str] = []
    asks: list[str] = []
    asks_round: list[str] = []
    names: list[str] = []
    empty: list[str] = []
    dummy: list[str] = []
    dummy_beside: list[str] = []

    def find(self, case: Case) -> Iterator[Finding]:
        yield from in_both(self._in, case)

    def _in(self, tree: Tree) -> Iterator[Finding]:
        text = tree.text
        if not self._may_be_in(text):
            return
        # What stands in a hole is a default, for a program to replace.
        holes = [leaf.span for leaf in tree.of(LeafKind.HOLE) if leaf.text[0] != "["]
        quoted = [*quotations(tree), *holes]
        for match in self._pattern.finditer(text):
            span = Span(*match.span())
            words = match.group()
            if inside(span, quoted) or (words[0] == "(" and not self._round.match(words)):
                continue
            if words[0] == "<" and f"</{words[1:]}" in text:
                continue
            if words.lower() in self.dummy and self._beside.search(text):
                continue
            yield Finding(span, {"phrase": words})

    def _may_be_in(self, text: str) -> bool:
        """Tell whether it is worth to look: what a placeholder begins with costs a tenth of the whole."""
        if any(map(text.__contains__, self.notes)):
            return True
        lower = text.lower()
        if any(map(lower.__contains__, self.dummy)):
            return True
        return any(map(text.__contains__, "[<(")) and bool(self._opening.search(text))

    @cached_property
    def _opening(self) -> re.Pattern[str]:
        return re.compile(rf"[\[<(](?i:{either([*self.asks, *self.names, *self.empty])}\b)")

    @cached_property
    def _round(self) -> re.Pattern[str]:
        return re.compile(rf"\((?i:{either(self.asks_round)}\b)")

    @cached_property
    def _beside(self) -> re.Pattern[str]:
        return re.compile(rf"(?i)\b{either(self.dummy_beside)}")

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(
            rf"\b{either(self.notes)}\b(?::[^\n,.;]*)?"
            rf"|[\[<(](?i:{either(self.asks)}\b)[^\[\]<>()\n{{}}]{{1,60}}[\]>)]"
            rf"|<(?i:{either(self.names)})>|\[(?i:{either(self.empty)})\]|(?i:\b{either(self.dummy)}\b)"
        )
