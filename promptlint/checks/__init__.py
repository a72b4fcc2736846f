"""The kinds of finding that a rule can ask for, one file each; installed plug-ins may add more."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import msgspec

from promptlint.brief.knowledge import ConceptName, SectionName
from promptlint.checks.absence import Absence
from promptlint.checks.case import Case, Check, Finding
from promptlint.checks.clash import Clash
from promptlint.checks.conflict import Conflict
from promptlint.checks.history import History
from promptlint.checks.model import ModelCheck
from promptlint.checks.near_miss import NearMiss
from promptlint.checks.needs import Need, Sign
from promptlint.checks.negation import Negations
from promptlint.checks.optics import Optics
from promptlint.checks.parameter import Parameters
from promptlint.checks.parts import Parts
from promptlint.checks.placeholder import Placeholder
from promptlint.checks.range import Range
from promptlint.checks.ratio import Ratio
from promptlint.checks.repetition import Repetition
from promptlint.checks.side import Side
from promptlint.checks.spread import Spread
from promptlint.checks.syntax import Syntax
from promptlint.checks.tokens import Tokens
from promptlint.checks.unknown_film import UnknownFilm
from promptlint.checks.vague import Vague
from promptlint.checks.wording import Wording
from promptlint.errors import RuleError, did_you_mean

KINDS: dict[str, type[Check]] = {
    "absence": Absence,
    "clash": Clash,
    "conflict": Conflict,
    "history": History,
    "model": ModelCheck,
    "near-miss": NearMiss,
    "negation": Negations,
    "optics": Optics,
    "parameter": Parameters,
    "parts": Parts,
    "placeholder": Placeholder,
    "range": Range,
    "ratio": Ratio,
    "repetition": Repetition,
    "side": Side,
    "spread": Spread,
    "syntax": Syntax,
    "tokens": Tokens,
    "unknown-film": UnknownFilm,
    "vague": Vague,
    "wording": Wording,
}


def kind_of(spec: Mapping[str, Any]) -> type[Check]:
    """Return the kind of check that a rule's `check:` names.

    Raises RuleError where there is none, or where it is of a plug-in that can't be used.
    """
    if "kind" not in spec:
        raise RuleError(f"missing; it is one of {', '.join(KINDS)}")
    name = str(spec["kind"])
    if name in KINDS:
        return KINDS[name]
    from promptlint.checks import plugins

    if name not in plugins.kinds():
        hint = did_you_mean(name, [*KINDS, *plugins.kinds()]) or "; is its plug-in installed?"
        raise RuleError(f'unknown kind "{name}"{hint}')
    return plugins.load(name)


def options(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a rule's `check:` says beside its kind."""
    return {key: value for key, value in spec.items() if key != "kind"}


def build(spec: Mapping[str, Any]) -> Check:
    """Return the check that a rule's `check:` describes.

    Raises RuleError where the kind is unknown or a key is wrong.
    """
    kind = kind_of(spec)
    try:
        return msgspec.convert(options(spec), kind)
    except msgspec.ValidationError as error:
        raise RuleError(f"check: {error}") from None


def finder(check: Check, spec: Mapping[str, Any]) -> Callable[[Case], Iterator[Finding]]:
    """Return what finds in a prompt what a check finds there. A plug-in that fails is a RuleError that names it."""
    if spec["kind"] in KINDS:
        return check.find
    from promptlint.checks import plugins

    return partial(plugins.guarded, spec["kind"], check)


def needs_of(check: Check, spec: Mapping[str, Any]) -> Sequence[Need] | None:
    """Return what a check needs of a prompt. A plug-in that fails is a RuleError that names it."""
    if spec["kind"] in KINDS:
        return check.needs
    from promptlint.checks import plugins

    return plugins.needs_of(spec["kind"], check)


def silencers_of(check: Check, spec: Mapping[str, Any]) -> Collection[str]:
    """Return what keeps a check silent. A plug-in that fails is a RuleError that names it."""
    if spec["kind"] in KINDS:
        return check.silencers
    from promptlint.checks import plugins

    return plugins.silencers_of(spec["kind"], check)


__all__ = [
    "KINDS",
    "Absence",
    "Case",
    "Check",
    "Clash",
    "ConceptName",
    "Conflict",
    "Finding",
    "History",
    "ModelCheck",
    "NearMiss",
    "Need",
    "Negations",
    "Optics",
    "Parameters",
    "Parts",
    "Range",
    "Ratio",
    "Repetition",
    "SectionName",
    "Side",
    "Sign",
    "Spread",
    "Syntax",
    "Tokens",
    "UnknownFilm",
    "Vague",
    "Wording",
    "build",
    "finder",
    "kind_of",
    "needs_of",
    "options",
    "silencers_of",
]
