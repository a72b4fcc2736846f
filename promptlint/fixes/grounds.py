"""Whether a brief gives grounds for a fix: for this one rather than another, and for choosing anything at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from promptlint.brief import Brief, Mention
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
    if not brief.is_english:
        return False
    is_said = any(_shows(mention, brief, choices) for mention in brief.of(choices["shown"]))
    is_said = is_said or any(phrase.label == "subject" for phrase in brief.phrases)
    if not is_said and (brief.intent == "portrait" or not _has_subject(brief, choices)):
        return False
    if brief.intent != "photo" or any(one.intent == "photo" for one in brief.evidence):
        return True
    return sum(brief.has([sign]) for sign in choices["signs"]) >= _SIGNS


def _has_subject(brief: Brief, choices: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether words of the subject stand anywhere but under a label that says how something looks."""
    spans = brief.sections_by_terms.get("subject", ())
    return any(
        phrase.span.contains(span) or span.contains(phrase.span)
        for phrase in brief.phrases
        if phrase.label not in choices["looks"]
        for span in spans
    )


def _shows(mention: Mention, brief: Brief, choices: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether a mention is of what the picture shows, and does not only say how something looks."""
    return brief.phrases[mention.phrase].label not in choices["looks"]


def _mentions(brief: Brief, conditions: Iterable[str]) -> bool:
    return any(_holds(brief, condition) for condition in conditions)


def _holds(brief: Brief, condition: str) -> bool:
    """Tell whether a concept is mentioned; as `concept:key=value`, with this value of an attribute.

    An adjective counts only where it speaks of what its concept is for: black and white seats make no photograph so.
    """
    concept, _, attribute = condition.partition(":")
    key, _, value = attribute.partition("=")
    return any(
        (not attribute or str(mention.concept.attributes.get(key)) == value)
        and (
            mention.value is not None
            or mention.target in mention.concept.attributes.get("counts_for", (mention.target,))
        )
        for mention in brief.of([concept])
    )
