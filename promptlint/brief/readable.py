"""Whether a text can be read as the brief of a picture, so that what it does not say is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from promptlint.brief.model import Mention
from promptlint.brief.phrases import Phrase

_WORD = re.compile(r"[^\W\d_]+")
_SPELLED = re.compile(r"[^\W\d_]{2}")
_LETTER = re.compile(r"[^\W\d_]")
_NOTE = re.compile(r"(?:\A|(?<=\s))#\s(?!\d)")
"""A comment: it begins a line or stands behind the entry of a list."""
_MIDDLE = re.compile(r'"[^"]*"\s*,\s*"[^"]+"\s*:')
"""A value without a key, then keys: the middle of JSON."""
_EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")
"""Little pictures; beside exclamations and questions they are a chat's."""
_SPARSE = 100
"""Characters of JSON to a mention; where it is read as it was meant, they are thirty to fifty."""
_SLOT = re.compile(r":(?<=[\w)*]:)\**[ \t]*\[[^\[\]\n]+\]")
"""What is to be filled in behind a label."""
_ASIDE = re.compile(r"\([^()]*\)|\"[^\"]*\"")
_WHOLE_WORD = re.compile(r"(?<![\w'’-])[^\W\d_][\w'’-]*")
_PART = re.compile(r"[-'’]")
_LABELS = re.compile(r"[\w \t]{0,3}[*_\"“”)\]]*[ \t]*[:：=\n]")
"""What makes a label of the word before it."""
_BRACES = ("{", "[")
_QUOTING = ("{", '"')
_CONTENT = frozenset(("subject", "pose", "environment"))
_DEPICTING = _CONTENT | {"lighting", "camera", "skin"}
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
    lines_least: int
    entry_words: int
    name_most: int
    name_joins: frozenset[str]
    name_look: frozenset[str]
    name_who: frozenset[str]
    name_does: frozenset[str]
    look_words: frozenset[str]
    bare: list[str]
    style_opens: list[str]
    depicted: frozenset[str]
    somewhere: frozenset[str]
    someone: frozenset[str]
    talk: frozenset[str]
    talk_rich: int
    talk_sparse: int
    slots: int


class Readable:
    """Tells texts in languages that the knowledge does not know, and instructions to an assistant, from briefs."""

    def __init__(self, table: ReadingTable) -> None:
        self._table = table
        self._opens: dict[str, tuple[str, ...]] = {}
        for words in table.opens:
            first = words.partition(" ")[0]
            self._opens[first] = (*self._opens.get(first, ()), f"{words} ")
        self._style_opens = tuple(f"{words} " for words in table.style_opens)
        self._joins = table.other | table.name_joins

    def is_no_brief(self, text: str, mentions: Sequence[Mention], phrases: Sequence[Phrase]) -> bool:
        """Tell whether nothing can be called missing from a text: it is an instruction, a name, a part of a brief."""
        return self.is_instruction(text) or self.is_name(text, mentions) or self.is_fragment(text, mentions, phrases)

    def is_instruction(self, text: str) -> bool:
        """Tell whether the text is an instruction to an assistant, a command, a comment or markup."""
        head = text[:_HEAD]
        if "# " in head and _NOTE.search(text) and "\n" not in text.strip():
            return True
        if not head.isascii() and len(text) <= _HEAD and ("!" in head or "?" in head) and _EMOJI.search(head):
            return True
        words = head.lstrip(" \n\t#*>\"'-`")[:_OPENING].lower().replace(",", " ").split()
        opens = self._opens.get(words[0]) if words else None
        return opens is not None and f"{' '.join(words)} ".startswith(opens)

    def is_fragment(self, text: str, mentions: Sequence[Mention], phrases: Sequence[Phrase]) -> bool:
        """Tell whether the text is only a part: a look to be added to prompts, one section, a list of faults.

        Nor is a whole one what talks about prompts, a form to fill in, a list of words, a diagram or a piece of JSON.
        """
        kinds = [one.concept.prefixes[-1] for one in mentions]
        return (
            self._is_unfinished(text, mentions)
            or ("word" in kinds and self._is_talk(text, mentions))
            or self._is_one_part(mentions, phrases, kinds.count("artefact"))
            or self._is_style(text, mentions)
            or self._is_list(text, phrases)
            or self._is_look(text, mentions)
        )

    def _is_unfinished(self, text: str, mentions: Sequence[Mention]) -> bool:
        """Tell whether the text is drawn or coded with letters, a piece of JSON, or a form that is to be filled in."""
        table = self._table
        if any(map(text.__contains__, table.marks)) or not _SPELLED.search(text):
            return True
        if text.startswith(_QUOTING) and (_is_cut_off(text) or _is_garbled(text, mentions)):
            return True
        return " [" in text and text[0] not in _BRACES and len(_SLOT.findall(text)) >= table.slots

    def _is_one_part(self, mentions: Sequence[Mention], phrases: Sequence[Phrase], faults: int) -> bool:
        """Tell whether all is of one section or one kind: light and camera, faults, clothes, skin."""
        table = self._table
        if phrases and all(phrase.label in table.parts for phrase in phrases):
            return True
        if faults >= table.faults and 2 * faults >= len(mentions):
            return True
        if len(mentions) > 2 and all(not table.surface.isdisjoint(one.concept.prefixes) for one in mentions):
            return True
        return self._are_goods(mentions)

    def _is_look(self, text: str, mentions: Sequence[Mention]) -> bool:
        """Tell whether the text says how a picture looks, and next to nothing else."""
        table = self._table
        if any(one.section in _CONTENT for one in mentions):
            return False
        look = [one for one in mentions if not table.look.isdisjoint(one.concept.prefixes)]
        bare = any(all(name in one.concept.prefixes for one in look) for name in table.bare)
        if len(text) <= _HEAD and not bare and self._is_all_said(text, look):
            return True
        if len(look) < 2:
            return False
        said = sum(len(_LETTER.findall(text, one.span.start, one.span.end)) for one in look)
        return said >= table.fragment * len(_LETTER.findall(text))

    def _is_talk(self, text: str, mentions: Sequence[Mention]) -> bool:
        """Tell whether a text speaks about prompts, or to who reads it, and describes next to nothing."""
        table = self._table
        rich = max(table.talk_rich, len(text) // table.talk_sparse)
        if sum(one.section in _DEPICTING for one in mentions) > rich:
            return False
        return any(
            not table.talk.isdisjoint(one.concept.prefixes) and not _LABELS.match(text, one.span.end)
            for one in mentions
        )

    def _is_all_said(self, text: str, look: Sequence[Mention]) -> bool:
        """Tell whether nothing is left of a text beside how it looks: no word but those that go with a look."""
        at, rest = 0, []
        for one in look:
            rest.append(text[at : one.span.start])
            at = max(at, one.span.end)
        rest.append(text[at:])
        words = _WORD.findall(" ".join(rest).lower())
        return all(word in self._table.look_words or len(word) == 1 for word in words)

    def _is_style(self, text: str, mentions: Sequence[Mention]) -> bool:
        """Tell whether a text begins with how the picture looks and names no more than "the subject" of it."""
        if not text[:_OPENING].lower().startswith(self._style_opens):
            return False
        table = self._table
        names = {name for one in mentions for name in one.concept.prefixes}
        if not table.depicted.isdisjoint(names):
            return False
        return table.somewhere.isdisjoint(names) or not table.someone.isdisjoint(names)

    def _are_goods(self, mentions: Sequence[Mention]) -> bool:
        """Tell whether clothes and the like are listed, and nobody is there to wear them."""
        table = self._table
        # Nearly every prompt has a wearer among its first words.
        for one in mentions:
            if not table.wearers.isdisjoint(one.concept.prefixes):
                return False
        goods = sum(not table.goods.isdisjoint(one.concept.prefixes) for one in mentions)
        return goods >= table.goods_least and goods >= table.goods_share * len(mentions)

    def _is_list(self, text: str, phrases: Sequence[Phrase]) -> bool:
        """Tell whether words are listed: one a line, or under a heading in capitals, none a sentence or in capitals."""
        if len(phrases) <= self._table.lines_least:
            return False
        if len(text) <= _HEAD and "," not in text and len(text.split()) == text.count("\n") + 1:
            return True
        heading = text[phrases[0].span.start : phrases[0].span.end]
        if len(phrases) <= self._table.entry_least or not heading.isupper() or len(_LETTER.findall(heading)) <= _SHORT:
            return False
        said = [text[phrase.span.start : phrase.span.end] for phrase in phrases]
        return all(len(words.split()) <= self._table.entry_words and not words.isupper() for words in said[1:])

    def is_name(self, text: str, mentions: Sequence[Mention]) -> bool:
        """Tell whether the text is the name of somebody or something: all its words but the joining ones are capital.

        What speaks of a picture, or of somebody who does something, is a title in capitals and no name.
        """
        table = self._table
        if len(text) > _HEAD:
            return False
        outside = None
        for outside in _WHOLE_WORD.finditer(_ASIDE.sub(" ", text)):
            word = outside.group()
            if not (word[0].isupper() or _PART.split(word, 1)[0] in self._joins):
                return False
        if outside is None:
            return False
        words = _WHOLE_WORD.findall(text)
        capital = [word for word in words if word[0].isupper() and not (word.isupper() and len(word) > 1)]
        if len(capital) < (1 if len(words) > 2 else 2) or len(words) > table.name_most:
            return False
        told = {name for one in mentions for name in one.concept.prefixes}
        acts = not table.name_who.isdisjoint(told) and not table.name_does.isdisjoint(told)
        return not acts and table.name_look.isdisjoint(told)

    def is_english(self, text: str) -> bool:
        """Tell whether the text is English, as far as letters and small words show; a list of names passes."""
        table, head = self._table, text[:_HEAD].lower()
        if not head.isascii() and foreign_share(head) >= table.share:
            return False
        words = head.encode().translate(_ONLY_LETTERS).decode().split() if head.isascii() else _WORD.findall(head)
        other = sum(map(table.other.__contains__, words))
        return other < table.enough or other <= sum(map(table.english.__contains__, words))


def _is_cut_off(text: str) -> bool:
    """Tell whether JSON begins or ends in its middle: what is missing may have stood there."""
    opened, closed = text.count("{"), text.count("}")
    if text[0] == '"':
        return closed > opened or _MIDDLE.match(text) is not None
    return opened > closed and not text.rstrip().endswith(("}", "]"))


def _is_garbled(text: str, mentions: Sequence[Mention]) -> bool:
    """Tell whether a stray quote lets what JSON says be read as its keys."""
    return text[0] == "{" and len(text) > _SPARSE * len(mentions) and text.count('"') % 2 == 1


def foreign_share(text: str) -> float:
    """Return the share of a text's letters that are of another script than the Latin one."""
    beyond = text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")
    foreign = sum([char > _LAST_LATIN and char.isalpha() for char in beyond])
    return foreign / sum(map(str.isalpha, text)) if foreign else 0.0
