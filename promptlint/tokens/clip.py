"""Counts the tokens of CLIP's text encoders: byte-pair encoding with OpenAI's published merges.

The text is cleaned as the `CLIPTokenizer` of transformers 5 does it: Unicode in composed form, any space one space,
lower case. Where runtimes have ftfy installed, curly quotes and full-width signs become plain ones first; `eased`
does that much of it.
"""

from __future__ import annotations

import heapq
import itertools
import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path

from promptlint.source import Span
from promptlint.tokens.word import Word

_MERGES = Path(__file__).parent / "clip_merges.txt.gz"
_CHUNK = re.compile(r"\S+")
_WORD = re.compile(r"'(?:s|t|re|ve|m|ll|d)|[^\W\d_]+|\d|(?:[^\s\w]|_)+")
_GZIP = 31
_WORD_END = "</w>"
# The merges are written in an alphabet in which every byte is a visible character: 256 and up stand for those that
# are none.
_VISIBLE = (*range(33, 127), *range(161, 173), *range(174, 256))
_ALPHABET = {byte: 256 + number for number, byte in enumerate(sorted({*range(256)} - {*_VISIBLE}))}
_EASED = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}
)


def words(text: str) -> Iterator[Word]:
    """Yield the words of a text in order, each with its tokens."""
    for chunk in _CHUNK.finditer(text):
        start, end = chunk.span()
        cleaned = _clean(chunk.group())
        same = len(cleaned) == end - start
        for word in _WORD.finditer(cleaned):
            at = start + word.start()
            for part in _parts(word.group()):
                # Where cleaning changed the length, the whole chunk is where the word stands.
                span = Span(at, at + len(part)) if same else Span(start, end)
                yield Word(span, _tokens(part))
                at += len(part)


def count(text: str) -> int:
    """Return the number of tokens of a text, without the marks at its start and end."""
    return sum(word.tokens for word in words(text))


def at_most(text: str) -> int:
    """Return a number that the count can't exceed, without reading the vocabulary: a byte is a token at most."""
    return sum(len(_bytes(_clean(chunk))) for chunk in text.split())


def eased(text: str) -> str:
    """Return the text as ftfy leaves it, as far as quotes and full-width signs go."""
    return text if text.isascii() else text.translate(_EASED)


def _clean(chunk: str) -> str:
    return chunk.lower() if chunk.isascii() else unicodedata.normalize("NFC", chunk).lower()


def _parts(word: str) -> Iterable[str]:
    """Part a word at its numerals that are no decimal digits, such as "²", which `re` takes for letters."""
    if word.isascii() or word.isalpha() or not word[0].isalnum():
        return (word,)
    runs = itertools.groupby(enumerate(word), key=lambda pair: -1 if pair[1].isalpha() else pair[0])
    return ["".join(char for _, char in run) for _, run in runs]


def _bytes(word: str) -> bytes:
    return word.encode("utf-8", "surrogatepass")


@lru_cache(maxsize=20_000)
def _tokens(word: str) -> int:
    """Return how many tokens a cleaned word is."""
    symbols = list(word if word.isascii() else _bytes(word).decode("latin-1").translate(_ALPHABET))
    symbols[-1] += _WORD_END
    return _merged(symbols, _ranks())


def _merged(symbols: list[str], ranks: dict[str, int]) -> int:
    """Merge neighbours, the pair of the lowest rank first, the leftmost of equals; return how many are left."""
    size = left = len(symbols)
    following = list(range(1, size + 1))
    previous = list(range(-1, size - 1))
    heap: list[tuple[int, int]] = []

    def offer(at: int) -> None:
        rank = ranks.get(f"{symbols[at]} {symbols[following[at]]}")
        if rank is not None:
            heapq.heappush(heap, (rank, at))

    for at in range(size - 1):
        offer(at)
    while heap:
        rank, at = heapq.heappop(heap)
        after = following[at]
        # A neighbour may have been merged with another since; what is merged away is left empty.
        if after == size or ranks.get(f"{symbols[at]} {symbols[after]}") != rank:
            continue
        symbols[at] += symbols[after]
        symbols[after] = ""
        left -= 1
        following[at] = following[after]
        if following[at] < size:
            previous[following[at]] = at
            offer(at)
        if previous[at] >= 0:
            offer(previous[at])
    return left


@cache
def _ranks() -> dict[str, int]:
    """Return the rank of each merge, written as in the file: two symbols and a space between them."""
    merges = zlib.decompress(_MERGES.read_bytes(), wbits=_GZIP).decode("utf-8").split("\n")
    return dict(zip(merges, range(len(merges)), strict=True))
