"""What a text holds where a check of its writing finds something, and seldom elsewhere: asked first, in its place."""

from __future__ import annotations

import re

COMMAS = ",，、"

_FILLER = re.compile(
    r"[\[<(](?i:insert|put|enter|fill in|replace|your|describe"
    r"|name|subject|character|placeholder|todo|text|prompt|place|location|color|style|description|tbd|fixme|xxx)\b"
)
"""How placeholders in brackets begin."""
_GAP = r"\s*(?:[,，、‐-―−-]|\Z)"
_GAPS, _ASCII_GAPS = re.compile(f"[{COMMAS}]{_GAP}"), re.compile(f",{_GAP}")
"""Commas side by side, at the end, or before what may be a flag. What begins with one character is found faster."""
_OPENERS = (*COMMAS, "BREAK", "AND", "/imagine")
"""How a prompt begins that has a comma at its beginning, or behind a keyword there."""
_EMPTY = re.compile(r"[(\[][\s\d:：.,+-]*[)\]]")
"""Brackets with nothing in them but a weight."""


def may_hold_placeholder(text: str, *, bracket: bool) -> bool:
    """Tell whether a text may hold a note or a filler that was to be replaced. `bracket`: whether it has any."""
    if "TODO" in text or "FIXME" in text or "TBD" in text or "XXX" in text:
        return True
    return "lorem ipsum" in text.lower() or (bracket and bool(_FILLER.search(text)))


def may_hold_empty_clause(text: str, *, bracket: bool) -> bool:
    """Tell whether there may be a comma or a bracket that nothing stands between. `bracket`: whether it has any."""
    if (_ASCII_GAPS if text.isascii() else _GAPS).search(text) or text.lstrip().startswith(_OPENERS):
        return True
    return bracket and bool(_EMPTY.search(text))
