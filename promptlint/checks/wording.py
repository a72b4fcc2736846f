"""Words that ask for the wrong thing, where they speak of what the rule means."""

from __future__ import annotations

from collections.abc import Iterator

from promptlint.brief import Mention
from promptlint.checks.case import Case, Finding
from promptlint.checks.mentioned import Mentioned


class Wording(Mentioned, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A mention of `of`.

    Where the concept has an attribute `counts_for` (of picture, person, thing), only those that speak of one of
    these: "realistic photo" speaks of the picture, "realistic irises" of a thing. `group`: so many or more are one
    finding, at the first. Silent where one of `unless` is mentioned, and on words that the model's vendor asks for.
    """

    group: int = 0

    def find(self, case: Case) -> Iterator[Finding]:
        brief = case.brief
        if brief.has(self.unless):
            return
        found = [mention for mention in brief.of(self.of) if self._counts(mention)]
        if case.model is not None and case.model.recommends:
            found = [one for one in found if not case.model.recommended(brief.words(one.span))]
        if self.group and len(found) >= self.group:
            names = '", "'.join(brief.words(mention.span) for mention in found)
            yield Finding(found[0].span, {"phrase": names}, found[0], also=tuple(found[1:]))
            return
        for mention in found:
            yield Finding(mention.span, {"phrase": brief.words(mention.span)}, mention)

    def _counts(self, mention: Mention) -> bool:
        allowed = mention.concept.attributes.get("counts_for")
        return allowed is None or mention.target in allowed
