"""What must not be there, said with a negator."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from promptlint.brief import Brief, Mention, Negation
from promptlint.brief.knowledge import ConceptName
from promptlint.checks.case import Case, Check, Finding
from promptlint.checks.needs import Need, Sign
from promptlint.checks.opposites import says_so
from promptlint.diagnostics import Edit, Part
from promptlint.source import Span

_WRAPPED = re.compile(r"[ \t]*\r?\n[ \t]*[a-z]")
"""A line that ends in the middle of a sentence: the thing may stand in the next."""
_WORDS_TO_MOVE = 4
"""A longer reach may hold more than is negated, so its words stay where they are."""


class Negations(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A negation in the text itself or, with `inside: negative`, one that begins a phrase of the negative prompt.

    `kinds` are those of negation.yaml, `movable` those after which a thing is named. A word of `changes` in a
    sentence that mentions one of `kept` says what to leave as it is and is none; nor is, in a negative prompt, what
    is `wanted` in pictures. `target` is what is negated, given only where it can go to a negative prompt: there is
    room for one, something is named where the kind is one `of_things` ("without gloves", not "without doubt"), the
    sentence stays whole, and no list goes on behind it without a negator: with one of `lists` ("no text, logos") or a
    single word for one of `alone` ("no cars, people"). Words that end in what someone is `doing` are no thing. `says`
    are words of the text that make the opposite of what is negated needless.
    """

    inside: Literal["positive", "negative"] = "positive"
    kinds: list[str]
    movable: list[str] = []
    of_things: list[str] = []
    changes: list[ConceptName] = []
    kept: list[ConceptName] = []
    lists: list[ConceptName] = []
    alone: list[ConceptName] = []
    doing: list[ConceptName] = []
    wanted: list[ConceptName] = []

    @property
    def needs(self) -> Sequence[Need]:
        return [Need((Sign.DOUBLED if self.inside == "negative" else Sign.NEGATIONS,))]

    def find(self, case: Case) -> Iterator[Finding]:
        if self.inside == "negative":
            yield from self._doubled(case.brief, case.brief.doubled, "positive")
            if case.excluded is not None:
                yield from self._doubled(case.excluded, case.excluded.negations, "negative")
            return
        for one in case.brief.negations:
            if one.kind in self.kinds and not self._leaves_alone(case.brief, one) and not _is_manner(case.brief, one):
                yield self._finding(case, one)

    def _doubled(self, brief: Brief, negations: tuple[Negation, ...], part: Part) -> Iterator[Finding]:
        """Yield negations of a negative prompt; of what pictures should have, none means a fault."""
        for one in negations:
            whole = any(phrase.span.start == one.span.start for phrase in brief.phrases)
            if not whole or one.kind not in self.kinds or _first(brief, one, self.wanted):
                continue
            edits = (Edit(Span(one.span.start, one.target.start), "", part),) if one.kind in self.movable else ()
            values = {"phrase": brief.words(one.span), "target": brief.words(one.target)}
            yield Finding(one.span, values, part=part, edits=edits)

    def _finding(self, case: Case, one: Negation) -> Finding:
        brief = case.brief
        values = {"phrase": brief.words(one.span)}
        if self._can_move(case, one):
            values["target"] = brief.words(one.target)
        whole = next((mention for mention in _within(brief, one.target) if mention.span == one.target), None)
        said = says_so(whole.concept, brief) if whole else None
        if said is not None and one.cut is not None:
            values["says"] = brief.words(said.span)
        return Finding(one.span, values, None if said else whole, cut=one.cut)

    def _can_move(self, case: Case, one: Negation) -> bool:
        """Tell whether what is negated can go to a negative prompt; an edit has one only where its model takes it."""
        model = case.model
        room = model.takes_negative if model else case.brief.intent != "edit"
        if not room or not case.can_hold_negative or one.kind not in self.movable or one.cut is None:
            return False
        brief = case.brief
        if one.kind in self.of_things and not _within(brief, one.target):
            return False
        if _WRAPPED.match(brief.text, one.span.end):
            return False
        words = brief.words(one.target).split()
        if "to" in words:
            return False
        if len(words) > 1 and words[-1].endswith("ing") and not self._ends_in_thing(brief, one):
            return False
        return brief.dialect != "structured" and len(words) <= _WORDS_TO_MOVE and not self._goes_on(brief, one)

    def _ends_in_thing(self, brief: Brief, one: Negation) -> bool:
        """Tell "no 3D rendering" from "no front teeth grinning", where someone else does something."""
        last = [mention for mention in _within(brief, one.target) if mention.span.end == one.target.end]
        return bool(last) and not _is(last[0], self.doing)

    def _goes_on(self, brief: Brief, one: Negation) -> bool:
        """Tell whether the next phrase of the sentence still lists what must not be there."""
        number = next(at for at, phrase in enumerate(brief.phrases) if phrase.span.end >= one.span.end)
        begun = {other.span.start for other in brief.negations}
        for phrase in brief.phrases[number + 1 :]:
            if phrase.sentence != brief.phrases[number].sentence or phrase.span.start in begun:
                return False
            words = brief.words(phrase.span).lower().split()
            named = _within(brief, phrase.span)
            if "or" in words or "nor" in words or (len(words) == 1 and (not named or _is(named[0], self.alone))):
                return True
            if named and _is(named[0], self.lists):
                return True
        return False

    def _leaves_alone(self, brief: Brief, one: Negation) -> bool:
        if not _first(brief, one, self.changes):
            return False
        sentence = next(phrase.sentence for phrase in brief.phrases if phrase.span.end >= one.span.end)
        return any(brief.phrases[mention.phrase].sentence == sentence for mention in brief.of(self.kept))


def _is_manner(brief: Brief, one: Negation) -> bool:
    """Tell whether it says how something is done: "clear without distracting from the cup"; a pose is seen."""
    words = brief.words(one.target).split()
    return (
        one.kind in ("absent", "contrast")
        and len(words) > 1
        and words[0].endswith("ing")
        and not any(mention.span.start == one.target.start for mention in brief.mentions)
    )


def _within(brief: Brief, span: Span) -> list[Mention]:
    return [mention for mention in brief.mentions if span.contains(mention.span)]


def _first(brief: Brief, one: Negation, concepts: list[str]) -> bool:
    """Tell whether the first mention in what is negated is one of the concepts."""
    named = _within(brief, one.target)
    return bool(named) and _is(named[0], concepts)


def _is(mention: Mention, concepts: list[str]) -> bool:
    return any(name in mention.concept.prefixes for name in concepts)
