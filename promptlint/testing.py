"""Runs rules' own examples: what they say is found, must be found, and what the first fix makes is what they say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from promptlint import models
from promptlint.brief import BriefReader, reader
from promptlint.diagnostics import Diagnostic
from promptlint.errors import RuleError
from promptlint.fixes.apply import apply_fix
from promptlint.linter import Linter, Previous
from promptlint.rules import Example, Rule, read_rule
from promptlint.yaml_file import YamlFile


class ExampleFailure(AssertionError):
    """An example does not hold: `key` of it says what is `expected`, and something else is `found`."""

    def __init__(self, rule: Rule, text: str, key: str, said: str, *, expected: str = "", found: str = "") -> None:
        self.text, self.key, self.said, self.expected, self.found = text, key, said, expected, found
        lines = [f"{rule.name}: {said} in: {text}"]
        lines += [f"  {title}: {words}" for title, words in (("found", found), ("expected", expected)) if words]
        super().__init__("\n".join(lines))


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed example and where it stands. `number` counts the rule's examples from 1; 0 is none of them."""

    line: int
    number: int
    cause: ExampleFailure


@dataclass(frozen=True, slots=True)
class Tested:
    """What became of the examples of one rule file."""

    rule: Rule
    failures: tuple[Failure, ...]


def run_examples(path: Path, knowledge: tuple[Path, ...] = ()) -> Tested:
    """Run the examples of a rule file, with the terms of a user's knowledge files.

    Raises RuleError where the file can't be used, KnowledgeError where one of the knowledge files can't.
    """
    understands = reader(knowledge)
    rule = Rule(read_rule(path, understands.concepts), path)
    failures = [] if any(one.bad is not None for one in rule.file.examples) else [_unproven(rule)]
    for number, example in enumerate(rule.file.examples):
        try:
            check_example(rule, example, understands)
        except ExampleFailure as cause:
            line = YamlFile(path, RuleError).line("examples", number, cause.key)
            failures.append(Failure(line, number + 1, cause))
    return Tested(rule, tuple(failures))


def _unproven(rule: Rule) -> Failure:
    said = "no example is bad, so nothing shows that the rule finds anything"
    line = YamlFile(rule.path, RuleError).line("examples")
    return Failure(line, 0, ExampleFailure(rule, "", "examples", said))


def check_example(rule: Rule, example: Example, understands: BriefReader | None = None) -> None:
    """Run one example of a rule. Raises ExampleFailure where it does not hold."""
    text = example.bad if example.bad is not None else example.good or ""
    model = models.find(example.model) if example.model else None
    linter = Linter([rule], understands or reader(), model, parameters=example.parameters)
    previous = Previous(example.before, example.negative_before) if example.before is not None else None
    found = linter.lint(text, example.negative, previous).diagnostics
    parts = {"positive": text, "negative": example.negative or ""}
    words = _listed([parts[one.part][one.span.start : one.span.end] for one in found])
    if example.bad is None:
        if found:
            raise ExampleFailure(rule, text, "good", "something is found", found=words, expected="nothing")
        return
    expected = _listed(example.finds)
    if not found:
        raise ExampleFailure(rule, text, "bad", "nothing is found", expected=expected)
    if example.finds and words != expected:
        raise ExampleFailure(rule, text, "finds", "other words are found", found=words, expected=expected)
    severity = found[0].severity
    if example.severity is not None and severity is not example.severity:
        found_as, wanted = str(severity), str(example.severity)
        raise ExampleFailure(rule, text, "severity", "the severity is another", found=found_as, expected=wanted)
    _check_fix(rule, example, text, linter, found)


def _listed(words: list[str]) -> str:
    return ", ".join(f'"{one}"' for one in words)


def _check_fix(rule: Rule, example: Example, text: str, linter: Linter, found: tuple[Diagnostic, ...]) -> None:
    """The first fix of the first finding makes the text of the example, and mends the finding."""
    fixes = found[0].fixes
    wanted = {"fixed": example.fixed, "fixed_negative": example.fixed_negative}
    if not fixes:
        for key, expected in wanted.items():
            if expected is not None:
                raise ExampleFailure(rule, text, key, "no fix is offered", expected=expected)
        return
    made = dict(zip(wanted, apply_fix(text, example.negative, fixes[0]), strict=True))
    for key, expected in wanted.items():
        if expected is not None and made[key] != expected:
            raise ExampleFailure(
                rule, text, key, "the fix makes something else", found=made[key] or "nothing", expected=expected
            )
    if len(linter.lint(made["fixed"] or "", made["fixed_negative"]).diagnostics) >= len(found):
        raise ExampleFailure(rule, text, "bad", "the fix does not mend it", found=made["fixed"] or "")
