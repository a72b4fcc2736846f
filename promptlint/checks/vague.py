"""A matter is named, and nothing anywhere in the prompt makes it specific."""

from __future__ import annotations

from collections.abc import Iterator

from promptlint.brief import Mention
from promptlint.brief.knowledge import SectionName
from promptlint.checks.case import Case, Finding
from promptlint.checks.mentioned import Mentioned
from promptlint.source import Span


class Vague(Mentioned, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A mention of `of`, in a prompt that mentions none of `unless`.

    `section`: a hole of a template that will fill it keeps the check silent.
    """

    section: SectionName = ""

    def find(self, case: Case) -> Iterator[Finding]:
        brief = case.brief
        if self.section in brief.promised or "*" in brief.promised or brief.has(self.unless):
            return
        found: list[tuple[Span, Mention]] = []
        for mention in brief.of(self.of):
            # "soft daylight studio lighting" is one wish, said with two terms.
            if found and not brief.text[found[-1][0].end : mention.span.start].strip():
                found[-1] = (Span(found[-1][0].start, mention.span.end), found[-1][1])
            else:
                found.append((mention.span, mention))
        for span, mention in found:
            yield Finding(span, {"phrase": brief.words(span)}, mention)
