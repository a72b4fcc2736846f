"""Mentions that mean something else beside what stands near them: a window that light comes through is a light."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from promptlint.brief.knowledge import Concept
from promptlint.brief.model import Mention
from promptlint.brief.normalise import Normalised
from promptlint.brief.phrases import Phrase
from promptlint.source import Span


class ContextRule(msgspec.Struct, forbid_unknown_fields=True):
    """A mention of `take` becomes `become` (in `section`) near a mention of `after` (before it) or `before` (after it).

    At most `gap` words stand between (none: in the same phrase), and one of `links` is among them where there are any.
    """

    take: list[str]
    become: str
    section: str
    after: list[str] = []
    before: list[str] = []
    links: list[str] = []
    gap: int = 4


class Context:
    """Applies the rules of context.yaml to the mentions of a prompt."""

    def __init__(self, rows: Sequence[Mapping[str, Any]]) -> None:
        self._rules = [msgspec.convert(row, ContextRule) for row in rows]
        self._links = [frozenset(rule.links) for rule in self._rules]
        self._become = [Concept(rule.become, rule.section, {}) for rule in self._rules]
        self._taken = {name for rule in self._rules for name in rule.take}

    def apply(self, text: Normalised, raw: str, mentions: list[Mention], phrases: Sequence[Phrase]) -> None:
        """Change the concepts of the mentions that a rule takes, in place."""
        for index, mention in enumerate(mentions):
            if self._taken.isdisjoint(mention.concept.prefixes):
                continue
            for number, rule in enumerate(self._rules):
                if not any(name in mention.concept.prefixes for name in rule.take):
                    continue
                if self._holds(rule, self._links[number], text, raw, mentions, index, phrases):
                    mention.concept, mention.section = self._become[number], rule.section
                    break

    def _holds(
        self,
        rule: ContextRule,
        links: frozenset[str],
        text: Normalised,
        raw: str,
        mentions: list[Mention],
        index: int,
        phrases: Sequence[Phrase],
    ) -> bool:
        mention = mentions[index]
        sentence = phrases[mention.phrase].sentence
        for step, wanted in ((-1, rule.after), (1, rule.before)):
            at = index + step
            while wanted and 0 <= at < len(mentions):
                other = mentions[at]
                between = _between(mention.span, other.span)
                words = text.between(raw, between)
                if len(words) > rule.gap or phrases[other.phrase].sentence != sentence:
                    break
                if not rule.gap and other.phrase != mention.phrase:
                    break
                if any(name in other.concept.prefixes for name in wanted):
                    if not links or not links.isdisjoint(words):
                        return True
                    break
                at += step
        return False


def _between(one: Span, other: Span) -> Span:
    first, second = sorted((one, other))
    return Span(first.end, max(first.end, second.start))
