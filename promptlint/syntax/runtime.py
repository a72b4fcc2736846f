"""What of a prompt its runtime reads as words: the text without comments, extra networks and flags."""

from __future__ import annotations

from promptlint.source import OffsetMap, Piece, join_maps
from promptlint.syntax.tree import Leaf, LeafKind, Tree


def runtime_text(tree: Tree) -> tuple[str, OffsetMap]:
    """Return the text that reaches the runtime's own parser, and where its characters stand in the prompt."""
    kept = [leaf for leaf in tree.leaves() if _is_read(leaf, tree)]
    if len(tree.text) == sum(len(leaf.text) for leaf in kept):
        return tree.text, OffsetMap.identity(len(tree.text))
    return join_maps((leaf.text, [Piece(0, len(leaf.text), leaf.start, len(leaf.text))]) for leaf in kept)


def _is_read(leaf: Leaf, tree: Tree) -> bool:
    """Tell whether a leaf reaches the runtime as text.

    A1111 takes extra networks out before it reads weights; flags mean something to Midjourney alone, and are
    words to all others.
    """
    if leaf.kind is LeafKind.COMMENT:
        return False
    if leaf.kind is LeafKind.TAG:
        return tree.dialect != "a1111" or not leaf.text.startswith("<")
    if leaf.kind is LeafKind.PARAMETERS:
        return tree.dialect != "midjourney" and leaf.text.lstrip().startswith(("-", "—"))
    return not (leaf.kind is LeafKind.KEYWORD and tree.dialect == "midjourney")
