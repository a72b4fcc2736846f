"""What counting yields."""

from __future__ import annotations

from typing import NamedTuple

from promptlint.source import Span


class Word(NamedTuple):
    """A run of a text that an encoder cuts into tokens of its own, and how many they are."""

    span: Span
    tokens: int
