"""Whether a brief gives grounds for a fix: for this one rather than another, and for choosing anything at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from promptlint.brief import Brief
from promptlint.checks.selector import reads
from promptlint.rules import FixSpec

_SIGNS = 2


def fits(spec: FixSpec, brief: Brief) -> bool:
    """Tell whether a fix agrees with what the brief mentions."""
    if spec.when and not _mentions(brief, spec.when):
        return False
    if spec.also and not _mentions(brief, spec.also):
        return False
    return not _mentions(brief, spec.unless) and (not spec.words or reads(brief.text, spec.words))


def may_choose(brief: Brief, choices: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether a place, a light or a film can be chosen: the prompt says what it shows, and means a photograph."""
    if not brief.is_english or not brief.has(choices["shown"]):
        return False
    if brief.intent != "photo" or any(one.intent == "photo" for one in brief.evidence):
        return True
    return sum(brief.has([sign]) for sign in choices["signs"]) >= _SIGNS


def _mentions(brief: Brief, conditions: Iterable[str]) -> bool:
    return any(_holds(brief, condition) for condition in conditions)


def _holds(brief: Brief, condition: str) -> bool:
    """Tell whether a concept is mentioned; as `concept:key=value`, with this value of an attribute."""
    concept, _, attribute = condition.partition(":")
    if not attribute:
        return brief.has([concept])
    key, _, value = attribute.partition("=")
    return any(str(mention.concept.attributes.get(key)) == value for mention in brief.of([concept]))
