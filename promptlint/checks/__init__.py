"""The kinds of finding that a rule can ask for: a closed set, one file each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from promptlint.checks.absence import Absence
from promptlint.checks.case import Case, Check, Finding
from promptlint.checks.clash import Clash
from promptlint.checks.conflict import Conflict
from promptlint.checks.history import History
from promptlint.checks.model import ModelCheck
from promptlint.checks.near_miss import NearMiss
from promptlint.checks.negation import Negations
from promptlint.checks.optics import Optics
from promptlint.checks.parameter import Parameters
from promptlint.checks.parts import Parts
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
    "Clash",
    "Conflict",
    "Finding",
    "History",
    "ModelCheck",
    "NearMiss",
    "Negations",
    "Optics",
    "Parameters",
    "Parts",
    "Range",
    "Ratio",
    "Repetition",
    "Side",
    "Spread",
    "Syntax",
    "Tokens",
    "UnknownFilm",
    "Vague",
    "Wording",
    "build",
]
