"""The same thing asked for twice."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from promptlint.brief.knowledge import ConceptName
from promptlint.checks.case import Case, Check, Finding
from promptlint.checks.needs import Need, Sign
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
_BARE = "".join(chr(code).lower() if chr(code).isalnum() else " " for code in range(128)).encode().ljust(256)
_APART = (NodeKind.CHOICE, NodeKind.ALTERNATION, NodeKind.SCHEDULE)
_TAG_WORDS = 4.0
"""Words a phrase holds on average at most where a prompt is a list of tags."""
_TAG_LETTERS = 4
_PROSE_WORDS = 3


class Repetition(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A phrase that says once more what an earlier one says: in the same words, or by another name of `of`.

    Case, weights, brackets and words of `little` don't count. In a list of tags one word is enough, in prose it takes
    three. Silent where a prompt describes several pictures, and between the parts of a choice or a schedule.
    Each concept of `of` is one thing with several names: phrases that hold nothing but these say the same.
    """

    of: list[ConceptName] = []
    little: list[str] = []

    @property
    def needs(self) -> Sequence[Need]:
        return [Need((Sign.PHRASES,))]

    def find(self, case: Case) -> Iterator[Finding]:
        brief, tree = case.brief, case.tree
        if tree.dialect == "structured" or _holds_cjk(tree.text):
            return
        alike = self._alike(brief)
        if not alike:
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
        if found and not brief.lists_several:
            yield from sorted(found, key=lambda one: one.span)

    def _alike(self, brief: Brief) -> list[list[Span]]:
        """Return the phrases that say the same, by what they say."""
        named = {
            phrase.span: (mention.concept.name,)
            for mention in brief.of(self.of)
            if (phrase := brief.phrases[mention.phrase]).span == mention.span
        }
        spans = [phrase.span for phrase in brief.phrases if phrase.label not in ("negative", "parameters")]
        if not named:
            spans = _with_same_end(brief.text, spans, self.little)
        first: dict[tuple[str, ...], Span] = {}
        again: dict[tuple[str, ...], list[Span]] = {}
        for span in spans:
            said = named.get(span) or _own(brief.words(span), self.little)
            if first.setdefault(said, span) is not span:
                again.setdefault(said, [first[said]]).append(span)
        # Hardly any phrase is there twice; only of these it is asked whether they say enough.
        tags = bool(again) and _are_tags(brief)
        groups = [
            [span for span in group if _says_enough(_own(brief.words(span), self.little), tags=tags)]
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


def _holds_cjk(text: str) -> bool:
    return not text.isascii() and bool(_CJK.search(text))


def _bare(text: str) -> str:
    """Return a text in small letters with spaces for what is no letter of ASCII and no digit; every place stays."""
    return text.encode("ascii", "replace").translate(_BARE).decode("ascii")


def _words(text: str) -> list[str]:
    if text.isascii() and "'" not in text:
        return _bare(text).split()
    return [word.lower() for word in _WORD.findall(text)]


def _own(text: str, little: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a phrase that count."""
    return tuple([word for word in _words(text) if word not in little])


def _with_same_end(text: str, spans: list[Span], little: Sequence[str]) -> list[Span]:
    """Return the phrases that end in one word: of the others none says what another one says.

    A phrase in letters that are not ASCII's may be left out, since it never says enough.
    """
    bare = _bare(text)
    ends = [bare[start:end].rstrip().rpartition(" ")[2] for start, end in spans]
    if not set(little).isdisjoint(ends):
        ends = [_end(bare[start:end], little) for start, end in spans]
    if len(set(ends)) == len(ends):
        return []
    groups: dict[str, list[Span]] = {}
    for word, span in zip(ends, spans, strict=True):
        groups.setdefault(word, []).append(span)
    return [span for group in groups.values() if len(group) > 1 for span in group]


def _end(bare: str, little: Sequence[str]) -> str:
    """Return the last word of a phrase that counts, of a contraction what stands behind the apostrophe."""
    before, _, last = bare.rstrip().rpartition(" ")
    return _end(before, little) if last in little and before else last


def _are_tags(brief: Brief) -> bool:
    return ". " not in brief.text and len(_words(brief.text)) <= _TAG_WORDS * len(brief.phrases)


def _is_whole(text: str, span: Span) -> bool:
    """Tell whether a phrase ends where its words end, and not at a hole, a call or other code."""
    if _CODE.search(text, span.start, span.end):
        return False
    return bool(_BEFORE.search(text[max(0, span.start - 12) : span.start]) and _AFTER.match(text, span.end))
