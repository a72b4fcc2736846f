"""The way a prompt is written down: brackets, weights, commas, look-alikes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from promptlint.checks.brackets import unbalanced
from promptlint.checks.case import Case, Check, Finding
from promptlint.checks.comments import comments
from promptlint.checks.empties import empty_clauses
from promptlint.checks.lookalikes import confusables
from promptlint.checks.needs import Need, Sign
from promptlint.checks.weights import weights
from promptlint.diagnostics import Edit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from promptlint.syntax import Tree

Find = Literal["unbalanced", "invalid-weight", "empty-clause", "confusable", "comment"]

FINDERS: Mapping[Find, Callable[[Tree], Iterator[Finding]]] = {
    "unbalanced": unbalanced,
    "invalid-weight": weights,
    "empty-clause": empty_clauses,
    "confusable": confusables,
    "comment": comments,
}

NEEDS: Mapping[Find, Sequence[Need]] = {
    "unbalanced": [Need([Sign.LONE_BRACKET])],
    "invalid-weight": [Need([Sign.BRACKET], [Sign.COLON])],
    "empty-clause": [Need([Sign.EMPTY_CLAUSE])],
    "confusable": [Need([Sign.CONFUSABLE])],
    "comment": [Need([Sign.COMMENT])],
}


class Syntax(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What `finds` names, in the prompt and in its negative prompt."""

    finds: Find

    @property
    def needs(self) -> Sequence[Need]:
        return NEEDS[self.finds]

    def find(self, case: Case) -> Iterator[Finding]:
        yield from in_both(FINDERS[self.finds], case)


def in_both(finder: Callable[[Tree], Iterator[Finding]], case: Case) -> Iterator[Finding]:
    """Yield what a finder finds in a prompt, and in its negative prompt."""
    yield from finder(case.tree)
    if case.excluded_tree is not None:
        for finding in finder(case.excluded_tree):
            edits = tuple(Edit(edit.span, edit.text, "negative") for edit in finding.edits)
            yield replace(finding, part="negative", edits=edits)
