"""What an adjective speaks of: the picture, a person, or a thing."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from promptlint.brief.model import Mention, Target
from promptlint.brief.phrases import Phrase
from promptlint.source import Span

_WORD = re.compile(r"[^\W_]+(?:'\w+)?")

_OF_THINGS = frozenset(("subject", "environment", "pose"))
"""Sections under whose label a bare word of color speaks of what it stands with: "jacket: orange, vivid"."""


class TargetTable(msgspec.Struct, forbid_unknown_fields=True):
    """The words and concepts of targets.yaml."""

    picture: list[str]
    person: list[str]
    through: list[str]
    leading: list[str]
    links: list[str]
    ends: list[str]
    beyond: list[str]
    nouns: list[str]
    parts: list[str]
    moods: list[str]


class Targets:
    """Finds what each adjective speaks of, for the concepts that ask for it by an attribute `counts_for`.

    That is the head of the noun phrase that it begins: the last word before a preposition, a verb or the end. Of an
    adjective that a preposition follows it is what stands before it ("her coat vibrant against the snow"), and of one
    that an article leads to, what follows the comma ("a vibrant, ice-cold can").
    """

    def __init__(self, table: TargetTable) -> None:
        self._picture, self._person = frozenset(table.picture), frozenset(table.person)
        self._through, self._ends = frozenset(table.through), frozenset(table.ends)
        self._beyond, self._leading = frozenset(table.beyond), frozenset(table.leading)
        self._passable = self._through.union(table.links)
        self._moods = frozenset(table.moods)
        self._nouns, self._parts = frozenset(table.nouns), frozenset(table.parts)

    def apply(
        self,
        text: str,
        phrases: Sequence[Phrase],
        mentions: Sequence[Mention],
        labels: Sequence[tuple[Span, str]] = (),
    ) -> None:
        """Set the target of each mention that has to have one."""
        for index, mention in enumerate(mentions):
            if "counts_for" in mention.concept.attributes:
                mention.target = self._target(text, phrases, mentions, index)
                if mention.target == "picture" and mention.section == "color" and labels:
                    mention.target = self._under_label(text, mention, phrases[mention.phrase], labels)
                if mention.target != "picture":
                    # An adjective of a thing belongs to the thing, and so to the section of what follows.
                    mention.section = "none"

    def _target(self, text: str, phrases: Sequence[Phrase], mentions: Sequence[Mention], index: int) -> Target:
        mention = mentions[index]
        phrase = phrases[mention.phrase]
        end = phrase.span.end
        led = _WORD.findall(text[phrase.span.start : mention.span.start].lower())
        if led and led[-1] in self._leading and not text[mention.span.end : end].strip(" ,"):
            following = phrases[mention.phrase + 1 : mention.phrase + 2]
            if following and following[0].sentence == phrase.sentence:
                end = following[0].span.end
        seen = self._following(text, mentions, index, end)
        if not seen and led and text[mention.span.end : end].strip():
            return self._before(text, mentions, index, phrase.span.start)
        if not seen and mention.section == "color" and phrase.label in _OF_THINGS:
            return "thing"
        return _head(seen)

    def _under_label(self, text: str, mention: Mention, phrase: Phrase, labels: Sequence[tuple[Span, str]]) -> Target:
        """Return what a bare adjective of color speaks of under its label: "vibe: urban, vibrant" is about a mood."""
        if phrase.label != "style" or " " in text[mention.span.start : mention.span.end]:
            return "picture"
        label = labels[bisect_left(labels, (phrase.span, "")) - 1][0]
        words = _WORD.findall(text[label.start : label.end].lower().replace("_", " "))
        return "thing" if words and words[-1] in self._moods else "picture"

    def _following(self, text: str, mentions: Sequence[Mention], index: int, end: int) -> list[Target]:
        """Return what the words of the noun phrase speak of that begins behind a mention."""
        at = mentions[index].span.end
        seen: list[Target] = []
        for other in mentions[index + 1 :]:
            if other.span.start >= end:
                break
            if self._read(text[at : other.span.start], seen):
                return seen
            first = _WORD.search(text, other.span.start, other.span.end)
            if first and first.group().lower() in self._ends:
                return seen
            if seen and not self._beyond.isdisjoint(other.concept.prefixes):
                return seen
            if "counts_for" not in other.concept.attributes:
                seen.append(self._of(other, text))
            at = other.span.end
        if at < end:
            self._read(text[at:end], seen)
        return seen

    def _before(self, text: str, mentions: Sequence[Mention], index: int, start: int) -> Target:
        """Return what the word before an adjective speaks of that no noun follows."""
        at = mentions[index].span.start
        for other in reversed(mentions[:index]):
            if other.span.start < start or self._passed(text[other.span.end : at]) is not None:
                break
            if "counts_for" not in other.concept.attributes:
                return self._of(other, text)
            at = other.span.start
        word = self._passed(text[start:at])
        return "picture" if word is None or word in self._nouns or word in self._ends else "thing"

    def _passed(self, between: str) -> str | None:
        """Return the last word that is not one to look through."""
        words = _WORD.findall(between.lower())
        return next((word for word in reversed(words) if word not in self._passable), None)

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
