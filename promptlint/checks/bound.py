"""Numbers that nothing has: a light of 65000 K, a lens of f/0.2."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from promptlint.brief import Brief
from promptlint.checks.case import Finding
from promptlint.checks.needs import Need
from promptlint.checks.selector import Selector

NUMBER = re.compile(r"\d+(?:\s?[.,]\s?\d+)?")


class Bound(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A quantity of `of` below `low` or above `high`, which is wrong `because` of something."""

    of: Selector
    low: float
    high: float
    because: str


def of_bounds(bounds: Iterable[Bound]) -> list[Need]:
    """Return what a prompt must have for a quantity to be out of bounds."""
    return [Need(bound.of.of) for bound in bounds]


def beyond(bounds: Iterable[Bound], brief: Brief) -> Iterator[Finding]:
    """Yield the quantities that are out of bounds, each with the nearest that is not."""
    for bound in bounds:
        for mention in bound.of.find(brief):
            if mention.value is None or bound.low <= mention.value <= bound.high:
                continue
            phrase = brief.words(mention.span)
            nearest = with_value(phrase, bound.low if mention.value < bound.low else bound.high)
            yield Finding(mention.span, {"phrase": phrase, "because": bound.because, "instead": nearest}, mention)


def with_value(phrase: str, value: float) -> str:
    """Return a quantity as it is written, with another number."""
    return NUMBER.sub(f"{value:g}", phrase, count=1)
