"""A kind of check that promptlint does not have: too many things of a kind in one picture."""

from __future__ import annotations

from collections.abc import Iterator

from promptlint.checks import Case, Check, ConceptName, Finding


class Crowd(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """More than `most` different concepts of `of` are mentioned; found at each that is too many."""

    of: list[ConceptName]
    most: int

    def find(self, case: Case) -> Iterator[Finding]:
        first = {mention.concept.name: mention for mention in reversed(case.brief.of(self.of))}
        mentions = sorted(first.values(), key=lambda mention: mention.span)
        for mention in mentions[self.most :]:
            values = {"phrase": case.brief.words(mention.span), "count": str(len(mentions))}
            yield Finding(mention.span, values, mention)
