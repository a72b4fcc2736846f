"""Places in a file as JSON has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from promptlint.diagnostics import Edit
from promptlint.source import Position, SourceText, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from promptlint.files import PromptReport

UNITS = {
    "line": "from 1; lines end at \\n, \\r\\n or \\r",
    "column": "code points, from 1",
    "offset": "code points of the decoded file without its byte order mark, from 0",
    "byte": "bytes of the file, from 0",
    "end": "exclusive",
}
"""What the numbers of a range count."""


def range_of(source: SourceText, span: Span) -> dict[str, Any]:
    """Return a span of a file with its start and end."""
    return {"start": _point(source.position(span.start)), "end": _point(source.position(span.end))}


def _point(position: Position) -> dict[str, int]:
    return {
        "line": position.line,
        "column": position.column,
        "offset": position.offset,
        "byte": position.byte,
    }


def edits_in_file(prompt: PromptReport, edits: Iterable[Edit]) -> list[Edit]:
    """Return a fix's edits as edits of the file: cut at its gaps, further lines with the prompt's prefix.

    An edit of a negative prompt that is not there yet adds it at its place.
    """
    out: list[Edit] = []
    for edit in edits:
        own = prompt.prompt
        part = own.part(edit.part)
        if part is None:
            slot = own.negative_slot
            if slot is not None:
                words = slot.template.replace("{negative}", edit.text)
                out.append(Edit(Span(slot.offset, slot.offset), words))
            continue
        words = edit.text.replace("\n", f"\n{own.line_prefix}")
        runs = [source for _, source in part.map.runs(edit.span)]
        if not runs:
            at = part.map.source_offset(edit.span.start, end=True)
            runs = [Span(at, at)]
        out.append(Edit(runs[0], words))
        out += [Edit(run, "") for run in runs[1:]]
    return sorted(out, key=lambda one: one.span)
