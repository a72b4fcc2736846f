"""Applies fixes to a prompt, one at a time, each verified by linting what it makes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from promptlint.brief import RULE_SECTIONS
from promptlint.checks.opposites import pairs
from promptlint.diagnostics import Applicability, Diagnostic, Edit, Fix
from promptlint.fixes.edits import EditedText, apply_edits
from promptlint.source import Span

_NOTHING = re.compile(r"\"\s*\"|“\s*”|\(\s*\)|\[\s*\]|(?<!\.)\.\.(?!\.)")
"""Quotes and brackets with nothing in them, and two full stops."""

Lint = Callable[[str, str | None], Sequence[Diagnostic]]
"""Lints a positive and a negative text."""


@dataclass(frozen=True, slots=True)
class Declined:
    """A fix that was allowed and not written, and why."""

    rule: str
    title: str
    reason: str


@dataclass(slots=True)
class Fixed:
    """A prompt after its fixes: its texts, the edits that lead to them, what was done and what not."""

    text: str
    negative: str | None
    edits: list[Edit] = field(default_factory=list)
    negative_edits: list[Edit] = field(default_factory=list)
    applied: list[str] = field(default_factory=list)
    declined: list[Declined] = field(default_factory=list)
    remaining: Sequence[Diagnostic] = ()


def fix_prompt(lint: Lint, text: str, negative: str | None, *, unsafe: bool) -> Fixed:
    """Apply every fix that is allowed and holds, until none is left.

    Each round takes the first finding, in the order of the brief, that one of its fixes mends without bringing
    another finding; so every round leaves fewer findings, and a second run finds nothing to do. A rule's findings
    are first tried all at once, so that the rounds are as many as the rules and not as the findings.
    """
    allowed = (Applicability.SAFE, Applicability.UNSAFE) if unsafe else (Applicability.SAFE,)
    edited = EditedText(text)
    negative_edited = EditedText(negative or "")
    fixed = Fixed(text, negative)
    current = lint(text, negative)
    while True:
        step = _first_that_holds(lint, fixed.text, fixed.negative, current, allowed)
        if step.fix is None:
            fixed.declined = step.declined
            break
        edited.apply([edit for edit in step.fix.edits if edit.part == "positive"])
        negative_edited.apply([edit for edit in step.fix.edits if edit.part == "negative"])
        fixed.text, fixed.negative, current = step.text, step.negative, step.after
        fixed.applied += step.rules
    fixed.edits, fixed.negative_edits, fixed.remaining = edited.edits(), negative_edited.edits(), current
    return fixed


@dataclass(slots=True)
class _Step:
    declined: list[Declined]
    fix: Fix | None = None
    rules: list[str] = field(default_factory=list)
    text: str = ""
    negative: str | None = None
    after: Sequence[Diagnostic] = ()


def in_order(findings: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return findings in the order of the brief; within a section first those whose fix changes what is there.

    What is put in its place may well be what another finds missing.
    """

    # Fixes are made when they are asked for, so only those of sections with several rules are.
    rules = Counter(section for section, _ in {(one.section, one.rule) for one in findings})

    def place(one: Diagnostic) -> tuple[int, bool, Span]:
        asked = rules[one.section] > 1 and bool(one.fixes)
        adds = asked and all(edit.span.start == edit.span.end for edit in one.fixes[0].edits)
        return RULE_SECTIONS.index(one.section), adds, one.span

    return sorted(findings, key=place)


def _first_that_holds(
    lint: Lint,
    text: str,
    negative: str | None,
    current: Sequence[Diagnostic],
    allowed: Sequence[Applicability],
) -> _Step:
    declined: list[Declined] = []
    ordered = in_order(current)
    tried: set[str] = set()
    for diagnostic in ordered:
        if diagnostic.rule not in tried:
            tried.add(diagnostic.rule)
            step = _all_at_once(
                lint,
                text,
                negative,
                current,
                [one for one in ordered if one.rule == diagnostic.rule],
                allowed,
            )
            if step is not None:
                return step
        reasons: list[Declined] = []
        for fix in diagnostic.fixes:
            if fix.applicability not in allowed:
                continue
            new_text, new_negative = apply_fix(text, negative, fix)
            after = lint(new_text, new_negative)
            reason = refusal(diagnostic, current, after)
            if reason is None:
                return _Step(declined, fix, [diagnostic.rule], new_text, new_negative, after)
            reasons.append(Declined(diagnostic.rule, fix.title, reason))
        declined.extend(reasons)
    return _Step(declined)


def _all_at_once(
    lint: Lint,
    text: str,
    negative: str | None,
    current: Sequence[Diagnostic],
    of_rule: Sequence[Diagnostic],
    allowed: Sequence[Applicability],
) -> _Step | None:
    """Try the first fix of each of a rule's findings together; None where they overlap or don't all hold.

    Where the first alone mends them all, as a source of light does for every vague word of light, it is all that is
    written.
    """
    chosen = _chosen(of_rule, allowed)
    if len(chosen) < 2:
        return None
    alone = _Step([], chosen[0], [of_rule[0].rule], *apply_fix(text, negative, chosen[0]))
    alone.after = lint(alone.text, alone.negative)
    if _is_better(current, alone.after, of_rule[0].rule, len(chosen)):
        return alone
    edits = sorted((edit for fix in chosen for edit in fix.edits), key=lambda edit: (edit.part, edit.span))
    for one, other in pairwise(edits):
        if one.part == other.part and other.span.start < max(one.span.end, one.span.start + 1):
            return None
    together = Fix("", chosen[0].applicability, tuple(edits))
    new_text, new_negative = apply_fix(text, negative, together)
    if len(_NOTHING.findall(new_text)) > len(_NOTHING.findall(text)):
        return None
    after = lint(new_text, new_negative)
    rule = of_rule[0].rule
    if not _is_better(current, after, rule, len(chosen)):
        return None
    return _Step([], together, [rule] * len(chosen), new_text, new_negative, after)


def _chosen(findings: Sequence[Diagnostic], allowed: Sequence[Applicability]) -> list[Fix]:
    """Return the first fix of each finding; none that would write a second time what another has written already."""
    chosen: list[Fix] = []
    written: set[str] = set()
    for one in findings:
        ways = [fix for fix in one.fixes if fix.applicability in allowed]
        fix = next((fix for fix in ways if written.isdisjoint(_words(fix))), ways[0] if ways else None)
        if fix is not None:
            chosen.append(fix)
            written |= _words(fix)
    return chosen


def _words(fix: Fix) -> set[str]:
    """Return what a fix writes in place of other words, by two in a row."""
    return {pair for edit in fix.edits if edit.span.start < edit.span.end for pair in pairs(edit.text)}


def _is_better(before: Sequence[Diagnostic], after: Sequence[Diagnostic], rule: str, fewer: int) -> bool:
    """Tell whether a rule finds so much less, and no rule more."""
    old, new = Counter(one.rule for one in before), Counter(one.rule for one in after)
    return new[rule] <= old[rule] - fewer and all(new[name] <= old[name] for name in new)


def apply_fix(text: str, negative: str | None, fix: Fix) -> tuple[str, str | None]:
    """Return the two texts with one fix made."""
    positive = apply_edits(text, [edit for edit in fix.edits if edit.part == "positive"])
    of_negative = [edit for edit in fix.edits if edit.part == "negative"]
    return positive, apply_edits(negative or "", of_negative) if of_negative else negative


def refusal(diagnostic: Diagnostic, before: Sequence[Diagnostic], after: Sequence[Diagnostic]) -> str | None:
    """Tell why a fix does not hold, or nothing where it does."""
    old, new = Counter(one.rule for one in before), Counter(one.rule for one in after)
    if new[diagnostic.rule] >= old[diagnostic.rule]:
        return "it would not mend the finding"
    worse = sorted(rule for rule in new if new[rule] > old[rule])
    return f"it would bring {', '.join(worse)}" if worse else None
