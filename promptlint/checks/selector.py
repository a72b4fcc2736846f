"""Which mentions a side of a contradiction means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from promptlint.brief import Brief, Mention
from promptlint.brief.knowledge import ConceptName, SectionName

_WORD = re.compile(r"[^\W_]+")
_BESIDE = 2
_TAG = 6
"""Words that a tag has at most."""
_OPENING = 15
"""Words in which a prompt says what the picture is."""


class Selector(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The mentions of `of`, but not those of `but`.

    `having` are attributes of the concept, each with the values that it may have; `low` and `high` bound the value
    of a quantity (of a zoom either end will do), and `other_than` are values that it must not have. `words`: one of
    them stands in the mention; `behind`: one of them is among the two words behind it; `without`: none of them stands
    in either of these places, nor is the word before. `whole`: it speaks of the picture as a whole, as a tag, at
    the beginning or under a label of style, and not somewhere in a sentence. `section` is that which its label may
    give it. `beside`: a mention of these stands right before it; `apart_from`: none does. `instead` is what a fix
    writes in its place.
    """

    of: list[ConceptName]
    but: list[ConceptName] = []
    having: dict[str, list[str | int | float]] = {}
    low: float | None = None
    high: float | None = None
    other_than: list[float] = []
    words: list[str] = []
    behind: list[str] = []
    without: list[str] = []
    whole: bool = False
    section: SectionName = ""
    beside: list[ConceptName] = []
    apart_from: list[ConceptName] = []
    instead: str = ""

    def find(self, brief: Brief) -> list[Mention]:
        """Return the mentions that are meant, in the order of the text."""
        return [mention for mention in brief.of(self.of) if self._means(mention, brief)]

    def _means(self, mention: Mention, brief: Brief) -> bool:
        concept = mention.concept
        if any(name in concept.prefixes for name in self.but):
            return False
        allowed = concept.attributes.get("counts_for")
        if allowed is not None and mention.value is None and mention.target not in allowed:
            return False
        if any(concept.attributes.get(key) not in values for key, values in self.having.items()):
            return False
        if self.section and mention.section != self.section:
            return False
        return self._fits(mention) and self._reads(mention, brief) and self._stands(mention, brief)

    def _stands(self, mention: Mention, brief: Brief) -> bool:
        if self.whole and not _is_of_the_whole(mention, brief):
            return False
        if self.beside and not _follows(mention, self.beside, brief):
            return False
        return not self.apart_from or not _follows(mention, self.apart_from, brief)

    def _fits(self, mention: Mention) -> bool:
        if self.low is None and self.high is None and not self.other_than:
            return True
        if mention.value is None or mention.value in self.other_than:
            return False
        if self.low is not None and mention.value < self.low:
            return False
        return self.high is None or (mention.high or mention.value) <= self.high

    def _reads(self, mention: Mention, brief: Brief) -> bool:
        if not (self.words or self.behind or self.without):
            return True
        start, end = mention.span
        phrase = brief.phrases[mention.phrase].span
        own = _WORD.findall(brief.text[start:end].lower())
        behind = _WORD.findall(brief.text[end : min(end + 40, phrase.end)].lower())[:2]
        before = _WORD.findall(brief.text[max(start - 20, phrase.start) : start].lower())[-1:]
        if any(word in self.without for word in (*before, *own, *behind)):
            return False
        return (not self.words or any(word in self.words for word in own)) and (
            not self.behind or any(word in self.behind for word in behind)
        )


def _is_of_the_whole(mention: Mention, brief: Brief) -> bool:
    phrase = brief.phrases[mention.phrase]
    if phrase.label == "style" or len(_WORD.findall(brief.words(phrase.span))) <= _TAG:
        return True
    return not phrase.sentence and len(_WORD.findall(brief.text[: mention.span.start])) <= _OPENING


def _follows(mention: Mention, concepts: list[str], brief: Brief) -> bool:
    """Tell whether one of some concepts stands right before a mention, with at most two words between."""
    return any(
        other.span.end <= mention.span.start
        and other.phrase == mention.phrase
        and len(_WORD.findall(brief.text[other.span.end : mention.span.start])) <= _BESIDE
        for other in brief.of(concepts)
    )


def reads(text: str, words: Iterable[str]) -> bool:
    """Tell whether one of some words, or turns of words, stands in a text."""
    pattern = _any_of(tuple(words))
    return pattern is not None and bool(pattern.search(text.lower()))


def either(words: Iterable[str]) -> str:
    """Return the pattern of any of some words; where there are none it finds nothing."""
    return f"(?:{'|'.join(map(re.escape, words)) or '(?!)'})"


@lru_cache(maxsize=256)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return the pattern for a rule's words in small letters: it is asked of every prompt, and made once."""
    lower = [word.lower() for word in words]
    return re.compile(rf"(?<!\w){either(lower)}(?!\w)") if any(words) else None
