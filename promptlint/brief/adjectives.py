"""Adjectives at the end of a phrase, whose noun stands behind the comma: "looks up with *a soft*, shy smile"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptlint.brief.section_table import SectionTable
from promptlint.brief.units import Run
from promptlint.source import Span

if TYPE_CHECKING:
    from promptlint.brief.model import Mention

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_MOST = 2
"""Words between what leads up to them and the comma, at most."""


class Adjectives:
    """Parts adjectives from the run that they end, by one table."""

    def __init__(self, table: SectionTable) -> None:
        self._table = table
        self._endings = tuple(table.adjective_endings)

    def part(self, text: str, runs: list[Run], *, begins: bool) -> None:
        """Bind what ends the last run of a phrase to what follows, where that is an adjective without its noun.

        `begins`: the phrase begins a sentence, and may be a lone adjective ("Soft, even light").
        """
        run = runs[-1]
        if text[run.span.end : run.span.end + 1] != ",":
            return
        words = list(_WORD.finditer(text, *run.span))
        if not words or not self._is_adjective(words[-1].group().lower()) or self._ends_in_noun(run):
            return
        first = self._opening(words)
        if first is None and not (begins and len(runs) == 1 and len(words) == 1):
            return
        start = words[first].start() if first else run.span.start
        if start > run.span.start:
            tail = [one for one in run.mentions if one.span.start >= start]
            run.mentions = run.mentions[: len(run.mentions) - len(tail)]
            end = run.span.end
            run.span = Span(run.span.start, start)
            run = Run("", Span(start, end), labelled=run.labelled, mentions=tail)
            runs.append(run)
        run.open = run.bound = True

    def _opening(self, words: list[re.Match[str]]) -> int | None:
        """Return the place of the word that leads up to the adjectives at the end ("with", "a"), the first of two."""
        openings = self._table.before_adjectives
        for at in range(len(words) - 2, max(-1, len(words) - 2 - _MOST), -1):
            if words[at].group().lower() in openings:
                return at - 1 if at and words[at - 1].group().lower() in openings else at
        return None

    def _ends_in_noun(self, run: Run) -> bool:
        """Tell whether the last words are a term that stands for a thing."""
        last: Mention | None = run.mentions[-1] if run.mentions else None
        if last is None or last.section == "none" or last.span.end != run.span.end:
            return False
        prefixes = last.concept.prefixes
        return self._table.modifiers.isdisjoint(prefixes) or not self._table.nouns.isdisjoint(prefixes)

    def _is_adjective(self, word: str) -> bool:
        return word in self._table.adjectives or word.endswith(self._endings)
