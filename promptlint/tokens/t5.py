"""Counts the tokens of T5: with the tokenizer file of a T5 on the user's disk, else by an estimate."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from promptlint.errors import ConfigError
from promptlint.source import Span
from promptlint.tokens import clip
from promptlint.tokens.word import Word

if TYPE_CHECKING:
    from tokenizers import Tokenizer

# Measured with the tokenizer of T5 v1.1 on 2,225 prompts of 100 to 1,500 CLIP tokens, most of them made for FLUX,
# GPT-image and Gemini: T5's tokens by CLIP's of the same text without what is not ASCII. The median is 1.19; 98 of 100
# are above 1.048.
LIKELY = 1.2
"""T5's tokens for one of CLIP's, usually."""
LEAST = 1.05
"""T5's tokens for one of CLIP's, at the least."""


def words(text: str, path: Path) -> Iterator[Word]:
    """Yield the words of a text in order, each with its tokens by a tokenizer file.

    Raises ConfigError where the file is none, or the package that reads it is missing.
    """
    encoding = _tokenizer(path).encode(text, add_special_tokens=False)
    place: int | None = None
    start = end = tokens = 0
    for word, (begin, stop) in zip(encoding.word_ids, encoding.offsets, strict=True):
        if word != place and tokens:
            yield _word(text, start, end, tokens)
            tokens = 0
        if not tokens:
            place, start = word, begin
        end, tokens = stop, tokens + 1
    if tokens:
        yield _word(text, start, end, tokens)


def estimated(text: str) -> Iterator[Word]:
    """Yield the words of a text with CLIP's tokens, to be multiplied by what T5 makes of one.

    Most signs that are not ASCII are one unknown token to T5 for a run of them, and count nothing here.
    """
    eased = clip.eased(text)
    return clip.words("".join(char if char.isascii() else " " for char in eased))


def _word(text: str, start: int, end: int, tokens: int) -> Word:
    """Return a word without the space in front, which T5 takes for a part of it."""
    while start < end and text[start].isspace():
        start += 1
    return Word(Span(start, end), tokens)


@lru_cache(maxsize=2)
def _tokenizer(path: Path) -> Tokenizer:
    try:
        from tokenizers import Tokenizer
    except ImportError:
        raise ConfigError(
            "tokenizers.t5: reading the file needs the package tokenizers: pip install 'promptlint-image[t5]'"
        ) from None
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:
        # The library raises nothing more special.
        raise ConfigError(f"{path}: is no tokenizer.json that can be read: {error}") from None
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
