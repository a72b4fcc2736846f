"""The brief: what a prompt says, section by section."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import msgspec

from promptlint.brief.alternatives import Alternatives
from promptlint.brief.knowledge import Concept
from promptlint.brief.negation import Negation
from promptlint.brief.phrases import Phrase
from promptlint.brief.sections import Sections
from promptlint.brief.several import Several
from promptlint.source import Span

Intent = Literal["portrait", "photo", "artwork", "edit"]
"""What the prompt wants: a photograph of people, another photograph, another medium, a change to a picture."""


Target = Literal["picture", "person", "thing"]
"""What an adjective speaks of."""


class Mention(msgspec.Struct, gc=False):
    """A term found in a prompt.

    `value` is the quantity that it carries, in the unit of its concept (mm, f-number, kelvin, ISO, seconds).
    `phrase` is the number of the phrase that it stands in. A negated mention says what must not be there.
    `target` is what an adjective speaks of.
    """

    concept: Concept
    span: Span
    section: str
    phrase: int
    negated: bool = False
    value: float | None = None
    high: float | None = None
    target: Target | None = None


class Evidence(msgspec.Struct, frozen=True, gc=False):
    """Why the intent is what it is: the concept and the words that spoke for it."""

    intent: str
    concept: str
    span: Span


@dataclass
class Brief:
    """All that a prompt says, as mentions in the order of the text, with its sections and its intent.

    `negations` are what the text itself says must not be there, `negatives` negative lists inside it, `doubled` the
    negations in these. Where a prompt is not `is_english`, what it does not seem to say it may say all the same.
    """

    text: str
    dialect: str
    dialect_evidence: str
    intent: Intent
    phrases: list[Phrase]
    mentions: list[Mention]
    sectioner: Sections = field(repr=False)
    evidence: tuple[Evidence, ...] = ()
    negations: tuple[Negation, ...] = ()
    negatives: tuple[Span, ...] = ()
    doubled: tuple[Negation, ...] = ()
    promised: frozenset[str] = frozenset()
    labels: tuple[tuple[Span, str], ...] = ()
    opaque: tuple[Span, ...] = field(default=(), repr=False)
    alternatives: Alternatives | None = field(default=None, repr=False)
    several: Several | None = field(default=None, repr=False)
    is_english: bool = True

    @cached_property
    def sections(self) -> Mapping[str, tuple[Span, ...]]:
        """The spans of each section, weighed by the classifier where spaCy is installed and terms leave words open."""
        from promptlint.brief import classifier

        judge = classifier.judge if classifier.installed() else None
        return self.sectioner.assign(self.text, self.phrases, self.mentions, self.intent, judge)

    @cached_property
    def sections_by_terms(self) -> Mapping[str, tuple[Span, ...]]:
        """The spans of each section as labels, terms and neighbours alone say: the same with and without spaCy."""
        return self.sectioner.assign(self.text, self.phrases, self.mentions, self.intent)

    @cached_property
    def undecided(self) -> tuple[Span, ...]:
        """The phrases whose section neither a label nor a term says."""
        decided = {mention.phrase for mention in self.mentions if mention.section != "none"}
        return tuple(
            phrase.span for number, phrase in enumerate(self.phrases) if phrase.label is None and number not in decided
        )

    @cached_property
    def _index(self) -> dict[str, list[Mention]]:
        index: dict[str, list[Mention]] = {}
        for mention in self.mentions:
            if not mention.negated:
                for prefix in mention.concept.prefixes:
                    index.setdefault(prefix, []).append(mention)
        return index

    def of(self, concepts: Iterable[str]) -> list[Mention]:
        """Return the mentions, not negated, of any of the concepts or what is below them, in the order of the text."""
        found = [mention for name in concepts for mention in self._index.get(name, ())]
        if len(found) > 1:
            found.sort(key=lambda mention: mention.span)
        return found

    def has(self, concepts: Iterable[str]) -> bool:
        """Tell whether any of the concepts is mentioned and not negated."""
        return not self._index.keys().isdisjoint(concepts)

    @cached_property
    def shows_several(self) -> bool:
        """Whether it describes several pictures."""
        return self.several is not None and self.several.pictures(self.text)

    @cached_property
    def lists_several(self) -> bool:
        """Whether it describes several pictures, or things in a list."""
        return self.several is not None and self.several.things(self.text)

    def are_alternatives(self, one: Span, other: Span) -> bool:
        """Tell whether the words between two spans say that only one of them holds at a time."""
        return self.alternatives is not None and self.alternatives.between(self.text, one, other)

    def words(self, span: Span) -> str:
        """Return the text of a span."""
        return self.text[span.start : span.end]
