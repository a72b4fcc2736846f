"""The settings that go with a prompt, wherever they stand: flags in it, an infotext at its end, what is beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from promptlint import parameters
from promptlint.checks.case import Case, subject_span
from promptlint.checks.parameter import last_line
from promptlint.syntax import flags

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from promptlint.source import Span

_PIXELS = re.compile(r"([0-9]+)x([0-9]+)")
_MOST = 100_000
"""Pixels of a side, or parts of a ratio, that can be meant."""


@dataclass(frozen=True, slots=True)
class Given:
    """A setting that somebody has made.

    `name` is what it is, in the words of `knowledge/parameters/beside.yaml`; `shown` as it was written. `span` is where
    its value stands, the prompt's first words where it stands beside the text; `inside` tells the two apart.
    """

    name: str
    value: str
    shown: str
    span: Span
    inside: bool = False

    @property
    def number(self) -> float | None:
        """The value as a number, None where it is none."""
        known = parameters.catalogue()["beside"].find(self.name)
        return float(self.value) if known is not None and known.kind == "number" and known.holds(self.value) else None


def given(case: Case) -> list[Given]:
    """Return the settings of a prompt that are read here; of each the first."""
    found: dict[str, Given] = {}
    for one in _all(case):
        found.setdefault(one.name, one)
    return list(found.values())


def _all(case: Case) -> Iterator[Given]:
    known = parameters.catalogue()["beside"]
    # To a model that reads no flags they are words, and set nothing.
    for one in flags(case.tree) if case.model is None or "flag" in case.model.syntax else ():
        setting = known.find(one.name)
        if setting is not None and setting.kind == "ratio":
            yield Given(setting.name, one.value, f"{one.dash}{one.name} {one.value}", one.value_span, True)
    for one in last_line(case.tree.text):
        setting = known.find(one.name)
        if setting is not None:
            yield Given(setting.name, one.value, f"{one.name}: {one.value}", one.value_span, True)
    for name, value in case.parameters.items():
        setting = known.find(name)
        if setting is not None:
            yield Given(setting.name, value.strip(), f"{name}: {value.strip()}", subject_span(case.brief))


def model_named(values: Mapping[str, str]) -> str:
    """Return the name of the model that settings beside a prompt give, empty if none."""
    known = parameters.catalogue()["beside"]
    for name, value in values.items():
        setting = known.find(name)
        if setting is not None and setting.name == "model" and value.strip():
            return value.strip()
    return ""


def ratio_of(one: Given) -> Fraction | None:
    """Return width by height where a setting is an aspect ratio that can be read."""
    known = parameters.catalogue()["beside"].find("ratio")
    if one.name != "ratio" or known is None:
        return None
    plain = one.value if known.holds(one.value) else known.mended(one.value)
    return as_ratio(plain) if plain else None


def as_ratio(written: str) -> Fraction | None:
    """Return what `3:4` stands for."""
    wide, _, high = written.partition(":")
    if not (wide.isdecimal() and high.isdecimal() and 0 < int(wide) < _MOST and 0 < int(high) < _MOST):
        return None
    return Fraction(int(wide), int(high))


def size_of(settings: list[Given]) -> tuple[Given, int, int] | None:
    """Return the setting that gives the size in pixels, with width and height."""
    by_name = {one.name: one for one in settings}
    known = parameters.catalogue()["beside"].find("size")
    if "size" in by_name and known is not None:
        one = by_name["size"]
        plain = one.value if known.holds(one.value) else known.mended(one.value) or ""
        match = _PIXELS.fullmatch(plain)
        return _within(one, int(match[1]), int(match[2])) if match else None
    wide, high = by_name.get("width"), by_name.get("height")
    if wide is None or high is None or wide.number is None or high.number is None:
        return None
    both = Given("size", "", f"{wide.shown}, {high.shown}", wide.span)
    return _within(both, int(wide.number), int(high.number))


def _within(one: Given, wide: int, high: int) -> tuple[Given, int, int] | None:
    return (one, wide, high) if 0 < wide < _MOST and 0 < high < _MOST else None
