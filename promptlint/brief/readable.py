"""Whether a text can be read as the brief of a picture, so that what it does not say is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from promptlint.brief.model import Mention
from promptlint.brief.phrases import Phrase

_WORD = re.compile(r"[^\W\d_]+")
_LETTER = re.compile(r"[^\W\d_]")
_CONTENT = frozenset(("subject", "pose", "environment"))
_MARKS = bytes(range(ord("a"))) + b"{|}~\x7f"
_ONLY_LETTERS = bytes.maketrans(_MARKS, b" " * len(_MARKS))
"""Spaces for all of lower-case ASCII that is no letter."""
_FOREIGN = re.compile(r"[^\x00-\u024f]")
"""What stands behind the Latin letters with accents."""

_HEAD = 400
"""How many characters of a text are looked at: a language does not change in the middle."""


class ReadingTable(msgspec.Struct, forbid_unknown_fields=True):
    """The words of reading.yaml."""

    english: frozenset[str]
    other: frozenset[str]
    opens: list[str]
    enough: int
    share: float
    look: frozenset[str]
    fragment: float
    parts: frozenset[str]
    faults: int


class Readable:
    """Tells texts in languages that the knowledge does not know, and instructions to an assistant, from briefs."""

    def __init__(self, table: ReadingTable) -> None:
        self._table = table
        self._opens = tuple(f"{words} " for words in table.opens)

    def is_instruction(self, text: str) -> bool:
        """Tell whether the text is an instruction to an assistant, a command or markup."""
        return text[:_HEAD].lower().lstrip(" \n\t#*>\"'-`").startswith(self._opens)

    def is_fragment(self, text: str, mentions: Sequence[Mention], phrases: Sequence[Phrase]) -> bool:
        """Tell whether the text is only a part: a look to be added to prompts, one section, a list of faults."""
        table = self._table
        if phrases and all(phrase.label in table.parts for phrase in phrases):
            return True
        faults = sum([one.concept.prefixes[-1] == "artefact" for one in mentions])
        if faults >= table.faults and 2 * faults >= len(mentions):
            return True
        if not _CONTENT.isdisjoint([one.section for one in mentions]):
            return False
        look = [one for one in mentions if not table.look.isdisjoint(one.concept.prefixes)]
        if len(look) < 2:
            return False
        said = sum(len(_LETTER.findall(text, one.span.start, one.span.end)) for one in look)
        return said >= table.fragment * len(_LETTER.findall(text))

    def is_english(self, text: str) -> bool:
        """Tell whether the text is English, as far as letters and small words show; a list of names passes."""
        table, head = self._table, text[:_HEAD].lower()
        if not head.isascii():
            letters = "".join(filter(str.isalpha, head))
            if letters and len(_FOREIGN.findall(letters)) >= table.share * len(letters):
                return False
        words = head.encode().translate(_ONLY_LETTERS).decode().split() if head.isascii() else _WORD.findall(head)
        other = sum(map(table.other.__contains__, words))
        return other < table.enough or other <= sum(map(table.english.__contains__, words))
