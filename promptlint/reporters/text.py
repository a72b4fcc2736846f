"""Text for people: one block a finding."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from promptlint.diagnostics import Applicability, Diagnostic, Fix, Severity
from promptlint.reporters.excerpt import excerpt
from promptlint.reporters.outcome import open_fixes
from promptlint.reporters.summary import statistics
from promptlint.reporters.terminal import cut, painter, path_text, printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptlint.files import FileReport
    from promptlint.reporters.outcome import Checked, Tally
    from promptlint.source import Span

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
_FIX_COLUMNS = 100


class TextReporter:
    """Writes findings with the line that they point at and the first way out.

    `unsafe` says that unsafe fixes are allowed; `with_statistics` shows how often each rule speaks instead.
    """

    def __init__(self, *, color: bool = False, unsafe: bool = False, with_statistics: bool = False) -> None:
        self._paint = painter(color)
        self._unsafe = unsafe
        self._statistics = with_statistics

    def begin(self) -> str:
        """Return nothing: text has no head."""
        return ""

    def file(self, checked: Checked) -> str:
        """Return a block for each finding of a file, in its order, and a line for each fix not made."""
        declined = self.declined(checked)
        if self._statistics:
            return declined
        report = checked.report
        found = [
            (prompt.source_span(diagnostic), diagnostic)
            for prompt in report.prompts
            for diagnostic in prompt.report.diagnostics
        ]
        found.sort(key=lambda row: row[0].start)
        tried = checked.declined
        return "".join(self._block(report, span, one, open_fixes(one, tried)) for span, one in found) + declined

    def end(self, tally: Tally) -> str:
        """Return the table of the rules, where it was asked for."""
        return statistics(tally) if self._statistics else ""

    def _block(self, report: FileReport, span: Span, diagnostic: Diagnostic, fixes: Sequence[Fix]) -> str:
        paint = self._paint
        shown = excerpt(report.source, span)
        place = paint(f"{path_text(report.path)}:{shown.number}:{shown.column}:", bold=True)
        severity = paint(str(diagnostic.severity), fg=_COLORS[diagnostic.severity], bold=True)
        margin = " " * (len(str(shown.number)) + 2)
        carets = " " * shown.start + paint("^" * shown.columns, fg=_COLORS[diagnostic.severity], bold=True)
        return (
            f"{place} {severity} {diagnostic.rule} ({diagnostic.code}): {printable(diagnostic.message)}\n"
            f"  {shown.number} | {shown.line}\n"
            f"{margin} | {carets}\n"
            f"{self._fix_line(fixes, margin)}\n"
        )

    def _fix_line(self, fixes: Sequence[Fix], margin: str) -> str:
        if not fixes:
            return ""
        first = fixes[0]
        more = f"  ({len(fixes) - 1} more)" if len(fixes) > 1 else ""
        title = self._paint(cut(first.title, _FIX_COLUMNS), fg="green")
        return f"{margin} = {self._fix_word(first.applicability)}: {title}{more}\n"

    def _fix_word(self, applicability: Applicability) -> str:
        if applicability is Applicability.UNSAFE:
            return "fix" if self._unsafe else "fix (unsafe)"
        return "fix" if applicability is Applicability.SAFE else "fix by hand"

    def declined(self, checked: Checked) -> str:
        """Return a line for each fix of a file that was allowed and not made, and why."""
        if checked.mended is None:
            return ""
        path = self._paint(f"{path_text(checked.report.path)}:", bold=True)
        lines = []
        for (rule, title, reason), count in Counter(
            (one.rule, one.title, one.reason) for one in checked.mended.declined
        ).items():
            what = f' "{cut(title, _FIX_COLUMNS)}"' if title else ""
            times = f" ({count} times)" if count > 1 else ""
            lines.append(f"{path} not fixed, {rule}{what}: {printable(reason)}{times}\n")
        return "".join(lines)
