"""What a prompt must have for a check to find anything in it, so that most checks are never asked."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from promptlint.syntax import LeafKind, flags

if TYPE_CHECKING:
    from promptlint.checks.case import Case
    from promptlint.syntax import Tree

# Asking an enumeration for a member costs more than most signs.
_ERROR, _COMMENT = LeafKind.ERROR, LeafKind.COMMENT


class Sign:
    """What a prompt may have beside the concepts that it mentions; the plus keeps it apart from their names."""

    # No enumeration: asking one for a member takes longer than most signs.
    COLON = "+colon"
    BRACKET = "+bracket"
    NOT_ASCII = "+not-ascii"
    LONE_BRACKET = "+lone-bracket"
    COMMENT = "+comment"
    FLAGS = "+flags"
    NEGATIVE = "+negative"
    EXCLUSIONS = "+exclusions"
    NEGATIONS = "+negations"
    SETTINGS = "+settings"
    MODEL = "+model"
    CHANGE = "+change"


class Need(NamedTuple):
    """One of `of` and, where there are any, one of `beside`: concepts mentioned and not negated, or signs."""

    of: Collection[str]
    beside: Collection[str] = ()


def signs(case: Case) -> list[str]:
    """Return the signs of a prompt; those of its writing may be the negative prompt's."""
    found = _of_writing(case.tree)
    if case.excluded_tree is not None:
        found += _of_writing(case.excluded_tree)
    if case.negative:
        found.append(Sign.NEGATIVE)
    if case.brief.negatives:
        found.append(Sign.EXCLUSIONS)
    if case.brief.negations:
        found.append(Sign.NEGATIONS)
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
    opened = "(" in text or "[" in text or "<" in text
    if opened:
        found.append(Sign.BRACKET)
    if ":" in text:
        found.append(Sign.COLON)
    # To look at the text costs less than to go through the tree.
    if (opened or _has_other_bracket(text)) and tree.of(_ERROR):
        found.append(Sign.LONE_BRACKET)
    if ("#" in text or "/" in text) and tree.of(_COMMENT):
        found.append(Sign.COMMENT)
    if not text.isascii():
        found.append(Sign.NOT_ASCII)
    if flags(tree):
        found.append(Sign.FLAGS)
    return found


def _has_other_bracket(text: str) -> bool:
    """Tell whether there is a bracket, or a quote mark, that is none of those that `Sign.BRACKET` means."""
    return '"' in text or "{" in text or ")" in text or "]" in text or "}" in text or "“" in text or "”" in text
