"""Parts that something should have, counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Literal

from promptlint.brief import Brief, Mention
from promptlint.brief.knowledge import ConceptName
from promptlint.checks.case import Case, Finding, subject_span
from promptlint.checks.mentioned import Silenced
from promptlint.checks.needs import Need, Sign
from promptlint.source import Span

_WORD = re.compile(r"[^\W_]+")
_EMBEDDING = re.compile(r"(?i)(?<!\w)embedding:[\w.-]")


class Parts(Silenced, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Fewer than `least` of `parts` are there, each of which some concepts tell.

    An attribute in `told_by` tells a part too: a source with a `kelvin` says what color its light has ("either" says
    nothing). So does a word of `worded` in a mention of what is `within` or right before it ("soft window light").
    `inside: negative` looks into the negative prompt, and is silent where there is none or where it names an embedding
    by its file: what that stands for no word tells. The finding names the `missing` parts; `add` and `other` are what
    to write for them, from the lists of the same name.
    """

    needs_whole_prompt: ClassVar[bool] = True

    parts: dict[str, list[ConceptName]]
    least: int
    told_by: dict[str, str] = {}
    worded: dict[str, list[str]] = {}
    within: list[ConceptName] = []
    when: list[ConceptName] = []
    inside: Literal["positive", "negative"] = "positive"
    add: dict[str, str] = {}
    other: dict[str, str] = {}

    @property
    def needs(self) -> Sequence[Need] | None:
        if self.inside == "negative":
            return [Need((Sign.NEGATIVE, Sign.EXCLUSIONS), self.when)]
        return [Need(self.when)] if self.when else None

    def find(self, case: Case) -> Iterator[Finding]:
        brief = case.brief
        if not brief.phrases or (self.when and not brief.has(self.when)) or brief.has(self.unless):
            return
        if self.inside == "negative":
            mentions, span = self._excluded(case)
            if span is None:
                return
        elif brief.promised:
            return
        else:
            mentions = [one for one in brief.mentions if not one.negated]
            span = self._place(brief)
        text = case.excluded.text if self.inside == "negative" and case.excluded else brief.text
        missing = self._missing(mentions, text)
        if len(self.parts) - len(missing) < self.least:
            part: Literal["positive", "negative"] = "positive"
            if self.inside == "negative" and case.excluded is not None:
                part = "negative"
            yield Finding(span, self._values(missing), part=part)

    def _excluded(self, case: Case) -> tuple[list[Mention], Span | None]:
        """Return what the negative prompt names, and where it begins; no place where none is read or it says more."""
        brief, beside = case.brief, case.excluded
        if (case.model and not case.model.takes_negative) or _EMBEDDING.search(case.negative or ""):
            return [], None
        if beside is not None and beside.phrases:
            return beside.mentions, beside.phrases[0].span
        inline = [one for one in brief.mentions if any(span.contains(one.span) for span in brief.negatives)]
        return inline, brief.negatives[0] if brief.negatives else None

    def _place(self, brief: Brief) -> Span:
        """Return the first mention of what should have the parts, else the prompt's first phrase."""
        named = brief.of(self.within)
        return named[0].span if named else subject_span(brief)

    def _missing(self, mentions: Sequence[Mention], text: str) -> list[str]:
        """Return the parts that nothing tells."""
        named = set[str]().union(*(one.concept.prefixes for one in mentions))
        holders = frozenset(self.within)
        within = [one for one in mentions if not holders.isdisjoint(one.concept.prefixes)]
        near = {word for one in within for word in _near(text, one.span)} if self.worded else set()
        return [
            part
            for part, concepts in self.parts.items()
            if named.isdisjoint(concepts)
            and near.isdisjoint(self.worded.get(part, ()))
            and not _have(within, self.told_by.get(part))
        ]

    def _values(self, missing: Sequence[str]) -> Mapping[str, str]:
        values = {"missing": _listed(missing, "or"), "absent": _listed(missing, "and")}
        for key, texts in (("add", self.add), ("other", self.other)):
            written = [texts[name] for name in missing if name in texts]
            if written:
                values[key] = ", ".join(written)
        return values


def _have(mentions: Sequence[Mention], attribute: str | None) -> bool:
    """Tell whether one of some mentions says something by an attribute."""
    return attribute is not None and any(
        one.concept.attributes.get(attribute, "either") != "either" for one in mentions
    )


def _near(text: str, span: Span) -> list[str]:
    """Return the words of a span and the two before it."""
    clause = max(text.rfind(mark, 0, span.start) for mark in ",;.\n") + 1
    before = _WORD.findall(text[clause : span.start].lower())[-2:]
    return [*before, *_WORD.findall(text[span.start : span.end].lower())]


def _listed(names: Sequence[str], word: str) -> str:
    return f" {word} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
