"""From a syntax tree to a brief: finds mentions, marks what is negated, reads context, sections and intent."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property, lru_cache
from pathlib import Path

import msgspec

from promptlint.brief import phrases as phrase_reader
from promptlint.brief import quantities
from promptlint.brief.alternatives import Alternatives
from promptlint.brief.context import Context
from promptlint.brief.intent import IntentJudge
from promptlint.brief.knowledge import Concept, above
from promptlint.brief.lexicon import Lexicon, load
from promptlint.brief.model import Brief, Mention
from promptlint.brief.negation import COMPARISON, CUE, Negators
from promptlint.brief.normalise import Normalised, term_words
from promptlint.brief.phrases import Phrase, Reading
from promptlint.brief.readable import Readable, ReadingTable
from promptlint.brief.sections import NARROW, Sections, SectionTable
from promptlint.brief.targets import Targets, TargetTable
from promptlint.source import Span
from promptlint.syntax import Tree

_QUANTITY_SECTIONS = {
    "camera.focal-length": "camera",
    "camera.aperture": "camera",
    "camera.iso": "camera",
    "camera.shutter": "camera",
    "camera.ratio": "camera",
    "light.temperature": "lighting",
    "style.quality.resolution": "style",
}
_QUANTITIES = {
    name: Concept(name, section, {"counts_for": ["picture"]}) for name, section in _QUANTITY_SECTIONS.items()
}
_Found = tuple[int, int, Concept, float | None, float | None]
"""Start and end in the normalised text, the concept, its value and the long end of a zoom."""

_HYPHENED = re.compile(r"-(\w+)")
_KEYED = re.compile(r'"([\w -]{3,40})"\s*:\s*("[^"]*"?|\[[^\]]*\]?|\{[^}]*\}?)')
_SINGLE_QUOTED = re.compile(r"(?<!\w)['‘](?!s\b)[^'’\n]{2,60}['’](?!\w)")


class BriefReader:
    """Understands prompts by one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        tables = lexicon.tables
        self._negators = Negators(tables.negation)
        self._likeness = frozenset(tables.negation["likeness"])
        self._comparable = frozenset(tables.negation["compared"])
        self._alternatives = Alternatives(*(tables.negation[key] for key in ("alternatives", "ranges", "leads")))
        self._context = Context(tables.context)
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
        reading = phrase_reader.read(tree, self.lexicon.tables.labels)
        if '":' in tree.text and not reading.negatives:
            reading.negatives.extend(self._keyed_negatives(tree.text))
        text = Normalised(tree.text)
        cues: dict[str, list[tuple[int, int, str]]] = {CUE: [], COMPARISON: []}
        mentions = self._mentions(text, tree.text, reading, cues)
        negations = self._negators.reaches(text, cues[CUE], reading.phrases) if cues[CUE] else []
        _mark(mentions, [*(one.span for one in negations), *reading.negatives])
        comparable = [one for one in mentions if not self._comparable.isdisjoint(one.concept.prefixes)]
        if cues[COMPARISON]:
            compared = self._negators.reaches(text, cues[COMPARISON], reading.phrases)
            _mark(comparable, [one.span for one in compared])
        for one in comparable:
            following = _HYPHENED.match(tree.text, one.span.end)
            if following and following.group(1).lower() in self._likeness:
                one.negated = True
        readable, raw = self._readable, tree.text
        is_english = readable.is_english(raw)
        if (
            not is_english
            or readable.is_instruction(raw)
            or readable.is_name(raw, mentions)
            or readable.is_fragment(raw, mentions, reading.phrases)
        ):
            reading.promised.add("*")
        self._context.apply(text, tree.text, mentions, reading.phrases)
        # What context made nothing of says nothing.
        mentions = [one for one in mentions if one.section != "none" or one.concept.prefixes[-1] != "word"]
        _heed_labels(mentions, reading.phrases)
        self._targets.apply(tree.text, reading.phrases, mentions)
        for mention in mentions:
            # An adjective of a thing belongs to the thing, and so to the section of what follows.
            if mention.target in ("person", "thing"):
                mention.section = "none"
        in_list = _Covered(reading.negatives)
        intent, evidence = self._judge.judge(tree.text, mentions, reading.phrases)
        return Brief(
            text=tree.text,
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
            is_english=is_english,
        )

    def _keyed_negatives(self, text: str) -> list[Span]:
        """Return the negative lists of JSON that is broken, or only a piece, and so is no structure to the parser."""
        labels = self.lexicon.tables.labels
        keyed = _KEYED.finditer(text)
        return [Span(*match.span(2)) for match in keyed if labels.get(term_words(match.group(1))) == "negative"]

    def _mentions(
        self, text: Normalised, raw: str, reading: Reading, cues: dict[str, list[tuple[int, int, str]]]
    ) -> list[Mention]:
        """Return what the lexicon and the quantities name, of overlapping ones the leftmost, then the longest.

        Words of negation and comparison go to `cues`, by concept.
        """
        found: list[_Found] = [
            (hit.start, hit.end, self.lexicon.concept(hit.concept), None, None) for hit in self.lexicon.find(text)
        ]
        numbers = quantities.find(text.strict)
        if numbers:
            found = _merge(found, numbers)
        opaque = _Covered([*reading.opaque, *(Span(*match.span()) for match in _SINGLE_QUOTED.finditer(raw))])
        starts = [phrase.span.start for phrase in reading.phrases]
        out = []
        for start, end, concept, value, high in found:
            span = text.span(start, end)
            if opaque.touches(span):
                continue
            if concept.name.startswith((CUE, COMPARISON)):
                family = COMPARISON if concept.name == COMPARISON else CUE
                cues[family].append((start, end, concept.name.removeprefix(f"{CUE}.")))
                continue
            number = bisect_right(starts, span.start) - 1
            # "f / 1. 4" is one number, though its full stop ends a phrase.
            if number < 0 or (value is None and reading.phrases[number].span.end < span.end):
                continue
            out.append(Mention(concept, span, concept.section, number, False, value, high))
        return out


def _merge(terms: list[_Found], numbers: list[quantities.Quantity]) -> list[_Found]:
    both: list[_Found] = terms + [(q.start, q.end, _QUANTITIES[q.concept], q.value, q.high) for q in numbers]
    both.sort(key=lambda row: (row[0], -row[1]))
    out: list[_Found] = []
    for row in both:
        if out and row[0] < out[-1][1]:
            # A term that holds the number says what it is: "35mm film" is no lens, "4k tv" no quality.
            continue
        out.append(row)
    return out


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
