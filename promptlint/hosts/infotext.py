"""The text that A1111 and its kin write beside an image: prompt, `Negative prompt:`, a line of parameters.

The last line holds parameters if it has three `key: value` pairs or more, one of them a setting of the
generation itself; without the latter, a labelled prompt on one line would be taken for parameters.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptlint.hosts.labels import label_of
from promptlint.hosts.prompt import NegativeSlot, Prompt, PromptPart
from promptlint.hosts.spans import cut, cut_all, line_end, lines, trim
from promptlint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NEGATIVE = re.compile(
    r"[ \t]*(?:[-*•][ \t]+)?[*_]{0,2}negative[ _]prompts?[ \t]{0,2}[*_]{0,2}[ \t]{0,2}[:：][*_]{0,2}[ \t]?",
    re.IGNORECASE,
)
_POSITIVE = re.compile(r"[*_]{0,2}(?:positive[ _])?prompt[ \t]{0,2}[*_]{0,2}[ \t]{0,2}[:：][*_]{0,2}\s*", re.IGNORECASE)
_PAIR = re.compile(r'\s*(\w[\w \-/]{1,60}):\s*(?:("(?:\\.|[^\\"])*")\s*(?=,|$)|([^,]*))')
_FEWEST = 3
"""Pairs from which on a line holds parameters."""
_SETTINGS = frozenset(
    """
    cfg; cfg scale; clip skip; denoising strength; distilled cfg scale; guidance; guidance scale; model hash;
    sampler; sampler name; schedule type; scheduler; seed; steps
    """.replace("\n   ", "")
    .strip()
    .split("; ")
)
_STRUCTURED = re.compile(r"[\[\s]*\{\s*(?:\"[^\"\n]{0,80}\"|'[^'\n]{0,80}'|\w{1,80})\s*:")


@dataclass(frozen=True, slots=True)
class Infotext:
    """The parts of one infotext as spans of its text.

    The positive text is in two runs where labelled lines go on after the negative. The negative is None if
    nothing announces one, and empty if it is announced and left open.
    """

    positive: tuple[Span, ...]
    negative: Span | None
    parameters: Mapping[str, str]


def is_negative_line(line: str) -> bool:
    """Tell whether a line announces a negative prompt."""
    return _NEGATIVE.match(line) is not None


def is_structured(text: str) -> bool:
    """Tell whether a text is a JSON-like object, whole or broken, rather than words."""
    return _STRUCTURED.match(text) is not None


def parameters_of(line: str) -> dict[str, str]:
    """Return the generation parameters of a line, values unquoted; none if it is a line of another kind."""
    if line.count(":") < _FEWEST:
        return {}
    pairs = list(_pairs(line))
    found = dict(pairs)
    return found if len(pairs) >= _FEWEST and any(key.lower() in _SETTINGS for key in found) else {}


def _pairs(line: str) -> Iterator[tuple[str, str]]:
    """Yield `key: value` pairs between commas; a run between commas that is none is passed over."""
    at = 0
    while at < len(line):
        pair = _PAIR.match(line, at)
        if pair:
            key, quoted, bare = pair.groups()
            yield key.strip(), _unquote(quoted) if quoted else bare.strip()
        comma = line.find(",", pair.end() if pair else at)
        at = comma + 1 if comma >= 0 else len(line)


def _unquote(value: str) -> str:
    try:
        return str(json.loads(value))
    except ValueError:
        return value[1:-1]


def split(text: str) -> Infotext:
    """Return the parts of a text that holds one prompt."""
    rows = [row for row in lines(text) if text[row.start : row.end].strip()]
    parameters = parameters_of(text[rows[-1].start : rows[-1].end]) if rows else {}
    if parameters:
        rows.pop()
    end = rows[-1].end if rows else 0
    switch = next((i for i, row in enumerate(rows) if is_negative_line(text[row.start : row.end])), None)
    if switch is None:
        return Infotext((_positive(text, Span(0, end)),), None, parameters)
    positive = _positive(text, Span(0, rows[switch].start))
    back = _labels_resume(text, rows, switch)
    negative = _negative(text, Span(rows[switch].start, rows[back].start if back else end))
    if back is None:
        return Infotext((positive,), negative, parameters)
    head = Span(positive.start, rows[switch].start)
    return Infotext((head, trim(text, Span(rows[back].start, end))), negative, parameters)


def _labels_resume(text: str, rows: list[Span], switch: int) -> int | None:
    """Return the row after the negative where a labelled prompt goes on with its labels, if it does."""
    labelled = [i for i, row in enumerate(rows) if i != switch and label_of(text[row.start : row.end])]
    if not labelled or labelled[0] > switch:
        return None
    return next((i for i in labelled if i > switch), None)


def _positive(text: str, span: Span) -> Span:
    inner = trim(text, span)
    label = _POSITIVE.match(text, inner.start, inner.end)
    return trim(text, Span(label.end(), inner.end)) if label else inner


def _negative(text: str, span: Span) -> Span:
    label = _NEGATIVE.match(text, span.start)
    return trim(text, Span(label.end() if label else span.start, span.end))


def read(part: PromptPart, *, ending: str, prefix: str = "", locator: str = "") -> Prompt | None:
    """Return the prompt of a text that holds one, None if it holds no words.

    `ending` and `prefix` are the file's line ending and what further lines of the text start with there.
    """
    info = split(part.text)
    positive = cut_all(part, info.positive)
    if not positive.text and (info.negative is None or info.negative.start == info.negative.end):
        return None
    slot = None
    if info.negative is None and not is_structured(positive.text):
        at = part.map.source_offset(line_end(part.text, info.positive[-1].end), end=True)
        slot = NegativeSlot(at, f"{ending}{prefix}Negative prompt: {{negative}}")
    negative = cut(part, info.negative) if info.negative else None
    return Prompt(
        positive,
        negative,
        slot,
        info.parameters,
        locator=locator,
        line_prefix=prefix,
        dialect="a1111" if info.parameters else None,
    )
