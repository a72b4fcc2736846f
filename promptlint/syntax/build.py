"""Callbacks of the parser: makes nodes while it reduces, and cuts runs of text into phrases."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from promptlint.syntax.tree import Dialect, Leaf, LeafKind, Node, NodeKind

Items = list[Node | Leaf]

MASK, FLAG_MASK, WEIGHT_MASK = "\ue000", "\ue001", "\ue002"
"""What the characters of a comment, of `--flags` and of a part's `::2` are replaced by before the parse."""

_CUTS = re.compile(
    rf"""([;，、；•,—–.!?。！？…\r\n{MASK}{FLAG_MASK}{WEIGHT_MASK}]  # `re` skips to the next of one set of characters
    (?: (?<=[;，、；•]) [ \t]*
      | (?<=,) (?!\d{{3}}\b) [ \t]*
      | (?<=[—–]) (?=\s) [ \t]*
      | (?: (?<=[.!?]) (?<![.!?]{{2}}) [.!?]*+ | (?<=[。！？…]) ) (?=[\s'’*]|$) [ \t]*
      | (?<=[\r\n]) [ \t\r\n]*
      | (?<={MASK}) {MASK}* | (?<={FLAG_MASK}) {FLAG_MASK}* | (?<={WEIGHT_MASK}) {WEIGHT_MASK}*
    ))""",
    re.VERBOSE,
)
# Asking an enumeration for a member costs as much as making a leaf.
_TEXT, _OPEN, _CLOSE, _COLON = LeafKind.TEXT, LeafKind.OPEN, LeafKind.CLOSE, LeafKind.COLON
_CUT_KINDS = (
    dict.fromkeys(";，、；•,—–", LeafKind.SEPARATOR)
    | dict.fromkeys(".!?。！？…", LeafKind.STOP)
    | dict.fromkeys("\r\n", LeafKind.NEWLINE)
    | {MASK: LeafKind.COMMENT, FLAG_MASK: LeafKind.PARAMETERS, WEIGHT_MASK: LeafKind.WEIGHT}
)
"""Kinds of what cuts, by its first character."""
_AFTER_SPACE = (LeafKind.SEPARATOR, LeafKind.NEWLINE)
"""What takes the space before it; a pattern that began with space could skip nothing."""
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
    "ROUND_END": LeafKind.CLOSE,
    "SQUARE_END": LeafKind.CLOSE,
    "BRACE_END": LeafKind.CLOSE,
    "QUOTE_CLOSE": LeafKind.CLOSE,
    "TAG": LeafKind.TAG,
    "HOLE": LeafKind.HOLE,
    "WILDCARD": LeafKind.WILDCARD,
    "STRAY": LeafKind.ERROR,
    "OTHER": LeafKind.TEXT,
}


class Builder:
    """Makes the tree of one dialect. Lark calls the method of an alternative's name with what it holds.

    Each alternative of `items` begins with the items before it, a list that grows.
    """

    def __init__(self, dialect: Dialect) -> None:
        self._keywords = dialect == "a1111"
        self._embeddings = dialect == "comfyui"
        self._key_kind = NodeKind.KEY if dialect == "structured" else NodeKind.LABEL
        self._enclosing: dict[str, Callable[[Items], Node]] = {"(": _group, "[": _group, '"': _quoted, "“": _quoted}
        if dialect in ("a1111", "comfyui"):
            self._enclosing["("] = _emphasis
        if dialect == "a1111":
            self._enclosing["["] = _less

    def start(self, found: list[Any]) -> Items:
        return self._marked(found[0])

    def nothing(self, _: list[Any]) -> Items:
        return []

    def run(self, found: list[Any]) -> Items:
        items: Items
        items, token = found
        self.cut(token.text, token.start_pos, items)
        return items

    def leaf(self, found: list[Any]) -> Items:
        items: Items
        items, token = found
        items.append(Leaf(_KINDS[token.type], token.text, token.start_pos))
        return items

    def label(self, found: list[Any]) -> Items:
        """The last phrase of a run, with its colon, is a label; what stands before it in the run is not."""
        items: Items
        items, run, colon = found
        self.cut(run.text, run.start_pos, items)
        mark = Leaf(LeafKind.COLON, colon.text, colon.start_pos)
        last = items[-1]
        if last.kind is LeafKind.TEXT and last.text.strip():
            items[-1] = Node(self._key_kind, [last, mark])
        else:
            items.append(mark)
        return items

    def key(self, found: list[Any]) -> Items:
        """A key with its quotes."""
        items: Items
        items, token = found
        items.append(_key(token.text, token.start_pos))
        return items

    def quoted_key(self, found: list[Any]) -> Items:
        """A key whose name holds what needs pairing."""
        colon = found.pop()
        items = self.quoted(found)
        items[-1] = Node(NodeKind.KEY, [items[-1], Leaf(LeafKind.COLON, colon.text, colon.start_pos)])
        return items

    def member(self, found: list[Any]) -> Items:
        """A key with its string, and the space behind it."""
        items: Items
        items, token = found
        text, start = token.text, token.start_pos
        value = text.index('"', text.index(":", text.index('"', 1)))
        items.append(_key(text[:value], start))
        _string(text[value:], start + value, items)
        return items

    def string(self, found: list[Any]) -> Items:
        """A string without anything in it that would need pairing, and the space behind it."""
        items: Items
        items, token = found
        _string(token.text, token.start_pos, items)
        return items

    def enclosed(self, found: list[Any]) -> Items:
        """A bracket or a quotation without anything in it that would need pairing."""
        items: Items
        items, token = found
        text, start = token.text, token.start_pos
        children: Items = [Leaf(LeafKind.OPEN, text[0], start)]
        self.cut(text[1:-1], start + 1, children)
        children.append(Leaf(LeafKind.CLOSE, text[-1], start + len(text) - 1))
        items.append(self._enclosing[text[0]](children))
        return items

    def quoted(self, found: list[Any]) -> Items:
        return self._close(found, _quoted)

    def group(self, found: list[Any]) -> Items:
        return self._close(found, _group)

    def emphasis(self, found: list[Any]) -> Items:
        return self._close(found, _emphasis)

    def less(self, found: list[Any]) -> Items:
        """A1111's square bracket without a number: less weight, or an alternation."""
        return self._close(found, _less)

    def weighted(self, found: list[Any]) -> Items:
        """A bracket that ends with its weight."""
        weight = float(found[3].text.strip(" \t:"))
        return self._close(found, lambda children: Node(NodeKind.EMPHASIS, children, weight))

    def schedule(self, found: list[Any]) -> Items:
        """A1111's square bracket that ends with a number: from, to and when; with a pipe it is an alternation."""
        when = float(found[3].text.strip(" \t:"))
        return self._close(found, lambda children: _schedule(children, when))

    def choice(self, found: list[Any]) -> Items:
        """A choice has a pipe, or a head that says how many of its options to take."""
        return self._close(found, _choice)

    def alternatives(self, found: list[Any]) -> Items:
        """ComfyUI's choice, which has neither a head nor weights."""
        return self._close(found, lambda children: _parted(children, LeafKind.PIPE))

    def permutation(self, found: list[Any]) -> Items:
        """Midjourney's choice, parted by commas."""
        return self._close(found, lambda children: _parted(children, LeafKind.SEPARATOR))

    def _close(self, found: list[Any], make: Callable[[Items], Node]) -> Items:
        """Make one node of a bracket's items with the brackets, and with the number that stands before the last."""
        items: Items
        items, first, inner, *last = found
        children: Items = [Leaf(LeafKind.OPEN, first.text, first.start_pos), *self._marked(inner)]
        children += [Leaf(_KINDS[token.type], token.text, token.start_pos) for token in last]
        items.append(make(children))
        return items

    def _marked(self, items: Items) -> Items:
        if self._embeddings:
            _mark_embeddings(items)
        return items

    def cut(self, run: str, start: int, out: Items) -> None:
        """Cut a run into phrases; in A1111's dialect at BREAK and AND as well."""
        at = 0
        if self._keywords and ("BREAK" in run or "AND" in run):
            for match in _KEYWORD.finditer(run):
                _cut(run[at : match.start()], start + at, out)
                out.append(Leaf(LeafKind.KEYWORD, match.group(), start + match.start()))
                at = match.end()
        _cut(run[at:], start + at, out)


def _group(children: Items) -> Node:
    return Node(NodeKind.GROUP, children)


def _quoted(children: Items) -> Node:
    return Node(NodeKind.QUOTED, children)


def _emphasis(children: Items) -> Node:
    return Node(NodeKind.EMPHASIS, children, 1.1)


def _less(children: Items) -> Node:
    if _holds(children, LeafKind.PIPE):
        return Node(NodeKind.ALTERNATION, children)
    return Node(NodeKind.EMPHASIS, children, 1 / 1.1)


def _schedule(children: Items, when: float) -> Node:
    if _holds(children, LeafKind.PIPE):
        return Node(NodeKind.ALTERNATION, children)
    _labels_to_colons(children)
    return Node(NodeKind.SCHEDULE, children, when=when)


def _holds(children: Items, kind: LeafKind) -> bool:
    return any(child.kind is kind for child in children)


def _parted(children: Items, divider: LeafKind) -> Node:
    is_choice = _holds(children, LeafKind.PIPE) or _holds(children, divider)
    return Node(NodeKind.CHOICE if is_choice else NodeKind.GROUP, children)


def _choice(children: Items) -> Node:
    parted = _holds(children, LeafKind.PIPE)
    parted = _mark_head(children, parted=parted) or parted
    if parted:
        _mark_weights(children)
    return Node(NodeKind.CHOICE if parted else NodeKind.GROUP, children)


def _string(text: str, start: int, out: Items) -> None:
    close = text.index('"', 1)
    children: Items = [Leaf(LeafKind.OPEN, '"', start)]
    _cut(text[1:close], start + 1, children)
    children.append(Leaf(LeafKind.CLOSE, '"', start + close))
    out.append(_quoted(children))
    if close + 1 < len(text):
        _cut(text[close + 1 :], start + close + 1, out)


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
    append = out.append
    pieces = _CUTS.split(run)
    last = pieces.pop()
    if pieces:
        turns = iter(pieces)
        for text, mark in zip(turns, turns, strict=True):
            kind = _CUT_KINDS[mark[0]]
            bare = text.rstrip(" \t") if kind in _AFTER_SPACE else text
            if bare:
                append(Leaf(_TEXT, bare, start))
            space = text[len(bare) :]
            append(Leaf(kind, space + mark, start + len(bare)))
            start += len(text) + len(mark)
    if last:
        append(Leaf(_TEXT, last, start))


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
