"""Adding to lines with labels: words under the label that is there, or a line more."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from promptlint.brief import SECTIONS, Brief
from promptlint.diagnostics import Edit
from promptlint.source import Span
from promptlint.syntax import LeafKind, Tree

_RANK = {section: rank for rank, section in enumerate(SECTIONS)}
_QUOTES = ('"', "“", "'")
_ANY_LABEL = re.compile(r"(?m)^[ \t]*(?:[\dIVX]{1,4}[.)]?[ \t]+)?[A-Z][\w &/-]{1,30}:[ \t]")
"""A line with a label, be it one that nobody knows."""
_ARTICLE = re.compile(r"(?i)(?:an?|the)\s")
"""What begins a sentence rather than a label."""
_HEADED = re.compile(r"[:*_ \t]*((?:\r?\n){1,2})(?=[^\s-])")
_LABEL_WORDS = re.compile(r"[^\W_][\w &/'-]*")
_NUMBER = re.compile(r"^[ \t*_#]*\d{1,2}[.)]?[ \t*_]+$")
_NUMBERED = re.compile(r"([ \t*_#]*)(\d{1,2})([.)][ \t*_]*)")


class Lines:
    """The labels of a prompt that begin its lines, and those that stand behind them in the same line."""

    def __init__(self, tree: Tree, brief: Brief, choices: Mapping[str, Sequence[str]]) -> None:
        self._tree, self._brief, self._text, self._choices = tree, brief, tree.text, choices

    @cached_property
    def make_the_prompt(self) -> bool:
        """Whether the prompt is lines with labels, and not a text with one such line somewhere."""
        lines = [span for span, section in self._labels if section in _RANK and section != "negative"]
        return len(lines) > 1 or (len(lines) == 1 and not self._text[: lines[0].start].strip(" \t\r\n-*•#>_"))

    @cached_property
    def _labels(self) -> list[tuple[Span, str]]:
        return [row for row in self._brief.labels if self._is_line_label(row[0])]

    def _is_line_label(self, span: Span) -> bool:
        before = self._text[self._line_start(span) : span.start]
        if _ARTICLE.match(self._text, span.start):
            return False
        return not _NUMBER.sub("", before).strip(" \t-*•#>_")

    def addition(self, section: str, text: str) -> Edit | None:
        """Add words under their label, or a line with a label of its own, written as the labels around it."""
        usable = [row for row in self._labels if row[1] in _RANK and row[1] != "negative"]
        if not usable:
            return None
        if any(self._text[slice(*span)].strip()[:1] in _QUOTES for span, _ in usable):
            return None
        own = next((row[0] for row in usable if row[1] == section and self.take(row)), None)
        own = own if own is not None and self._end_of_lines(own) > own.end else None
        if own is not None:
            end = self._end_of_lines(own)
            while end > own.end and self._text[end - 1] in " .,;":
                end -= 1
            return Edit(Span(end, end), f", {text}" if end > own.end else f" {text}")
        inside = self._inside_a_line(section)
        if inside is not None:
            return Edit(Span(inside, inside), f", {text}")
        fitting = [span for span, own in usable if _RANK[own] <= _RANK[section]]
        span = fitting[-1] if fitting else usable[0][0]
        label = self._text[self._line_start(span) : span.end]
        numbered = _NUMBERED.match(label)
        if numbered:
            # A list with numbers goes on at its end.
            fitting = [span for span, _ in usable]
            span = fitting[-1]
            label = self._text[self._line_start(span) : span.end]
            numbered = _NUMBERED.match(label)
            label = numbered.expand(rf"\g<1>{int(numbered[2]) + 1}\g<3>") + label[numbered.end() :] if numbered else ""
        start = self._line_start(span)
        words = _LABEL_WORDS.search(label, numbered.end() if numbered else 0)
        if words is None or any(letter.isdigit() for letter in label[words.start() :]):
            return None
        kept = words.group()
        name = section if kept[0].islower() else section.upper() if kept.isupper() else section.capitalize()
        tail = label[words.start() + len(kept.rstrip()) :]
        line = f"{label[: words.start()]}{name}{tail.rstrip()}{self._behind_label()}{text}"
        gap = self._gap()
        if not fitting:
            is_tags = self._text[:start].rstrip().endswith(",")
            return None if is_tags else Edit(Span(start, start), f"{line}{gap}")
        end = self._end_of_lines(span)
        # Lines that end in a comma are tags, of which one looks like a label.
        return None if self._text[:end].endswith(",") else Edit(Span(end, end), f"{gap}{line}")

    def _inside_a_line(self, section: str) -> int | None:
        """Return where what a section's label has to say ends, where that label stands behind others in its line."""
        for number, (span, own) in enumerate(self._brief.labels):
            if own != section or self._is_line_label(span) or not self.take((span, own)):
                continue
            starts = [other.start for other, _ in self._brief.labels[number + 1 :]]
            ends = [at for mark in "\r\n" if (at := self._text.find(mark, span.end)) >= 0]
            words = self._text[span.end : min([*starts, *ends, len(self._text)])].rstrip(" \t.,;")
            return span.end + len(words) if words else None
        return None

    def _line_start(self, span: Span) -> int:
        start = span.start
        while start > 0 and self._text[start - 1] not in "\r\n":
            start -= 1
        return start

    def _end_of_lines(self, span: Span) -> int:
        """Return where what stands under a label ends: before the next label's line, or parameters."""
        ends = [self._line_start(other) for other, _ in self._labels if other.start > span.start]
        ends += [leaf.start for leaf in self._tree.of(LeafKind.PARAMETERS) if leaf.start > span.start]
        ends += [match.start() for match in [_ANY_LABEL.search(self._text, span.end)] if match]
        end = min(ends, default=len(self._text))
        while end > span.end and self._text[end - 1] in " \t\r\n-*•#>_":
            end -= 1
        return end

    def _behind_label(self) -> str:
        """Return what stands between a label and its words: a blank, or a line end where labels are headings."""
        rows = [_HEADED.match(self._text, span.end) for span, _ in self._labels]
        headed = [row.group(1) for row in rows if row]
        return headed[0] if len(headed) * 2 > len(rows) else " "

    def _gap(self) -> str:
        """Return what stands between two labelled lines: a line end, or two where that is the habit."""
        newline = "\r\n" if "\r\n" in self._text else "\n"
        starts = [self._line_start(span) for span, _ in self._labels][1:]
        apart = sum(self._text[:start].rstrip(" \t").endswith((f"{newline}{newline}", "\n\n")) for start in starts)
        return newline * 2 if starts and apart * 2 > len(starts) else newline

    def take(self, label: tuple[Span, str]) -> bool:
        """Tell whether a label takes words of its section: the orientation is the camera's, and takes no lens."""
        span, section = label
        words = self._text[slice(*span)].lower()
        return section != "camera" or any(word in words for word in self._choices["camera_labels"])
