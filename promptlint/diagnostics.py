"""What a rule says about a prompt, and the edits that would mend it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Literal

from promptlint.source import Span


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    def __str__(self) -> str:
        return self.value

    @property
    def rank(self) -> int:
        """Order by weight: info 0, warning 1, error 2."""
        return ("info", "warning", "error").index(self.value)


class Applicability(StrEnum):
    """Who may write a fix: `--fix` (safe), `--unsafe-fixes` (unsafe), nobody but the author (display)."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    DISPLAY = "display"

    def __str__(self) -> str:
        return self.value


Part = Literal["positive", "negative"]
"""Which text of a prompt a span or an edit speaks of."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace a span of one part of a prompt by a text. An edit of a negative that is not there creates it."""

    span: Span
    text: str
    part: Part = "positive"


@dataclass(frozen=True, slots=True)
class Fix:
    """One way out of a finding: what it does in words, who may apply it, and its edits in order."""

    title: str
    applicability: Applicability
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True)
class Diagnostic:
    """What a rule says about one span of one prompt.

    `span` counts code points of the part it speaks of. `offer` makes the fixes when they are first asked for.
    """

    rule: str
    code: str
    severity: Severity
    section: str
    message: str
    span: Span
    part: Part = "positive"
    offer: Callable[[], tuple[Fix, ...]] = field(default=tuple, repr=False, compare=False)

    @cached_property
    def fixes(self) -> tuple[Fix, ...]:
        """Alternative ways out, the best first."""
        return self.offer()
