"""Text that a prompt quotes: words on a sign, a caption. What stands in it is not the prompt's own syntax."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlint.syntax import NodeKind, Tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptlint.source import Span


# Asking an enumeration for a member costs more than the comparison.
_QUOTED = NodeKind.QUOTED


def quotations(tree: Tree) -> list[Span]:
    """Return the spans of quoted text. A JSON string is none, nor are quotes around a prompt as a whole."""
    if tree.dialect == "structured":
        return []
    half = len(tree.text.strip()) / 2
    spans = [node.span for node in tree.nodes() if node.kind is _QUOTED]
    return [span for span in spans if span.end - span.start < half]


def inside(span: Span, others: Sequence[Span]) -> bool:
    """Tell whether a span stands in one of others."""
    return any(other.contains(span) for other in others)
