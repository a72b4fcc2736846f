"""Lenses that nobody makes: a focal length with an aperture that none of its kind has."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from promptlint.brief import Brief, Mention
from promptlint.brief.knowledge import ConceptName
from promptlint.checks.bound import Bound, beyond, of_bounds, with_value
from promptlint.checks.case import Case, Check, Finding
from promptlint.checks.needs import Need
from promptlint.checks.together import Together, are_near, distance


class Optics(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An aperture faster than that of any lens of the focal length beside it, or out of `bounds`.

    `fastest` is, by focal length in mm, the smallest f-number that is made; between two of these the smaller counts.
    Silent where one of `unless` is mentioned.
    """

    fastest: dict[int, float]
    bounds: list[Bound] = []
    unless: list[ConceptName] = []

    @property
    def needs(self) -> Sequence[Need]:
        return [*of_bounds(self.bounds), Need(["camera.aperture"], ["camera.focal-length"])]

    def find(self, case: Case) -> Iterator[Finding]:
        brief = case.brief
        found = {finding.span: finding for finding in beyond(self.bounds, brief)}
        if not brief.has(self.unless):
            for lens, aperture in _lenses(case):
                limit = self._limit(lens)
                if aperture.value is None or limit is None or aperture.value >= limit:
                    continue
                phrase, other = brief.words(aperture.span), brief.words(lens.span)
                values = {
                    "phrase": phrase,
                    "because": f"no {other} lens is faster than f/{limit:g}",
                    "instead": with_value(phrase, limit),
                }
                found.setdefault(aperture.span, Finding(aperture.span, values, aperture, also=(lens,)))
        yield from sorted(found.values(), key=lambda finding: finding.span)

    def _limit(self, lens: Mention) -> float | None:
        """Return the smallest f-number made for a focal length, of a zoom for its short end."""
        known = sorted(self.fastest)
        if lens.value is None or not known[0] <= lens.value <= known[-1]:
            return None
        at = bisect_left(known, lens.value)
        if known[at] == lens.value:
            return self.fastest[known[at]]
        return min(self.fastest[known[at - 1]], self.fastest[known[at]])


def _lenses(case: Case) -> Iterator[tuple[Mention, Mention]]:
    """Yield each aperture's lens: the nearest focal length in its sentence."""
    brief: Brief = case.brief
    apertures = brief.of(["camera.aperture"])
    focals = brief.of(["camera.focal-length"]) if apertures else []
    together = Together(case) if focals else None
    for aperture in apertures:
        near = [lens for lens in focals if are_near("near", lens, aperture, brief)]
        if near and together:
            lens = min(near, key=lambda one: distance(one, aperture))
            if together.are_meant(lens, aperture):
                yield lens, aperture
