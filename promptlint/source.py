"""Places in text: spans, lines and columns, and the map from a prompt's text to its file.

The unit everywhere is the code point of the decoded text, half-open; lines end at \\n, \\r\\n or \\r only.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

_LINE_END = re.compile(r"\r\n|\n|\r")
_BLOCK = 1024


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int

    def shifted(self, by: int) -> Span:
        """Return the span moved by an offset."""
        return Span(self.start + by, self.end + by)

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share a code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Tell whether the other lies inside."""
        return self.start <= other.start and other.end <= self.end


class Position(NamedTuple):
    """A point in a text: line and column from 1, offset in code points and in UTF-8 bytes from 0."""

    line: int
    column: int
    offset: int
    byte: int


@dataclass(frozen=True)
class SourceText:
    """The decoded text of a file, with its lines.

    `byte_shift` is the number of bytes before the text (a byte order mark).
    """

    text: str
    byte_shift: int = 0

    @cached_property
    def line_starts(self) -> list[int]:
        """Offsets of the first code point of each line."""
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    @cached_property
    def _is_ascii(self) -> bool:
        return self.text.isascii()

    @cached_property
    def _block_bytes(self) -> list[int]:
        """Bytes before each block of code points, so that a position costs one block and not its line."""
        out, total = [], 0
        for start in range(0, len(self.text), _BLOCK):
            out.append(total)
            total += len(self.text[start : start + _BLOCK].encode("utf-8", "surrogatepass"))
        return [*out, total]

    def position(self, offset: int) -> Position:
        """Return line, column and byte of an offset; an offset past the end is clamped to the end."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self.line_starts, offset) - 1
        byte = offset
        if not self._is_ascii:
            block = offset // _BLOCK
            rest = self.text[block * _BLOCK : offset]
            byte = self._block_bytes[block] + len(rest.encode("utf-8", "surrogatepass"))
        return Position(line + 1, offset - self.line_starts[line] + 1, offset, byte + self.byte_shift)

    def line_text(self, line: int) -> str:
        """Return a line (from 1) without its ending."""
        start = self.line_starts[line - 1]
        end = self.line_starts[line] if line < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def line_span(self, line: int) -> Span:
        """Return the span of a line (from 1), ending included."""
        start = self.line_starts[line - 1]
        return Span(start, self.line_starts[line] if line < len(self.line_starts) else len(self.text))


class Piece(NamedTuple):
    """A run of a prompt's text and the run of the file it was decoded from.

    Where the lengths are equal and `verbatim` holds, offsets inside map one to one; else the run maps as a whole.
    """

    start: int
    length: int
    source_start: int
    source_length: int
    verbatim: bool = True


@dataclass(frozen=True)
class OffsetMap:
    """Where each offset of a decoded text stands in its file. Pieces are in order and leave no gap in the text."""

    pieces: tuple[Piece, ...]

    @classmethod
    def identity(cls, length: int, at: int = 0) -> OffsetMap:
        """Map a text that stands in the file as it is, from an offset on."""
        return cls((Piece(0, length, at, length),))

    @cached_property
    def _starts(self) -> list[int]:
        return [piece.start for piece in self.pieces]

    def _piece(self, offset: int) -> Piece:
        return self.pieces[max(0, bisect_right(self._starts, offset) - 1)]

    def source_offset(self, offset: int, *, end: bool = False) -> int:
        """Return the file offset of a text offset; `end` asks for the end of what precedes it."""
        piece = self._piece(offset - 1 if end and offset > 0 else offset)
        inside = offset - piece.start
        if piece.verbatim:
            return piece.source_start + min(inside, piece.source_length)
        if inside <= 0 and not end:
            return piece.source_start
        return piece.source_start + (piece.source_length if inside >= piece.length or end else 0)

    def source_span(self, span: Span) -> Span:
        """Return the file span of a text span."""
        start = self.source_offset(span.start)
        return Span(start, max(start, self.source_offset(span.end, end=True)) if span.end > span.start else start)

    def runs(self, span: Span) -> list[tuple[Span, Span]]:
        """Split a text span at the gaps of the file: pairs of text span and file span, in order."""
        out = []
        for piece in self.pieces:
            lo, hi = max(span.start, piece.start), min(span.end, piece.start + piece.length)
            if lo < hi:
                part = Span(lo, hi)
                out.append((part, self.source_span(part)))
        return out


def join_maps(parts: Iterable[tuple[str, Sequence[Piece]]]) -> tuple[str, OffsetMap]:
    """Concatenate decoded runs, each with pieces counted from its own start."""
    text: list[str] = []
    pieces: list[Piece] = []
    at = 0
    for run, own in parts:
        pieces.extend(piece._replace(start=piece.start + at) for piece in own)
        text.append(run)
        at += len(run)
    return "".join(text), OffsetMap(tuple(pieces) or (Piece(0, 0, 0, 0),))
