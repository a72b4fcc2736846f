"""A matter is named, and nothing anywhere in the prompt makes it specific."""

from __future__ import annotations

from collections.abc import Iterator

from promptlint.checks.case import Case, Check, Finding


class Vague(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A mention of `of`, in a prompt that mentions none of `unless`.

    `section`: a hole of a template that will fill it keeps the check silent.
    """

    of: list[str]
    unless: list[str] = []
    section: str = ""

    def find(self, case: Case) -> Iterator[Finding]:
        brief = case.brief
        if self.section in brief.promised or "*" in brief.promised or brief.has(self.unless):
            return
        for mention in brief.of(self.of):
            yield Finding(mention.span, {"phrase": brief.words(mention.span)}, mention)
