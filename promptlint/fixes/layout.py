"""The way a prompt is written: tags, prose, labelled lines or a structure, and where each section has its place."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Literal

from promptlint.brief import SECTIONS, Brief
from promptlint.brief.phrases import Phrase
from promptlint.diagnostics import Edit
from promptlint.source import Span
from promptlint.syntax import Leaf, LeafKind, Node, NodeKind, Tree

Style = Literal["tags", "prose", "labelled", "structured"]

_RANK = {section: rank for rank, section in enumerate(SECTIONS)}
_BREAKS = (
    LeafKind.SEPARATOR,
    LeafKind.STOP,
    LeafKind.NEWLINE,
    LeafKind.PARAMETERS,
    LeafKind.TAG,
    LeafKind.URL,
    LeafKind.WEIGHT,
    LeafKind.KEYWORD,
)
_LABEL_WORDS = re.compile(r"[^\W_][\w &/'-]*")
PROSE_WORDS = 5.0
"""Words between separators, on average, from which on a prompt with full stops is prose and not tags."""


class Layout:
    """How and where to write into one prompt."""

    def __init__(self, tree: Tree, brief: Brief) -> None:
        self.tree, self.brief, self.text = tree, brief, tree.text

    @cached_property
    def style(self) -> Style:
        """The prompt's own way of writing."""
        if self.tree.dialect == "structured" and self._object is not None:
            return "structured"
        if any(self._is_line_label(span) for span, _ in self.brief.labels):
            return "labelled"
        stops = len(self.tree.of(LeafKind.STOP))
        words = len(self.text.split())
        return "prose" if stops and words / max(1, len(self.brief.phrases)) >= PROSE_WORDS else "tags"

    def insertion(self, section: str, tag: str, sentence: str | None) -> Edit | None:
        """Return the edit that adds a section's text at its place in the order of the brief."""
        if self.style == "structured":
            return self._member(section, tag)
        if self.style == "labelled":
            return self._line(section, tag)
        anchor = self._anchor(section)
        if anchor is None:
            return None
        if self.style == "prose" and sentence:
            return self._sentence(anchor, sentence)
        at = self._end_of(anchor)
        return Edit(Span(at, at), f", {tag}")

    def _anchor(self, section: str) -> Phrase | None:
        """Return the last phrase of a section that comes no later in the brief than this one."""
        rank = _RANK[section]
        fitting = [phrase for phrase, own in self._ranked if own <= rank]
        if fitting:
            return fitting[-1]
        return self._ranked[-1][0] if self._ranked else None

    @cached_property
    def _ranked(self) -> list[tuple[Phrase, int]]:
        """The phrases that hold content, each with the place in the brief of the earliest section that it holds."""
        held = self.brief.sections_by_terms
        runs = sorted((span, _RANK.get(section, 0)) for section, spans in held.items() for span in spans)
        out = []
        at = 0
        for phrase in self.brief.phrases:
            if phrase.label in ("negative", "parameters"):
                continue
            while at < len(runs) and runs[at][0].end <= phrase.span.start:
                at += 1
            ranks = []
            for span, rank in runs[at:]:
                if span.start >= phrase.span.end:
                    break
                ranks.append(rank)
            out.append((phrase, min(ranks, default=0)))
        return out

    def _end_of(self, phrase: Phrase) -> int:
        """Return where what the phrase belongs to ends at the top level: behind its brackets, before the separator."""
        end = phrase.span.end
        for child in self.tree.children:
            span = child.span
            if span.end < end or (span.end == end and not isinstance(child, Node)):
                continue
            if isinstance(child, Leaf) and child.kind in _BREAKS and span.start >= end:
                end = span.start
                break
            end = span.end
        while end > 0 and self.text[end - 1].isspace():
            end -= 1
        return end

    def _sentence(self, phrase: Phrase, sentence: str) -> Edit:
        """Put a sentence behind the one that holds the phrase, in the same paragraph."""
        for leaf in self.tree.leaves():
            if leaf.start < phrase.span.end:
                continue
            if leaf.kind is LeafKind.STOP:
                at = leaf.start + len(leaf.text.rstrip())
                return Edit(Span(at, at), f" {sentence}")
            if leaf.kind in (LeafKind.NEWLINE, LeafKind.PARAMETERS):
                return self._closing(leaf.start, sentence)
        return self._closing(len(self.text), sentence)

    def _closing(self, at: int, sentence: str) -> Edit:
        """Put a sentence where one ends without a full stop: close that one first."""
        while at > 0 and self.text[at - 1].isspace():
            at -= 1
        last = self.text[at - 1 : at]
        if last in (",", ";"):
            return Edit(Span(at - 1, at), f". {sentence.rstrip('.')}")
        return Edit(Span(at, at), f" {sentence}" if last in ".!?" else f". {sentence.rstrip('.')}")

    def _is_line_label(self, span: Span) -> bool:
        before = self.text[: span.start].rstrip(" \t-*•#>_")
        return before == "" or before[-1] in "\r\n"

    def _line(self, section: str, text: str) -> Edit | None:
        """Add a line with a label of its own, written as the labels around it."""
        lines = [(span, label) for span, label in self.brief.labels if self._is_line_label(span)]
        usable = [row for row in lines if row[1] in _RANK and row[1] != "negative"]
        fitting = [row for row in usable if _RANK[row[1]] <= _RANK[section]] or usable[:1]
        if not fitting:
            return None
        span, _ = fitting[-1]
        starts = [other.start for other, _ in lines if other.start > span.start]
        end = min(starts, default=len(self.text))
        while end > span.end and self.text[end - 1] in " \t\r\n-*•#>_":
            end -= 1
        start = span.start
        while start > 0 and self.text[start - 1] not in "\r\n":
            start -= 1
        label = self.text[start : span.end]
        words = _LABEL_WORDS.search(label)
        if words is None:
            return None
        name = section if words.group()[0].islower() else section.capitalize()
        tail = label[words.start() + len(words.group().rstrip()) :]
        newline = "\r\n" if "\r\n" in self.text else "\n"
        return Edit(Span(end, end), f"{newline}{label[: words.start()]}{name}{tail.rstrip()} {text}")

    @cached_property
    def _object(self) -> Node | None:
        for child in self.tree.children:
            if isinstance(child, Node) and child.kind is NodeKind.GROUP and self.text[child.span.start] == "{":
                return child
        return None

    def _member(self, section: str, text: str) -> Edit | None:
        """Add a key to the outermost object, behind its last member."""
        found = self._object
        if found is None:
            return None
        inner = found.children[1:-1]
        while (
            inner
            and isinstance(inner[-1], Leaf)
            and (inner[-1].kind in (LeafKind.NEWLINE, LeafKind.SEPARATOR) or not inner[-1].text.strip())
        ):
            inner = inner[:-1]
        if not inner:
            return None
        at = inner[-1].span.end
        while self.text[at - 1].isspace():
            at -= 1
        lead = found.children[1]
        space = lead.text if isinstance(lead, Leaf) and lead.kind is LeafKind.NEWLINE else " "
        quote = '"' if '"' in self.text else ""
        return Edit(Span(at, at), f",{space}{quote}{section}{quote}: {quote or chr(34)}{text}{quote or chr(34)}")
