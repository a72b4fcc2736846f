"""Places in a file as JSON has them."""

from __future__ import annotations

from typing import Any

from promptlint.source import Position, SourceText, Span

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
