"""Mentions that mean something else beside what stands near them: a window that light comes through is a light."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from promptlint.brief.knowledge import Concept
from promptlint.brief.model import Mention
from promptlint.brief.normalise import Normalised
from promptlint.brief.phrases import Phrase


class ContextRule(msgspec.Struct, forbid_unknown_fields=True):
    """A mention of `take` becomes `become` (in `section`) beside what stands near it.

    Near is a mention of `after` (before it) or `before` (after it) in the same sentence, at most `gap` words away
    (none, or with `one_phrase`: in the same phrase), with one of `links` between where there are any; or a bare word
    of its phrase: one of `led_by` among the `gap` words ahead, `followed_by` among those behind. With `and_names`,
    words that name something have to follow these, and `but_not` are those that name nothing. `alone`: the mention is
    all of its phrase; `labelled`: it begins a phrase under a label of one of these sections; `ends`: it ends a phrase
    of at most so many words. `attributes` are those that it then has.
    """

    take: list[str]
    become: str
    section: str
    after: list[str] = []
    before: list[str] = []
    links: list[str] = []
    gap: int = 4
    one_phrase: bool = False
    led_by: list[str] = []
    followed_by: list[str] = []
    and_names: bool = False
    but_not: list[str] = []
    alone: bool = False
    labelled: list[str] = []
    ends: int = 0
    attributes: dict[str, Any] = {}


_NEAR = 60
"""How far, in characters, one looks for what stands near before words are counted."""


class _Rule:
    """A rule with its words as sets."""

    def __init__(self, row: ContextRule) -> None:
        self.row = row
        self.become = Concept(row.become, row.section, row.attributes)
        self.links, self.but_not = frozenset(row.links), frozenset(row.but_not)
        self.led_by, self.followed_by = frozenset(row.led_by), frozenset(row.followed_by)
        self.sides = [(step, frozenset(names)) for step, names in ((-1, row.after), (1, row.before)) if names]
        self.beside = frozenset(row.after + row.before)
        self.in_phrase = row.one_phrase or not row.gap
        self.worded = bool(row.alone or row.labelled or row.ends or row.led_by or row.followed_by)


class Context:
    """Applies the rules of context.yaml to the mentions of a prompt."""

    def __init__(self, rows: Sequence[Mapping[str, Any]], articles: Iterable[str]) -> None:
        self._rules = [_Rule(msgspec.convert(row, ContextRule)) for row in rows]
        self._articles = frozenset(articles)
        self._by_name: dict[str, list[int]] = {}
        for number, rule in enumerate(self._rules):
            for name in rule.row.take:
                self._by_name.setdefault(name, []).append(number)
        self._of_concept: dict[str, list[_Rule]] = {}

    def apply(self, text: Normalised, raw: str, mentions: list[Mention], phrases: Sequence[Phrase]) -> None:
        """Change the concepts of the mentions that a rule takes, in place."""
        known = self._of_concept
        named = {name for mention in mentions for name in mention.concept.prefixes}
        for index, mention in enumerate(mentions):
            rules = known.get(mention.concept.name)
            if rules is None:
                rules = self._taking(mention.concept)
            for rule in rules:
                if (not rule.beside.isdisjoint(named) and _near(rule, text, raw, mentions, index, phrases)) or (
                    rule.worded and _worded(rule, text, raw, mention, phrases[mention.phrase], self._articles)
                ):
                    mention.concept, mention.section = rule.become, rule.row.section
                    named.update(rule.become.prefixes)
                    break

    def _taking(self, concept: Concept) -> list[_Rule]:
        """Return the rules that take a concept, looked up when the concept is first met."""
        numbers = {number for name in concept.prefixes for number in self._by_name.get(name, ())}
        rules = self._of_concept[concept.name] = [self._rules[number] for number in sorted(numbers)]
        return rules


def _near(
    rule: _Rule, text: Normalised, raw: str, mentions: list[Mention], index: int, phrases: Sequence[Phrase]
) -> bool:
    """Tell whether a mention that the rule asks for stands near."""
    mention, gap = mentions[index], rule.row.gap
    number = mention.phrase
    sentence = phrases[number].sentence
    for step, wanted in rule.sides:
        at = index + step
        while 0 <= at < len(mentions):
            other = mentions[at]
            if other.phrase != number and (rule.in_phrase or phrases[other.phrase].sentence != sentence):
                break
            found = not wanted.isdisjoint(other.concept.prefixes)
            start, end = (mention.span.end, other.span.start) if step > 0 else (other.span.end, mention.span.start)
            # Nearly all neighbours are not what is asked for: words are cut apart only for those that are.
            if found or end - start > _NEAR:
                words = text.between(raw, start, max(start, end))
                if len(words) > gap:
                    break
                if found:
                    if not rule.links or not rule.links.isdisjoint(words):
                        return True
                    break
            at += step
    return False


def _worded(
    rule: _Rule, text: Normalised, raw: str, mention: Mention, phrase: Phrase, articles: Collection[str]
) -> bool:
    """Tell whether the bare words of the phrase around the mention are those that the rule asks for."""
    row, span, own = rule.row, mention.span, phrase.span
    if row.alone and span == own:
        return True
    if row.labelled and phrase.label in row.labelled and span.start == own.start:
        return True
    if row.ends and span.end == own.end and len(text.between(raw, own.start, own.end)) <= row.ends:
        return True
    if rule.led_by:
        words = text.between(raw, own.start, span.start)
        if not rule.led_by.isdisjoint(words[-row.gap :]):
            return True
    if rule.followed_by:
        words = text.between(raw, span.end, own.end)
        for at, word in enumerate(words[: row.gap]):
            if word in rule.followed_by:
                named = [one for one in words[at + 1 : at + 4] if one not in articles]
                return not row.and_names or bool(named and rule.but_not.isdisjoint(named))
    return False
