"""Two things that one picture can't have at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple

import msgspec

from promptlint.brief import Brief, Mention
from promptlint.checks.bound import Bound, beyond, with_value
from promptlint.checks.case import Case, Check, Finding
from promptlint.checks.selector import Selector
from promptlint.checks.together import Together, Within, are_near, distance
from promptlint.source import Span


class Pair(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A mention of `one` and a mention of `other` that contradict each other, `because` of something.

    Silent where one of `unless` is mentioned or one of `unless_words` stands in the prompt; one of `when` must be
    mentioned, and the prompt's intent be one of `intents`, where there are any. `within` says how near each other
    they have to stand. `differ` names an attribute, or `value`, that the two have and that must not be the same: two
    focal lengths. `outside` names an attribute of `other` that is a range, which the value of `one` misses; it is
    silent where the range of anything else among `other` holds the value. With `nearest_of`, `other` has to be the
    nearest to `one` of all mentions of these. `report` is what the finding points at:
    the later of the two, or a given one. `gather`: all that contradict are one finding.
    """

    one: Selector
    other: Selector
    because: str
    unless: list[str | Selector] = []
    unless_words: list[str] = []
    when: list[str] = []
    intents: list[str] = []
    within: Within = "prompt"
    differ: str = ""
    outside: str = ""
    nearest_of: list[str] = []
    report: Literal["one", "other", "later"] = "later"
    gather: bool = False


class _Clash(NamedTuple):
    """What is reported, and what it contradicts, each with what selected it."""

    mine: Mention
    other: Mention
    own: Selector
    its: Selector


class Conflict(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Any of `pairs`, or a quantity out of `bounds`, in a prompt that mentions none of `unless`.

    Two options of a choice don't contradict each other, nor do alternatives ("35mm or 50mm") and the ends of a range.
    """

    pairs: list[Pair]
    bounds: list[Bound] = []
    unless: list[str] = []

    def find(self, case: Case) -> Iterator[Finding]:
        brief = case.brief
        if brief.has(self.unless):
            return
        together: Together | None = None
        found = {finding.span: finding for finding in beyond(self.bounds, brief)}
        for pair in self.pairs:
            clashes = _clashes(pair, brief)
            if not clashes:
                continue
            together = together or Together(case)
            meant = [clash for clash in clashes if together.are_meant(clash.mine, clash.other)]
            for finding in _findings(pair, _nearest(meant), brief):
                found.setdefault(finding.span, finding)
        yield from sorted(found.values(), key=lambda finding: finding.span)


def _clashes(pair: Pair, brief: Brief) -> list[_Clash]:
    """Return every two mentions that contradict each other."""
    if (pair.intents and brief.intent not in pair.intents) or (pair.when and not brief.has(pair.when)):
        return []
    ones = pair.one.find(brief)
    others = pair.other.find(brief) if ones else []
    if not others or any(_is_there(one, brief) for one in pair.unless) or _reads(brief.text, pair.unless_words):
        return []
    if pair.outside:
        # "candle at 1900K, screen at 6500K": each has the value that it needs.
        others = [other for other in others if not any(_holds(other, pair.outside, one) for one in ones)]
        held = [other for other in pair.other.find(brief) if other not in others]
        ones = [one for one in ones if not any(_holds(other, pair.outside, one) for other in held)]
    rivals = brief.of(pair.nearest_of)
    return [
        _reported(pair, one, other)
        for one in ones
        for other in others
        if not one.span.overlaps(other.span)
        and are_near(pair.within, one, other, brief)
        and _differ(pair, one, other)
        and all(distance(one, rival) >= distance(one, other) for rival in rivals)
    ]


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


def _nearest(clashes: Iterable[_Clash]) -> list[_Clash]:
    """Return each mention that is reported once, with the nearest that it contradicts."""
    kept: dict[Span, _Clash] = {}
    for clash in clashes:
        held = kept.get(clash.mine.span)
        if held is None or distance(clash.mine, clash.other) < distance(clash.mine, held.other):
            kept[clash.mine.span] = clash
    return sorted(kept.values(), key=lambda clash: clash.mine.span)


def _findings(pair: Pair, clashes: list[_Clash], brief: Brief) -> Iterator[Finding]:
    for clash in clashes[:1] if pair.gather else clashes:
        same = tuple(one.mine for one in clashes) if pair.gather else (clash.mine,)
        values = {
            "phrase": '", "'.join(dict.fromkeys(brief.words(mention.span) for mention in same)),
            "other": brief.words(clash.other.span),
            "because": pair.because.replace("{other}", brief.words(clash.other.span)),
            "instead": _nearest_value(pair, clash, brief) or clash.own.instead,
            "other_instead": clash.its.instead,
        }
        values = {name: text for name, text in values.items() if text}
        yield Finding(clash.mine.span, values, clash.mine, also=(clash.other,), same=same[1:])


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


def _reads(text: str, words: list[str]) -> bool:
    return bool(words) and bool(re.search(rf"(?i)\b(?:{'|'.join(map(re.escape, words))})\b", text))
