"""Orders that reach for more than one thing at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from promptlint.brief import Brief, Mention
from promptlint.brief.knowledge import ConceptName
from promptlint.checks.case import Case, Finding
from promptlint.checks.mentioned import Silenced
from promptlint.checks.needs import Need


class Spread(Silenced, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Verbs of `verbs` with objects in more than `most` of `regions`.

    The object of a verb is the first thing named behind it in its sentence, if no other verb comes before it.
    Silent where one of `unless` is mentioned, and in a text of more than `words`, which describes a whole picture.
    """

    verbs: list[ConceptName]
    regions: dict[str, list[ConceptName]]
    most: int = 1
    words: int = 0

    @property
    def needs(self) -> Sequence[Need]:
        return [Need(self.verbs)]

    def find(self, case: Case) -> Iterator[Finding]:
        brief = case.brief
        if brief.has(self.unless) or (self.words and len(brief.text.split()) > self.words):
            return
        found: dict[str, Mention] = {}
        for verb in brief.of(self.verbs):
            region = self._region(brief, verb)
            if region:
                found.setdefault(region, verb)
        if len(found) > self.most:
            regions = list(found)
            last = found[regions[self.most]]
            listed = ", ".join(regions[:-1])
            yield Finding(last.span, {"phrase": brief.words(last.span), "found": f"{listed} and {regions[-1]}"}, last)

    def _region(self, brief: Brief, verb: Mention) -> str | None:
        """Return the region of a verb's object."""
        sentence = brief.phrases[verb.phrase].sentence
        for mention in brief.mentions:
            if mention.span.start < verb.span.end or mention.negated:
                continue
            prefixes = mention.concept.prefixes
            if brief.phrases[mention.phrase].sentence != sentence or not set(self.verbs).isdisjoint(prefixes):
                return None
            for region, concepts in self.regions.items():
                if any(name in prefixes for name in concepts):
                    return region
        return None
