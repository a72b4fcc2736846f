"""The text encoders of image generators, as far as counting goes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from promptlint.source import Span
from promptlint.tokens import clip, t5
from promptlint.tokens.word import Word

_CHUNK = re.compile(r"\S+")


class Encoder:
    """An encoder that is not known: each run of letters between spaces is a token at least."""

    title = ""
    marks = 0
    """Tokens of a limit that go to marks and not to words."""
    scale = 1.0
    """Tokens for each one that `words` counts."""
    wording = "at least {count:,} tokens"

    def words(self, text: str) -> Iterator[Word]:
        """Yield the words of a text in order, each with its tokens."""
        return (Word(Span(*chunk.span()), 1) for chunk in _CHUNK.finditer(text))

    def fewest(self, text: str) -> int:
        """Return the least number of tokens that any runtime makes of a text, marks included."""
        return sum(word.tokens for word in self.words(text)) + self.marks

    def at_most(self, text: str) -> int:
        """Return a number that the tokens don't exceed, found without any vocabulary."""
        return 4 * len(text) + self.marks

    def exceeds(self, text: str, limit: int) -> bool:
        """Tell whether a text is certainly more than so many tokens."""
        return self.at_most(text) > limit and self.fewest(text) > limit

    def counted(self, tokens: int) -> str:
        """Return in words how many tokens a count of words comes to."""
        return self.wording.format(count=tokens + self.marks)


class Clip(Encoder):
    """CLIP. Runtimes with ftfy make a little less of curly quotes than the others."""

    title = "CLIP"
    wording = "{count:,} tokens"

    def words(self, text: str) -> Iterator[Word]:
        return clip.words(text)

    def fewest(self, text: str) -> int:
        return min(clip.count(text), clip.count(clip.eased(text)))

    def at_most(self, text: str) -> int:
        return clip.at_most(text)


class T5Estimate(Encoder):
    """T5 without its tokenizer."""

    title = "T5"
    marks = 1
    scale = t5.LIKELY
    wording = "about {count:,.0f} tokens (an estimate)"

    def words(self, text: str) -> Iterator[Word]:
        return t5.estimated(text)

    def fewest(self, text: str) -> int:
        return int(t5.LEAST * sum(word.tokens for word in self.words(text))) + self.marks

    def counted(self, tokens: int) -> str:
        return self.wording.format(count=round(tokens * self.scale, -1))


@dataclass(frozen=True)
class T5(Encoder):
    """T5 by its tokenizer file."""

    path: Path

    title = "T5"
    marks = 1
    wording = "{count:,} tokens"

    def words(self, text: str) -> Iterator[Word]:
        return t5.words(text, self.path)


def encoder(name: str, files: Mapping[str, Path]) -> Encoder:
    """Return the encoder that a name speaks of: T5 where it is one of several, since it reads the most of them.

    `files` are the user's tokenizer files by encoder.
    """
    if "T5" in name:
        return T5(files["t5"]) if "t5" in files else T5Estimate()
    return Clip() if "CLIP" in name else Encoder()
