"""What checks that ask for mentions have in common."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from promptlint.brief.knowledge import ConceptName
from promptlint.checks.case import Check
from promptlint.checks.needs import Need


class Silenced(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Silent where one of `unless` is mentioned."""

    unless: list[ConceptName] = []

    @property
    def silencers(self) -> Collection[str]:
        return self.unless


class Mentioned(Silenced, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A mention of `of`, in a prompt that mentions none of `unless`."""

    of: list[ConceptName]

    @property
    def needs(self) -> Sequence[Need]:
        return [Need(self.of)]
