"""A comparison as a page to look at: each prompt's sections then and now, as a designer shows before and after.

One file without scripts or anything to load. All text of prompts and paths is escaped.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from promptlint.reporters.change_rows import Piece, Row, rows
from promptlint.reporters.change_text import said_of, summary, title
from promptlint.reporters.page import page, shown
from promptlint.reporters.terminal import path_text, printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from promptlint.changes import FileChange, PromptChange
    from promptlint.reporters.outcome import Comparison

_STYLE = """
:root { --then: #c0392b22; --now: #1e8e4e22; }
tr.same { color: color-mix(in srgb, currentColor 65%, transparent); } tr.same th { font-weight: normal; }
.whole { overflow-wrap: anywhere; white-space: pre-wrap; }
del { background: var(--then); text-decoration-thickness: 1px; }
ins { background: var(--now); text-decoration: none; font-weight: 600; }
"""


def change_html(comparison: Comparison) -> str:
    """Return a comparison as an HTML page."""
    prompts = (part for file in comparison.files for one in file.prompts for part in _prompt(file, one))
    problems = (
        f"<p>{escape(f'{path_text(one.path)} could not be compared: {printable(one.reason)}')}</p>"
        for one in comparison.problems
    )
    body = [f"<p>{escape(summary(comparison).strip())}</p>", *problems, *prompts]
    return page(f"{path_text(comparison.old)} to {path_text(comparison.new)}", _STYLE, body)


def _prompt(file: FileChange, change: PromptChange) -> Iterator[str]:
    if change.status == "unchanged":
        return
    yield f"<section><h2>{escape(title(file, change))}</h2>"
    side = change.new or change.old
    if change.status in ("added", "removed") and side is not None:
        mark, word = ("ins", "new") if change.status == "added" else ("del", "gone")
        yield f"<p>{word}</p><p class='whole'><{mark}>{shown(side.version.brief.text)}</{mark}></p></section>"
        return
    yield f"<p>{escape(said_of(change))}</p>"
    yield '<table><colgroup><col class="section"><col><col></colgroup>'
    yield '<thead><tr><th scope="col">section</th><th scope="col">then</th><th scope="col">now</th></tr></thead><tbody>'
    yield from map(_row, rows(change))
    yield "</tbody></table></section>"


def _row(row: Row) -> str:
    old, new = _cell(row.old, "del"), _cell(row.new, "ins")
    kind = "same" if row.change == "same" else "changed"
    return f'<tr class="{kind}"><th scope="row">{escape(row.section)}</th><td>{old}</td><td>{new}</td></tr>'


def _cell(runs: Sequence[Sequence[Piece]], mark: str) -> str:
    return "<br>".join(
        "".join(f"<{mark}>{shown(piece.text)}</{mark}>" if piece.is_changed else shown(piece.text) for piece in run)
        for run in runs
    )
