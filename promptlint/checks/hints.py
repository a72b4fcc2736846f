"""What a text holds where a check of its writing finds something, and seldom elsewhere: asked first, in its place."""

from __future__ import annotations

import re

COMMAS = ",，、"

_GAP = r"\s*(?:[,，、‐-―−-]|\Z)"
_GAPS, _ASCII_GAPS = re.compile(f"[{COMMAS}]{_GAP}"), re.compile(f",{_GAP}")
"""Commas side by side, at the end, or before what may be a flag. What begins with one character is found faster."""
_OPENERS = (*COMMAS, "BREAK", "AND", "/imagine")
"""How a prompt begins that has a comma at its beginning, or behind a keyword there."""
_EMPTY = re.compile(r"[(\[][\s\d:：.,+-]*[)\]]")
"""Brackets with nothing in them but a weight."""

INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
WIDE = "，：；（）［］｛｝｜"
CURLY = "“”„‟"
_LOOK_ALIKE, _QUOTE = re.compile(f"[{INVISIBLE}{WIDE}]"), re.compile(f"[{CURLY}]")
PAIRS = 3
"""Pairs of key and value, each with its colon, from which on a line is an infotext's."""
CERTAIN = ("Steps", "Sampler", "CFG scale")
"""Keys of which an infotext has one at least; what has none may be of any other kind."""


def may_hold_empty_clause(text: str, *, bracket: bool) -> bool:
    """Tell whether there may be a comma or a bracket that nothing stands between. `bracket`: whether it has any."""
    if (_ASCII_GAPS if text.isascii() else _GAPS).search(text) or text.lstrip().startswith(_OPENERS):
        return True
    return bracket and bool(_EMPTY.search(text))


def may_hold_confusable(text: str, *, structured: bool) -> bool:
    """Tell whether there is a character that can't be seen or looks like syntax, as curly quotes do in a structure."""
    if text.isascii():
        return False
    return bool(_LOOK_ALIKE.search(text)) or (structured and bool(_QUOTE.search(text)))


def may_hold_infotext(text: str) -> bool:
    """Tell whether there may be an infotext's line of settings."""
    return text.count(":") >= PAIRS and any(map(text.__contains__, CERTAIN))
