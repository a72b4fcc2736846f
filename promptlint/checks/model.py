"""What the target model has to say about a prompt: that it is not known, not offered, or does not take it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from promptlint import models
from promptlint.checks.case import Case, Check, Finding, subject_span
from promptlint.checks.exclusions import inline_negatives, unsupported_negatives
from promptlint.checks.foreign import mismatches
from promptlint.checks.limits import out_of_range, unsupported_ratios
from promptlint.checks.needs import Need, Sign
from promptlint.checks.parameter import is_infotext
from promptlint.checks.settings import model_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

Find = Literal["unknown", "retired", "ratio", "setting", "syntax", "negative", "inline-negative"]


def unknown_models(case: Case) -> Iterator[Finding]:
    """Yield a model that the file names beside the prompt and that no catalogue has.

    An infotext names the file of any checkpoint, and there are more of them than anybody knows: of these only a slip
    of a known name counts.
    """
    if case.model is not None:
        return
    name = model_named(case.parameters)
    if not name or models.known(name) is not None:
        return
    meant = models.slip_of(name)
    if meant is None and is_infotext(case.parameters):
        return
    hint = f'; did you mean "{meant.full_name}"?' if meant else models.nearest(name)
    yield Finding(subject_span(case.brief), {"phrase": name, "hint": hint})


def retired_models(case: Case) -> Iterator[Finding]:
    """Yield a model that is no longer offered."""
    model = case.model
    if model is None or not model.retired_on:
        return
    successor = models.catalogue().get(model.successor)
    hint = f"; its successor is {successor.title} ({successor.name})" if successor else ""
    values = {"phrase": model.name, "model": model.title, "day": model.retired_on, "hint": hint}
    yield Finding(subject_span(case.brief), values)


FINDERS: Mapping[Find, Callable[[Case], Iterator[Finding]]] = {
    "unknown": unknown_models,
    "retired": retired_models,
    "ratio": unsupported_ratios,
    "setting": out_of_range,
    "syntax": mismatches,
    "negative": unsupported_negatives,
    "inline-negative": inline_negatives,
}


class ModelCheck(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What `finds` names. Without a model there is nothing to find, but for one that is named and unknown."""

    finds: Find

    @property
    def needs(self) -> Sequence[Need]:
        return [Need((Sign.SETTINGS if self.finds == "unknown" else Sign.MODEL,))]

    def find(self, case: Case) -> Iterator[Finding]:
        yield from FINDERS[self.finds](case)
