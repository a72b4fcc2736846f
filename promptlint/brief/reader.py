"""From a syntax tree to a brief: finds mentions, marks what is negated, reads context, sections and intent."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache, partial
from pathlib import Path

import msgspec

from promptlint.brief import phrases as phrase_reader
from promptlint.brief import quantities
from promptlint.brief.alternatives import Alternatives
from promptlint.brief.context import Context
from promptlint.brief.intent import IntentJudge
from promptlint.brief.knowledge import Concept, above
from promptlint.brief.lexicon import Hit, Lexicon, load
from promptlint.brief.model import Brief, Mention
from promptlint.brief.negation import COMPARISON, CUE, Negators
from promptlint.brief.normalise import Normalised, term_words
from promptlint.brief.phrases import Phrase, Reading
from promptlint.brief.quantities import Quantity
from promptlint.brief.readable import Readable, ReadingTable
from promptlint.brief.section_table import NARROW, SectionTable
from promptlint.brief.sections import Sections
from promptlint.brief.several import Several
from promptlint.brief.targets import Targets, TargetTable
from promptlint.source import Span
from promptlint.syntax import Tree

_QUANTITIES = {
    name: Concept(name, section, {"counts_for": ["picture"]}) for name, section in quantities.CONCEPTS.items()
}
_LAST: Hit = (sys.maxsize, sys.maxsize, Concept("", "none", {}))
_Cues = dict[str, list[tuple[int, int, str]]]
"""Where words of negation and of comparison stand in the normalised text, each with its kind."""

# A class call of a named tuple goes through Python; there is one for every mention.
_span: Callable[[tuple[int, int]], Span] = partial(tuple.__new__, Span)
_NEGATION = above(CUE)[-1]
_HYPHENED = re.compile(r"-(\w+)")
_KEYED = re.compile(r'"([\w -]{3,40})"\s*:\s*("[^"]*"?|\[[^\]]*\]?|\{[^}]*\}?)')
# A pattern that begins with a set of characters is found many times as fast as one that begins with a look behind.
_SINGLE_QUOTED = re.compile(r"['‘](?<!\w.)(?!s\b)[^'’\n]{2,60}['’](?!\w)")


class BriefReader:
    """Understands prompts by one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        tables = lexicon.tables
        self._labels = phrase_reader.Labels(tables.labels)
        self._negators = Negators(tables.negation)
        self._likeness = frozenset(tables.negation["likeness"])
        self._comparable = frozenset(tables.negation["compared"])
        self._alternatives = Alternatives(*(tables.negation[key] for key in ("alternatives", "ranges", "leads")))
        self._several = Several(tables.several)
        self._context = Context(tables.context, tables.articles)
        self._judge = IntentJudge(tables.intent)
        self._sections = Sections(msgspec.convert(tables.sections, SectionTable))
        self.small_words = frozenset(tables.small_words)
        self._readable = Readable(msgspec.convert(tables.reading, ReadingTable))
        self._targets = Targets(msgspec.convert(tables.targets, TargetTable))

    @cached_property
    def concepts(self) -> frozenset[str]:
        """The names of all concepts that a mention can have, and all names above them."""
        return frozenset(self.lexicon.names() | {name for one in _QUANTITIES for name in above(one)})

    def understand(self, tree: Tree) -> Brief:
        """Return the brief of a parsed prompt."""
        reading = phrase_reader.read(tree, self._labels)
        if '":' in tree.text and not reading.negatives:
            reading.negatives.extend(self._keyed_negatives(tree.text))
        text, raw = Normalised(tree.text), tree.text
        cues: _Cues = {CUE: [], COMPARISON: []}
        mentions = self._mentions(text, raw, reading, cues)
        negations = self._negators.reaches(text, cues[CUE], reading.phrases) if cues[CUE] else []
        _mark(mentions, [*(one.span for one in negations), *reading.negatives])
        self._mark_compared(text, raw, mentions, cues, reading.phrases)
        readable = self._readable
        is_english = readable.is_english(raw)
        if not is_english or readable.is_no_brief(raw, mentions, reading.phrases):
            reading.promised.add("*")
        self._context.apply(text, raw, mentions, reading.phrases)
        # What context made nothing of says nothing.
        mentions = [one for one in mentions if one.section != "none" or one.concept.prefixes[-1] != "word"]
        _heed_labels(mentions, reading.phrases)
        self._targets.apply(raw, reading.phrases, mentions, reading.labels)
        in_list = _Covered(reading.negatives)
        intent, evidence = self._judge.judge(raw, mentions, reading.phrases)
        return Brief(
            text=raw,
            dialect=tree.dialect,
            dialect_evidence=tree.evidence,
            intent=intent,
            phrases=reading.phrases,
            mentions=mentions,
            sectioner=self._sections,
            evidence=evidence,
            negations=tuple(one for one in negations if not in_list.touches(one.span)),
            negatives=tuple(reading.negatives),
            doubled=tuple(one for one in negations if in_list.touches(one.span)),
            promised=frozenset(reading.promised),
            labels=tuple(reading.labels),
            opaque=tuple(reading.opaque),
            alternatives=self._alternatives,
            several=self._several,
            is_english=is_english,
        )

    def _keyed_negatives(self, text: str) -> list[Span]:
        """Return the negative lists of JSON that is broken, or only a piece, and so is no structure to the parser."""
        keyed = _KEYED.finditer(text)
        return [Span(*match.span(2)) for match in keyed if self._labels.of(term_words(match.group(1))) == "negative"]

    def _mark_compared(
        self, text: Normalised, raw: str, mentions: Sequence[Mention], cues: _Cues, phrases: Sequence[Phrase]
    ) -> None:
        """Mark what something is only likened to: "like a doll", "doll-like"."""
        likened = {match.start() for match in _HYPHENED.finditer(raw) if match.group(1).lower() in self._likeness}
        if not cues[COMPARISON] and not likened:
            return
        comparable = [one for one in mentions if not self._comparable.isdisjoint(one.concept.prefixes)]
        if cues[COMPARISON]:
            compared = self._negators.reaches(text, cues[COMPARISON], phrases)
            _mark(comparable, [one.span for one in compared])
        for one in comparable:
            if one.span.end in likened:
                one.negated = True

    def _mentions(self, text: Normalised, raw: str, reading: Reading, cues: _Cues) -> list[Mention]:
        """Return what the lexicon and the quantities name, of overlapping ones the leftmost, then the longest.

        Words of negation and comparison go to `cues`, by concept.
        """
        hits, numbers = self.lexicon.find(text), quantities.find(text.strict)
        valued: dict[int, Quantity] = {}
        if numbers:
            hits, valued = _merge(hits, numbers)
        phrases, opaque = reading.phrases, _opaque(raw, reading)
        # Mentions, phrases and what is opaque are walked together.
        number, begins = -1, [phrase.span[0] for phrase in phrases]
        begins.append(len(raw) + 1)
        hidden = next(opaque)
        out: list[Mention] = []
        for start, end, concept in hits:
            span = _span((start, end)) if text.is_aligned else text.span(start, end)
            while hidden[1] <= span[0]:
                hidden = next(opaque)
            if hidden[0] < span[1]:
                continue
            if concept.prefixes[-1] == _NEGATION and concept.name.startswith((CUE, COMPARISON)):
                family = COMPARISON if concept.name == COMPARISON else CUE
                cues[family].append((start, end, concept.name.removeprefix(f"{CUE}.")))
                continue
            while begins[number + 1] <= span[0]:
                number += 1
            if number < 0:
                continue
            quantity = valued.get(start)
            if quantity is not None:
                # "f / 1. 4" is one number, though its full stop ends a phrase.
                out.append(Mention(concept, span, concept.section, number, False, quantity.value, quantity.high))
            elif span[1] <= phrases[number].span[1]:
                out.append(Mention(concept, span, concept.section, number))
        return out


def _opaque(raw: str, reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield the runs that describe nothing, with quotes that the syntax does not know, then one behind the text."""
    spans = reading.opaque
    if "'" in raw or "‘" in raw:
        spans = [*spans, *(Span(*match.span()) for match in _SINGLE_QUOTED.finditer(raw))]
    if spans:
        yield from _Covered(spans).runs()
    yield len(raw) + 1, len(raw) + 2


def _merge(terms: list[Hit], numbers: list[Quantity]) -> tuple[list[Hit], dict[int, Quantity]]:
    """Return what was found of both, in order, and the quantities among them by their starts."""
    out: list[Hit] = []
    valued: dict[int, Quantity] = {}
    free, left = 0, iter(numbers)
    number: Quantity | None = next(left)
    for hit in (*terms, _LAST):
        while number is not None and (number.start < hit[0] or (number.start == hit[0] and number.end > hit[1])):
            # A term that holds the number says what it is: "35mm film" is no lens, "4k tv" no quality.
            if number.start >= free:
                out.append((number.start, number.end, _QUANTITIES[number.concept]))
                valued[number.start] = number
                free = number.end
            number = next(left, None)
        if hit[0] >= free:
            out.append(hit)
            free = hit[1]
    return out[:-1], valued


class _Covered:
    """Spans as one can ask of many places whether they are touched."""

    def __init__(self, spans: list[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            elif start < end:
                self._starts.append(start)
                self._ends.append(end)

    def runs(self) -> Iterable[tuple[int, int]]:
        """Return the start and the end of each run of characters that is covered."""
        return zip(self._starts, self._ends, strict=True)

    def touches(self, span: Span) -> bool:
        """Tell whether a span shares a character with any."""
        at = bisect_left(self._starts, span.end) - 1
        return at >= 0 and self._ends[at] > span.start


def _mark(mentions: list[Mention], negated: list[Span]) -> None:
    if not negated:
        return
    covered = _Covered(negated)
    for mention in mentions:
        if covered.touches(mention.span):
            mention.negated = True


def _heed_labels(mentions: list[Mention], phrases: list[Phrase]) -> None:
    """A mention under a label of one narrow section belongs there."""
    for mention in mentions:
        label = phrases[mention.phrase].label
        if label in NARROW:
            mention.section = label


@lru_cache(maxsize=8)
def reader(extra: tuple[Path, ...] = ()) -> BriefReader:
    """Return the reader of the built-in knowledge and the user's knowledge files."""
    return BriefReader(load(extra))
