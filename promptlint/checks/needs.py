"""What a prompt must have for a check to find anything in it, so that most checks are never asked."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from promptlint.checks.hints import may_hold_confusable, may_hold_empty_clause, may_hold_infotext
from promptlint.syntax import LeafKind

if TYPE_CHECKING:
    from promptlint.checks.case import Case
    from promptlint.syntax import Tree


class Sign:
    """What a prompt may have beside the concepts that it mentions; the plus keeps it apart from their names."""

    # PHRASES: several. DOUBLED: a negation in the negative prompt, or in a negative list.
    # No enumeration: asking one for a member takes longer than most signs.
    PHRASES = "+phrases"
    COLON = "+colon"
    INFOTEXT = "+infotext"
    BRACKET = "+bracket"
    CONFUSABLE = "+confusable"
    LONE_BRACKET = "+lone-bracket"
    EMPTY_CLAUSE = "+empty-clause"
    COMMENT = "+comment"
    FLAGS = "+flags"
    NEGATIVE = "+negative"
    EXCLUSIONS = "+exclusions"
    NEGATIONS = "+negations"
    DOUBLED = "+doubled"
    SETTINGS = "+settings"
    MODEL = "+model"
    CHANGE = "+change"


class Need(NamedTuple):
    """One of `of` and, where there are any, one of `beside`: concepts mentioned and not negated, or signs."""

    of: Collection[str]
    beside: Collection[str] = ()


_OF_LEAVES = (
    (LeafKind.ERROR, Sign.LONE_BRACKET),
    (LeafKind.COMMENT, Sign.COMMENT),
    (LeafKind.PARAMETERS, Sign.FLAGS),
)
_MARKS = ("(", ")", "[", "]", "{", "}", '"', "#", "/", "--")
"""What a text in ASCII has one of that has such a leaf."""


def signs(case: Case) -> list[str]:
    """Return the signs of a prompt; those of its writing may be the negative prompt's."""
    brief = case.brief
    found = _of_writing(case.tree)
    if case.excluded_tree is not None:
        found += _of_writing(case.excluded_tree)
    if len(brief.phrases) > 1:
        found.append(Sign.PHRASES)
    if case.negative:
        found.append(Sign.NEGATIVE)
    if brief.negatives:
        found.append(Sign.EXCLUSIONS)
    if brief.negations:
        found.append(Sign.NEGATIONS)
    if brief.doubled or (case.excluded is not None and case.excluded.negations):
        found.append(Sign.DOUBLED)
    if case.parameters:
        found.append(Sign.SETTINGS)
    if case.model is not None:
        found.append(Sign.MODEL)
    if case.change is not None:
        found.append(Sign.CHANGE)
    return found


def _of_writing(tree: Tree) -> list[str]:
    text = tree.text
    found = []
    if ":" in text:
        found.append(Sign.COLON)
    if may_hold_infotext(text):
        found.append(Sign.INFOTEXT)
    bracket = "(" in text or "[" in text or "<" in text
    if bracket:
        found.append(Sign.BRACKET)
    if may_hold_empty_clause(text, bracket=bracket):
        found.append(Sign.EMPTY_CLAUSE)
    if may_hold_confusable(text, structured=tree.dialect == "structured"):
        found.append(Sign.CONFUSABLE)
    # To look at the text costs less than to go through the tree.
    if not text.isascii() or any(map(text.__contains__, _MARKS)):
        kinds = {leaf.kind for leaf in tree.leaves()}
        found += [sign for kind, sign in _OF_LEAVES if kind in kinds]
    return found
