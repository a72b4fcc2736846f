"""The kinds of finding that a rule can ask for: a closed set, one file each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from promptlint.checks.absence import Absence
from promptlint.checks.case import Case, Check, Finding
from promptlint.checks.clash import Clash
from promptlint.checks.history import History
from promptlint.checks.model import ModelCheck
from promptlint.checks.near_miss import NearMiss
from promptlint.checks.negation import Negations
from promptlint.checks.parameter import Parameters
from promptlint.checks.parts import Parts
from promptlint.checks.range import Range
from promptlint.checks.ratio import Ratio
from promptlint.checks.repetition import Repetition
from promptlint.checks.spread import Spread
from promptlint.checks.syntax import Syntax
from promptlint.checks.tokens import Tokens
from promptlint.checks.vague import Vague
from promptlint.checks.wording import Wording
from promptlint.errors import RuleError, did_you_mean

KINDS: dict[str, type[Check]] = {
    "absence": Absence,
    "model": ModelCheck,
    "clash": Clash,
    "near-miss": NearMiss,
    "negation": Negations,
    "history": History,
    "parameter": Parameters,
    "parts": Parts,
    "range": Range,
    "ratio": Ratio,
    "repetition": Repetition,
    "spread": Spread,
    "syntax": Syntax,
    "tokens": Tokens,
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
    "Finding",
    "History",
    "ModelCheck",
    "NearMiss",
    "Negations",
    "Parameters",
    "Parts",
    "Range",
    "Ratio",
    "Repetition",
    "Spread",
    "Syntax",
    "Tokens",
    "Vague",
    "Wording",
    "build",
]
