"""Which dialect a prompt is written in, from the text alone."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from promptlint.syntax.parameters import midjourney_flag
from promptlint.syntax.tree import Dialect

if TYPE_CHECKING:
    from collections.abc import Callable

DIALECTS: tuple[Dialect, ...] = ("natural", "a1111", "comfyui", "invokeai", "midjourney", "labelled", "structured")

_STRUCTURED = re.compile(r"\s*(?:```\w*\s*)?(?:(?:[{\[]\s*)+(?:[\"“]|//|/\*)|(?:\[\s*)*\{\s*\w+\s*:(?!:))")
_LEAD = re.compile(r"[^{}\"“”]{0,300}\{\s*(?=[\"“])|\s*(?=[\"“])")
"""What may stand before the first member of an object: words to the reader and a brace, or nothing where it is lost."""
_MEMBER = re.compile(r"[\"“][^\"“”\n]{1,60}[\"”][ \t]*[:：]\s*(?:[\"“{\[]|-?\d|(?:true|false|null)\b)")
_LABEL_LINE = re.compile(r"(?:[^\w\n]{0,12}|[ \t]*\d+[.)] ?[*_]*)[^\W\d_][^:：\n]{1,40}[:：]")
_NUMBERED = re.compile(r"\(([^()\n:]*):([ \t]*)([+-]?(?:\d{1,2}(?:\.\d*)?|\.\d+))[ \t]*\)")
_NAMED_NUMBER = re.compile(r"[^\W\d][\w./]*\d$")
_SHOWN = 40
"""The longest sign that is shown as a whole."""


def _weight(text: str) -> str | None:
    """Return the first `(words:1.2)`; ratios, times and coordinates, "(3:4)", "(at 5:30)", "(X: 0.1)", are none."""
    for match in _NUMBERED.finditer(text):
        words, space, number = match[1].strip(), match[2], match[3]
        if len(words) < 2 or (words[-1].isdigit() and not ("." in number and _NAMED_NUMBER.search(words))):
            continue
        if not space or number.startswith("1."):
            return match.group()
    return None


def _first(pattern: str) -> Callable[[str], str | None]:
    compiled = re.compile(pattern)

    def find(text: str) -> str | None:
        match = compiled.search(text)
        return match.group() if match else None

    return find


# The first that is found decides; each is what only its dialect has. The plain strings are looked for first, since
# most prompts hold none of them.
_KINDS: tuple[tuple[Dialect, str, tuple[str, ...], Callable[[str], str | None]], ...] = (
    ("midjourney", "a command", ("/imagine",), _first(r"^\s*/imagine\b")),
    ("midjourney", "the weight of a part", ("::",), _first(r"(?<=[\w)\]])::-?(?:\d+\.?\d*|\.\d+)(?=\s|$)")),
    ("a1111", "an extra network", ("<",), _first(r"(?i:<(?:lora|lyco|hypernet):)[^<>\n]*>?")),
    ("comfyui", "an embedding", ("embedding:",), _first(r"(?<!\w)embedding:[\w.-]+")),
    ("invokeai", "a function", (").", ".swap("), _first(r"\)\s*\.(?:blend|and)\(|\.swap\(")),
    (
        "invokeai",
        "a weight behind words",
        ("++", ")+", ")1", ")0"),
        _first(r"(?<!\w)\w{2,40}\+\++|(?:\([^()\n]*)?\)(?:\++(?=[\s,.]|$)|[01]\.\d+(?=[\s,]|$))"),
    ),
    ("a1111", "a keyword", ("BREAK",), _first(r"(?<![A-Z] )(?<![\"“'’])\bBREAK\b(?![\"”'’!?.]| [A-Z]{2})")),
    ("a1111", "a weight", ("(",), _weight),
    ("a1111", "a schedule", ("[",), _first(r"\[[^\[\]\n:]*:(?:[^\[\]\n:]*[^\[\]\d\s:])?:\s*(?:\d+|\d*\.\d+)\s*\]")),
    ("a1111", "a bracket in a bracket", ("((",), _first(r"\(\(+[^()\n]*\)+")),
)
_SIGNS = [(string, dialect, name, find) for dialect, name, strings, find in _KINDS for string in strings]


def detect(text: str) -> tuple[Dialect, str]:
    """Return the dialect that a text shows, and what showed it, in the text's own words."""
    if _is_structured(text):
        return "structured", "it is an object or a list"
    flag = midjourney_flag(text)
    if flag:
        return "midjourney", f"a flag, {flag}"
    for string, dialect, name, find in _SIGNS:
        found = find(text) if string in text else None
        if found:
            found = found.strip()
            return dialect, f"{name}, {found if len(found) <= _SHOWN else f'{found[: _SHOWN // 2]} … {found[-8:]}'}"
    if "\n" in text and (":" in text or "：" in text):
        labels = filter(_LABEL_LINE.match, text.split("\n"))
        if len(list(islice(labels, 2))) == 2:
            return "labelled", "lines begin with labels"
    return "natural", "nothing in it belongs to another dialect"


def _is_structured(text: str) -> bool:
    """Tell whether a text is an object or a list, begun in the middle or behind a few words as well."""
    if _STRUCTURED.match(text):
        return True
    lead = _LEAD.match(text) if '":' in text or '" :' in text or "”:" in text or "”：" in text else None
    if lead is None:
        return False
    first = _MEMBER.match(text, lead.end())
    return first is not None and _MEMBER.search(text, first.end() - 1) is not None
