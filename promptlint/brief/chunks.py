"""Chunks: the runs of words of a phrase between its joints, each with the mentions that stand in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from promptlint.source import Span

if TYPE_CHECKING:
    from promptlint.brief.model import Mention

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|&")


class Chunk(msgspec.Struct):
    """A run of words. `joint` is the word that it begins with where that is one, `kind` the kind of joint."""

    start: int
    end: int
    joint: str
    kind: str
    mentions: list[Mention]

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


class Chunker:
    """Cuts phrases before joints: the words of the table, and forms of verbs that no term holds."""

    def __init__(self, joints: Mapping[str, Sequence[str]], determiners: Collection[str]) -> None:
        self._kinds = {word: kind for kind, words in joints.items() for word in words}
        self._determiners = determiners

    def cut(self, text: str, span: Span, mentions: Sequence[Mention]) -> list[Chunk]:
        """Return the chunks of a phrase, without a gap. `mentions` are the phrase's own, in order."""
        words = [match for match in _WORD.finditer(text, *span) if not _held(match.start(), match.end(), mentions)]
        starts: list[tuple[int, str, str]] = [(span.start, "", "")]
        for match in words:
            word = match.group().lower()
            kind = self._kinds.get(word)
            if kind is None and self._is_verb(text, match):
                kind = "verb"
            if kind is None:
                continue
            if match.start() == span.start:
                starts[0] = (span.start, word, kind)
            else:
                starts.append((match.start(), word, kind))
        ends = [start for start, _, _ in starts[1:]] + [span.end]
        chunks = [Chunk(start, end, word, kind, []) for (start, word, kind), end in zip(starts, ends, strict=True)]
        at = 0
        for mention in mentions:
            while at + 1 < len(chunks) and mention.span.start >= chunks[at].end:
                at += 1
            chunks[at].mentions.append(mention)
        return chunks

    def _is_verb(self, text: str, match: re.Match[str]) -> bool:
        """Tell whether a word that no term holds is a verb that something does: "a man *mending* a net"."""
        word = match.group().lower()
        if not (word.endswith("ing") and len(word) > 5):
            return False
        following = _WORD.search(text, match.end())
        return following is not None and (
            following.group().lower() in self._determiners or following.group().lower() in self._kinds
        )


def _held(start: int, end: int, mentions: Sequence[Mention]) -> bool:
    return any(mention.span.start < end and start < mention.span.end for mention in mentions)
