"""From the syntax tree to phrases: the runs of words between separators, each with the label it stands under."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from promptlint.brief.normalise import term_words
from promptlint.source import Span
from promptlint.syntax import WEIGHING, Leaf, LeafKind, Node, NodeKind, Tree, Weights, negatives

_DEFAULT = re.compile(r"\bdefault\s*=\s*\\?[\"“]([^\"”]*)")
_NAME = re.compile(r"\bname\s*=\s*\\?[\"“]([^\"”]*)")
# Asking an enumeration for a member costs more than the comparison.
_TEXT, _COLON, _ERROR = LeafKind.TEXT, LeafKind.COLON, LeafKind.ERROR
_SEPARATOR, _NEWLINE, _STOP = LeafKind.SEPARATOR, LeafKind.NEWLINE, LeafKind.STOP
_OPAQUE = frozenset((LeafKind.TAG, LeafKind.URL, LeafKind.KEYWORD, LeafKind.COMMENT))
_KEYED_LINE = re.compile(r"[ \t]*(?:-[ \t]+)?[\w \t-]{2,40}:[ \t]*\Z")
_NESTED_LINE = re.compile(r"[ \t]+(?:-[ \t]+)?\w[\w-]*:[ \t]*\Z")
_BLANK_LINE = re.compile(r"\n[ \t]*\r?\n")


_DESCRIBING = frozenset(("subject", "pose", "environment", "lighting", "camera", "skin", "film", "color", "style"))
"""Labels whose quoted values describe; those of a title or a slogan are captions."""


@dataclass(slots=True)
class Phrase:
    """A run of words. `sentence` counts stops and line ends before it; `label` is the section of its label or key.

    `weight` is what reaches it in its runtime: of the brackets around it, the signs or the `::2` behind it.
    """

    span: Span
    sentence: int
    label: str | None = None
    weight: float = 1.0


@dataclass(slots=True)
class Reading:
    """What the tree says before any word is understood.

    `opaque` are spans that describe nothing (tags, quoted text, known labels); `negatives` spans of negative lists
    inside the text; `promised` sections that a hole will fill (`*`: any).
    """

    phrases: list[Phrase] = field(default_factory=list)
    opaque: list[Span] = field(default_factory=list)
    negatives: list[Span] = field(default_factory=list)
    labels: list[tuple[Span, str]] = field(default_factory=list)
    promised: set[str] = field(default_factory=set)


_OPENERS = ("[", "{")
_HEADING = 24
"""How many characters the heading of a negative list has at most."""


@dataclass(slots=True)
class _Outer:
    """The end of a bracket: the label of what is around it holds again."""

    label: str | None
    listed: bool


class _Reader:
    def __init__(self, tree: Tree, labels: Mapping[str, str]) -> None:
        self._text = tree.text
        self._structured = tree.dialect == "structured"
        self._labels = labels
        self._weights = Weights(tree) if tree.dialect in WEIGHING else None
        self._start: int | None = None
        self._end = 0
        self._sentence = 0
        self._label: str | None = None
        self._inline = False
        self._listed = False
        self._headed = 0
        self._left_out = negatives(tree)
        self.out = Reading(negatives=list(self._left_out))
        self._left_out.reverse()

    def read(self, tree: Tree) -> Reading:
        # A work list instead of recursion: real prompts nest brackets by the dozen, broken ones by the thousand.
        work: list[Node | Leaf | _Outer] = [*reversed(tree.children)]
        while work:
            item = work.pop()
            if type(item) is Leaf:
                kind = item.kind
                if kind is _TEXT or kind is _COLON or kind is _ERROR:
                    if self._start is None:
                        self._start = item.start
                    self._end = item.start + len(item.text)
                    continue
                if self._start is not None:
                    self._flush()
                self._mark(item, kind)
            elif type(item) is Node:
                if self._start is not None:
                    self._flush()
                if item.kind is NodeKind.LABEL or item.kind is NodeKind.KEY:
                    self._take_label(item)
                elif item.kind is NodeKind.QUOTED and self._is_caption(item):
                    self.out.opaque.append(item.span)
                else:
                    work.append(_Outer(self._label, self._listed))
                    if item.kind in (NodeKind.GROUP, NodeKind.QUOTED):
                        # All of a list or a string stands under its key; in an object each member has its own,
                        # unless all of it says what to leave out.
                        self._listed = self._text[item.span.start] != "{" or self._label == "negative"
                    work.extend(reversed(item.children))
            elif type(item) is _Outer:
                self._flush()
                self._label, self._listed = item.label, item.listed
        self._flush()
        return self.out

    def _mark(self, leaf: Leaf, kind: LeafKind) -> None:
        """Take notice of what ends a phrase."""
        if kind is _SEPARATOR:
            if self._structured and not self._inline and not self._listed:
                self._label = None
        elif kind is _STOP:
            self._sentence += 1
            if self._inline and self._label != "negative":
                self._label = None
        elif kind is _NEWLINE:
            self._sentence += 1
            parted = _BLANK_LINE.search(leaf.text) is not None
            # The heading of a negative list may stand apart from it.
            if self._label == "negative":
                ends = parted and len(self.out.phrases) > self._headed
            else:
                ends = parted or self._inline
            if ends:
                self._label = None
        elif kind in _OPAQUE:
            self.out.opaque.append(leaf.span)
        elif kind is LeafKind.PARAMETERS:
            self._parameters(leaf)
        elif kind is LeafKind.HOLE or kind is LeafKind.WILDCARD:
            self._hole(leaf)

    def _parameters(self, leaf: Leaf) -> None:
        """What a `--no` lists are phrases to leave out; all else of the flags describes nothing."""
        at = leaf.start
        while self._left_out and self._left_out[-1].end <= leaf.end:
            span = self._left_out.pop()
            if span.start >= at:
                self.out.opaque.append(Span(at, span.start))
                self.out.phrases.append(Phrase(span, self._sentence, "negative"))
                at = span.end
        if at < leaf.end:
            self.out.opaque.append(Span(at, leaf.end))

    def _flush(self) -> None:
        start = self._start
        if start is None:
            return
        self._start = None
        raw = self._text[start : self._end]
        words = raw.strip()
        if not words:
            return
        if words in _OPENERS and self._label == "negative":
            # The text was cut off before the end of the list.
            self._listed = True
            return
        if len(words) != len(raw):
            start += len(raw) - len(raw.lstrip())
        span = Span(start, start + len(words))
        if self._is_negative_heading(span, words):
            self._label, self._inline, self._headed = "negative", False, len(self.out.phrases)
            self.out.labels.append((span, "negative"))
            self.out.opaque.append(span)
            return
        weight = self._weights.of(span) if self._weights else 1.0
        self.out.phrases.append(Phrase(span, self._sentence, self._label, weight))
        if self._label == "negative":
            self.out.negatives.append(span)

    def _is_negative_heading(self, span: Span, words: str) -> bool:
        """Tell whether words that have a line to themselves are the heading of what to leave out."""
        text = self._text
        if len(words) > _HEADING or self._structured or text[span.end : span.end + 1] not in ("\n", "\r"):
            return False
        if text[max(0, span.start - 8) : span.start].rstrip(" \t-*•#>_")[-1:] not in ("", "\n", "\r"):
            return False
        return self._labels.get(term_words(words)) == "negative"

    def _take_label(self, node: Node) -> None:
        span = node.span
        words = term_words(self._text[span.start : span.end])
        section = self._section_of(words)
        if self._label == "negative" and self._listed and node.kind is NodeKind.KEY:
            section = "negative"
        if section is None:
            self._unknown_label(node, words)
            return
        at_line_start = self._text[max(0, span.start - 64) : span.start].rstrip(" \t-*•#>_")[-1:] in ("", "\n", "\r")
        self._label, self._inline = section, not at_line_start and node.kind is NodeKind.LABEL
        self._headed = len(self.out.phrases)
        self.out.labels.append((span, section))
        self.out.opaque.append(span)

    def _unknown_label(self, node: Node, words: str) -> None:
        """A label that no table knows is content; a key that none knows keeps the section around it."""
        if node.kind is NodeKind.KEY:
            self.out.opaque.append(node.span)
            return
        leaf = node.children[0]
        if len(words.split()) <= 6:
            self._label = None
        raw = leaf.span
        self._start, self._end = raw.start, raw.end
        self._flush()

    def _section_of(self, words: str) -> str | None:
        """Return the section of a label: that of its whole, else of its last words ("main light" under "light")."""
        parts = words.split()
        if len(parts) > 5:
            return None
        for at in range(len(parts)):
            found = self._labels.get(" ".join(parts[at:]))
            if found:
                return found
        return None

    def _is_caption(self, node: Node) -> bool:
        """Quoted text is a sign or a caption, unless it is a JSON string, a value of YAML or the prompt as a whole."""
        span = node.span
        if self._structured or (span.end - span.start) * 2 >= len(self._text.strip()):
            return False
        line = self._text[self._text.rfind("\n", 0, span.start) + 1 : span.start]
        keyed = _KEYED_LINE if self._label in _DESCRIBING else _NESTED_LINE if self._label is None else None
        return keyed is None or not keyed.match(line)

    def _hole(self, leaf: Leaf) -> None:
        default = _DEFAULT.search(leaf.text)
        name = _NAME.search(leaf.text)
        words = term_words(name.group(1) if name else leaf.text)
        sections = {found for word in words.split() if (found := self._labels.get(word))}
        if self._labels.get(words):
            sections = {self._labels[words]}
        if default and default.group(1).strip():
            # The default stands in for what will be filled in, under the name of the hole as its label.
            self._start = leaf.start + default.start(1)
            self._end = leaf.start + default.end(1)
            outer, self._label = self._label, next(iter(sections)) if len(sections) == 1 else self._label
            self._flush()
            self._label = outer
        elif sections:
            self.out.promised |= sections
        elif leaf.text.startswith(("{", "$", "_")):
            self.out.promised.add("*")


def read(tree: Tree, labels: Mapping[str, str]) -> Reading:
    """Return the phrases of a tree. `labels` maps words of labels and keys to sections."""
    return _Reader(tree, labels).read(tree)
