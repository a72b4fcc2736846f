"""JSON for programs: a contract with a version, described by `promptlint/schemas/report.schema.json`.

One line a file, in ASCII: no character of a prompt or a path steers a terminal.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from promptlint.diagnostics import Applicability, Diagnostic, Fix, Severity
from promptlint.reporters.places import UNITS, range_of
from promptlint.source import SourceText, Span

if TYPE_CHECKING:
    from promptlint.files import FileReport, PromptReport
    from promptlint.reporters.outcome import Checked, Tally

VERSION = 1
"""Changes where a reader of the report would have to."""


class JsonReporter:
    """Writes the report of a run as one object."""

    def __init__(self) -> None:
        self._first = True

    def begin(self) -> str:
        """Return the head of the object, up to its files."""
        return f'{{"version": {VERSION}, "units": {json.dumps(UNITS)}, "files": ['

    def file(self, checked: Checked) -> str:
        """Return a file's entry."""
        comma = "" if self._first else ","
        self._first = False
        return f"{comma}\n{json.dumps(_file(checked))}"

    def end(self, tally: Tally) -> str:
        """Return the rest of the object: what could not be checked, and the sums."""
        missed = [{"path": one.path, "reason": one.reason} for one in tally.not_checked]
        return f'\n], "could_not_check": {json.dumps(missed)}, "summary": {json.dumps(_summary(tally))}}}\n'


def _file(checked: Checked) -> dict[str, Any]:
    report, mended = checked.report, checked.mended
    return {
        "path": report.path,
        "prompts": [_prompt(report.source, prompt) for prompt in report.prompts],
        "diagnostics": [
            _diagnostic(report, number, diagnostic)
            for number, prompt in enumerate(report.prompts)
            for diagnostic in prompt.report.diagnostics
        ],
        "fixes_made": mended.applied if mended else 0,
        "fixes_declined": [
            {"rule": one.rule, "title": one.title, "reason": one.reason} for one in (mended.declined if mended else ())
        ],
    }


def _prompt(source: SourceText, prompt: PromptReport) -> dict[str, Any]:
    positive, negative = prompt.prompt.positive, prompt.prompt.negative
    return {
        "locator": prompt.prompt.locator,
        "intent": prompt.report.brief.intent,
        "dialect": prompt.report.brief.dialect,
        "span": range_of(source, positive.map.source_span(Span(0, len(positive.text)))),
        "negative": range_of(source, negative.map.source_span(Span(0, len(negative.text)))) if negative else None,
    }


def _diagnostic(report: FileReport, number: int, diagnostic: Diagnostic) -> dict[str, Any]:
    prompt = report.prompts[number]
    return {
        "rule": diagnostic.rule,
        "code": diagnostic.code,
        "severity": str(diagnostic.severity),
        "section": diagnostic.section,
        "message": diagnostic.message,
        "range": range_of(report.source, prompt.source_span(diagnostic)),
        "part": diagnostic.part,
        "prompt": number,
        "url": None,
        "fixes": [_fix(report.source, prompt, fix) for fix in diagnostic.fixes],
    }


def _fix(source: SourceText, prompt: PromptReport, fix: Fix) -> dict[str, Any]:
    return {
        "title": fix.title,
        "applicability": str(fix.applicability),
        "edits": [
            {"range": range_of(source, edit.span), "text": edit.text}
            for edit in prompt.file_edits(fix.edits, source.text)
        ],
    }


def _summary(tally: Tally) -> dict[str, Any]:
    return {
        "files": tally.files,
        "prompts": tally.prompts,
        "could_not_check": len(tally.not_checked),
        "findings": tally.findings,
        "by_severity": {str(one): tally.severities[one] for one in reversed(Severity)},
        "by_rule": {name: count for (name, _), count in sorted(tally.rules.items())},
        "fixable": {str(one): tally.fixable[one] for one in Applicability},
        "fixes_made": tally.fixes,
        "fixes_declined": tally.declined,
    }
