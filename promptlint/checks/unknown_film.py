"""A film that does not exist: a name with a number that none of its kind has, or with another maker's name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from promptlint.brief import Brief, Mention
from promptlint.brief.knowledge import ConceptName
from promptlint.checks.case import Case, Check, Finding
from promptlint.checks.needs import Need
from promptlint.source import Span

_NUMBER = re.compile(r"[ -]?(\d{2,5})([A-Z]{1,2})?(?![\w%]|[.,:/]\d|\s?(?:mm|K|px|x\d|s\b|st\b|nd\b|th\b))")
_YEARS = range(1900, 2100)


class UnknownFilm(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A name of a film that never was one (`never`, whose attribute `means` is the real film nearest to it).

    Also a film of `of` with a number behind it that is no speed of it (attribute `iso`) and none of `formats`, and
    one right behind the name of another maker (`brands`; attribute `maker`).
    """

    of: list[ConceptName]
    never: list[ConceptName] = []
    brands: list[ConceptName] = []
    formats: list[int] = []

    @property
    def needs(self) -> Sequence[Need]:
        return [Need([*self.of, *self.never])]

    def find(self, case: Case) -> Iterator[Finding]:
        brief = case.brief
        found = [
            Finding(
                mention.span,
                {"phrase": brief.words(mention.span), "instead": str(mention.concept.attributes["means"])},
                mention,
            )
            for mention in brief.of(self.never)
        ]
        stocks = brief.of(self.of)
        found += [finding for stock in stocks if (finding := self._with_number(stock, brief))]
        found += [finding for stock in stocks if (finding := self._of_another_maker(stock, brief))]
        yield from sorted(found, key=lambda finding: finding.span)

    def _with_number(self, stock: Mention, brief: Brief) -> Finding | None:
        """Find a number behind a film that has a speed, but not that one."""
        speeds = stock.concept.attributes.get("iso")
        name = brief.words(stock.span)
        match = _NUMBER.match(brief.text, stock.span.end)
        if match is None or speeds is None:
            return None
        known = [str(int(speed)) for speed in (speeds if isinstance(speeds, list) else [speeds])]
        if name.endswith(("film", "Film", *known)):
            # "Portra 400 120 film": the speed is said, what follows is another number.
            return None
        number = int(match.group(1))
        if match.group(1) in known or number in self.formats or number in _YEARS:
            return None
        nearest = max(
            known, key=lambda speed: (SequenceMatcher(None, speed, match.group(1)).ratio(), -abs(int(speed) - number))
        )
        span = Span(stock.span.start, match.end())
        return Finding(span, {"phrase": brief.words(span), "instead": f"{name} {nearest}"}, stock)

    def _of_another_maker(self, stock: Mention, brief: Brief) -> Finding | None:
        """Find the name of a maker right before a film that another one makes."""
        for brand in brief.of(self.brands):
            its, own = brand.concept.attributes.get("maker"), stock.concept.attributes.get("maker")
            if brief.text[brand.span.end : stock.span.start] != " " or its is None or own is None or its == own:
                continue
            span = Span(brand.span.start, stock.span.end)
            return Finding(span, {"phrase": brief.words(span), "instead": brief.words(stock.span)}, stock)
        return None
