"""Collects the examples of rule files as tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from promptlint.rules import Example, Rule, read_rule
from promptlint.testing import ExampleFailure, check_example


def pytest_collect_file(parent: pytest.Collector, file_path: Path) -> pytest.Collector | None:
    if file_path.suffix == ".yaml" and "rules" in file_path.relative_to(parent.config.rootpath).parts[:1]:
        return RuleExamples.from_parent(parent, path=file_path)
    return None


class RuleExamples(pytest.File):
    """The examples of one rule file."""

    def collect(self) -> Iterator[pytest.Item]:
        rule = Rule(read_rule(self.path), self.path)
        for number, example in enumerate(rule.file.examples):
            name = f"{'bad' if example.bad else 'good'}-{number}"
            yield ExampleItem.from_parent(self, name=name, rule=rule, example=example)


class ExampleItem(pytest.Item):
    """One example: the rule finds what it says, and its first fix makes what it says."""

    def __init__(self, *, rule: Rule, example: Example, **more: object) -> None:
        super().__init__(**more)  # type: ignore[arg-type]
        self.rule, self.example = rule, example

    def runtest(self) -> None:
        check_example(self.rule, self.example)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:
        if isinstance(excinfo.value, ExampleFailure):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, f"{self.rule.name}: {self.name}"
