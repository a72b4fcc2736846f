"""What the prompt wants, and why: evidence weighed by the table of the knowledge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from promptlint.brief.model import Evidence, Intent, Mention
from promptlint.brief.phrases import Phrase
from promptlint.brief.readable import foreign_share

OPENING = 12
"""How many characters ahead of a mention still let it begin its phrase: an article, "please"."""


class Clue(msgspec.Struct, forbid_unknown_fields=True):
    """A mention of `of` speaks for an intent by a weight, at most `most` times.

    `first`: only where a sentence begins; `opening`: only where the prompt does; `phrase`: only where a phrase does;
    `asked`: only where the prompt begins with a request, and this is the first that it names.
    """

    to: str
    of: list[str]
    weight: float
    most: int = 1
    first: bool = False
    opening: bool = False
    phrase: bool = False
    asked: bool = False


class IntentTable(msgspec.Struct, forbid_unknown_fields=True):
    """Clues, and the sums that decide: `edit` and `artwork` need theirs and more than the photograph has.

    `edit_alone` is enough for an edit where nothing `described` makes a new picture.

    A photograph is a portrait where `people`, some of their `traits` or a portrait's `genres` are named, and none of
    their `rivals` for the main subject come first; without people, no `things` either. What stands in a later
    sentence weighs half.
    """

    clues: list[Clue]
    edit: float
    edit_alone: float
    artwork: float
    people: frozenset[str]
    traits: frozenset[str]
    features: frozenset[str]
    genres: frozenset[str]
    rivals: frozenset[str]
    things: frozenset[str]
    places: frozenset[str]
    described: frozenset[str]
    asking: frozenset[str]
    polite: frozenset[str]
    named: frozenset[str]
    foreign: float


class IntentJudge:
    """Weighs the mentions of a prompt."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._table = msgspec.convert(table, IntentTable)
        self._clues: dict[str, list[int]] = {}
        for number, clue in enumerate(self._table.clues):
            for name in clue.of:
                self._clues.setdefault(name, []).append(number)
        self._clues_of: dict[str, list[int]] = {}
        """The clues of each concept met."""

    def judge(
        self, text: str, mentions: Sequence[Mention], phrases: Sequence[Phrase]
    ) -> tuple[Intent, tuple[Evidence, ...]]:
        """Return the intent and the mentions that spoke for any, those first that make a photograph a portrait."""
        table = self._table
        sums = {"edit": 0.0, "artwork": 0.0, "photo": 0.0}
        counts: dict[int, int] = {}
        evidence: list[Evidence] = []
        for mention in mentions:
            if mention.negated:
                continue
            name = mention.concept.name
            clues = self._clues_of.get(name)
            if clues is None:
                clues = self._clues_of[name] = self._matching(mention)
            for number in clues:
                clue = table.clues[number]
                if not _stands(clue, mention, phrases):
                    continue
                if clue.asked and not self._is_asked_for(text, mention, mentions, phrases):
                    continue
                counts[number] = counts.get(number, 0) + 1
                if counts[number] <= clue.most:
                    sums[clue.to] += clue.weight / (2 if phrases[mention.phrase].sentence and not clue.first else 1)
                    evidence.append(Evidence(clue.to, mention.concept.name, mention.span))
        intent = self._decide(sums, evidence)
        if intent is not None:
            return intent, tuple(evidence)
        if sums["edit"] >= table.edit_alone and not _among(mentions, table.described):
            return "edit", tuple(evidence)
        person = self._person(text, mentions)
        if person is None:
            return "photo", tuple(evidence)
        return "portrait", (Evidence("portrait", person.concept.name, person.span), *evidence)

    def _is_asked_for(
        self, text: str, mention: Mention, mentions: Sequence[Mention], phrases: Sequence[Phrase]
    ) -> bool:
        """Tell whether the prompt begins with a request, and nothing is named between it and the mention.

        What stands before it in another script is the same in another language.
        """
        table, sentence = self._table, phrases[mention.phrase].sentence
        begin = next(phrase.span.start for phrase in phrases if phrase.sentence == sentence)
        ahead = text[begin : mention.span.start]
        request = next((word for word in ahead.lower().split() if word not in table.polite), "")
        if request not in table.asking or "," in ahead:
            return False
        if sentence != phrases[0].sentence and foreign_share(text[:begin]) < table.foreign:
            return False
        between = [one for one in mentions if begin <= one.span.start < mention.span.start]
        return not _among(between, table.named)

    def _matching(self, mention: Mention) -> list[int]:
        """Return the clues of the nearest name that has any: `style.medium.anime` before `style.medium`."""
        for name in mention.concept.prefixes:
            if name in self._clues:
                return self._clues[name]
        return []

    def _decide(self, sums: Mapping[str, float], evidence: Sequence[Evidence]) -> Intent | None:
        """Return the intent that the sums decide for, None where it is a photograph."""
        table = self._table
        if sums["edit"] >= table.edit and sums["edit"] > sums["photo"]:
            return "edit"
        even = sums["artwork"] == sums["photo"] and evidence and evidence[0].intent == "artwork"
        if sums["artwork"] >= table.artwork and (sums["artwork"] > sums["photo"] or even):
            return "artwork"
        return None

    def _person(self, text: str, mentions: Sequence[Mention]) -> Mention | None:
        """Return what makes people the main subject: named, and not beside a thing or a place that comes first."""
        table = self._table
        stated = [mention for mention in mentions if not mention.negated]
        people = [
            one
            for one in _among(stated, table.people)
            if not _owns(text, one) or _among(stated[stated.index(one) + 1 :][:1], table.features)
        ]
        rivals = _among(stated, table.rivals)
        if not people:
            genre = next(iter(_among(stated, table.genres)), None)
            traits = _among(stated, table.traits)
            first = genre or (traits[0] if len(traits) > 1 else None)
            things = _among(stated, table.things)
            if first is None or (things and things[0].span < first.span) or (rivals and not genre):
                return None
            return first
        begin = people[0].span
        if rivals and rivals[0].span < begin:
            return people[0] if len(people) > len(rivals) else None
        if len(people) == 1 and not _among(stated, table.traits):
            places = sum(1 for one in _among(stated, table.places) if one.span < begin)
            return people[0] if places < 3 else None
        return people[0]


def _owns(text: str, mention: Mention) -> bool:
    """Tell whether the mention only says whose something is: "a detective's board"."""
    return text[mention.span.end : mention.span.end + 2] in ("'s", "’s")


def _among(mentions: Sequence[Mention], names: frozenset[str]) -> list[Mention]:
    """Return the mentions of some concepts or what is below them."""
    return [one for one in mentions if not names.isdisjoint(one.concept.prefixes)]


def _stands(clue: Clue, mention: Mention, phrases: Sequence[Phrase]) -> bool:
    """Tell whether the mention stands where the clue asks for it."""
    if clue.first and not _begins(mention, phrases):
        return False
    if clue.opening and (mention.phrase or mention.span.start - phrases[0].span.start > OPENING):
        return False
    return not clue.phrase or mention.span.start - phrases[mention.phrase].span.start <= OPENING


def _begins(mention: Mention, phrases: Sequence[Phrase]) -> bool:
    """Tell whether the mention is the beginning of its sentence."""
    number = mention.phrase
    phrase = phrases[number]
    return mention.span.start - phrase.span.start <= OPENING and (
        number == 0 or phrases[number - 1].sentence != phrase.sentence
    )
