"""What of a prompt its runtime reads as words: the text without comments, extra networks and flags."""

from __future__ import annotations

from promptlint.source import OffsetMap, Piece, join_maps
from promptlint.syntax.tree import Leaf, LeafKind, Tree

_UNREAD = (LeafKind.COMMENT, LeafKind.TAG, LeafKind.PARAMETERS, LeafKind.KEYWORD)
"""What some runtime takes out of the text."""


def runtime_text(tree: Tree) -> tuple[str, OffsetMap]:
    """Return the text that reaches the runtime's own parser, and where its characters stand in the prompt."""
    if all(_is_read(leaf, tree) for leaf in tree.of(*_UNREAD)):
        return tree.text, OffsetMap.identity(len(tree.text))
    kept = [leaf for leaf in tree.leaves() if _is_read(leaf, tree)]
    return join_maps((leaf.text, [Piece(0, len(leaf.text), leaf.start, len(leaf.text))]) for leaf in kept)


def _is_read(leaf: Leaf, tree: Tree) -> bool:
    """Tell whether a leaf reaches the runtime as text.

    A1111 takes extra networks out before it reads weights; flags mean something to Midjourney alone, and are
    words to all others.
    """
    if leaf.kind not in _UNREAD:
        return True
    if leaf.kind is LeafKind.COMMENT:
        return False
    if leaf.kind is LeafKind.TAG:
        return tree.dialect != "a1111" or not leaf.text.startswith("<")
    if leaf.kind is LeafKind.PARAMETERS:
        return tree.dialect != "midjourney" and leaf.text.lstrip().startswith(("-", "—"))
    return tree.dialect != "midjourney"
