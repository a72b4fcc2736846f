"""What an adjective speaks of: the picture, a person, or a thing."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from promptlint.brief.model import Mention, Target
from promptlint.brief.phrases import Phrase

_WORD = re.compile(r"[^\W_]+(?:'\w+)?")


class TargetTable(msgspec.Struct, forbid_unknown_fields=True):
    """The words and concepts of targets.yaml."""

    picture: list[str]
    person: list[str]
    through: list[str]
    ends: list[str]
    beyond: list[str]
    nouns: list[str]
    parts: list[str]


class Targets:
    """Finds what each adjective speaks of, for the concepts that ask for it by an attribute `counts_for`.

    That is the head of the noun phrase that it begins: the last word before a preposition, a verb or the end.
    """

    def __init__(self, table: TargetTable) -> None:
        self._picture, self._person = frozenset(table.picture), frozenset(table.person)
        self._through, self._ends = frozenset(table.through), frozenset(table.ends)
        self._beyond = frozenset(table.beyond)
        self._nouns, self._parts = frozenset(table.nouns), frozenset(table.parts)

    def apply(self, text: str, phrases: Sequence[Phrase], mentions: Sequence[Mention]) -> None:
        """Set the target of each mention that has to have one."""
        for index, mention in enumerate(mentions):
            if "counts_for" in mention.concept.attributes:
                mention.target = self._target(text, phrases, mentions, index)

    def _target(self, text: str, phrases: Sequence[Phrase], mentions: Sequence[Mention], index: int) -> Target:
        end = phrases[mentions[index].phrase].span.end
        at = mentions[index].span.end
        seen: list[Target] = []
        for other in mentions[index + 1 :]:
            if other.span.start >= end or self._read(text[at : other.span.start], seen):
                break
            first = _WORD.search(text, other.span.start, other.span.end)
            if first and first.group().lower() in self._ends:
                return _head(seen)
            if seen and not self._beyond.isdisjoint(other.concept.prefixes):
                return _head(seen)
            if "counts_for" not in other.concept.attributes:
                seen.append(self._of(other, text))
            at = other.span.end
        else:
            self._read(text[at:end], seen)
            return _head(seen)
        if at < end and mentions[index + 1].span.start >= end:
            self._read(text[at:end], seen)
        return _head(seen)

    def _read(self, between: str, seen: list[Target]) -> bool:
        """Read the words up to the next mention; tell whether the noun phrase ends among them."""
        for match in _WORD.finditer(between.lower()):
            word = match.group()
            if word in self._ends:
                return True
            if word in self._nouns or (word in self._parts and not seen):
                seen.append("picture")
            elif word not in self._through and word not in self._parts:
                seen.append("thing")
        return False

    def _of(self, mention: Mention, text: str) -> Target:
        prefixes = mention.concept.prefixes
        if not self._person.isdisjoint(prefixes):
            return "person"
        if self._picture.isdisjoint(prefixes):
            return "thing"
        return "picture"


def _head(seen: Sequence[Target]) -> Target:
    return seen[-1] if seen else "picture"
