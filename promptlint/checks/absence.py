"""Something that a brief says is not there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import ClassVar

from promptlint.brief.knowledge import ConceptName, SectionName
from promptlint.checks.case import Case, Check, Finding, subject_span
from promptlint.checks.needs import Need

_NAMING = ("absent", "away", "contrast", "order")
"""Kinds of negation that say what must not be there."""


class Absence(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """None of `of` is mentioned. Silent where one of `unless` is, or where none of `when` is.

    `section` is the one that is then missing: a hole of a template that will fill it keeps the check silent, and
    so does, with `labelled`, a phrase under its label. `negative: true` asks instead whether
    there is a negative prompt at all; `negations` is how many things the text itself may say must not be there before
    that counts as one.
    """

    needs_whole_prompt: ClassVar[bool] = True

    of: list[ConceptName] = []
    unless: list[ConceptName] = []
    when: list[ConceptName] = []
    section: SectionName = ""
    labelled: bool = True
    negative: bool = False
    negations: int = 0

    @property
    def needs(self) -> Sequence[Need] | None:
        return [Need(self.when)] if self.when else None

    @property
    def silencers(self) -> Collection[str]:
        return self.unless if self.negative else [*self.unless, *self.of]

    def find(self, case: Case) -> Iterator[Finding]:
        brief = case.brief
        if not brief.phrases:
            return
        missing = self._lacks_negative(case) if self.negative else self._lacks_mention(case)
        if missing and not brief.has(self.unless) and (not self.when or brief.has(self.when)):
            yield Finding(subject_span(brief))

    def _lacks_negative(self, case: Case) -> bool:
        if not case.can_hold_negative or (case.model and not case.model.takes_negative):
            return False
        if "*" in case.brief.promised:
            return False
        named = sum(one.kind in _NAMING for one in case.brief.negations)
        if self.negations and named >= self.negations:
            return False
        return not (case.negative or "").strip() and not case.brief.negatives

    def _lacks_mention(self, case: Case) -> bool:
        brief = case.brief
        if brief.has(self.of) or self.section in brief.promised or "*" in brief.promised:
            return False
        return not self.labelled or self.section not in [phrase.label for phrase in brief.phrases]
