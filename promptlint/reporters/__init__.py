"""What is said of a run, one file an output format. Reporters return text; printing it is others' work."""

from __future__ import annotations

from typing import Protocol

from promptlint.reporters.outcome import Checked, NotChecked, Outcome, Tally

__all__ = ["Checked", "NotChecked", "Outcome", "Reporter", "Tally"]


class Reporter(Protocol):
    """An output format: text before, for each file, and after the last one."""

    def begin(self) -> str:
        """Return what comes before the first file."""

    def file(self, checked: Checked) -> str:
        """Return what is said of a file."""

    def end(self, tally: Tally) -> str:
        """Return what comes after the last file."""
