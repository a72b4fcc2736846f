"""Which dialect a prompt is written in, from the text alone."""

from __future__ import annotations

import re
from itertools import islice

from promptlint.syntax.parameters import shows_midjourney
from promptlint.syntax.tree import Dialect

DIALECTS: tuple[Dialect, ...] = ("natural", "a1111", "comfyui", "invokeai", "midjourney", "labelled", "structured")

_STRUCTURED = re.compile(r"\s*(?:```\w*\s*)?[{\[]\s*(?:[\"“{\[]|//|/\*|\w+\s*:(?!:))")
_LABEL_LINE = re.compile(r"^(?:[^\w\n]{0,12}|[ \t]*\d+[.)] ?[*_]*)[^\W\d_][^:：\n]{1,40}[:：]", re.MULTILINE)
# The first that is found decides; each is what only its dialect has. The plain strings are looked for first, since
# most prompts hold none of them.
_SIGNS: tuple[tuple[Dialect, str, tuple[str, ...], re.Pattern[str]], ...] = (
    ("midjourney", "/imagine", ("/imagine",), re.compile(r"^\s*/imagine\b")),
    (
        "midjourney",
        "weights of its parts",
        ("::",),
        re.compile(r"(?<=[\w)\]])::-?(?:\d+\.?\d*|\.\d+)(?=\s|$)"),
    ),
    ("a1111", "an extra network", ("<",), re.compile(r"<(?:lora|lyco|hypernet):", re.IGNORECASE)),
    ("comfyui", "embedding:", ("embedding:",), re.compile(r"(?<!\w)embedding:[\w.-]+")),
    ("invokeai", "a function", (").", ".swap("), re.compile(r"\)\s*\.(?:blend|and)\(|\.swap\(")),
    (
        "invokeai",
        "a weight behind a word",
        ("++", ")+", ")1", ")0"),
        re.compile(r"(?<!\bC)(?<=\w)\+\+|\)\+(?=[\s,.+]|$)|\)[01]\.\d+(?=[\s,]|$)"),
    ),
    ("a1111", "BREAK", ("BREAK",), re.compile(r"\bBREAK\b")),
    ("a1111", "a weight", ("(",), re.compile(r"\([^()\n]*:\s*[+-]?[\d.]+\s*\)")),
    ("a1111", "a schedule", ("[",), re.compile(r"\[[^\[\]\n]*:[^\[\]\n]*:\s*[\d.]+\s*\]")),
    ("a1111", "nested brackets", ("((", "[["), re.compile(r"\(\(|\[\[")),
)


def detect(text: str) -> tuple[Dialect, str]:
    """Return the dialect that a text shows, and what showed it."""
    if _STRUCTURED.match(text):
        return "structured", "it begins as an object or a list"
    if shows_midjourney(text):
        return "midjourney", "flags"
    for dialect, name, strings, sign in _SIGNS:
        if any(string in text for string in strings) and sign.search(text):
            return dialect, name
    if "\n" in text and (":" in text or "：" in text) and len(list(islice(_LABEL_LINE.finditer(text), 2))) == 2:
        return "labelled", "lines begin with labels"
    return "natural", "nothing in it belongs to another dialect"
