"""Callbacks of the parser: makes nodes while it reduces, and cuts runs of text into phrases."""

from __future__ import annotations

import re
from typing import Any

from promptlint.syntax.tree import Dialect, Leaf, LeafKind, Node, NodeKind

Items = list[Node | Leaf]

MASK, FLAG_MASK, WEIGHT_MASK = "\ue000", "\ue001", "\ue002"
"""What the characters of a comment, of `--flags` and of a part's `::2` are replaced by before the parse."""

_CUTS = re.compile(
    rf"([;，、；•][ \t]*|,(?!\d{{3}}\b)[ \t]*|[—–](?=\s)[ \t]*)"
    rf"|((?:[.!?]+|[。！？…])(?=[\s'’*]|$)[ \t]*)"
    rf"|((?:\r\n|\r|\n)[ \t\r\n]*)"
    rf"|({MASK}+)|({FLAG_MASK}+)|({WEIGHT_MASK}+)"
)
_CUT_KINDS = (
    LeafKind.TEXT,
    LeafKind.SEPARATOR,
    LeafKind.STOP,
    LeafKind.NEWLINE,
    LeafKind.COMMENT,
    LeafKind.PARAMETERS,
    LeafKind.WEIGHT,
)
"""Kinds of the pattern's groups, by number."""
_CHOICE_HEAD = re.compile(r"\s*[~!@]?\s*(?:\d+\s*-\s*\d+|-\s*\d+|\d+\s*-|\d+)[ \t]*\$\$(?:[^${}\r\n]+\$\$)?|\s*[~!@]")
"""How many options a choice takes and what joins them, "2-3$$ and $$", or how it samples, "@"."""
_SAMPLERS = ("~", "!", "@")
_OPTION_WEIGHT = re.compile(r"\s*(?:\d+\.?\d*|\.\d+)")
_EMBEDDING = re.compile(r"(?<!\w)embedding$")
_EMBEDDING_NAME = re.compile(r"[^\s,]+")
_KEYWORD = re.compile(r"\b(?:BREAK|AND)\b")
_KINDS = {
    "COLON": LeafKind.COLON,
    "LABEL": LeafKind.COLON,
    "PIPE": LeafKind.PIPE,
    "WEIGHT": LeafKind.WEIGHT,
    "WHEN": LeafKind.WEIGHT,
    "OPEN": LeafKind.OPEN,
    "CLOSE": LeafKind.CLOSE,
    "QUOTE_OPEN": LeafKind.OPEN,
    "QUOTE_CLOSE": LeafKind.CLOSE,
    "TAG": LeafKind.TAG,
    "HOLE": LeafKind.HOLE,
    "WILDCARD": LeafKind.WILDCARD,
    "STRAY": LeafKind.ERROR,
    "OTHER": LeafKind.TEXT,
}
_BRACKETS = {"a1111": 1.1, "comfyui": 1.1}
"""The weight of a round bracket without a number, in the dialects where it has one."""


class Builder:
    """Makes the tree of one dialect. Lark calls the method of a rule's name with the rule's children."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._round = _BRACKETS.get(dialect, 1.0)
        self._keywords = dialect == "a1111"
        self._embeddings = dialect == "comfyui"
        self._key_kind = NodeKind.KEY if dialect == "structured" else NodeKind.LABEL

    def start(self, items: list[Any]) -> Items:
        return self._nodes(items)

    def label(self, items: list[Any]) -> Items:
        """The last phrase of a run, with its colon, is a label; what stands before it in the run is not."""
        run, colon = items
        leaves = self._nodes([run])
        mark = Leaf(LeafKind.COLON, str(colon), colon.start_pos)
        last = leaves[-1]
        if isinstance(last, Leaf) and last.kind is LeafKind.TEXT and last.text.strip():
            leaves[-1] = Node(self._key_kind, [last, mark])
        else:
            leaves.append(mark)
        return leaves

    def key(self, items: list[Any]) -> Items:
        """A key with its quotes: one token, or quoted text and its colon."""
        if len(items) == 2:
            return [Node(NodeKind.KEY, [items[0], Leaf(LeafKind.COLON, str(items[1]), items[1].start_pos)])]
        return [_key(str(items[0]), items[0].start_pos)]

    def member(self, items: list[Any]) -> Items:
        """A key with its string, and the space behind it."""
        text, start = str(items[0]), items[0].start_pos
        value = text.index('"', text.index(":", text.index('"', 1)))
        return [_key(text[:value], start), *self._string(text[value:], start + value)]

    def string(self, items: list[Any]) -> Items:
        """A string without anything in it that would need pairing, and the space behind it."""
        return self._string(str(items[0]), items[0].start_pos)

    def _string(self, text: str, start: int) -> Items:
        close = text.index('"', 1)
        children: Items = [Leaf(LeafKind.OPEN, '"', start)]
        _cut(text[1:close], start + 1, children)
        children.append(Leaf(LeafKind.CLOSE, '"', start + close))
        out: Items = [Node(NodeKind.QUOTED, children)]
        _cut(text[close + 1 :], start + close + 1, out)
        return out

    def enclosed(self, items: list[Any]) -> Node:
        """A bracket or a quotation without anything in it that would need pairing."""
        text, start = str(items[0]), items[0].start_pos
        children: Items = [Leaf(LeafKind.OPEN, text[0], start)]
        children += self.run(text[1:-1], start + 1)
        children.append(Leaf(LeafKind.CLOSE, text[-1], start + len(text) - 1))
        return Node(NodeKind.QUOTED, children) if text[0] in '"“' else self._bracket(text[0], children)

    def quoted(self, items: list[Any]) -> Node:
        return Node(NodeKind.QUOTED, self._nodes(items))

    def group(self, items: list[Any]) -> Node:
        return self._bracket(items[0], self._nodes(items))

    def _bracket(self, bracket: str, children: Items) -> Node:
        if bracket == "(":
            return self._round_group(children)
        if bracket == "{":
            return self._brace(children)
        if self._dialect == "a1111":
            return _square_group(children)
        return Node(NodeKind.GROUP, children)

    def _brace(self, children: Items) -> Node:
        """A choice has a pipe, or a head that says how many of its options to take.

        A Midjourney permutation is parted by commas; ComfyUI's choices have neither heads nor weights.
        """
        divider = LeafKind.SEPARATOR if self._dialect == "midjourney" else LeafKind.PIPE
        parted = any(isinstance(child, Leaf) and child.kind in (LeafKind.PIPE, divider) for child in children)
        if self._dialect not in ("comfyui", "midjourney"):
            parted = _mark_head(children, parted=parted) or parted
            if parted:
                _mark_weights(children)
        return Node(NodeKind.CHOICE if parted else NodeKind.GROUP, children)

    def _round_group(self, children: Items) -> Node:
        if self._round == 1.0:
            return Node(NodeKind.GROUP, children)
        number = children[-2] if len(children) > 2 else None
        if isinstance(number, Leaf) and number.kind is LeafKind.WEIGHT:
            return Node(NodeKind.EMPHASIS, children, float(number.text.strip(" \t:")))
        return Node(NodeKind.EMPHASIS, children, self._round)

    def _nodes(self, items: list[Any]) -> Items:
        out: Items = []
        for item in items:
            if type(item) is list:
                out.extend(item)
            elif type(item) is Node:
                out.append(item)
            elif item.type == "RUN":
                out += self.run(str(item), item.start_pos)
            else:
                out.append(Leaf(_KINDS[item.type], str(item), item.start_pos))
        if self._embeddings:
            _mark_embeddings(out)
        return out

    def run(self, run: str, start: int) -> Items:
        """Cut a run into phrases; in A1111's dialect at BREAK and AND as well."""
        out: Items = []
        at = 0
        if self._keywords and ("BREAK" in run or "AND" in run):
            for match in _KEYWORD.finditer(run):
                _cut(run[at : match.start()], start + at, out)
                out.append(Leaf(LeafKind.KEYWORD, match.group(), start + match.start()))
                at = match.end()
        _cut(run[at:], start + at, out)
        return out


def _key(text: str, start: int) -> Node:
    """A key in quotes with its colon."""
    close = text.rindex('"')
    inner: Items = [
        Leaf(LeafKind.OPEN, '"', start),
        Leaf(LeafKind.TEXT, text[1:close], start + 1),
        Leaf(LeafKind.CLOSE, '"', start + close),
    ]
    return Node(
        NodeKind.KEY,
        [Node(NodeKind.QUOTED, inner), Leaf(LeafKind.COLON, text[close + 1 :], start + close + 1)],
    )


def _cut(run: str, start: int, out: Items) -> None:
    """Cut a run into phrases, separators, full stops and line ends."""
    at = 0
    for match in _CUTS.finditer(run):
        begin, end = match.span()
        if match.lastindex in (1, 3):
            # The space before a comma or a line end belongs to it; a pattern that began with it could skip nothing.
            while begin > at and run[begin - 1] in " \t":
                begin -= 1
        if begin > at:
            out.append(Leaf(LeafKind.TEXT, run[at:begin], start + at))
        out.append(Leaf(_CUT_KINDS[match.lastindex or 0], run[begin:end], start + begin))
        at = end
    if at < len(run):
        out.append(Leaf(LeafKind.TEXT, run[at:], start + at))


def _square_group(children: Items) -> Node:
    """A1111's square bracket: a schedule, an alternation or, without colon and pipe, less weight."""
    inner = [child for child in children[1:-1] if isinstance(child, Leaf)]
    if any(leaf.kind is LeafKind.PIPE for leaf in inner):
        return Node(NodeKind.ALTERNATION, children)
    last = children[-2] if len(children) > 2 else None
    if isinstance(last, Leaf) and last.kind is LeafKind.WEIGHT:
        _labels_to_colons(children)
        return Node(NodeKind.SCHEDULE, children, when=float(last.text.strip(" \t:")))
    return Node(NodeKind.EMPHASIS, children, 1 / 1.1)


def _labels_to_colons(children: Items) -> None:
    """In a schedule "[b : c : 1]" a word before a colon is what comes first, and no label."""
    for index, child in enumerate(children):
        if isinstance(child, Node) and child.kind is NodeKind.LABEL:
            children[index : index + 1] = child.children


def _mark_head(children: Items, *, parted: bool) -> bool:
    """Make one leaf of what a choice begins with before its options; tell whether there is any."""
    first = children[1]
    if not isinstance(first, Leaf):
        return False
    second = children[min(2, len(children) - 1)]
    drawn = first.text.strip() in _SAMPLERS and isinstance(second, Leaf) and second.kind is LeafKind.WILDCARD
    if not (parted or drawn or "$$" in first.text):
        return False
    end = next((at for at, child in enumerate(children) if isinstance(child, Node)), len(children) - 1)
    leaves = [child for child in children[1:end] if isinstance(child, Leaf)]
    found = _CHOICE_HEAD.match("".join(leaf.text for leaf in leaves))
    if found is None:
        return False
    head = Leaf(LeafKind.WEIGHT, found.group(), first.start)
    kept = [leaf for leaf in leaves if leaf.end > head.end]
    if kept and kept[0].start < head.end:
        kept[0] = Leaf(kept[0].kind, kept[0].text[head.end - kept[0].start :], head.end)
    children[1:end] = [head, *kept]
    return True


def _mark_weights(children: Items) -> None:
    """Make one leaf of each weight "0.5::" that an option of a choice begins with."""
    starts = [
        at
        for at, child in enumerate(children)
        if isinstance(child, Leaf) and child.kind in (LeafKind.OPEN, LeafKind.PIPE, LeafKind.WEIGHT)
    ]
    for bracket in reversed(starts):
        start = bracket
        while _is_aside(children[start + 1]):
            start += 1
        leaves = [child for child in children[start + 1 : start + 4] if isinstance(child, Leaf)]
        if len(leaves) < 3 or not _OPTION_WEIGHT.fullmatch(leaves[0].text):
            continue
        if leaves[1].kind is leaves[2].kind is LeafKind.COLON:
            text = "".join(leaf.text for leaf in leaves)
            children[start + 1 : start + 4] = [Leaf(LeafKind.WEIGHT, text, leaves[0].start)]


def _is_aside(item: Node | Leaf) -> bool:
    """Tell whether an item may stand before the weight of an option: a comment, the end of a line."""
    return isinstance(item, Leaf) and item.kind in (LeafKind.COMMENT, LeafKind.NEWLINE)


def _mark_embeddings(items: Items) -> None:
    """Make one leaf of ComfyUI's "embedding:name"."""
    for at in range(len(items) - 2, 0, -1):
        before, colon, after = items[at - 1], items[at], items[min(at + 1, len(items) - 1)]
        if not (
            isinstance(colon, Leaf)
            and colon.text == ":"
            and isinstance(before, Leaf)
            and isinstance(after, Leaf)
            and after.kind is LeafKind.TEXT
        ):
            continue
        prefix = _EMBEDDING.search(before.text)
        name = _EMBEDDING_NAME.match(after.text)
        if prefix is None or name is None:
            continue
        start = before.start + prefix.start()
        tag = Leaf(LeafKind.TAG, "embedding:" + name.group(), start)
        rest = Leaf(LeafKind.TEXT, after.text[name.end() :], after.start + name.end())
        lead = Leaf(before.kind, before.text[: prefix.start()], before.start)
        items[at - 1 : at + 2] = [leaf for leaf in (lead, tag, rest) if leaf.text]
