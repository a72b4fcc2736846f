"""The same thing asked for twice."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from promptlint.brief.knowledge import ConceptName
from promptlint.checks.case import Case, Check, Finding
from promptlint.checks.quoting import inside, quotations
from promptlint.syntax import LeafKind, NodeKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from promptlint.brief import Brief
    from promptlint.source import Span

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
_CODE = re.compile(r"[<>=:：\\*]")
_BEFORE = re.compile(r"(?:^|[,;.!?\n\r|])[ \t([\"“*_•-]*$")
_AFTER = re.compile(r"[ \t)\]\"”*_]*(?::[ \t]*[\d.]+[ \t]*[)\]]+)*[ \t]*(?:[,;.!?\n\r|]|--|$)")
_APART = (NodeKind.CHOICE, NodeKind.ALTERNATION, NodeKind.SCHEDULE)
_TAG_WORDS = 4.0
"""Words a phrase holds on average at most where a prompt is a list of tags."""
_TAG_LETTERS = 4
_PROSE_WORDS = 3


class _Plain(dict[int, str]):
    """Puts spaces for what is in no word and small letters for capitals of ASCII; every place stays as it is."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if not char.isalnum() and char not in "'’":
            char = " "
        elif code < 128:
            # Other letters may become two, and a phrase that holds one is never compared.
            char = char.lower()
        self[code] = char
        return char


_PLAIN = _Plain()


class Repetition(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A phrase that says once more what an earlier one says: in the same words, or by another name of `of`.

    Case, weights, brackets and words of `little` don't count. In a list of tags one word is enough, in prose it takes
    three. Silent where a prompt describes several pictures, and between the parts of a choice or a schedule.
    Each concept of `of` is one thing with several names: phrases that hold nothing but these say the same.
    """

    of: list[ConceptName] = []
    little: list[str] = []

    def find(self, case: Case) -> Iterator[Finding]:
        brief, tree = case.brief, case.tree
        if tree.dialect == "structured" or len(brief.phrases) < 2 or _CJK.search(tree.text):
            return
        alike = self._alike(brief)
        if not alike or brief.lists_several:
            return
        places = _Places(case)
        found = []
        for spans in alike:
            seen: dict[tuple[int, ...], Span] = {}
            for span in spans:
                if places.are_apart(span):
                    continue
                first = seen.setdefault(places.part(span), span)
                if first is not span:
                    found.append(Finding(span, {"phrase": brief.words(span), "first": brief.words(first)}))
        yield from sorted(found, key=lambda one: one.span)

    def _alike(self, brief: Brief) -> list[list[Span]]:
        """Return the phrases that say the same, by what they say."""
        text = brief.text
        named = {
            phrase.span: (mention.concept.name,)
            for mention in brief.of(self.of)
            if (phrase := brief.phrases[mention.phrase]).span == mention.span
        }
        plain = text.translate(_PLAIN)
        spans = [phrase.span for phrase in brief.phrases if phrase.label not in ("negative", "parameters")]
        if _is_simple(plain) and not named:
            spans = _with_same_end(plain, spans, self.little)
        first: dict[tuple[str, ...], Span] = {}
        again: dict[tuple[str, ...], list[Span]] = {}
        for span in spans:
            own = _own(plain[span.start : span.end], self.little)
            said = named.get(span, own)
            if first.setdefault(said, span) is not span:
                again.setdefault(said, [first[said]]).append(span)
        # Hardly any phrase is there twice; only of these it is asked whether they say enough.
        tags = bool(again) and _are_tags(brief)
        groups = [
            [span for span in group if _says_enough(_own(plain[span.start : span.end], self.little), tags=tags)]
            for group in again.values()
        ]
        return [group for group in groups if len(group) > 1]


class _Places:
    """Where phrases of a prompt stand: in a quotation or a choice, and in which part of the prompt."""

    def __init__(self, case: Case) -> None:
        tree, self._text = case.tree, case.tree.text
        nodes = list(tree.nodes())
        self._apart = [node.span for node in nodes if node.kind in _APART]
        self._apart += [*quotations(tree), *case.brief.negatives]
        self._breaks = sorted(
            [leaf.start for leaf in tree.of(LeafKind.KEYWORD)]
            + [node.span.start for node in nodes if node.kind is NodeKind.LABEL]
        )
        self._tags = _are_tags(case.brief)

    def are_apart(self, span: Span) -> bool:
        """Tell whether a phrase stands where its repetition says nothing."""
        return inside(span, self._apart) or not _is_whole(self._text, span)

    def part(self, span: Span) -> tuple[int, ...]:
        """Return the part of the prompt: BREAK, AND and a label begin a new one, in prose so does a line."""
        line = 0 if self._tags else self._text.count("\n", 0, span.start)
        return bisect_left(self._breaks, span.start), line


def _says_enough(words: tuple[str, ...], *, tags: bool) -> bool:
    """Tell whether words are enough to be said twice: a word in a list of tags, several in prose."""
    letters = "".join(words)
    if not letters or letters.isdigit() or not letters.isascii():
        return False
    return (len(letters) >= _TAG_LETTERS) if tags else (len(words) >= _PROSE_WORDS)


def _is_simple(plain: str) -> bool:
    """Tell whether the words of a text that `_PLAIN` has gone over are what stands between spaces."""
    return "'" not in plain and plain.isascii()


def _words(plain: str) -> list[str]:
    """Return the words of a text, or a part of one, that `_PLAIN` has gone over."""
    return plain.split() if _is_simple(plain) else [word.lower() for word in _WORD.findall(plain)]


def _own(plain: str, little: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a phrase that count."""
    return tuple([word for word in _words(plain) if word not in little])


def _with_same_end(plain: str, spans: list[Span], little: Sequence[str]) -> list[Span]:
    """Return the phrases of a simple text that end in one word: of the others none says what another one says."""
    ends: dict[str, list[Span]] = {}
    for span in spans:
        ends.setdefault(plain[span.start : span.end].rstrip().rpartition(" ")[2], []).append(span)
    if any(word in ends for word in little):
        # What ends in a little word may say what another one does without it.
        return spans
    return [span for group in ends.values() if len(group) > 1 for span in group]


def _are_tags(brief: Brief) -> bool:
    return ". " not in brief.text and len(_words(brief.text.translate(_PLAIN))) <= _TAG_WORDS * len(brief.phrases)


def _is_whole(text: str, span: Span) -> bool:
    """Tell whether a phrase ends where its words end, and not at a hole, a call or other code."""
    if _CODE.search(text, span.start, span.end):
        return False
    return bool(_BEFORE.search(text[max(0, span.start - 12) : span.start]) and _AFTER.match(text, span.end))
