"""From a prompt's text to its lossless syntax tree, one Lark grammar a family of dialects."""

from __future__ import annotations

from promptlint.syntax.parser import DIALECTS, detect, parse
from promptlint.syntax.tree import Dialect, Leaf, LeafKind, Node, NodeKind, Tree

__all__ = ["DIALECTS", "Dialect", "Leaf", "LeafKind", "Node", "NodeKind", "Tree", "detect", "parse"]
