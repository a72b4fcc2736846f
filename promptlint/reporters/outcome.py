"""What a run hands to the reporters: what became of each file, and the sums at the end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from promptlint.diagnostics import Applicability, Diagnostic, Fix, Severity

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from promptlint.changes import FileChange
    from promptlint.files import FileFix, FileReport


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was checked.

    `report` speaks of the file as it is now. `mended` is what fixing made of it, or would make where nothing
    is written. `failing` says that findings are as grave as the file's configuration lets a run fail on.
    """

    report: FileReport
    mended: FileFix | None = None
    failing: bool = False

    @property
    def declined(self) -> set[tuple[str, str]]:
        """The fixes that were tried in vain, by rule and title; no title stands for all of a rule."""
        return {(one.rule, one.title) for one in self.mended.declined} if self.mended else set()


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A path that could not be checked, or not be written, and why.

    `shared`: the reason is another file's (a configuration's) and names it. `content` is what was read of
    standard input.
    """

    path: str
    reason: str
    shared: bool = False
    content: bytes = b""


@dataclass(slots=True)
class Comparison:
    """Two versions of some files: what they are called, the files that differ, and those that can't be compared."""

    old: str
    new: str
    files: list[FileChange] = field(default_factory=list)
    problems: list[NotChecked] = field(default_factory=list)


Outcome = Checked | NotChecked


@dataclass(slots=True)
class Tally:
    """The sums of a run.

    `prompts_found` counts prompts with findings, `fixable` findings by the best fix that they have, `declined` the
    fixes that were allowed and not made, `rules`
    findings by name and code.
    """

    files: int = 0
    prompts: int = 0
    prompts_found: int = 0
    failing_files: int = 0
    changed_files: int = 0
    fixes: int = 0
    declined: int = 0
    severities: Counter[Severity] = field(default_factory=Counter)
    fixable: Counter[Applicability] = field(default_factory=Counter)
    rules: Counter[tuple[str, str]] = field(default_factory=Counter)
    not_checked: list[NotChecked] = field(default_factory=list)

    @property
    def findings(self) -> int:
        """The number of findings."""
        return self.severities.total()

    def add(self, outcome: Outcome) -> None:
        """Count an outcome."""
        if isinstance(outcome, NotChecked):
            self.not_checked.append(outcome)
            return
        self.files += 1
        self.failing_files += outcome.failing
        if outcome.mended is not None:
            self.declined += len(outcome.mended.declined)
        if outcome.mended is not None and outcome.mended.applied:
            self.changed_files += 1
            self.fixes += outcome.mended.applied
        tried = outcome.declined
        for prompt in outcome.report.prompts:
            self.prompts += 1
            self.prompts_found += bool(prompt.report.diagnostics)
            for diagnostic in prompt.report.diagnostics:
                self._add_finding(diagnostic, open_fixes(diagnostic, tried))

    def _add_finding(self, diagnostic: Diagnostic, fixes: Sequence[Fix]) -> None:
        self.severities[diagnostic.severity] += 1
        self.rules[diagnostic.rule, diagnostic.code] += 1
        ways = {fix.applicability for fix in fixes}
        best = next((one for one in Applicability if one in ways), None)
        if best is not None:
            self.fixable[best] += 1


def open_fixes(diagnostic: Diagnostic, declined: Container[tuple[str, str]]) -> list[Fix]:
    """Return the fixes of a finding that were not tried in vain."""
    rule = diagnostic.rule
    if (rule, "") in declined:
        return []
    return [fix for fix in diagnostic.fixes if (rule, fix.title) not in declined]
