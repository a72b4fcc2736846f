"""Gives every word of a prompt a section: from its label, from the head of its chunk, from its neighbours.

What none of these decide is left to a judge, whose answer is weighed against what is likely.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from promptlint.brief.decoding import Follows, decode
from promptlint.brief.phrases import Phrase
from promptlint.brief.runs import RunMaker
from promptlint.brief.section_table import SectionTable
from promptlint.brief.units import Run, described, gaps
from promptlint.source import Span

if TYPE_CHECKING:
    from promptlint.brief.model import Mention

Judge = Callable[[Sequence[list[str]]], tuple[Sequence[Mapping[str, float]], Follows]]
"""Gives, for each run of a prompt, described as units.py does, how likely each section is, and which follows which."""

_LEAST = 1e-9
"""A share that is none has a logarithm, too."""


class Sections:
    """Assigns sections by one table."""

    def __init__(self, table: SectionTable) -> None:
        self._table = table
        self._maker = RunMaker(table)

    def assign(
        self, text: str, phrases: Sequence[Phrase], mentions: Sequence[Mention], intent: str, judge: Judge | None = None
    ) -> dict[str, tuple[Span, ...]]:
        """Return the spans of each section, in the order of the text, without overlap."""
        runs = self.runs(text, phrases, mentions, intent)
        chosen = [run.section for run in runs]
        # Where every word has its term, the judge need not be loaded.
        if judge is not None and any(run.open for run in runs):
            chosen = self._judged(text, runs, *judge(described(text, runs, intent)))
        out: dict[str, list[Span]] = {}
        for section, run in zip(chosen, runs, strict=True):
            if section in ("none", "parameters"):
                continue
            spans = out.setdefault(section, [])
            if spans and text[spans[-1].end : run.span.start].strip() == "" and spans[-1].end <= run.span.start:
                spans[-1] = Span(spans[-1].start, run.span.end)
            else:
                spans.append(run.span)
        return {section: tuple(spans) for section, spans in out.items()}

    def runs(self, text: str, phrases: Sequence[Phrase], mentions: Sequence[Mention], intent: str) -> list[Run]:
        """Return the runs of one section each, by labels, terms and neighbours, in the order of the text."""
        return self._maker.make(text, phrases, mentions, intent)

    def _judged(
        self, text: str, runs: Sequence[Run], answers: Sequence[Mapping[str, float]], follows: Follows
    ) -> list[str]:
        """Return the sections of runs as the judge's answers, the terms and the order of sections make them likely."""
        scores = [self._weighed(run, answer) for run, answer in zip(runs, answers, strict=True)]
        found = decode(scores, gaps(text, runs), follows, self._table.trust.order)
        chosen = [one or run.section for one, run in zip(found, runs, strict=True)]
        for index in range(len(runs) - 2, -1, -1):
            if runs[index].bound:
                chosen[index] = chosen[index + 1]
        return chosen

    def _weighed(self, run: Run, answer: Mapping[str, float]) -> dict[str, float] | None:
        """Return how likely each section is, with what the terms say in the other scale; None where it is settled."""
        if run.section not in answer:
            return None
        trust = self._table.trust
        scores = {section: math.log(share + _LEAST) for section, share in answer.items()}
        scores[run.section] += trust.label if run.labelled else trust.open if run.open else trust.terms
        return scores
