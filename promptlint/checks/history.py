"""More of a prompt has been rewritten since its last version than can be judged by looking at one picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from promptlint.checks.case import Case, Check, Finding, subject_span
from promptlint.checks.needs import Need, Sign


class History(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """More than `allowed` sections were rewritten since the previous version; silent where there is none.

    The configuration's `[history] allowed` takes the place of the rule's.
    """

    compares: ClassVar[bool] = True

    allowed: int = 1

    @property
    def needs(self) -> Sequence[Need]:
        return [Need((Sign.CHANGE,))]

    def find(self, case: Case) -> Iterator[Finding]:
        if case.change is None:
            return
        allowed = self.allowed if case.allowed_changes is None else case.allowed_changes
        rewritten = case.change.rewritten
        if len(rewritten) <= allowed:
            return
        values = {"count": str(len(rewritten)), "sections": ", ".join(rewritten), "allowed": str(allowed)}
        gained = case.change.gained
        yield Finding(gained[0] if gained else subject_span(case.brief), values)
