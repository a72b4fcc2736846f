"""A prompt's text cut where its meaning changes: into runs of one section, and these into pieces of one reading."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from promptlint.brief import Brief, Mention
    from promptlint.source import Span


T = TypeVar("T")


class Piece(NamedTuple):
    """Words of one reading: what they mention, whether they are denied, whether they describe nothing."""

    text: str
    mention: Mention | None
    denied: bool
    unread: bool


class Run(NamedTuple):
    """The pieces of one run of a section; of no section where nothing decides."""

    section: str | None
    pieces: tuple[Piece, ...]


def runs(brief: Brief) -> Iterator[Run]:
    """Yield a prompt's text from its start to its end; the pieces, joined, are the text.

    A line end of two characters that would be parted loses its first, so that it does not become two line ends.
    """
    size = len(brief.text)
    sections = _painted(
        size, ((span, (name, number)) for name, spans in brief.sections.items() for number, span in enumerate(spans))
    )
    mentions = _painted(size, ((mention.span, number) for number, mention in enumerate(brief.mentions)))
    denied = _painted(size, ((span, True) for span in _denied(brief)))
    unread = _painted(size, ((span, True) for span in brief.opaque))

    def reading(at: int) -> tuple[int | None, bool, bool]:
        return mentions[at], bool(denied[at]), bool(unread[at]) and sections[at] is None

    def piece(offsets: list[int], number: int | None, is_denied: bool, is_unread: bool) -> Piece:
        words = brief.text[offsets[0] : offsets[-1] + 1]
        return Piece(words, None if number is None else brief.mentions[number], is_denied, is_unread)

    places = (at for at in range(size) if brief.text[at : at + 2] != "\r\n")
    for section, inside in groupby(places, key=lambda at: sections[at]):
        pieces = tuple(piece(list(offsets), *key) for key, offsets in groupby(inside, key=reading))
        yield Run(section[0] if section else None, pieces)


def _denied(brief: Brief) -> Iterator[Span]:
    """Yield what must not be in the picture: what is negated, and negative lists inside the text."""
    yield from (one.target for one in brief.negations)
    yield from brief.negatives
    yield from (mention.span for mention in brief.mentions if mention.negated)


def _painted(size: int, spans: Iterable[tuple[Span, T]]) -> list[T | None]:
    """Return for each character what covers it, of overlapping spans the first."""
    out: list[T | None] = [None] * size
    for span, value in spans:
        for at in range(span.start, min(span.end, size)):
            if out[at] is None:
                out[at] = value
    return out
