"""A quantity out of a range."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from promptlint.brief.knowledge import ConceptName
from promptlint.checks.case import Case, Finding
from promptlint.checks.mentioned import Mentioned
from promptlint.checks.needs import Need


class Range(Mentioned, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A quantity of `of` below `low` or above `high` (in its own unit), where one of `when` and none of `unless` is."""

    low: float | None = None
    high: float | None = None
    when: list[ConceptName] = []

    @property
    def needs(self) -> Sequence[Need]:
        return [Need(self.of, self.when)]

    def find(self, case: Case) -> Iterator[Finding]:
        brief = case.brief
        if (self.when and not brief.has(self.when)) or brief.has(self.unless):
            return
        for mention in brief.of(self.of):
            if mention.value is None:
                continue
            # Of a zoom the end that fits counts.
            if (self.low is not None and (mention.high or mention.value) < self.low) or (
                self.high is not None and mention.value > self.high
            ):
                yield Finding(mention.span, {"phrase": brief.words(mention.span)}, mention)
