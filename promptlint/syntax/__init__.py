"""From a prompt's text to its lossless syntax tree, by Lark grammars over shared terminals."""

from __future__ import annotations

from promptlint.syntax.dialects import DIALECTS, detect
from promptlint.syntax.parameters import Parameter, flags, multi_prompt, negatives
from promptlint.syntax.parser import parse
from promptlint.syntax.tree import Dialect, Leaf, LeafKind, Node, NodeKind, Tree

__all__ = [
    "DIALECTS",
    "Dialect",
    "Leaf",
    "LeafKind",
    "Node",
    "NodeKind",
    "Parameter",
    "Tree",
    "detect",
    "flags",
    "multi_prompt",
    "negatives",
    "parse",
]
