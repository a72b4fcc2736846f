"""What became of the examples of rule files, for a reader and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from promptlint.reporters.outcome import NotChecked
from promptlint.reporters.terminal import painter, path_text, printable
from promptlint.testing import Failure, Tested


@dataclass(frozen=True, slots=True)
class ExampleRun:
    """The rule files that were tested, each with its path as it is shown, and those that could not be."""

    tested: Sequence[tuple[str, Tested]]
    not_tested: Sequence[NotChecked]

    @property
    def failed(self) -> int:
        """How many examples failed; a rule without a bad one counts as one."""
        return sum(len(one.failures) for _, one in self.tested)

    @property
    def examples(self) -> int:
        """How many examples there are."""
        return sum(len(one.rule.file.examples) for _, one in self.tested)


def examples_text(run: ExampleRun, *, color: bool = False) -> str:
    """Return each failure with its place, and a summary in one line."""
    paint = painter(color)
    out = []
    for path, tested in run.tested:
        for failure in tested.failures:
            where = paint(f"{path_text(path)}:{failure.line}", bold=True)
            out.append(f"{where}: {tested.rule.name}: {failure.cause.said}\n" + "".join(_details(failure)) + "\n")
    rules = _counted(len(run.tested), "rule")
    if run.failed:
        out.append(f"{run.failed} failed of {_counted(run.examples, 'example')} of {rules}")
    elif not run.tested:
        out.append("No examples were run")
    else:
        out.append(f"All {_counted(run.examples, 'example')} of {rules} hold")
    left = len(run.not_tested)
    return "".join(out) + (f"; {_counted(left, 'file')} not tested" if left else "") + "\n"


def examples_json(run: ExampleRun) -> str:
    """Return the run as a JSON object."""
    return json.dumps(_built(run), indent=2, ensure_ascii=False) + "\n"


def _details(failure: Failure) -> Iterator[str]:
    cause = failure.cause
    for title, words in (("example", cause.text), ("found", cause.found), ("expected", cause.expected)):
        for number, line in enumerate(words.splitlines()):
            yield f"  {title if number == 0 else '':8}  {printable(line)}\n"


def _built(run: ExampleRun) -> dict[str, object]:
    return {
        "version": 1,
        "rules": [
            {
                "path": path,
                "rule": tested.rule.name,
                "code": tested.rule.code,
                "examples": len(tested.rule.file.examples),
                "failures": [
                    {
                        "line": one.line,
                        "example": one.number or None,
                        "key": one.cause.key,
                        "reason": one.cause.said,
                        "text": one.cause.text,
                        "found": one.cause.found,
                        "expected": one.cause.expected,
                    }
                    for one in tested.failures
                ],
            }
            for path, tested in run.tested
        ],
        "could_not_test": [{"path": one.path, "reason": one.reason} for one in run.not_tested],
        "summary": {"rules": len(run.tested), "examples": run.examples, "failed": run.failed},
    }


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
