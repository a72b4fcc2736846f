"""A comparison for people: the sections that changed, then and now, side by side."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from promptlint.reporters.change_rows import Piece, Row, rows
from promptlint.reporters.terminal import Paint, cut, pad, painter, path_text, printable, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from promptlint.changes import FileChange, PromptChange, Status
    from promptlint.reporters.outcome import Comparison

_SECTION = 11
_LEAST = 16
_EXCERPT = 60
_NOTHING = "-"
_SAID: dict[Status, str] = {
    "changed": "changed",
    "same": "of which only the form changed",
    "unchanged": "unchanged",
    "added": "new",
    "removed": "gone",
}


def change_text(comparison: Comparison, *, color: bool = False, columns: int = 100) -> str:
    """Return a table for each prompt that changed, a line for each that came or went, and the sums."""
    paint = painter(color)
    blocks = [
        block for file in comparison.files for one in file.prompts for block in _prompt(file, one, paint, columns)
    ]
    return "".join([*blocks, summary(comparison)])


def summary(comparison: Comparison) -> str:
    """Return the line that ends a comparison."""
    counts = Counter(one.status for file in comparison.files for one in file.prompts)
    head = f"{path_text(comparison.old)} to {path_text(comparison.new)}"
    if not counts:
        return f"{head}: no prompts differ\n"
    sums = [f"{_count(counts[status], 'prompt')} {said}" for status, said in _SAID.items() if counts[status]]
    rewritten = sum(len(file.rewritten) for file in comparison.files)
    end = f"; {rewritten} with more sections rewritten than allowed" if rewritten else ""
    return f"{head}: {', '.join(sums)}{end}\n"


def title(file: FileChange, change: PromptChange) -> str:
    """Return which prompt a change is of: its file and its place there, and those of before where they differ."""
    now, then = file.new or file.old or "", file.old or file.new or ""
    side = change.new or change.old
    place = f", {printable(side.prompt.locator)}" if side and side.prompt.locator else ""
    moved = f" (was {path_text(then)})" if then != now and change.status not in ("added", "removed") else ""
    return f"{path_text(now)}{place}{moved}"


def said_of(change: PromptChange) -> str:
    """Return in words what became of a prompt that is there on both sides."""
    if change.status == "same":
        return "no section changed, only the form"
    table = rows(change)
    changed = [row.section for row in table if row.change != "same"]
    same = [row.section for row in table if row.change == "same"]
    rest = f"; the same: {', '.join(same)}" if same else ""
    return f"{_count(len(changed), 'section')} changed ({', '.join(changed)}){rest}"


def _prompt(file: FileChange, change: PromptChange, paint: Paint, columns: int) -> Iterator[str]:
    if change.status == "unchanged":
        return
    head = paint(f"{title(file, change)}:", bold=True)
    if change.status in ("added", "removed"):
        side = change.new or change.old
        excerpt = cut(side.version.brief.text, _EXCERPT) if side else ""
        yield f"{head} {_SAID[change.status]}: {excerpt}\n\n"
        return
    yield f"{head} {said_of(change)}\n"
    shown = [row for row in rows(change) if row.change != "same"]
    if shown:
        half = max(_LEAST, (columns - _SECTION - 6) // 2)
        yield f"  {pad('', _SECTION)}  {pad('then', half)}  now\n"
        for row in shown:
            yield from _lines(row, half, paint)
    yield "\n"


def _lines(row: Row, half: int, paint: Paint) -> Iterator[str]:
    """Yield a row of the table, its cells wrapped."""
    old, new = _cell(row.old, half, paint, "red"), _cell(row.new, half, paint, "green")
    for number in range(max(len(old), len(new))):
        section = row.section if number == 0 else ""
        left, used = old[number] if number < len(old) else ("", 0)
        right, _ = new[number] if number < len(new) else ("", 0)
        yield f"  {paint(pad(section, _SECTION), bold=True)}  {left}{' ' * (half - used)}  {right}".rstrip() + "\n"


def _cell(runs: Sequence[Sequence[Piece]], columns: int, paint: Paint, color: str) -> list[tuple[str, int]]:
    """Return the lines of a cell, each with the columns that it takes; changed words are coloured."""
    if not runs:
        return [(_NOTHING, 1)]
    lines: list[tuple[str, int]] = []
    for run in runs:
        line, used = "", 0
        for word, is_changed in _chunks(run):
            for part in _fitting(word, columns):
                if used and used + width(part) > columns:
                    lines.append((line, used))
                    line, used = "", 0
                shown = part.lstrip() if not used else part
                line += paint(shown, fg=color) if is_changed else shown
                used += width(shown)
        lines.append((line, used))
    return lines


def _chunks(run: Sequence[Piece]) -> Iterator[tuple[str, bool]]:
    """Yield words, each with the space before it; a change may cut a word."""
    for piece in run:
        text = printable(piece.text)
        at = 0
        while at < len(text):
            end = at
            while end < len(text) and text[end] == " ":
                end += 1
            while end < len(text) and text[end] != " ":
                end += 1
            yield text[at:end], piece.is_changed
            at = end


def _fitting(word: str, columns: int) -> Iterator[str]:
    """Yield a word in parts that each fit a line."""
    part, used = "", 0
    for char in word:
        if used + width(char) > columns:
            yield part
            part, used = "", 0
        part += char
        used += width(char)
    if part:
        yield part


def _count(number: int, one: str) -> str:
    return f"{number} {one if number == 1 else f'{one}s'}"
