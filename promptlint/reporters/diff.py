"""A unified diff of what fixing would write, as `patch -p0` reads it."""

from __future__ import annotations

import re
from difflib import unified_diff
from typing import TYPE_CHECKING

from promptlint.reporters.terminal import path_text, printable

if TYPE_CHECKING:
    from promptlint.reporters.outcome import Checked, Tally

_MARK = "\ufeff"
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


class DiffReporter:
    """Writes the change of each file, exactly; for a terminal, what would steer it is replaced."""

    def __init__(self, *, for_terminal: bool = False) -> None:
        self._for_terminal = for_terminal

    def begin(self) -> str:
        """Return nothing: a diff has no head."""
        return ""

    def file(self, checked: Checked) -> str:
        """Return the diff of a file, or nothing where it would stay as it is."""
        source, mended = checked.report.source, checked.mended
        if mended is None or mended.text == source.text:
            return ""
        mark = _MARK if source.byte_shift else ""
        path = path_text(checked.report.path)
        rows = unified_diff(_lines(mark + source.text), _lines(mark + mended.text), path, path)
        return "".join(self._row(row) for row in rows)

    def end(self, tally: Tally) -> str:
        """Return nothing: a diff has no end."""
        return ""

    def _row(self, row: str) -> str:
        missing = "" if row.endswith("\n") else "\n\\ No newline at end of file\n"
        if self._for_terminal:
            return f"{printable(row.rstrip())}\n{missing.lstrip()}"
        return row + missing


def _lines(text: str) -> list[str]:
    """Return the lines of a text as diff and patch know them: they end at \\n alone."""
    return _LINE.findall(text)
