"""The kinds of finding that a rule can ask for: a closed set, one file each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from promptlint.checks.absence import Absence
from promptlint.checks.case import Case, Check, Finding
from promptlint.checks.conflict import Conflict
from promptlint.checks.optics import Optics
from promptlint.checks.parameter import Parameters
from promptlint.checks.range import Range
from promptlint.checks.repetition import Repetition
from promptlint.checks.side import Side
from promptlint.checks.syntax import Syntax
from promptlint.checks.unknown_film import UnknownFilm
from promptlint.checks.vague import Vague
from promptlint.checks.wording import Wording
from promptlint.errors import RuleError, did_you_mean

KINDS: dict[str, type[Check]] = {
    "absence": Absence,
    "conflict": Conflict,
    "optics": Optics,
    "parameter": Parameters,
    "range": Range,
    "repetition": Repetition,
    "side": Side,
    "syntax": Syntax,
    "unknown-film": UnknownFilm,
    "vague": Vague,
    "wording": Wording,
}


def build(spec: Mapping[str, Any]) -> Check:
    """Return the check that a rule's `check:` describes.

    Raises RuleError where the kind is unknown or a key is wrong.
    """
    kind = spec.get("kind")
    if kind not in KINDS:
        raise RuleError(f'check: unknown kind "{kind}"{did_you_mean(str(kind), KINDS)}')
    try:
        return msgspec.convert({key: value for key, value in spec.items() if key != "kind"}, KINDS[kind])
    except msgspec.ValidationError as error:
        raise RuleError(f"check: {error}") from None


__all__ = [
    "KINDS",
    "Absence",
    "Case",
    "Check",
    "Conflict",
    "Finding",
    "Optics",
    "Parameters",
    "Range",
    "Repetition",
    "Side",
    "Syntax",
    "UnknownFilm",
    "Vague",
    "Wording",
    "build",
]
