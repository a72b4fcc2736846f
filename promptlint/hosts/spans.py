"""Cutting a text into prompts without losing where each code point of it stands in the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptlint.hosts.prompt import PromptPart
from promptlint.source import OffsetMap, Piece, Span, join_maps

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINE_END = re.compile(r"\r\n|\n|\r")


def lines(text: str) -> list[Span]:
    """Return the lines of a text, without their endings; the last may be empty."""
    out, at = [], 0
    for match in _LINE_END.finditer(text):
        out.append(Span(at, match.start()))
        at = match.end()
    return [*out, Span(at, len(text))]


def line_ending(text: str) -> str:
    """Return the line ending that a text uses first, `\\n` if it has one line."""
    match = _LINE_END.search(text)
    return match.group() if match else "\n"


def line_end(text: str, at: int) -> int:
    """Return the offset at which the line of an offset ends, before its ending."""
    match = _LINE_END.search(text, at)
    return match.start() if match else len(text)


def trim(text: str, span: Span) -> Span:
    """Return a span without the blank space around; the empty span at its start if there is nothing else."""
    run = text[span.start : span.end]
    inner = run.strip()
    if not inner:
        return Span(span.start, span.start)
    start = span.start + len(run) - len(run.lstrip())
    return Span(start, start + len(inner))


def paragraphs(text: str) -> list[list[Span]]:
    """Return the runs of lines between blank lines."""
    out: list[list[Span]] = [[]]
    for line in lines(text):
        if text[line.start : line.end].strip():
            out[-1].append(line)
        elif out[-1]:
            out.append([])
    return out if out[-1] else out[:-1]


def whole(text: str, start: int = 0) -> PromptPart:
    """Return a file's text from an offset on, standing in the file as it is."""
    return PromptPart(text[start:], OffsetMap.identity(len(text) - start, at=start))


def cut(part: PromptPart, span: Span) -> PromptPart:
    """Return a run of a text as a text of its own; a decoded piece that is cut keeps its whole origin."""
    pieces = []
    for piece in part.map.pieces:
        lo, hi = max(span.start, piece.start), min(span.end, piece.start + piece.length)
        if lo >= hi:
            continue
        moved = piece._replace(start=lo - span.start, length=hi - lo)
        if piece.verbatim:
            moved = moved._replace(source_start=piece.source_start + lo - piece.start, source_length=hi - lo)
        pieces.append(moved)
    if not pieces:
        at = part.map.source_offset(span.start, end=span.start == len(part.text))
        pieces.append(Piece(0, 0, at, 0))
    return PromptPart(part.text[span.start : span.end], OffsetMap(tuple(pieces)))


def cut_all(part: PromptPart, spans: Sequence[Span]) -> PromptPart:
    """Return several runs of a text joined to one text, which keeps the gaps between them in its map."""
    if len(spans) == 1:
        return cut(part, spans[0])
    runs = [cut(part, span) for span in spans]
    return PromptPart(*join_maps((run.text, run.map.pieces) for run in runs))
