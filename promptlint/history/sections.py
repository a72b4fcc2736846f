"""What has changed between two versions of a prompt, section by section.

A section has changed where its words have: not where they moved, or stand in other brackets, cases, spaces or commas.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from promptlint.brief import SECTIONS, Brief, Mention
from promptlint.history.matching import gaps, same, similar
from promptlint.source import Span

_WORD = re.compile(r"[^\W_]+(?:[.'’/][^\W_]+)*")
_SEPARATOR = re.compile(r"[,;\n]")
_ALIKE = 0.34
"""The share of words from which on two runs of words are taken for versions of each other."""

Kind = Literal["added", "removed", "changed"]
"""What became of a section: the old version had none of it, the new one has none, or its words are others."""


class Version(NamedTuple):
    """One version of a prompt: its brief, and its negative prompt where it has one of its own."""

    brief: Brief
    negative: str | None = None


@dataclass(frozen=True, slots=True)
class SectionChange:
    """A section whose words have changed."""

    section: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Change:
    """What has changed in a prompt: its sections, in the order of a brief, and the words that went and came.

    `lost` are spans of the old text, `gained` of the new one.
    """

    sections: tuple[SectionChange, ...] = ()
    lost: tuple[Span, ...] = ()
    gained: tuple[Span, ...] = ()

    @property
    def rewritten(self) -> tuple[str, ...]:
        """The changed sections that the old version had: what was missing and is now there rewrites nothing."""
        return tuple(one.section for one in self.sections if one.kind != "added")


class _Token(NamedTuple):
    """A word or a quantity: what makes two of them equal, where it stands, and whose it is.

    `is_known`: it belongs to a mention with a section of its own, and does not have it from its neighbours.
    """

    key: Hashable
    span: Span
    section: str
    is_known: bool


_Block = tuple[list[_Token], list[_Token]]
"""Tokens of the old version and of the new one that have to be compared with each other."""


@dataclass(slots=True)
class _Sums:
    """What has changed so far: sections known to, and the spans of the words."""

    sections: set[str] = field(default_factory=set)
    lost: list[Span] = field(default_factory=list)
    gained: list[Span] = field(default_factory=list)


def compare(old: Version, new: Version, small_words: frozenset[str]) -> Change:
    """Return what has changed from one version of a prompt to the next; `small_words` make no change."""
    sums = _Sums()
    if old.brief.text != new.brief.text:
        before, after = _units(old.brief, small_words), _units(new.brief, small_words)
        for block in _blocks(before, after):
            _count(*block, sums)
    if _entries(old.negative, small_words) != _entries(new.negative, small_words):
        sums.sections.add("negative")
    changes = [SectionChange(section, _kind(section, old, new)) for section in SECTIONS if section in sums.sections]
    return Change(tuple(changes), _joined(old.brief, sums.lost), _joined(new.brief, sums.gained))


def has(version: Version, section: str) -> bool:
    """Tell whether a version says anything in a section."""
    own = section == "negative" and bool((version.negative or "").strip())
    return own or section in version.brief.sections_by_terms


def _joined(brief: Brief, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in the order of the text, as one where only spaces part them."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and not brief.text[out[-1].end : span.start].strip():
            out[-1] = Span(out[-1].start, span.end)
        else:
            out.append(span)
    return tuple(out)


def _kind(section: str, old: Version, new: Version) -> Kind:
    if not has(old, section):
        return "added"
    return "changed" if has(new, section) else "removed"


def _units(brief: Brief, small_words: frozenset[str]) -> list[list[_Token]]:
    """Return a brief as runs of tokens: what each phrase says of one section, in the order of the text."""
    runs = sorted((span, section) for section, spans in brief.sections_by_terms.items() for span in spans)
    starts = [span.start for span, _ in runs]
    mentions: dict[int, list[Mention]] = {}
    for mention in brief.mentions:
        mentions.setdefault(mention.phrase, []).append(mention)
    out: list[list[_Token]] = []
    for number, phrase in enumerate(brief.phrases):
        section = ""
        own = sorted(mentions.get(number, ()), key=lambda mention: mention.span)
        for word, span, is_known in _words(brief, phrase.span, own, small_words):
            run = bisect_right(starts, span.start) - 1
            if run < 0 or span.start >= runs[run][0].end:
                continue
            if runs[run][1] != section:
                section = runs[run][1]
                out.append([])
            # What moves between the wished for and the unwanted has changed, though its words have not.
            key = (word, round(phrase.weight, 3), section == "negative")
            out[-1].append(_Token(key, span, section, is_known))
    return out


def _words(
    brief: Brief, phrase: Span, mentions: Sequence[Mention], small_words: frozenset[str]
) -> Iterator[tuple[Hashable, Span, bool]]:
    """Yield the words of a phrase: what makes them equal, their spans, whether they name their own section.

    A quantity is one word, and equal by its value.
    """
    at = phrase.start
    for mention in mentions:
        yield from _plain(brief, at, mention.span.start, small_words)
        is_known = mention.section != "none"
        if mention.value is not None:
            value = (mention.concept.name, mention.value, mention.high, mention.negated)
            yield value, mention.span, is_known
        else:
            for word, span, _ in _plain(brief, *mention.span, small_words):
                yield (word, mention.negated), span, is_known
        at = max(at, mention.span.end)
    yield from _plain(brief, at, phrase.end, small_words)


def _plain(brief: Brief, start: int, end: int, small_words: frozenset[str]) -> Iterator[tuple[Hashable, Span, bool]]:
    for word in _WORD.finditer(brief.text, start, max(start, end)):
        folded = _folded(word.group())
        if folded not in small_words:
            yield folded, Span(*word.span()), False


def _folded(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().replace("’", "'")


def _entries(negative: str | None, small_words: frozenset[str]) -> Counter[tuple[str, ...]]:
    """Return the entries of a negative prompt, in no order."""
    entries = (tuple(_folded(word) for word in _WORD.findall(one)) for one in _SEPARATOR.split(negative or ""))
    return Counter(kept for one in entries if (kept := tuple(word for word in one if word not in small_words)))


def _blocks(old: Sequence[Sequence[_Token]], new: Sequence[Sequence[_Token]]) -> list[_Block]:
    """Return what has to be compared: two versions of a run each, and what else stands between the same runs."""
    pairs = same([_keys(one) for one in old], [_keys(one) for one in new])
    unmoved = dict(pairs)
    pairs |= similar([_bag(one) for one in old], [_bag(one) for one in new], pairs, _ALIKE)
    blocks = {(i, j): (list(old[i]), list(new[j])) for i, j in pairs.items() if i not in unmoved}
    by_old = {i: block for (i, _), block in blocks.items()}
    by_new = {j: block for (_, j), block in blocks.items()}
    out = list(blocks.values())
    for gap in gaps(len(old), len(new), pairs):
        # Words that nobody knows join their neighbours: what they replaced seems gone, and the neighbour longer.
        block = _beside(gap.old, by_old) if not gap.new else _beside(gap.new, by_new) if not gap.old else None
        if block is None:
            block = ([], [])
            out.append(block)
        block[0].extend(token for i in gap.old for token in old[i])
        block[1].extend(token for j in gap.new for token in new[j])
    return out


def _beside(gap: tuple[int, ...], blocks: Mapping[int, _Block]) -> _Block | None:
    """Return the block of the run before a gap, else of the one behind it."""
    return blocks.get(gap[0] - 1) or blocks.get(gap[-1] + 1)


def _keys(tokens: Sequence[_Token]) -> tuple[Hashable, ...]:
    return tuple(token.key for token in tokens)


def _bag(tokens: Sequence[_Token]) -> Counter[str]:
    return Counter(str(token.key) for token in tokens)


def _count(old: Sequence[_Token], new: Sequence[_Token], sums: _Sums) -> None:
    """Add what has changed in one block.

    A mention says which section changed. Words that have their section from their neighbours say so where the section
    both lost and gained some, or where nothing else in the block has changed; else they are what a changed section
    says now.
    """
    lost, gained = _missing(old, new), _missing(new, old)
    sums.lost += [token.span for token in lost]
    sums.gained += [token.span for token in gained]
    known = {token.section for token in (*lost, *gained) if token.is_known}
    before = {token.section for token in lost if not token.is_known}
    after = {token.section for token in gained if not token.is_known}
    sums.sections |= known | (before & after) or _larger(before, after)


def _larger(one: set[str], other: set[str]) -> set[str]:
    """Return the larger of two sets of sections, of equal ones that which the brief has first."""
    places = sorted((-len(each), sorted(map(SECTIONS.index, each)), each) for each in (one, other))
    return places[0][2]


def _missing(tokens: Sequence[_Token], others: Sequence[_Token]) -> list[_Token]:
    """Return the tokens that the others lack; of equal ones the last."""
    left = Counter(token.key for token in others)
    out = []
    for token in tokens:
        if left[token.key] > 0:
            left[token.key] -= 1
        else:
            out.append(token)
    return out
