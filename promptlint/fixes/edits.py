"""Edits on a text, one after the other, kept as edits of the first text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from promptlint.diagnostics import Edit
from promptlint.source import Span


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with edits made; they are in its own offsets and don't overlap."""
    out: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda one: one.span):
        out.append(text[at : edit.span.start])
        out.append(edit.text)
        at = edit.span.end
    out.append(text[at:])
    return "".join(out)


class EditedText:
    """A text under edits. Knows the text as it is now, and the edits that lead there from the first one."""

    def __init__(self, text: str) -> None:
        self._first = text
        # Runs of the text now: kept spans of the first text, and inserted strings.
        self._runs: list[Span | str] = [Span(0, len(text))]

    @property
    def text(self) -> str:
        """The text as it is now."""
        return "".join(self._written(run) for run in self._runs)

    def apply(self, edits: Sequence[Edit]) -> None:
        """Make edits that are in offsets of the text as it is now."""
        # From the end; of several at one place the last first, so that they come to stand in their own order.
        for edit in sorted(edits, key=lambda one: one.span)[::-1]:
            before, rest = self._split(self._runs, edit.span.start)
            _, after = self._split(rest, edit.span.end - edit.span.start)
            self._runs = [*before, edit.text, *after]

    def edits(self) -> list[Edit]:
        """Return the edits from the first text to the text as it is now, in order, touching ones as one."""
        out: list[Edit] = []
        at, inserted = 0, ""
        for run in [*self._runs, Span(len(self._first), len(self._first))]:
            if isinstance(run, str):
                inserted += run
                continue
            if inserted or run.start > at:
                out.append(Edit(Span(at, run.start), inserted))
                inserted = ""
            at = run.end
        return [_trimmed(edit, self._first) for edit in out if self._first[slice(*edit.span)] != edit.text]

    def _written(self, run: Span | str) -> str:
        return run if isinstance(run, str) else self._first[run.start : run.end]

    def _split(self, runs: Sequence[Span | str], offset: int) -> tuple[list[Span | str], list[Span | str]]:
        """Part runs at an offset of the text that they write. Empty runs are left out."""
        before: list[Span | str] = []
        after: list[Span | str] = []
        for run in runs:
            length = len(self._written(run))
            if offset >= length:
                before.append(run)
            elif offset <= 0:
                after.append(run)
            elif isinstance(run, str):
                before.append(run[:offset])
                after.append(run[offset:])
            else:
                before.append(Span(run.start, run.start + offset))
                after.append(Span(run.start + offset, run.end))
            offset -= length
        return [run for run in before if self._written(run)], [run for run in after if self._written(run)]


def _trimmed(edit: Edit, text: str) -> Edit:
    """Leave out of an edit what it replaces by itself at either end, in whole words."""
    old, new = text[edit.span.start : edit.span.end], edit.text
    lead = 0
    while lead < min(len(old), len(new)) and old[lead] == new[lead]:
        lead += 1
    while lead and (_splits(old, lead) or _splits(new, lead)):
        lead -= 1
    trail = 0
    while trail < min(len(old), len(new)) - lead and old[-1 - trail] == new[-1 - trail]:
        trail += 1
    while trail and (_splits(old, len(old) - trail) or _splits(new, len(new) - trail)):
        trail -= 1
    return Edit(Span(edit.span.start + lead, edit.span.end - trail), new[lead : len(new) - trail], edit.part)


def _splits(text: str, at: int) -> bool:
    """Tell whether a place lies inside a word."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()
