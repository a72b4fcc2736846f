"""Runs a rule's own examples: what they say is found, must be found, and what the first fix makes is what they say."""

from __future__ import annotations

from promptlint import models
from promptlint.brief import reader
from promptlint.diagnostics import Diagnostic
from promptlint.fixes.apply import apply_fix
from promptlint.linter import Linter, Previous
from promptlint.rules import Example, Rule


class ExampleFailure(AssertionError):
    """An example does not hold; the message says which and how."""


def check_example(rule: Rule, example: Example) -> None:
    """Run one example of a rule. Raises ExampleFailure where it does not hold."""
    text = example.bad if example.bad is not None else example.good
    if text is None or (example.bad is not None and example.good is not None):
        raise ExampleFailure(f"{rule.name}: an example is either bad or good")
    model = models.find(example.model) if example.model else None
    linter = Linter([rule], reader(), model, parameters=example.parameters)
    previous = Previous(example.before, example.negative_before) if example.before is not None else None
    found = linter.lint(text, example.negative, previous).diagnostics
    if example.good is not None:
        if found:
            words = ", ".join(f'"{text[one.span.start : one.span.end]}"' for one in found)
            raise ExampleFailure(f"{rule.name}: finds {words} in a good example: {text}")
        return
    if not found:
        raise ExampleFailure(f"{rule.name}: finds nothing in a bad example: {text}")
    if example.severity is not None and found[0].severity is not example.severity:
        raise ExampleFailure(f"{rule.name}: is {found[0].severity}, not {example.severity}, in: {text}")
    _check_finds(rule, example, text, found)
    _check_fix(rule, example, text, linter, found)


def _check_finds(rule: Rule, example: Example, text: str, found: tuple[Diagnostic, ...]) -> None:
    parts = {"positive": text, "negative": example.negative or ""}
    words = [parts[one.part][one.span.start : one.span.end] for one in found]
    if example.finds and words != example.finds:
        raise ExampleFailure(f"{rule.name}: finds {words}, not {example.finds}, in: {text}")


def _check_fix(rule: Rule, example: Example, text: str, linter: Linter, found: tuple[Diagnostic, ...]) -> None:
    """The first fix of the first finding makes the text of the example, and mends the finding."""
    fixes = found[0].fixes
    if not fixes:
        if example.fixed is not None or example.fixed_negative is not None:
            raise ExampleFailure(f"{rule.name}: offers no fix for: {text}")
        return
    positive, negative = apply_fix(text, example.negative, fixes[0])
    if example.fixed is not None and positive != example.fixed:
        raise ExampleFailure(f"{rule.name}: the fix makes\n  {positive}\nand not\n  {example.fixed}")
    if example.fixed_negative is not None and negative != example.fixed_negative:
        raise ExampleFailure(
            f"{rule.name}: the fix makes the negative\n  {negative}\nand not\n  {example.fixed_negative}"
        )
    if len(linter.lint(positive, negative).diagnostics) >= len(found):
        raise ExampleFailure(f"{rule.name}: the fix does not mend: {positive}")
