"""The line of a text that a span begins in, with the span underlined."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from promptlint.reporters.terminal import printable, width
from promptlint.source import SourceText, Span

COLUMNS = 100
"""What is shown of a line at most."""
_BEFORE = 40
"""Columns in front of the span in a line that is cut."""


class Excerpt(NamedTuple):
    """A line or a part of it, and the columns of it that a span takes.

    `number` and `column` are the place of the span in its text, from 1.
    """

    number: int
    column: int
    line: str
    start: int
    columns: int

    @property
    def underline(self) -> str:
        """The line below: carets under the span."""
        return " " * self.start + "^" * self.columns


def excerpt(source: SourceText, span: Span) -> Excerpt:
    """Return the line that a span begins in; a long one as the part around the span, marked where it is cut.

    Of a span over several lines the first is underlined; an empty one gets one caret.
    """
    number = bisect_right(source.line_starts, span.start)
    line = _content(source, number)
    start = min(span.start, line.end)
    end = max(start, min(span.end, line.end))
    shown = _window(source.text, line, start)
    end = min(end, shown.end)
    head = "…" if shown.start > line.start else ""
    tail = "…" if shown.end < line.end else ""
    before = head + printable(source.text[shown.start : start])
    marked = printable(source.text[start:end])
    after = printable(source.text[end : shown.end]) + tail
    column = span.start - line.start + 1
    return Excerpt(number, column, before + marked + after, width(before), max(1, width(marked)))


def _content(source: SourceText, number: int) -> Span:
    """Return the span of a line without its ending."""
    start, end = source.line_span(number)
    while end > start and source.text[end - 1] in "\r\n":
        end -= 1
    return Span(start, end)


def _window(text: str, line: Span, at: int) -> Span:
    """Return the part of a line to show: all of it where it fits, else what is around an offset."""
    end = _forward(text, Span(line.start, line.end), COLUMNS)
    if end == line.end:
        return line
    start = _back(text, Span(line.start, at), _BEFORE)
    end = _forward(text, Span(start, line.end), COLUMNS)
    if end == line.end:
        start = _back(text, line, COLUMNS)
    return Span(start, end)


def _forward(text: str, span: Span, columns: int) -> int:
    """Return the offset up to which a span fits into so many columns."""
    furthest = min(span.start + columns, span.end)
    if text[span.start : furthest].isascii():
        return furthest
    at = span.start
    while at < span.end and (columns := columns - width(printable(text[at]))) >= 0:
        at += 1
    return at


def _back(text: str, span: Span, columns: int) -> int:
    """Return the offset from which on a span's end fits into so many columns."""
    furthest = max(span.end - columns, span.start)
    if text[furthest : span.end].isascii():
        return furthest
    at = span.end
    while at > span.start and (columns := columns - width(printable(text[at - 1]))) >= 0:
        at -= 1
    return at
