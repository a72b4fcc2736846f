"""Text for a terminal: nothing in it steers the terminal, and its width is known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unicodedata import category, combining, east_asian_width

import click

REPLACED = "\ufffd"
_JOINERS = "\u200c\u200d"
_STEERING = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))

Paint = Callable[..., str]
"""Styles a text as click does, or leaves it as it is."""


def painter(color: bool) -> Paint:
    """Return what styles text for a terminal, or does nothing where there is to be no colour."""

    def plain(text: str, **_: Any) -> str:
        return text

    return click.style if color else plain


def printable(text: str) -> str:
    """Return a text in one line: white space as spaces; what steers a terminal or can't be seen as U+FFFD.

    One character stays one character.
    """
    if text.isprintable():
        return text
    return "".join(map(_printable, text))


def _printable(char: str) -> str:
    if char.isspace() and char not in "\x1c\x1d\x1e\x1f\x85\u2028\u2029":
        return " "
    return REPLACED if category(char) in _STEERING and char not in _JOINERS else char


def path_text(path: str) -> str:
    """Return a path in one line; what steers a terminal, and bytes that are no text, as escapes."""
    if path.isprintable():
        return path
    return "".join(_escaped(char) for char in path)


def _escaped(char: str) -> str:
    if category(char) not in _STEERING or char in _JOINERS:
        return char
    if "\udc80" <= char <= "\udcff":
        return f"\\x{ord(char) - 0xDC00:02x}"
    return char.encode("unicode_escape").decode("ascii")


def width(text: str) -> int:
    """Return the number of columns that a printable text takes."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(char: str) -> int:
    if combining(char) or char in _JOINERS or category(char) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def cut(text: str, columns: int) -> str:
    """Return a text in one line of at most so many columns; a mark at its end says that more follows."""
    if len(text) <= columns and text.isascii():
        return printable(text)
    at = taken = 0
    while at < len(text) and taken <= columns:
        taken += width(printable(text[at]))
        at += 1
    if taken <= columns:
        return printable(text)
    while taken >= columns:
        at -= 1
        taken -= width(printable(text[at]))
    return printable(text[:at]).rstrip() + "…"


def pad(text: str, columns: int) -> str:
    """Return a text followed by spaces up to a column."""
    return text + " " * (columns - width(text))
