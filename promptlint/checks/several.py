"""Texts that describe several pictures, of which each has its own light and lens."""

from __future__ import annotations

import re

# In small letters: a pattern that minds no case takes three times as long as one of a text in small letters.
_MANY_PICTURES = re.compile(
    r"\b(?:panels?|grid|collage|storyboard|contact sheet|diptych|triptych|split[- ]screen|split view"
    r"|side[- ]by[- ]side|comic|manga|before and after|infographic|sequence|frames|sprite|sheet|variations?"
    r"|poses|views"
    r"|(?:image|photo|picture|frame|scene|shot|step|row|column|figure|layer|version|style|option|prompt) ?\d"
    r"|(?:first|second|third|top|bottom|left|right|upper|lower|middle)"
    r" (?:image|photo|picture|row|column|half|section))\b"
)
_LIST_MARK = re.compile(r"(?m)(?:^|[;:,.])[ \t]*(?:\d{1,2}[.)]|[-*•])[ \t]")
_NUMBERED = re.compile(r"(?:^|[\s;:,.；：，。(])(?:\d{1,2}[.)、]|[①-⑳])\s?(?=[^\W\d])")


def shows_several(text: str) -> bool:
    """Tell whether a text describes several pictures: panels, frames, a numbered list of shots."""
    return bool(_MANY_PICTURES.search(text.lower())) or len(_NUMBERED.findall(text)) > 2


def lists_several(text: str) -> bool:
    """Tell whether a text describes several pictures, or things in a list, which may well share words."""
    return bool(_MANY_PICTURES.search(text.lower())) or len(_LIST_MARK.findall(text)) > 1
