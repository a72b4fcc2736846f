"""An aspect ratio that does not suit what the picture shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import msgspec

from promptlint.brief.knowledge import ConceptName
from promptlint.checks.case import Case, Check, Finding
from promptlint.checks.needs import Need
from promptlint.checks.settings import as_ratio, given, ratio_of, size_of
from promptlint.source import Span

_CLOSE = 0.02
"""How far a size in pixels may lie from the ratio that it stands for, as a part of it."""


class Suits(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A prompt that mentions one of `when` and none of `unless` wants one of `ratios`, `because`."""

    when: list[ConceptName]
    ratios: list[str]
    because: str
    unless: list[ConceptName] = []


class Ratio(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The aspect ratio that is asked for is none of those of the first case that fits.

    It is asked for by a setting or, where it is one of `in_text`, by two numbers in the text: others are times.
    """

    cases: list[Suits]
    in_text: list[str] = []

    @property
    def needs(self) -> Sequence[Need]:
        return [Need(one.when) for one in self.cases]

    def find(self, case: Case) -> Iterator[Finding]:
        brief = case.brief
        suits = next((one for one in self.cases if brief.has(one.when) and not brief.has(one.unless)), None)
        asked = _asked(case, [as_ratio(one) for one in self.in_text]) if suits else None
        if suits is None or asked is None:
            return
        span, phrase, ratio = asked
        wanted = [own for one in suits.ratios if (own := as_ratio(one)) is not None]
        if not any(abs(float(ratio / own) - 1) <= _CLOSE for own in wanted):
            values = {"phrase": phrase, "because": suits.because, "ratios": " or ".join(suits.ratios)}
            yield Finding(span, values)


def _asked(case: Case, in_text: list[Fraction | None]) -> tuple[Span, str, Fraction] | None:
    """Return where an aspect ratio is asked for, in which words, and which."""
    settings = given(case)
    for one in settings:
        ratio = ratio_of(one)
        if ratio is not None:
            return one.span, one.shown, ratio
    size = size_of(settings)
    if size is not None:
        return size[0].span, size[0].shown, Fraction(size[1], size[2])
    for mention in case.brief.of(["camera.ratio"]):
        words = case.brief.words(mention.span)
        ratio = as_ratio("".join(words.split()))
        if ratio is not None and ratio in in_text:
            return mention.span, words, ratio
    return None
