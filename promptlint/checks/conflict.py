"""Two things that one picture can't have at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

import msgspec

from promptlint.brief import Brief, Intent, Mention
from promptlint.brief.knowledge import ConceptName
from promptlint.checks.bound import Bound, beyond, of_bounds, with_value
from promptlint.checks.case import Case, Finding
from promptlint.checks.mentioned import Silenced
from promptlint.checks.needs import Need
from promptlint.checks.selector import Selector, reads
from promptlint.checks.together import Together, Within, are_near, distance


class Pair(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A mention of `one` and a mention of `other` that contradict each other, `because` of something.

    Silent where one of `unless` is mentioned or one of `unless_words` stands in the prompt; one of `when` must be
    mentioned, and the prompt's intent be one of `intents`, where there are any. `within` says how near each other
    they have to stand. `differ` names an attribute, or `value`, that the two have and that must not be the same: two
    focal lengths. `outside` names an attribute of `other` that is a range, which the value of `one` misses; it is
    silent where the range of anything else among `other` holds the value. With `nearest_of`, `other` has to be the
    nearest to `one` of all mentions of these. `report` is what the finding points at:
    the side that comes later, or a given one.
    """

    one: Selector
    other: Selector
    because: str
    unless: list[ConceptName | Selector] = []
    unless_words: list[str] = []
    when: list[ConceptName] = []
    intents: list[Intent] = []
    within: Within = "prompt"
    differ: str = ""
    outside: str = ""
    nearest_of: list[ConceptName] = []
    report: Literal["one", "other", "later"] = "later"


_CATALOG = 3
"""So many focal lengths, or more, are a list and no contradiction."""


class _Clash(NamedTuple):
    """What is reported, and what it contradicts, each with what selected it."""

    mine: Mention
    other: Mention
    own: Selector
    its: Selector


class Conflict(Silenced, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Any of `pairs`, or a quantity out of `bounds`, in a prompt that mentions none of `unless`.

    `unless_words` are words that must not stand in it. Of a prompt that describes several pictures nothing is said,
    unless what contradicts would do so `across` pictures too.

    Two options of a choice don't contradict each other, nor do alternatives ("35mm or 50mm") and the ends of a range.
    """

    pairs: list[Pair]
    bounds: list[Bound] = []
    unless_words: list[str] = []
    across: bool = False

    @property
    def needs(self) -> Sequence[Need]:
        return [*of_bounds(self.bounds), *(Need(pair.one.of, pair.other.of) for pair in self.pairs)]

    def find(self, case: Case) -> Iterator[Finding]:
        brief = case.brief
        if brief.has(self.unless):
            return
        found = {finding.span: finding for finding in beyond(self.bounds, brief)}
        clashing = [
            (pair, clashes)
            for pair in self.pairs
            if brief.has(pair.one.of) and brief.has(pair.other.of) and (clashes := _clashes(pair, brief))
        ]
        # Most prompts hold nothing of the kind; only of the others it is asked what they are.
        if not (found or clashing) or reads(brief.text, self.unless_words):
            return
        if not self.across and (brief.shows_several or _is_catalog(brief)):
            return
        together = Together(case)
        for pair, clashes in clashing:
            meant = [clash for clash in clashes if together.are_meant(clash.mine, clash.other)]
            for finding in _findings(pair, meant, brief):
                found.setdefault(finding.span, finding)
        yield from sorted(found.values(), key=lambda finding: finding.span)


def _is_catalog(brief: Brief) -> bool:
    """Tell whether a prompt names so many focal lengths that it lists pictures, or lenses to choose from."""
    return len({mention.value for mention in brief.of(["camera.focal-length"])}) >= _CATALOG


def _clashes(pair: Pair, brief: Brief) -> list[_Clash]:
    """Return every two mentions that contradict each other."""
    if (pair.intents and brief.intent not in pair.intents) or (pair.when and not brief.has(pair.when)):
        return []
    ones = pair.one.find(brief)
    others = pair.other.find(brief) if ones else []
    if not others:
        return []
    if pair.outside:
        # "candle at 1900K, screen at 6500K": each has the value that it needs.
        others = [other for other in others if not any(_holds(other, pair.outside, one) for one in ones)]
        held = [other for other in pair.other.find(brief) if other not in others]
        ones = [one for one in ones if not any(_holds(other, pair.outside, one) for other in held)]
    rivals = brief.of(pair.nearest_of)
    clashes = [
        _reported(pair, one, other)
        for one in ones
        for other in others
        if not one.span.overlaps(other.span)
        and are_near(pair.within, one, other, brief)
        and _differ(pair, one, other)
        and all(distance(one, rival) >= distance(one, other) for rival in rivals)
    ]
    excused = bool(clashes) and (
        any(_is_there(one, brief) for one in pair.unless) or reads(brief.text, pair.unless_words)
    )
    return [] if excused else clashes


def _differ(pair: Pair, one: Mention, other: Mention) -> bool:
    if pair.differ:
        first, second = _value(one, pair.differ), _value(other, pair.differ)
        return first is not None and second is not None and not _agree(first, second)
    return not pair.outside or isinstance(other.concept.attributes.get(pair.outside), list)


def _value(mention: Mention, name: str) -> Any:
    if name == "value":
        return (mention.value, mention.high or mention.value) if mention.value is not None else None
    return mention.concept.name if name == "concept" else mention.concept.attributes.get(name)


def _agree(first: Any, second: Any) -> bool:
    """Tell whether two values agree: the same, a number inside the other's zoom, a concept and one more exact."""
    if isinstance(first, str) and isinstance(second, str):
        return first.startswith(second) or second.startswith(first)
    if isinstance(first, tuple) and isinstance(second, tuple):
        return bool(first[0] <= second[1] and second[0] <= first[1])
    return bool(first == second)


def _holds(other: Mention, name: str, one: Mention) -> bool:
    limits = other.concept.attributes.get(name)
    return isinstance(limits, list) and one.value is not None and limits[0] <= one.value <= limits[1]


def _reported(pair: Pair, one: Mention, other: Mention) -> _Clash:
    if pair.report == "one" or (pair.report == "later" and one.span > other.span):
        return _Clash(one, other, pair.one, pair.other)
    return _Clash(other, one, pair.other, pair.one)


def _findings(pair: Pair, clashes: list[_Clash], brief: Brief) -> Iterator[Finding]:
    """Yield one finding of a pair: the side that comes later, against the other. Wrong numbers are found one by one."""
    if not clashes:
        return
    if pair.outside:
        for mine in dict.fromkeys(clash.mine.span for clash in clashes):
            own = [clash for clash in clashes if clash.mine.span == mine]
            yield _finding(pair, [min(own, key=lambda clash: distance(clash.mine, clash.other))], brief)
        return
    if pair.report == "later":
        first = min(clashes, key=lambda clash: clash.other.span)
        clashes = [clash if _is_against(pair, clash, first) else _turned(clash) for clash in clashes]
    yield _finding(pair, clashes, brief)


def _is_against(pair: Pair, clash: _Clash, first: _Clash) -> bool:
    """Tell whether what a clash reports is of the side that the very first mention is not of."""
    return _differ(pair, clash.mine, first.other) if pair.differ else clash.its == first.its


def _turned(clash: _Clash) -> _Clash:
    return _Clash(clash.other, clash.mine, clash.its, clash.own)


def _finding(pair: Pair, clashes: list[_Clash], brief: Brief) -> Finding:
    mine = list({clash.mine.span: clash.mine for clash in clashes}.values())
    others = list({clash.other.span: clash.other for clash in clashes}.values())
    nearest = min(others, key=lambda other: distance(mine[0], other))
    others = [nearest, *(other for other in others if other is not nearest)]
    values = {
        "phrase": '", "'.join(dict.fromkeys(brief.words(mention.span) for mention in mine)),
        "other": brief.words(nearest.span),
        "because": pair.because.replace("{other}", brief.words(nearest.span)),
        "instead": _nearest_value(pair, clashes[0], brief) or clashes[0].own.instead,
    }
    values = {name: text for name, text in values.items() if text}
    return Finding(mine[0].span, values, mine[0], also=tuple(others), same=tuple(mine[1:]))


def _nearest_value(pair: Pair, clash: _Clash, brief: Brief) -> str:
    """Return the reported quantity with the nearest value that the range of the other one holds."""
    limits = clash.other.concept.attributes.get(pair.outside) if pair.outside else None
    value = clash.mine.value
    if not isinstance(limits, list) or value is None:
        return ""
    nearest = limits[0] if value < limits[0] else limits[1]
    return with_value(brief.words(clash.mine.span), nearest)


def _is_there(wanted: str | Selector, brief: Brief) -> bool:
    return bool(wanted.find(brief)) if isinstance(wanted, Selector) else brief.has([wanted])
