"""What a prompt must have for a check to find anything in it, so that most checks are never asked."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from promptlint.syntax import LeafKind

if TYPE_CHECKING:
    from promptlint.checks.case import Case


class Sign(StrEnum):
    """What a prompt may have beside the concepts that it mentions; the plus keeps it apart from their names."""

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

    # Signs are keys of hot tables; an enumeration's own hash is a call of Python.
    __hash__ = str.__hash__


class Need(NamedTuple):
    """One of `of` and, where there are any, one of `beside`: concepts mentioned and not negated, or signs."""

    of: Collection[str]
    beside: Collection[str] = ()


_OF_LEAVES = {
    LeafKind.ERROR: Sign.LONE_BRACKET,
    LeafKind.COMMENT: Sign.COMMENT,
    LeafKind.PARAMETERS: Sign.FLAGS,
}


def signs(case: Case) -> Iterator[Sign]:
    """Yield the signs of a prompt; those of its writing may be the negative prompt's."""
    for tree in (case.tree, case.excluded_tree):
        if tree is None:
            continue
        text = tree.text
        if ":" in text:
            yield Sign.COLON
        if "(" in text or "[" in text or "<" in text:
            yield Sign.BRACKET
        if not text.isascii():
            yield Sign.NOT_ASCII
        for kind, sign in _OF_LEAVES.items():
            if tree.of(kind):
                yield sign
    if case.negative:
        yield Sign.NEGATIVE
    yield from _of_meaning(case)


def _of_meaning(case: Case) -> Iterator[Sign]:
    if case.brief.negatives:
        yield Sign.EXCLUSIONS
    if case.brief.negations:
        yield Sign.NEGATIONS
    if case.parameters:
        yield Sign.SETTINGS
    if case.model is not None:
        yield Sign.MODEL
    if case.change is not None:
        yield Sign.CHANGE


def keys(case: Case) -> set[str]:
    """Return all that a check can need of a prompt: what it mentions, with all names above, and its signs."""
    mentioned = (mention.concept.prefixes for mention in case.brief.mentions if not mention.negated)
    return set(signs(case)).union(*mentioned)
