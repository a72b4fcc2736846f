"""Kinds of check that installed distributions add, by the entry points `promptlint.checks`.

What is installed is looked up only when a rule names a kind that is not built in: no other run pays for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from promptlint.checks.case import Case, Check, Finding
from promptlint.checks.needs import Need
from promptlint.errors import PromptlintError, RuleError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "promptlint.checks"


@lru_cache(maxsize=1)
def _found() -> dict[str, list[EntryPoint]]:
    from importlib.metadata import entry_points

    found: dict[str, list[EntryPoint]] = {}
    for point in entry_points(group=GROUP):
        found.setdefault(point.name, []).append(point)
    return found


def kinds() -> list[str]:
    """Return the kinds that installed distributions add."""
    return sorted(_found())


@lru_cache
def load(kind: str) -> type[Check]:
    """Return the check of a kind that is in `kinds()`.

    Raises RuleError that names the distribution where it can't be used.
    """
    point, *others = _found()[kind]
    if others:
        both = ", ".join(sorted(_distribution(one) for one in (point, *others)))
        raise RuleError(f'several plug-ins are called "{kind}" ({both}); uninstall all but one')
    try:
        made = point.load()
    except Exception as error:
        raise RuleError(f"{_who(kind)} can't be loaded: {_said(error)}") from None
    if not (isinstance(made, type) and issubclass(made, Check)):
        raise RuleError(f"{_who(kind)} is no check: {point.value} is no subclass of promptlint.checks.Check")
    return made


def guarded(kind: str, check: Check, case: Case) -> Iterator[Finding]:
    """Yield what a plug-in's check finds. Raises RuleError where it fails or finds what can't be."""
    try:
        for finding in check.find(case):
            length = len(case.tree.text if finding.part == "positive" else case.negative or "")
            if not 0 <= finding.span.start <= finding.span.end <= length:
                raise RuleError(f"{_who(kind)} failed: it found a span outside the text, {finding.span}")
            yield finding
    except PromptlintError:
        raise
    except Exception as error:
        raise RuleError(f"{_who(kind)} failed: {_said(error)}") from None


def needs_of(kind: str, check: Check) -> Sequence[Need] | None:
    """Return what a plug-in's check needs of a prompt. Raises RuleError where it fails or has another form."""
    try:
        asked = check.needs
        return None if asked is None else [Need(frozenset(one.of), frozenset(one.beside)) for one in asked]
    except Exception as error:
        raise RuleError(f"{_who(kind)} failed: {_said(error)}") from None


def silencers_of(kind: str, check: Check) -> Collection[str]:
    """Return what keeps a plug-in's check silent. Raises RuleError where it fails or has another form."""
    try:
        return frozenset(check.silencers)
    except Exception as error:
        raise RuleError(f"{_who(kind)} failed: {_said(error)}") from None


def _who(kind: str) -> str:
    return f'the plug-in "{kind}" of {_distribution(_found()[kind][0])}'


def _distribution(point: EntryPoint) -> str:
    return point.dist.name if point.dist else point.module


def _said(error: Exception) -> str:
    words = " ".join(str(error).split())
    return f"{type(error).__name__}: {words}" if words else type(error).__name__
