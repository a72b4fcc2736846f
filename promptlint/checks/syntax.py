"""The way a prompt is written down: brackets, weights, commas, look-alikes."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from promptlint import syntax
from promptlint.checks.brackets import unbalanced
from promptlint.checks.case import Case, Check, Finding
from promptlint.checks.empties import empty_clauses
from promptlint.checks.leftovers import comments, placeholders
from promptlint.checks.lookalikes import confusables
from promptlint.checks.weights import weights

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from promptlint.syntax import Tree
    from promptlint.syntax.tree import Dialect

Find = Literal["unbalanced", "invalid-weight", "empty-clause", "placeholder", "confusable", "comment"]

FINDERS: Mapping[Find, Callable[[Tree], Iterator[Finding]]] = {
    "unbalanced": unbalanced,
    "invalid-weight": weights,
    "empty-clause": empty_clauses,
    "placeholder": placeholders,
    "confusable": confusables,
    "comment": comments,
}


class Syntax(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What `finds` names, in the prompt and in its negative prompt."""

    finds: Find

    def find(self, case: Case) -> Iterator[Finding]:
        finder = FINDERS[self.finds]
        yield from finder(case.tree)
        if case.negative and case.negative.strip():
            # Both are typed into the same tool, so the dialect that the prompt shows is the negative's too.
            dialect = case.tree.dialect if case.tree.dialect in ("a1111", "comfyui") else None
            for finding in finder(_parsed(case.negative, dialect)):
                edits = tuple(replace(edit, part="negative") for edit in finding.edits)
                yield replace(finding, part="negative", edits=edits)


@lru_cache(maxsize=16)
def _parsed(text: str, dialect: Dialect | None) -> Tree:
    """Parse a negative prompt once for all rules."""
    return syntax.parse(text, dialect)
