"""Settings that a model is not made for: its shapes, its sizes, its steps and its guidance."""

from __future__ import annotations

from fractions import Fraction
from math import log
from typing import TYPE_CHECKING

from promptlint.checks.case import Finding
from promptlint.checks.settings import as_ratio, given, ratio_of, size_of
from promptlint.diagnostics import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptlint.checks.case import Case
    from promptlint.checks.settings import Given
    from promptlint.models import Model, Range

_NEAREST = 2
"""Shapes that are offered in place of one that there is not."""


def unsupported_ratios(case: Case) -> Iterator[Finding]:
    """Yield the aspect ratio where the model does not make it."""
    if case.model is None:
        return
    settings = given(case)
    asked = [(one, ratio) for one in settings if (ratio := ratio_of(one)) is not None]
    size = size_of(settings)
    for one, ratio in asked:
        problem = _no_shape(case.model, ratio)
        if problem:
            yield _finding(case.model, one, problem)
            return
    if size is not None and case.model.sizes.widest and not case.model.sizes.only:
        problem = _too_long(case.model, Fraction(size[1], size[2]))
        if problem:
            yield _finding(case.model, size[0], problem)


def _no_shape(model: Model, ratio: Fraction) -> str:
    shapes = {one: own for one in model.ratios if (own := as_ratio(one)) is not None}
    if not shapes:
        return _too_long(model, ratio)
    if ratio in shapes.values():
        return ""
    near = sorted(shapes, key=lambda one: abs(log(shapes[one] / ratio)))[:_NEAREST]
    return f"is no aspect ratio of {model.title}; the nearest are {' and '.join(near)}"


def _too_long(model: Model, ratio: Fraction) -> str:
    widest = as_ratio(model.sizes.widest) if model.sizes.widest else None
    if widest is None or max(ratio, 1 / ratio) <= widest:
        return ""
    high, _, wide = model.sizes.widest.partition(":")
    return f"is too long a shape for {model.title}, which goes from {high}:{wide} to {wide}:{high}"


def out_of_range(case: Case) -> Iterator[Finding]:
    """Yield steps, guidance and size that lie outside what the model is documented for."""
    if case.model is None:
        return
    settings = given(case)
    for one in settings:
        limits = {"steps": case.model.steps, "guidance": case.model.guidance}.get(one.name)
        if limits is not None and one.number is not None and not limits.holds(one.number):
            problem = f"is outside what {case.model.title} is documented for, which is {_between(limits)}"
            bound = limits.low if limits.low is not None and one.number < limits.low else limits.high
            right = f"{bound:g}"
            edits = (Edit(one.span, right),) if one.inside else ()
            yield _finding(case.model, one, problem, right=right, edits=edits)
    size = size_of(settings)
    if size is not None:
        problem = _bad_size(case.model, size[1], size[2])
        if problem:
            yield _finding(case.model, size[0], problem)


def _bad_size(model: Model, wide: int, high: int) -> str:
    sizes, pixels = model.sizes, wide * high / 1_000_000
    if sizes.only:
        asked = f"{wide}x{high}"
        return "" if asked in sizes.only else f"is no size of {model.title}, which makes {', '.join(sizes.only)}"
    if sizes.multiple and (wide % sizes.multiple or high % sizes.multiple):
        return f"is no size of {model.title}, whose sides are multiples of {sizes.multiple}"
    if sizes.edge is not None and not (sizes.edge.holds(wide) and sizes.edge.holds(high)):
        return f"is no size for {model.title}, whose sides are {_between(sizes.edge)} pixels"
    if sizes.megapixels is not None and not sizes.megapixels.holds(pixels):
        return f"is no size for {model.title}, which makes {_between(sizes.megapixels)} megapixels"
    return ""


def _between(limits: Range) -> str:
    if limits.high is None:
        return f"{limits.low:g} or more"
    return f"up to {limits.high:g}" if limits.low is None else f"{limits.low:g} to {limits.high:g}"


def _finding(model: Model, one: Given, problem: str, *, right: str = "", edits: tuple[Edit, ...] = ()) -> Finding:
    values = {"phrase": one.shown, "problem": problem, "model": model.title, "right": right}
    return Finding(one.span, values, edits=edits)
