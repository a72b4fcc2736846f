"""From a prompt's text to its lossless syntax tree, by Lark grammars over shared terminals.

What a tree means to its runtime is read from it: weights, schedules, choices, functions and parameters.
"""

from __future__ import annotations

from promptlint.syntax.choices import (
    Choice,
    Option,
    Variable,
    Wildcard,
    choice,
    choices,
    variables,
    wildcards,
)
from promptlint.syntax.conjunctions import Conjunction, Part, Swap, conjunction, swaps
from promptlint.syntax.dialects import DIALECTS, detect
from promptlint.syntax.parameters import Parameter, flags, multi_prompt, negatives
from promptlint.syntax.parser import parse
from promptlint.syntax.schedule import Composed, composed, schedule
from promptlint.syntax.tree import Dialect, Leaf, LeafKind, Node, NodeKind, Tree
from promptlint.syntax.weights import WEIGHING, Weighted, Weights, effective, weighted

__all__ = [
    "DIALECTS",
    "WEIGHING",
    "Choice",
    "Composed",
    "Conjunction",
    "Dialect",
    "Leaf",
    "LeafKind",
    "Node",
    "NodeKind",
    "Option",
    "Parameter",
    "Part",
    "Swap",
    "Tree",
    "Variable",
    "Weighted",
    "Weights",
    "Wildcard",
    "choice",
    "choices",
    "composed",
    "conjunction",
    "detect",
    "effective",
    "flags",
    "multi_prompt",
    "negatives",
    "parse",
    "schedule",
    "swaps",
    "variables",
    "weighted",
    "wildcards",
]
