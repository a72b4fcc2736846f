"""What a changed prompt says, section by section, then and now: the rows that all forms of a comparison show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from promptlint.brief import SECTIONS
from promptlint.source import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptlint.changes import PromptChange, Side

EXTRAS = "other"
"""The row of what no section holds: tags, captions, parameters."""


class Piece(NamedTuple):
    """A run of text, and whether it is one of the words that changed."""

    text: str
    is_changed: bool = False


class Row(NamedTuple):
    """A section: what became of it, and each run of its words then and now, in pieces."""

    section: str
    change: Literal["added", "removed", "changed", "same"]
    old: list[list[Piece]]
    new: list[list[Piece]]


def rows(change: PromptChange) -> list[Row]:
    """Return the sections of a prompt that is there on both sides, in the order of a brief; `other` comes last."""
    old, new = change.old, change.new
    if old is None or new is None:
        return []
    kinds = {one.section: one.kind for one in change.change.sections}
    out = []
    for section in SECTIONS:
        before = _runs(old, section, change.change.lost, section in kinds)
        after = _runs(new, section, change.change.gained, section in kinds)
        if before or after:
            out.append(Row(section, kinds.get(section, "same"), before, after))
    if old.extras or new.extras:
        kind: Literal["changed", "same"] = "changed" if change.has_other_extras else "same"
        out.append(Row(EXTRAS, kind, _listed(old.extras, new.extras), _listed(new.extras, old.extras)))
    return out


def words(run: Sequence[Piece]) -> str:
    """Return the text of a run."""
    return "".join(piece.text for piece in run)


def locator(side: Side) -> str:
    """Return where in its file a prompt stands, in words."""
    return side.prompt.locator


def _runs(side: Side, section: str, marked: Sequence[Span], is_changed: bool) -> list[list[Piece]]:
    brief = side.version.brief
    spans = brief.sections_by_terms.get(section, ())
    runs = [_pieces(brief.text, span, marked if is_changed else ()) for span in spans]
    if section == "negative" and side.version.negative:
        runs.append([Piece(side.version.negative.strip())])
    return [run for run in runs if words(run)]


def _pieces(text: str, span: Span, marked: Sequence[Span]) -> list[Piece]:
    """Return the text of a span without the space around it, cut where words changed."""
    inside = text[span.start : span.end]
    start = span.start + len(inside) - len(inside.lstrip())
    end = span.end - (len(inside) - len(inside.rstrip()))
    out = []
    at = start
    for one in marked:
        low, high = max(one.start, start), min(one.end, end)
        if low < high:
            out += [Piece(text[at:low]), Piece(text[low:high], True)]
            at = high
    out.append(Piece(text[at : max(at, end)]))
    return [piece for piece in out if piece.text]


def _listed(own: Sequence[str], others: Sequence[str]) -> list[list[Piece]]:
    return [[Piece(one, one not in others)] for one in own]
