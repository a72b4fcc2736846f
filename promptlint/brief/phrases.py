"""From the syntax tree to phrases: the runs of words between separators, each with the label it stands under."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, lru_cache, partial

import msgspec

from promptlint.brief.normalise import term_words
from promptlint.source import Span
from promptlint.syntax import WEIGHING, Leaf, LeafKind, Node, NodeKind, Tree, Weights, negatives

_DEFAULT = re.compile(r"\bdefault\s*=\s*\\?[\"“]([^\"”]*)")
_NAME = re.compile(r"\bname\s*=\s*\\?[\"“]([^\"”]*)")
# Asking an enumeration for a member costs more than the comparison.
_TEXT, _COLON, _ERROR = LeafKind.TEXT, LeafKind.COLON, LeafKind.ERROR
_SEPARATOR, _NEWLINE, _STOP = LeafKind.SEPARATOR, LeafKind.NEWLINE, LeafKind.STOP
_OPEN, _CLOSE = LeafKind.OPEN, LeafKind.CLOSE
_GROUP, _QUOTED, _LABEL, _KEY = NodeKind.GROUP, NodeKind.QUOTED, NodeKind.LABEL, NodeKind.KEY
_OPAQUE = frozenset((LeafKind.TAG, LeafKind.URL, LeafKind.KEYWORD, LeafKind.COMMENT))
_KEYED_LINE = re.compile(r"[ \t]*(?:-[ \t]+)?[\w \t-]{2,40}:[ \t]*\Z")
_NESTED_LINE = re.compile(r"[ \t]+(?:-[ \t]+)?\w[\w-]*:[ \t]*\Z")
_LABELLING = re.compile(r" \([^()\n]{1,40}\)[ \t]*\**:")
"""An aside between the words of a label and its colon: "Avoid (important):"."""
_BLANK_LINE = re.compile(r"\n[ \t]*\r?\n")
_LABEL_WORDS = 5
"""More words before a colon are a sentence."""
_BEFORE_LABEL = 64
"""How many characters ahead of a label are looked at for what else may stand in its line."""
# A class call of a named tuple goes through Python; there is one for every phrase.
_span: Callable[[tuple[int, int]], Span] = partial(tuple.__new__, Span)


_DESCRIBING = frozenset(("subject", "pose", "environment", "lighting", "camera", "skin", "film", "color", "style"))
"""Labels whose quoted values describe; those of a title or a slogan are captions."""
_OPENERS = ("[", "{")
_LINE_ENDS = ("\n", "\r")
_HEADING = 24
"""How many characters the heading of a negative list has at most."""


class Labels:
    """The sections that labels, keys and holes name. `table` maps their words to sections."""

    def __init__(self, table: Mapping[str, str]) -> None:
        self._table = table
        # Prompts of one author have the same labels over and over.
        self.read = lru_cache(maxsize=4096)(self._read)
        self.of = table.get

    def _read(self, written: str) -> tuple[str, str | None]:
        """Return the words of a label and its section: that of its whole, else of its last words ("main light")."""
        words = term_words(written)
        parts = words.split()
        if len(parts) > _LABEL_WORDS:
            return words, None
        sections = (self._table.get(" ".join(parts[at:])) for at in range(len(parts)))
        return words, next(filter(None, sections), None)


class Phrase(msgspec.Struct, gc=False):
    """A run of words. `sentence` counts stops and line ends before it; `label` is the section of its label or key.

    `weight` is what reaches it in its runtime: of the brackets around it, the signs or the `::2` behind it.
    """

    span: Span
    sentence: int
    label: str | None = None
    weight: float = 1.0


class Reading(msgspec.Struct):
    """What the tree says before any word is understood.

    `opaque` are spans that describe nothing (tags, quoted text, known labels); `negatives` spans of negative lists
    inside the text; `promised` sections that a hole will fill (`*`: any).
    """

    phrases: list[Phrase] = []
    opaque: list[Span] = []
    negatives: list[Span] = []
    labels: list[tuple[Span, str]] = []
    promised: set[str] = set()


class _Reader:
    def __init__(self, tree: Tree, labels: Labels) -> None:
        self._tree = tree
        self._text = tree.text
        self._structured = tree.dialect == "structured"
        self._labels = labels
        self._weights = Weights(tree) if tree.dialect in WEIGHING else None
        self._sentence = 0
        self._label: str | None = None
        self._inline = False
        self._listed = False
        self._headed = 0
        # Only midjourney has other ways to leave something out than a list behind "--no".
        self._left_out = negatives(tree) if tree.flags or tree.dialect == "midjourney" else []
        self.out = Reading(negatives=list(self._left_out))
        self._left_out.reverse()

    @cached_property
    def _length(self) -> int:
        return len(self._text.strip())

    def read(self) -> Reading:
        # A work list instead of recursion: real prompts nest brackets by the dozen, broken ones by the thousand.
        outer: list[tuple[Iterator[Node | Leaf], str | None, bool]] = []
        items = iter(self._tree.children)
        while True:
            inner = self._run(items)
            if inner is not None:
                outer.append((items, self._label, self._listed))
                if self._structured and (inner.kind is _GROUP or inner.kind is _QUOTED):
                    # All of a list or a string stands under its key; in an object each member has its own, unless all
                    # of it says what to leave out.
                    bracket = inner.children[0]
                    is_object = type(bracket) is Leaf and bracket.text == "{"
                    self._listed = not is_object or self._label == "negative"
                items = iter(inner.children)
            elif outer:
                items, self._label, self._listed = outer.pop()
            else:
                break
        return self.out

    def _run(self, items: Iterator[Node | Leaf]) -> Node | None:
        """Read items up to a node that has to be gone into, which is returned, or to the last."""
        first: Leaf | None = None
        last: Leaf
        for item in items:
            kind = item.kind
            if kind is _TEXT or kind is _COLON or kind is _ERROR:
                last = item  # type: ignore[assignment]
                if first is None:
                    first = last
                continue
            if first is not None:
                self._flush(first.start, first.text if first is last else self._text[first.start : last.end])
                first = None
            if kind is _OPEN or kind is _CLOSE or (kind is _SEPARATOR and not self._structured):
                continue
            if type(item) is Leaf:
                self._mark(item, item.kind)
            elif type(item) is Node:
                if kind is _LABEL or kind is _KEY:
                    self._take_label(item)
                elif kind is _QUOTED and self._is_caption(item):
                    self.out.opaque.append(item.span)
                else:
                    return item
        if first is not None:
            self._flush(first.start, first.text if first is last else self._text[first.start : last.end])
        return None

    def _flush(self, start: int, raw: str) -> None:
        """Make a phrase of a run of words."""
        words = raw.strip()
        if not words:
            return
        if len(words) != len(raw):
            start += len(raw) - len(raw.lstrip())
        end = start + len(words)
        span = _span((start, end))
        label = self._label
        if label == "negative" and words in _OPENERS:
            # The text was cut off before the end of the list.
            self._listed = True
            return
        ending = self._text[end : end + 2]
        if (ending[:1] in _LINE_ENDS and self._is_negative_heading(span, words)) or (
            ending == " (" and self._is_negative_label(end, words)
        ):
            self._label, self._inline, self._headed = "negative", False, len(self.out.phrases)
            self.out.labels.append((span, "negative"))
            self.out.opaque.append(span)
            return
        weight = self._weights.of(span) if self._weights else 1.0
        self.out.phrases.append(Phrase(span, self._sentence, label, weight))
        if label == "negative":
            self.out.negatives.append(span)

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

    def _take_label(self, node: Node) -> None:
        span = node.span
        words, section = self._labels.read(self._text[span.start : span.end])
        if self._label == "negative" and self._listed and node.kind is NodeKind.KEY:
            section = "negative"
        if section is None:
            self._unknown_label(node, words)
            return
        self._label, self._inline = section, node.kind is _LABEL and not self._begins_line(span.start)
        self._headed = len(self.out.phrases)
        self.out.labels.append((span, section))
        self.out.opaque.append(span)

    def _is_negative_heading(self, span: Span, words: str) -> bool:
        """Tell whether words that end a line are all of it, and the heading of what to leave out."""
        if self._structured or len(words) > _HEADING:
            return False
        return self._begins_line(span.start) and self._labels.of(term_words(words)) == "negative"

    def _is_negative_label(self, end: int, words: str) -> bool:
        """Tell whether an aside and a colon behind words make them the label of what to leave out."""
        return (
            len(words) <= _HEADING
            and self._labels.of(term_words(words)) == "negative"
            and _LABELLING.match(self._text, end) is not None
        )

    def _begins_line(self, at: int) -> bool:
        """Tell whether only marks and numbers stand before a place in its line."""
        line = self._text[max(0, at - _BEFORE_LABEL) : at].replace("\r", "\n").rpartition("\n")[2]
        return not any(map(str.isalpha, line))

    def _unknown_label(self, node: Node, words: str) -> None:
        """A label that no table knows is content; a key that none knows keeps the section around it."""
        if node.kind is _KEY:
            self.out.opaque.append(node.span)
            return
        leaf = node.children[0]
        if len(words.split()) <= 6:
            self._label = None
        raw = leaf.span
        self._flush(raw.start, self._text[raw.start : raw.end])

    def _is_caption(self, node: Node) -> bool:
        """Quoted text is a sign or a caption, unless it is a JSON string, a value of YAML or the prompt as a whole."""
        if self._structured:
            return False
        span = node.span
        if (span.end - span.start) * 2 >= self._length:
            return False
        line = self._text[self._text.rfind("\n", 0, span.start) + 1 : span.start]
        keyed = _KEYED_LINE if self._label in _DESCRIBING else _NESTED_LINE if self._label is None else None
        return keyed is None or not keyed.match(line)

    def _hole(self, leaf: Leaf) -> None:
        default = _DEFAULT.search(leaf.text)
        name = _NAME.search(leaf.text)
        words = term_words(name.group(1) if name else leaf.text)
        sections = {found for word in words.split() if (found := self._labels.of(word))}
        whole = self._labels.of(words)
        if whole:
            sections = {whole}
        if default and default.group(1).strip():
            # The default stands in for what will be filled in, under the name of the hole as its label.
            outer, self._label = self._label, next(iter(sections)) if len(sections) == 1 else self._label
            self._flush(leaf.start + default.start(1), default.group(1))
            self._label = outer
        elif sections:
            self.out.promised |= sections
        elif leaf.text.startswith(("{", "$", "_")):
            self.out.promised.add("*")


def read(tree: Tree, labels: Labels) -> Reading:
    """Return the phrases of a tree."""
    return _Reader(tree, labels).read()
