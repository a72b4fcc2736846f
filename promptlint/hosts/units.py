"""What one prompt is in a plain text file where nobody has said: file, paragraph, line or wildcard entry."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from pathlib import PurePath
from typing import Literal, NamedTuple

from promptlint.hosts.infotext import is_negative_line, is_structured, parameters_of
from promptlint.hosts.labels import label_of
from promptlint.hosts.line_words import line_words
from promptlint.hosts.spans import paragraphs

Shape = Literal["file", "line", "paragraph", "wildcard"]

_SHORT = 40
"""Lines whose median length stays below are entries of a list rather than prompts."""
_MANY = 60
"""So many lines without a blank one are a list: no prompt is that long."""
_POINT = re.compile(r"[-*•]\s")
_JOINER = re.compile(r"(?:BREAK|AND)\b")


def shape_of(path: str, text: str) -> Shape:
    """Return what one prompt is in a file, from its name and its lines."""
    blocks = [[text[row.start : row.end].strip() for row in block] for block in paragraphs(text)]
    bare = [rows for block in blocks if (rows := [row for row in block if not row.startswith("#")])]
    content = [row for block in bare for row in block]
    shape = _structured_shape(text, content) or _labelled_shape(blocks) or _infotext_shape(blocks)
    if shape is None and (_in_wildcards(path) or _are_entries(content)):
        return "wildcard"
    return shape or _prose_shape(bare, commented=len(content) < sum(map(len, blocks)))


def _prose_shape(blocks: list[list[str]], *, commented: bool) -> Shape:
    """Return the unit of lines that are only told apart by going on into each other or not.

    Comments were taken out; where there are some, a unit is chosen that leaves them out of the prompts.
    """
    rows = sum(map(len, blocks))
    if rows < 2:
        return "line" if commented else "file"
    if _is_running_text(blocks):
        return "paragraph" if commented or len(blocks) > 1 else "file"
    return "line" if rows > len(blocks) else "paragraph"


def _infotext_shape(blocks: list[list[str]]) -> Shape | None:
    """Return the unit of a file of infotexts, None if it holds none.

    One infotext with blank lines inside is told by its only negative or parameters standing at the end.
    """
    negatives = [(i, j) for i, block in enumerate(blocks) for j, row in enumerate(block) if is_negative_line(row)]
    settings = [(i, j) for i, block in enumerate(blocks) for j, row in enumerate(block) if parameters_of(row)]
    if not (negatives or settings) or sum(map(len, blocks)) > _MANY * (len(negatives) + len(settings)):
        return None
    last = (len(blocks) - 1, len(blocks[-1]) - 1)
    if settings:
        return "file" if settings == [last] and len(negatives) <= 1 else "paragraph"
    return "file" if negatives == [(last[0], 0)] else "paragraph"


def _structured_shape(text: str, content: list[str]) -> Shape | None:
    """Return the unit of JSON-like text, one object a line or one a file; None for other text."""
    if not is_structured(text):
        return None
    return "line" if len(content) > 1 and all(row[0] == "{" and row[-1] == "}" for row in content) else "file"


def _labelled_shape(blocks: list[list[str]]) -> Shape | None:
    """Return the unit of labelled lines: a paragraph where paragraphs start again with the same label.

    Parameters tell infotexts, whose own lines may well look labelled.
    """
    if any(parameters_of(row) for block in blocks for row in block):
        return None
    labels = [[label for row in block if (label := label_of(row))] for block in blocks]
    found = [label for block in labels for label in block]
    if len(set(found)) < 2 or len(found) * 4 < sum(map(len, blocks)):
        return None
    firsts = [block[0] for block in labels if len(block) >= 2]
    return "paragraph" if len(firsts) > len(set(firsts)) else "file"


def _in_wildcards(path: str) -> bool:
    return any(folder.lower() in ("wildcard", "wildcards") for folder in PurePath(path).parts[:-1])


def _are_entries(rows: list[str]) -> bool:
    """Tell whether lines are words to choose from: many, short, without commas and full stops."""
    if len(rows) < 5 or sorted(map(len, rows))[len(rows) // 2] >= _SHORT:
        return False
    phrased = sum("," in row or row.endswith((".", "!", "?")) for row in rows)
    return phrased * 10 <= len(rows)


def _is_running_text(blocks: list[list[str]]) -> bool:
    """Tell whether lines go on into each other, in a third of all places or by being wrapped at one width."""
    breaks = [pair for block in blocks for pair in pairwise(block)]
    if not breaks or (len(blocks) == 1 and len(breaks) >= _MANY):
        return False
    going_on = sum(_continues(first, second) for first, second in breaks) + sum(map(_listed, blocks))
    return going_on * 3 >= len(breaks) or all(_is_wrapped(block) for block in blocks if len(block) > 1)


class _Joints(NamedTuple):
    """Patterns of what a line ends with and begins with that belongs to a longer sentence."""

    open_end: re.Pattern[str]
    goes_on: re.Pattern[str]
    after_sentence: re.Pattern[str]


@lru_cache(maxsize=1)
def _joints() -> _Joints:
    words = line_words()
    ends, begins, after = ("|".join(one) for one in (words.open_ends, words.goes_on, words.after_sentence))
    return _Joints(
        re.compile(rf"(?i)(?:[,;:–—(\[{{&]|\b(?:{ends}))$"),
        re.compile(rf"(?i)[,;.)\]}}]|--\w|(?:{begins})\b"),
        re.compile(rf"(?i)(?:{after})\b"),
    )


def _continues(first: str, second: str) -> bool:
    joints = _joints()
    if joints.open_end.search(first) or joints.goes_on.match(second):
        return True
    if _JOINER.match(second) or _JOINER.fullmatch(first):
        return True
    if first.endswith((".", "!", "?")) and joints.after_sentence.match(second):
        return True
    return sum(map(first.count, "([{")) > sum(map(first.count, ")]}"))


def _listed(rows: list[str]) -> int:
    """Return how many lines are points of a list that a line before announces."""
    return 0 if _POINT.match(rows[0]) else sum(_POINT.match(row) is not None for row in rows)


def _is_wrapped(rows: list[str]) -> bool:
    """Tell whether lines are prose broken at one width: no line had room for the next one's first word."""
    width = max(map(len, rows))
    full = all(len(first) + 1 + len(second.split()[0]) > width for first, second in pairwise(rows))
    sentence = rows[-1].endswith((".", "!", "?")) and not rows[0].endswith((".", "!", "?"))
    ragged = len(rows) >= 4 and len(set(map(len, rows))) > 1
    return full and _SHORT <= width <= 140 and (sentence or ragged)
