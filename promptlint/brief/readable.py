"""Whether a text can be read as the brief of a picture, so that what it does not say is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from promptlint.brief.model import Mention
from promptlint.brief.phrases import Phrase

_WORD = re.compile(r"[^\W\d_]+")
_LETTER = re.compile(r"[^\W\d_]")
_ASIDE = re.compile(r"\([^()]*\)|\"[^\"]*\"")
_WHOLE_WORD = re.compile(r"(?<![\w'’-])[^\W\d_][\w'’-]*")
_CONTENT = frozenset(("subject", "pose", "environment"))
_MARKS = bytes(range(ord("a"))) + b"{|}~\x7f"
_ONLY_LETTERS = bytes.maketrans(_MARKS, b" " * len(_MARKS))
"""Spaces for all of lower-case ASCII that is no letter."""
_ASCII = bytes(range(128))
_LAST_LATIN = "\u024f"
"""The last of the Latin letters with accents."""

_SHORT = 4
"""Letters of a word in capitals that is an abbreviation ("RAW", "UHD") and no heading."""

_HEAD = 400
"""How many characters of a text are looked at: a language does not change in the middle."""
_OPENING = 80
"""How many of these are looked at for what opens an instruction."""


class ReadingTable(msgspec.Struct, forbid_unknown_fields=True):
    """The words of reading.yaml."""

    english: frozenset[str]
    other: frozenset[str]
    opens: list[str]
    marks: list[str]
    enough: int
    share: float
    look: frozenset[str]
    surface: frozenset[str]
    fragment: float
    parts: frozenset[str]
    faults: int
    goods: frozenset[str]
    goods_least: int
    goods_share: float
    wearers: frozenset[str]
    entry_least: int
    entry_words: int
    name_most: int
    name_joins: frozenset[str]


class Readable:
    """Tells texts in languages that the knowledge does not know, and instructions to an assistant, from briefs."""

    def __init__(self, table: ReadingTable) -> None:
        self._table = table
        self._opens = tuple(f"{words} " for words in table.opens)
        self._joins = table.other | table.name_joins

    def is_no_brief(self, text: str, mentions: Sequence[Mention], phrases: Sequence[Phrase]) -> bool:
        """Tell whether nothing can be called missing from a text: it is an instruction, a name, a part of a brief."""
        return self.is_instruction(text) or self.is_name(text, mentions) or self.is_fragment(text, mentions, phrases)

    def is_instruction(self, text: str) -> bool:
        """Tell whether the text is an instruction to an assistant, a command, a comment or markup."""
        if text.startswith("# ") and "\n" not in text.strip():
            return True
        head = text[:_HEAD].lstrip(" \n\t#*>\"'-`")[:_OPENING].lower()
        return f"{' '.join(head.split())} ".startswith(self._opens)

    def is_fragment(self, text: str, mentions: Sequence[Mention], phrases: Sequence[Phrase]) -> bool:
        """Tell whether the text is only a part: a look to be added to prompts, one section, a list of faults.

        Nor is a diagram or a page about prompts a whole one.
        """
        table = self._table
        if any(mark in text for mark in table.marks):
            return True
        if phrases and all(phrase.label in table.parts for phrase in phrases):
            return True
        faults = sum([one.concept.prefixes[-1] == "artefact" for one in mentions])
        if faults >= table.faults and 2 * faults >= len(mentions):
            return True
        if self._are_goods(mentions) or self._is_entry(text, phrases):
            return True
        if len(mentions) > 2 and all(not table.surface.isdisjoint(one.concept.prefixes) for one in mentions):
            return True
        if not _CONTENT.isdisjoint([one.section for one in mentions]):
            return False
        look = [one for one in mentions if not table.look.isdisjoint(one.concept.prefixes)]
        if len(look) < 2:
            return False
        said = sum(len(_LETTER.findall(text, one.span.start, one.span.end)) for one in look)
        return said >= table.fragment * len(_LETTER.findall(text))

    def _are_goods(self, mentions: Sequence[Mention]) -> bool:
        """Tell whether clothes and the like are listed, and nobody is there to wear them."""
        table = self._table
        # Nearly every prompt has a wearer among its first words.
        for one in mentions:
            if not table.wearers.isdisjoint(one.concept.prefixes):
                return False
        goods = sum(not table.goods.isdisjoint(one.concept.prefixes) for one in mentions)
        return goods >= table.goods_least and goods >= table.goods_share * len(mentions)

    def _is_entry(self, text: str, phrases: Sequence[Phrase]) -> bool:
        """Tell whether a heading in capitals stands over a list of words, none of them a sentence or in capitals."""
        if len(phrases) <= self._table.entry_least:
            return False
        said = (text[phrase.span.start : phrase.span.end] for phrase in phrases)
        heading = next(said)
        if not (heading.isupper() and len(_LETTER.findall(heading)) > _SHORT):
            return False
        return all(len(words.split()) <= self._table.entry_words and not words.isupper() for words in said)

    def is_name(self, text: str, mentions: Sequence[Mention]) -> bool:
        """Tell whether the text is the name of somebody or something: all its words but the joining ones are capital.

        What speaks of a picture is a title in capitals and no name.
        """
        table = self._table
        if len(text) > _HEAD:
            return False
        outside = None
        for outside in _WHOLE_WORD.finditer(_ASIDE.sub(" ", text)):
            word = outside.group()
            if not (word[0].isupper() or word.split("-")[0] in self._joins):
                return False
        if outside is None:
            return False
        words = _WHOLE_WORD.findall(text)
        capital = [word for word in words if word[0].isupper() and not (word.isupper() and len(word) > 1)]
        if len(capital) < 2 or len(words) > table.name_most:
            return False
        return table.look.isdisjoint(name for one in mentions for name in one.concept.prefixes)

    def is_english(self, text: str) -> bool:
        """Tell whether the text is English, as far as letters and small words show; a list of names passes."""
        table, head = self._table, text[:_HEAD].lower()
        if not head.isascii() and foreign_share(head) >= table.share:
            return False
        words = head.encode().translate(_ONLY_LETTERS).decode().split() if head.isascii() else _WORD.findall(head)
        other = sum(map(table.other.__contains__, words))
        return other < table.enough or other <= sum(map(table.english.__contains__, words))


def foreign_share(text: str) -> float:
    """Return the share of a text's letters that are of another script than the Latin one."""
    beyond = text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")
    foreign = sum([char > _LAST_LATIN and char.isalpha() for char in beyond])
    return foreign / sum(map(str.isalpha, text)) if foreign else 0.0
