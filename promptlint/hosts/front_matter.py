"""YAML front matter: the block between `---` lines that a file may start with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptlint.errors import HostError
from promptlint.hosts.prompt import PromptPart
from promptlint.hosts.spans import cut, trim, whole
from promptlint.source import OffsetMap, Piece, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    import yaml

_OPEN = re.compile(r"---[ \t]*(?:\r\n|\r|\n)")
_CLOSE = re.compile(r"(?:(?<=\n)|(?<=\r))(?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)")
_MOST = 16_384
"""Code points of front matter that are looked through for its end."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Front matter of a file: where the body starts, and its top-level scalars by key, trimmed."""

    body: int
    scalars: Mapping[str, PromptPart]


def _frame(text: str) -> tuple[Span, int] | None:
    """Return the span between the two lines of dashes, and the offset after the second."""
    opened = _OPEN.match(text)
    closed = _CLOSE.search(text, opened.end()) if opened else None
    if opened is None or closed is None or closed.start() > _MOST:
        return None
    return Span(opened.end(), closed.start()), closed.end()


def body_start(text: str) -> int:
    """Return the offset after the front matter, 0 if there is none."""
    frame = _frame(text)
    return frame[1] if frame else 0


def read(text: str) -> FrontMatter | None:
    """Return the front matter of a file, None if there is none or if it is no mapping.

    Raises HostError, with the line, if it is not YAML.
    """
    frame = _frame(text)
    if frame is None:
        return None
    import yaml

    try:
        scalars = _scalars(text, frame[0])
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        where = f"line {mark.line + 2}" if mark else "front matter"
        why = getattr(error, "problem", None) or "a character that YAML does not allow"
        raise HostError(f"{where}: the front matter is not YAML ({why}); quote the value") from error
    return None if scalars is None else FrontMatter(frame[1], scalars)


def _scalars(text: str, block: Span) -> dict[str, PromptPart] | None:
    """Return the scalars of the mapping that a block is, by its events, so that nesting costs no stack."""
    import yaml

    found: dict[str, PromptPart] = {}
    depth, nodes, key = 0, 0, ""
    for event in yaml.parse(text[block.start : block.end], Loader=yaml.SafeLoader):
        if isinstance(event, yaml.DocumentEndEvent):
            break
        if depth == 0 and isinstance(event, yaml.NodeEvent) and not isinstance(event, yaml.MappingStartEvent):
            return None
        if isinstance(event, yaml.ScalarEvent) and depth == 1:
            if nodes % 2 == 0:
                key = event.value
            elif key:
                found[key] = _part(text, block.start, event)
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.NodeEvent) and depth == 1:
            key = key if nodes % 2 or isinstance(event, yaml.ScalarEvent) else ""
            nodes += 1
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
    return found


def _part(text: str, at: int, event: yaml.ScalarEvent) -> PromptPart:
    """Return a scalar and its place: verbatim where it stands in the file as it reads, else as a whole."""
    first, last = event.start_mark, event.end_mark
    start, end = (first.index if first else 0) + at, (last.index if last else 0) + at
    if event.style in ("'", '"'):
        start, end = start + 1, end - 1
    if text[start:end] == event.value and (event.style or start < end):
        return cut(whole(text), trim(text, Span(start, end)))
    value = event.value.strip()
    return PromptPart(value, OffsetMap((Piece(0, len(value), start, end - start, verbatim=False),)))
