"""What checks of single mentions have in common."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from promptlint.brief.knowledge import ConceptName
from promptlint.checks.case import Check
from promptlint.checks.needs import Need


class Mentioned(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A mention of `of`, in a prompt that mentions none of `unless`."""

    of: list[ConceptName]
    unless: list[ConceptName] = []

    @property
    def needs(self) -> Sequence[Need]:
        return [Need(self.of)]

    @property
    def silencers(self) -> Collection[str]:
        return self.unless
