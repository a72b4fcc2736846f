"""The way a prompt is written: tags, prose, labelled lines or a structure, and where each section has its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Literal

from promptlint.brief import SECTIONS, Brief
from promptlint.brief.lexicon import Tables
from promptlint.brief.phrases import Phrase
from promptlint.diagnostics import Edit
from promptlint.fixes.grounds import Grounds
from promptlint.fixes.lines import Lines
from promptlint.fixes.structure import Structure
from promptlint.fixes.voice import Voice
from promptlint.source import Span
from promptlint.syntax import Leaf, LeafKind, Node, NodeKind, Tree
from promptlint.syntax.parameters import FLAGS

Style = Literal["tags", "prose", "labelled", "structured"]

_RANK = {section: rank for rank, section in enumerate(SECTIONS)}
_BREAKS = (
    LeafKind.SEPARATOR,
    LeafKind.PIPE,
    LeafKind.STOP,
    LeafKind.NEWLINE,
    LeafKind.PARAMETERS,
    LeafKind.TAG,
    LeafKind.URL,
    LeafKind.WEIGHT,
    LeafKind.KEYWORD,
)
_MARKS = " \t\r\n*_\"”'"
_FLAG = re.compile(rf"(?:^|[\s.,*。，])(?:--|—)[a-z]+(?=[\s\d]|$)|--(?:{'|'.join(sorted(FLAGS))})(?=[\s\d]|$)")
_ANY_LABEL = re.compile(r"(?m)^[ \t]*[A-Z][\w &/-]{1,30}:[ \t]")
"""A line with a label, be it one that nobody knows."""
_LABEL_WORDS = re.compile(r"[^\W_][\w &/'-]*")
_BRACED = re.compile(r"\s*\{(?=[^{}]*\":).*\}\s*", re.DOTALL)
"""What would be JSON-like text, and is not: nobody can tell what belongs where."""
_STOP = re.compile(r"[.!?](?=\s|[\"”]|$)|$|(?=[\r\n\"”])")
_SHAPE = re.compile(r"(?<!\d)\d{1,2}:(?:\d|10|16|21)(?!\d)|(?<!\d)\d{3,4}\s*[x×]\s*\d{3,4}(?!\d)")
_BULLET = re.compile(r"(?:[-*•–]|\d{1,2}[.)])\s+")
_HOLE = re.compile(
    r"\[[^\[\]\n]{2,40}\]|\{\{[^{}\n]+\}\}|(?i:light(?:s|ing)?\s+or\s+(?:[\w-]+\s+){0,3}(?:light|lamp|bulb|glow))"
)
"""What is to be filled in, or a choice between two lights."""
_IN_NUMBER = re.compile(r"\d\.\s*\d|\S\.\d")
_SENTENCE = 14
_FEW = 4
"""Words from which on what stands between two stops is a sentence, and words of a phrase in it that is no tag."""
_ABBREVIATION = 3
"""Letters of a word that is no abbreviation."""
_TAG = 8
"""Words that a phrase has at most which is no sentence."""
PROSE_WORDS = 5.0
"""Words between separators, on average, from which on a prompt with full stops is prose and not tags."""


class Layout:
    """How and where to write into one prompt."""

    def __init__(self, tree: Tree, brief: Brief, tables: Tables) -> None:
        self.tree, self.brief, self.text, self.tables = tree, brief, tree.text, tables

    @cached_property
    def voice(self) -> Voice:
        """How the prompt speaks."""
        return Voice(self.tree, self.tables.british)

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.tree, self.brief, self.tables.choices)

    @cached_property
    def grounds(self) -> Grounds:
        """What the prompt says of its scene, for the choice of fixes."""
        return Grounds(self.brief, self.tables.choices, self.tables.scenes)

    @cached_property
    def style(self) -> Style:
        """The prompt's own way of writing."""
        if self.tree.dialect == "structured" and self._structure is not None:
            return "structured"
        if self._lines.make_the_prompt:
            return "labelled"
        stops = len(self.tree.of(LeafKind.STOP))
        words = len(self.text.split())
        wrapped = sum(self._is_wrapped(leaf) for leaf in self.tree.of(LeafKind.NEWLINE))
        is_long = words / max(1, len(self.brief.phrases) - wrapped) >= PROSE_WORDS
        sentences = sum(self._ends_sentence(leaf) for leaf in self.tree.of(LeafKind.STOP))
        return "prose" if stops and (is_long or sentences > len(self.tree.of(LeafKind.SEPARATOR))) else "tags"

    def insertion(
        self, section: str, tag: str, sentence: str | None, name: str = "", near: Span | None = None
    ) -> Edit | None:
        """Return the edit that adds a section's text at its place in the order of the brief, or `near` some words.

        `name` is what it is called where its section has named values already. None where it has no place: behind
        parameters, which would take it for their own.
        """
        if self.style != "structured" and _BRACED.fullmatch(self.text):
            return None
        edit = self._beside(near, tag, sentence) if near else self._placed(section, tag, sentence, name or section)
        if edit is None or _FLAG.search(self.text[: edit.span.start].rpartition("\n")[2]):
            return None
        return edit

    def _placed(self, section: str, tag: str, sentence: str | None, name: str) -> Edit | None:
        if self.style == "structured":
            if self.tree.of(LeafKind.ERROR) or not self._is_whole:
                return None
            return self._structure.addition(section, name, self.voice.local(tag)) if self._structure else None
        if self.style == "labelled":
            return self._lines.addition(section, self.voice.local(tag))
        anchor = self._anchor(section)
        if anchor is None:
            return None
        if self.style == "prose" and sentence:
            return self._sentence(anchor, self.voice.sentence(sentence))
        at = self._end_of(anchor)
        if sentence and self.text[:at].rstrip(_MARKS).endswith((".", "!", "?")):
            return Edit(Span(at, at), f" {self.voice.sentence(sentence)}")
        if sentence and self._is_in_sentence(anchor):
            return self._sentence(anchor, self.voice.sentence(sentence))
        words = self.voice.tag(tag)
        is_open = self.text[:at].rstrip(_MARKS).endswith((",", ";", ":", "，", "|"))
        return Edit(Span(at, at), f" {words}" if is_open else f"{self.voice.joint}{words}")

    def _beside(self, near: Span, tag: str, sentence: str | None) -> Edit | None:
        """Put words behind the phrase that holds others, or a sentence behind theirs."""
        phrase = next((one for one in self.brief.phrases if one.span.contains(near)), None)
        if phrase is None or self.text[phrase.span.end :].lstrip().startswith("("):
            return None
        if self.style == "structured" and len(self.brief.words(phrase.span).split()) < _FEW:
            return None
        if self.style == "prose" and sentence:
            return self._sentence(phrase, self.voice.sentence(sentence))
        if self.style in ("labelled", "structured"):
            stop = _STOP.search(self.text, near.end)
            if sentence and stop and stop.group() and len(self.text[phrase.span.start : stop.start()].split()) > _TAG:
                return Edit(Span(stop.start() + 1, stop.start() + 1), f" {self.voice.sentence(sentence)}")
            end = phrase.span.start + len(self.brief.words(phrase.span).rstrip(" .,;"))
            return Edit(Span(end, end), f", {self.voice.local(tag)}")
        at = self._end_of(phrase)
        return Edit(Span(at, at), f"{self.voice.joint}{self.voice.tag(tag)}")

    def names_in_passing(self, span: Span) -> bool:
        """Tell whether words are named beside something else: "hair that catches the light" tells of the hair."""
        phrase = next((one.span for one in self.brief.phrases if one.span.contains(span)), span)
        words = self.brief.words(phrase).lower()
        return any(turn in words for turn in self.tables.choices["in_passing"])

    def has_hole(self, span: Span, within: Literal["phrase", "sentence"] = "sentence") -> bool:
        """Tell whether what these words are part of leaves something to be filled in: "light from [direction]"."""
        phrases = self.brief.phrases
        own = next((one for one in phrases if one.span.contains(span)), None)
        if own is None:
            return False
        if within == "phrase":
            line = max(self.text.rfind(mark, 0, own.span.start) for mark in ",.;\n") + 1
            return bool(_HOLE.search(self.text, line, own.span.end + 1))
        spans = [one.span for one in phrases if one.sentence == own.sentence]
        return bool(_HOLE.search(self.text, spans[0].start, spans[-1].end + 1))

    def member_removal(self, span: Span) -> Edit | None:
        """Return the edit that takes a value out together with its key."""
        return self._structure.removal(span) if self._structure else None

    def _anchor(self, section: str) -> Phrase | None:
        """Return the last phrase of a section that comes no later in the brief than this one."""
        rank = _RANK[section]
        ranked = [row for row in self._ranked if row[0].sentence not in self._captioned] or self._ranked
        ranked = ranked[: self._of_picture(ranked)] or ranked
        fitting = [phrase for phrase, own in ranked if own <= rank]
        if not ranked:
            return None
        chosen = fitting[-1] if fitting else ranked[-1][0]
        after = [one for one in self.brief.phrases if one.span.start >= chosen.span.end][:1]
        return after[0] if after and self._waits(chosen) and after[0].sentence == chosen.sentence else chosen

    def _waits(self, phrase: Phrase) -> bool:
        """Tell whether a phrase ends in an adjective that waits for its noun: "with fair, smooth skin"."""
        words = self.brief.words(phrase.span).lower().split()[-2:]
        small, adjectives = self.tables.small_words, self.tables.choices["adjectives"]
        return len(words) > 1 and words[0] in small and words[1] in adjectives

    def _of_picture(self, ranked: Sequence[tuple[Phrase, int]]) -> int:
        """Return how many phrases stand before those at the end of prose that list, speak of the file or say no."""
        number = len(ranked)
        negated = {one.span.start for one in self.brief.negations}
        while number and self.style == "prose":
            phrase = ranked[number - 1][0]
            words = self.brief.words(phrase.span).strip(" .()[]")
            is_short = len(words.split()) <= _TAG
            is_output = is_short and self._names_output(words)
            if not is_output and not self._is_listed(phrase) and phrase.span.start not in negated:
                break
            number -= 1
        return number

    def _is_listed(self, phrase: Phrase) -> bool:
        """Tell whether a phrase stands in a line with a bullet, one that such lines follow, or one on the file."""
        start = max(self.text.rfind(mark, 0, phrase.span.start) for mark in "\r\n") + 1
        line = self.text[start:].splitlines()[0].strip()
        label = line.partition(":")[0].strip("*_# ").lower() if ":" in line else ""
        return bool(_BULLET.match(line)) or line.rstrip("*_").endswith(":") or label in self.tables.choices["output"]

    def _names_output(self, words: str) -> bool:
        """Tell whether words give the picture's shape or size, or are a hashtag."""
        first = any(words.lower().startswith(word) for word in self.tables.choices["output"])
        return first or bool(_SHAPE.search(words)) or words.startswith(("#", "http", "www."))

    def _is_in_sentence(self, phrase: Phrase) -> bool:
        """Tell whether a phrase is part of a sentence, whatever else the prompt is: long, and with a full stop near."""
        stops = [leaf.start for leaf in self.tree.of(LeafKind.STOP) if self._ends_sentence(leaf)]
        if not stops:
            return False
        begin = max((at for at in stops if at < phrase.span.start), default=0)
        return (
            len(self.text[begin : phrase.span.end].split()) > _SENTENCE
            and len(self.brief.words(phrase.span).split()) > _FEW
        )

    def _ends_sentence(self, stop: Leaf) -> bool:
        """Tell a full stop from that of an abbreviation or a number: "Mt. Fuji", "f / 1. 4"."""
        before, behind = self.text[: stop.start].split()[-1:], self.text[stop.end :].lstrip()[:1]
        return bool(before) and len(before[0]) > _ABBREVIATION and (not behind or behind.isupper())

    @cached_property
    def _captioned(self) -> set[int]:
        """The sentences of prose that quote what is to be read in the picture: what follows them speaks of it too."""
        if self.style != "prose":
            return set()
        quoted = [node.span for node in self.tree.children if isinstance(node, Node) and node.kind is NodeKind.QUOTED]
        out = set()
        for span in quoted:
            before = [one.sentence for one in self.brief.phrases if one.span.end <= span.start]
            out.update(before[-1:])
        return out

    @cached_property
    def _ranked(self) -> list[tuple[Phrase, int]]:
        """The phrases that hold content, each with the place in the brief of the earliest section that it holds."""
        held = self.brief.sections_by_terms
        runs = sorted((span, _RANK.get(section, 0)) for section, spans in held.items() for span in spans)
        out = []
        at = 0
        ends = [*self.tree.of(LeafKind.PARAMETERS), *self.tree.of(LeafKind.KEYWORD)]
        last = min((leaf.start for leaf in ends), default=len(self.text))
        for phrase in self.brief.phrases:
            if phrase.label in ("negative", "parameters") or phrase.span.start >= last or self.is_excluded(phrase.span):
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

    def is_excluded(self, span: Span) -> bool:
        """Tell whether the last label before a span opens a negative list, be it some lines above."""
        before = [row for row in self.brief.labels if row[0].end <= span.start]
        return bool(before) and before[-1][1] == "negative"

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
        end = min(end, self._end)
        while end > 0 and self.text[end - 1].isspace():
            end -= 1
        return end

    def _sentence(self, phrase: Phrase, sentence: str) -> Edit:
        """Put a sentence behind the one that holds the phrase, in the same paragraph."""
        for leaf in self.tree.children:
            if isinstance(leaf, Node) or leaf.start < phrase.span.end:
                continue
            if leaf.kind is LeafKind.STOP and not _IN_NUMBER.match(self.text, leaf.start - 1):
                at = leaf.start + len(leaf.text.rstrip())
                return Edit(Span(at, at), f" {sentence}")
            if leaf.kind is LeafKind.PARAMETERS or (leaf.kind is LeafKind.NEWLINE and not self._is_wrapped(leaf)):
                return self._closing(leaf.start, sentence)
        return self._closing(self._end, sentence)

    @cached_property
    def _end(self) -> int:
        """Where the prompt ends; of one in quotes, before the last of them."""
        text = self.text.rstrip()
        quoted = len(text) > 1 and text[0] in "\"“'" and text[-1] in "\"”'"
        quoted = quoted and (text[0] == "'" or text[0] not in text[1:-1])
        quoted = quoted or (text.endswith("”") and "“" not in text)
        return len(text) - 1 if quoted else len(text)

    def _is_wrapped(self, newline: Leaf) -> bool:
        """Tell whether a line ends in the middle of a sentence that goes on in the next."""
        behind = self.text[newline.end : newline.end + 1]
        return newline.text.count("\n") == 1 and behind.islower()

    def _closing(self, at: int, sentence: str) -> Edit:
        """Put a sentence where one ends without a full stop: close that one first."""
        while at > 0 and self.text[at - 1].isspace():
            at -= 1
        last = self.text[at - 1 : at]
        if last in (",", ";"):
            return Edit(Span(at - 1, at), f". {sentence.rstrip('.')}")
        return Edit(Span(at, at), f" {sentence}" if last in ".!?。！？" else f". {sentence.rstrip('.')}")

    @cached_property
    def _structure(self) -> Structure | None:
        """The outermost object."""
        for child in self.tree.children:
            if isinstance(child, Node) and child.kind is NodeKind.GROUP and self.text[child.span.start] == "{":
                takes = (row for row in self.brief.labels if self._lines.take(row))
                return Structure(self.text, child, {span.start: section for span, section in takes})
        return None

    @cached_property
    def _is_whole(self) -> bool:
        """Whether the outermost object is all of the JSON-like text, and not a part that has lost its braces."""
        first = next((node.span.start for node in self.tree.children if isinstance(node, Node)), 0)
        return '"' not in self.text[: self.text.index("{", first)] if "{" in self.text else False
