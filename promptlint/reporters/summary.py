"""The sums of a run in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlint.diagnostics import Applicability, Severity
from promptlint.reporters.terminal import path_text, printable

if TYPE_CHECKING:
    from promptlint.reporters.outcome import NotChecked, Tally


def summary(tally: Tally, *, unsafe: bool = False) -> str:
    """Return the line that ends a run. `unsafe` says that unsafe fixes are allowed in it."""
    checked = f"{_count(tally.files, 'file')} checked{_open(tally)}"
    if not tally.files:
        return f"{checked}\n" if tally.not_checked else f"No prompt files found: {checked}\n"
    head = _made(tally)
    if tally.findings:
        return f"{head}{_findings(tally)}, {checked}{_ways(tally, unsafe)}\n"
    prompts = _count(tally.prompts, "prompt")
    if tally.not_checked:
        return f"{head}No findings in {prompts}, {checked}\n"
    return f"{head}All clear: {prompts} in {_count(tally.files, 'file')}.\n"


def _made(tally: Tally) -> str:
    """Say how many fixes were made, and how many were tried and not made."""
    made = f"{_count(tally.fixes, 'fix', 'fixes')} made in {_count(tally.changed_files, 'file')}"
    if tally.declined:
        return f"{made if tally.fixes else 'No fix made'}, {tally.declined} not made. "
    return f"{made}. " if tally.fixes else ""


def diff_summary(tally: Tally) -> str:
    """Return the line that ends a diff."""
    checked = f"{_count(tally.files, 'file')} checked{_open(tally)}"
    if not tally.fixes:
        return f"Nothing to fix: {checked}\n"
    fixes = _count(tally.fixes, "fix", "fixes")
    declined = f", {tally.declined} would not be made" if tally.declined else ""
    return f"{fixes} would change {_count(tally.changed_files, 'file')}{declined}, {checked}\n"


def statistics(tally: Tally) -> str:
    """Return how often each rule speaks, the most frequent first."""
    rows = sorted(tally.rules.items(), key=lambda row: (-row[1], row[0]))
    digits = len(str(rows[0][1])) if rows else 0
    return "".join(f"{count:>{digits}}  {name} ({code})\n" for (name, code), count in rows)


def not_checked_lines(tally: Tally) -> str:
    """Return a line for each thing that could not be checked; paths that share a reason share a line."""
    shared: dict[str, list[NotChecked]] = {}
    lines = []
    for one in tally.not_checked:
        if one.shared:
            shared.setdefault(one.reason, []).append(one)
        else:
            lines.append(not_checked_line(one))
    for reason, paths in shared.items():
        more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
        lines.append(f"promptlint: {printable(reason)} (not checked: {path_text(paths[0].path)}{more})\n")
    return "".join(lines)


def not_checked_line(one: NotChecked) -> str:
    """Return the line for one thing that could not be checked."""
    return f"promptlint: {path_text(one.path) or repr('')}: {printable(one.reason)}\n"


def _findings(tally: Tally) -> str:
    plurals = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.INFO: "info"}
    kinds = ", ".join(
        _count(tally.severities[one], str(one), many) for one, many in plurals.items() if tally.severities[one]
    )
    remain = "" if not tally.fixes else " remains" if tally.findings == 1 else " remain"
    of = "" if tally.prompts_found == tally.prompts else f"{tally.prompts_found} of "
    return f"{_count(tally.findings, 'finding')} ({kinds}){remain} in {of}{_count(tally.prompts, 'prompt')}"


def _open(tally: Tally) -> str:
    return f"; {len(tally.not_checked)} could not be checked" if tally.not_checked else ""


def _ways(tally: Tally, allowed_unsafe: bool) -> str:
    safe, unsafe = tally.fixable[Applicability.SAFE], tally.fixable[Applicability.UNSAFE]
    if unsafe and (allowed_unsafe or not safe):
        return f"; --fix --unsafe-fixes mends {safe + unsafe}"
    if not safe:
        return ""
    return f"; --fix mends {safe}" + (f", --unsafe-fixes {unsafe} more" if unsafe else "")


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or f'{one}s'}"
