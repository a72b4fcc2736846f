"""Applies the fixes that somebody chooses, one finding after the other, each verified before it is put to choice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from promptlint.diagnostics import Applicability, Diagnostic, Fix
from promptlint.fixes.apply import Declined, Fixed, Lint, apply_fix, in_order, refusal
from promptlint.fixes.edits import EditedText


@dataclass(frozen=True, slots=True)
class Way:
    """A fix that holds, and what it makes of the prompt."""

    fix: Fix
    text: str
    negative: str | None
    after: Sequence[Diagnostic]


@dataclass(frozen=True, slots=True)
class Question:
    """A finding and its ways out, the best first. `text` and `negative` are the prompt as it is by now."""

    diagnostic: Diagnostic
    text: str
    negative: str | None
    ways: tuple[Way, ...]


Ask = Callable[[Question], int | None]
"""Returns the number of the way to take, or None to leave the finding as it is."""


def choose_fixes(lint: Lint, text: str, negative: str | None, ask: Ask) -> Fixed:
    """Put every finding that has a way out to choice, in the order of the brief, and apply what is chosen.

    What is chosen for one finding counts for the ways out of the next. A finding that was left is not put again.
    """
    edited, negative_edited = EditedText(text), EditedText(negative or "")
    fixed = Fixed(text, negative, remaining=lint(text, negative))
    left: Counter[tuple[str, str]] = Counter()
    while (question := _next(lint, fixed, left)) is not None:
        number = ask(question)
        if number is None:
            left[_key(question.diagnostic, fixed)] += 1
            continue
        way = question.ways[number]
        edited.apply([edit for edit in way.fix.edits if edit.part == "positive"])
        negative_edited.apply([edit for edit in way.fix.edits if edit.part == "negative"])
        fixed.text, fixed.negative, fixed.remaining = way.text, way.negative, way.after
        fixed.applied.append(question.diagnostic.rule)
    fixed.edits, fixed.negative_edits = edited.edits(), negative_edited.edits()
    return fixed


def _next(lint: Lint, fixed: Fixed, left: Counter[tuple[str, str]]) -> Question | None:
    """Return the first finding that has a way out and was not left, and remember the fixes that don't hold."""
    fixed.declined = []
    passed: Counter[tuple[str, str]] = Counter()
    for diagnostic in in_order(fixed.remaining):
        key = _key(diagnostic, fixed)
        passed[key] += 1
        if passed[key] <= left[key]:
            continue
        ways = []
        for fix in diagnostic.fixes:
            if fix.applicability is Applicability.DISPLAY:
                continue
            new = apply_fix(fixed.text, fixed.negative, fix)
            after = lint(*new)
            reason = refusal(diagnostic, fixed.remaining, after)
            if reason is None:
                ways.append(Way(fix, *new, after))
            else:
                fixed.declined.append(Declined(diagnostic.rule, fix.title, reason))
        if ways:
            return Question(diagnostic, fixed.text, fixed.negative, tuple(ways))
    return None


def _key(diagnostic: Diagnostic, fixed: Fixed) -> tuple[str, str]:
    """Return what a finding is known by while the text around it changes."""
    text = fixed.text if diagnostic.part == "positive" else fixed.negative or ""
    absent = diagnostic.span.start == 0
    return diagnostic.rule, "" if absent else text[diagnostic.span.start : diagnostic.span.end]
