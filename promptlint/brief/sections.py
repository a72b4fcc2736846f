"""Gives every word of a prompt a section: from its label, from the head of its chunk, from its neighbours.

What none of these decide is left to a judge, whose answer is weighed against what is likely.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from promptlint.brief.chunks import Chunk, Chunker
from promptlint.brief.decoding import Follows, decode
from promptlint.brief.phrases import Phrase
from promptlint.brief.units import Run, described, gaps
from promptlint.source import Span

if TYPE_CHECKING:
    from promptlint.brief.model import Mention

Judge = Callable[[Sequence[list[str]]], tuple[Sequence[Mapping[str, float]], Follows]]
"""Gives, for each run of a prompt, described as units.py does, how likely each section is, and which follows which."""

# Labels that name one narrow thing win over what a word would be elsewhere: a window under "Lighting" is a light.
NARROW = frozenset({"lighting", "camera", "film", "color", "skin", "negative"})


class Governor(msgspec.Struct, forbid_unknown_fields=True):
    """A mention of `head` takes along the chunk behind it that begins with one of `links`.

    `takes` are mentions that it takes though their section is free; `across`: also over a comma.
    """

    head: list[str]
    links: list[str]
    takes: list[str] = []
    across: bool = False


_TOKEN = re.compile(r"\w+(?:['’-]\w+)*")
_LEAST = 1e-9
"""A share that is none has a logarithm, too."""
_LEAD = 2
"""Words that lead up to the first term of a phrase, at most."""


class Trust(msgspec.Struct, forbid_unknown_fields=True):
    """How much more likely the section is that the terms give, whatever the judge says: as a factor's logarithm.

    For a run that holds no term, for one that does, and for one under a label. `order` is how much it counts which
    section follows which.
    """

    open: float
    terms: float
    label: float
    order: float


class SectionTable(msgspec.Struct, forbid_unknown_fields=True):
    """The words and concepts of sections.yaml."""

    joints: dict[str, list[str]]
    articles: frozenset[str]
    adjectives: frozenset[str]
    adjective_endings: list[str]
    determiners: frozenset[str]
    modifiers: frozenset[str]
    modified: frozenset[str]
    nouns: frozenset[str]
    nouns_modify: frozenset[str]
    parts: frozenset[str]
    governors: list[Governor]
    free: frozenset[str]
    props: frozenset[str]
    depicting: frozenset[str]
    trust: Trust


class Sections:
    """Assigns sections by one table."""

    def __init__(self, table: SectionTable) -> None:
        self._table = table
        self._endings = tuple(table.adjective_endings)
        self._chunker = Chunker(table.joints, table.determiners)
        self._governors = [
            (frozenset(one.head), frozenset(one.links), frozenset(one.takes), one.across) for one in table.governors
        ]

    def assign(
        self, text: str, phrases: Sequence[Phrase], mentions: Sequence[Mention], intent: str, judge: Judge | None = None
    ) -> dict[str, tuple[Span, ...]]:
        """Return the spans of each section, in the order of the text, without overlap."""
        runs = self.runs(text, phrases, mentions, intent)
        chosen = [run.section for run in runs]
        # Where every word has its term, the judge need not be loaded.
        if judge is not None and any(run.open for run in runs):
            chosen = self._judged(text, runs, *judge(described(text, runs, intent)))
        out: dict[str, list[Span]] = {}
        for section, run in zip(chosen, runs, strict=True):
            if section in ("none", "parameters"):
                continue
            spans = out.setdefault(section, [])
            if spans and text[spans[-1].end : run.span.start].strip() == "" and spans[-1].end <= run.span.start:
                spans[-1] = Span(spans[-1].start, run.span.end)
            else:
                spans.append(run.span)
        return {section: tuple(spans) for section, spans in out.items()}

    def runs(self, text: str, phrases: Sequence[Phrase], mentions: Sequence[Mention], intent: str) -> list[Run]:
        """Return the runs of one section each, by labels, terms and neighbours, in the order of the text."""
        by_phrase: dict[int, list[Mention]] = {}
        for mention in mentions:
            by_phrase.setdefault(mention.phrase, []).append(mention)
        runs: list[Run] = []
        for number, phrase in enumerate(phrases):
            runs.extend(self._phrase(text, phrase, by_phrase.get(number, ()), intent, runs[-1] if runs else None))
        _settle(runs, self._table.depicting if intent != "portrait" else frozenset())
        return runs

    def _judged(
        self, text: str, runs: Sequence[Run], answers: Sequence[Mapping[str, float]], follows: Follows
    ) -> list[str]:
        """Return the sections of runs as the judge's answers, the terms and the order of sections make them likely."""
        scores = [self._weighed(run, answer) for run, answer in zip(runs, answers, strict=True)]
        found = decode(scores, gaps(text, runs), follows, self._table.trust.order)
        chosen = [one or run.section for one, run in zip(found, runs, strict=True)]
        for index in range(len(runs) - 2, -1, -1):
            if runs[index].bound:
                chosen[index] = chosen[index + 1]
        return chosen

    def _weighed(self, run: Run, answer: Mapping[str, float]) -> dict[str, float] | None:
        """Return how likely each section is, with what the terms say in the other scale; None where it is settled."""
        if run.section not in answer:
            return None
        trust = self._table.trust
        scores = {section: math.log(share + _LEAST) for section, share in answer.items()}
        scores[run.section] += trust.label if run.labelled else trust.open if run.open else trust.terms
        return scores

    def _phrase(
        self, text: str, phrase: Phrase, mentions: Sequence[Mention], intent: str, before: Run | None
    ) -> list[Run]:
        """Return the runs of one phrase."""
        if phrase.label == "parameters" and mentions:
            # The shape of the picture and its size are set, and yet described.
            return [Run(mentions[0].section, phrase.span, labelled=True, mentions=list(mentions))]
        if phrase.label in NARROW or phrase.label in ("none", "parameters"):
            return [Run(phrase.label or "none", phrase.span, labelled=True)]
        runs: list[Run] = []
        last: Mention | None = None
        for chunk in self._chunker.cut(text, phrase.span, mentions):
            found = self._chunk(text, chunk, phrase, intent, last, runs[-1] if runs else before)
            for run in found:
                run.labelled = phrase.label is not None
                run.mentions = [one for one in chunk.mentions if run.span.start <= one.span.start < run.span.end]
            runs.extend(found)
            stated = [mention for mention in chunk.mentions if mention.section != "none"]
            last = stated[-1] if stated else last
        if len(runs) > 1 and not runs[0].mentions and not runs[1].open and len(_words(text, runs[0])) <= _LEAD:
            # "Shot with an 85mm lens": what leads up to the first term of a phrase belongs to it.
            runs[0].section, runs[0].open = runs[1].section, False
        self._part_adjectives(
            text,
            phrase,
            runs,
            before is None
            or "." in text[before.span.end : phrase.span.start]
            or "\n" in text[before.span.end : phrase.span.start],
        )
        return runs

    def _part_adjectives(self, text: str, phrase: Phrase, runs: list[Run], begins: bool) -> None:
        """Part words at the end of a phrase whose noun stands behind the comma: "with *a soft*, shy smile"."""
        run = runs[-1]
        if text[phrase.span.end : phrase.span.end + 1] != ",":
            return
        words = list(_TOKEN.finditer(text, *run.span))
        if not words or not self._is_adjective(words[-1].group().lower()):
            return
        last = run.mentions[-1] if run.mentions else None
        if last and last.span.end == run.span.end and last.section != "none" and self._is_noun(last):
            return
        at = next(
            (
                one
                for one in range(len(words) - 2, max(-1, len(words) - 4), -1)
                if words[one].group().lower() in self._table.articles
            ),
            None,
        )
        if at is None:
            if not (begins and len(runs) == 1 and len(words) == 1):
                return
            at = 0
        if at and words[at - 1].group().lower() in self._table.articles:
            at -= 1
        start = words[at].start() if at else run.span.start
        if start > run.span.start:
            tail = [one for one in run.mentions if one.span.start >= start]
            run.mentions = run.mentions[: len(run.mentions) - len(tail)]
            run.span = Span(run.span.start, start)
            run = Run("", Span(start, phrase.span.end), labelled=run.labelled, mentions=tail)
            runs.append(run)
        run.open = run.bound = True

    def _is_noun(self, mention: Mention) -> bool:
        prefixes = mention.concept.prefixes
        return self._table.modifiers.isdisjoint(prefixes) or not self._table.nouns.isdisjoint(prefixes)

    def _is_adjective(self, word: str) -> bool:
        return word in self._table.adjectives or word.endswith(self._endings)

    def _chunk(
        self, text: str, chunk: Chunk, phrase: Phrase, intent: str, last: Mention | None, before: Run | None
    ) -> list[Run]:
        stated = [mention for mention in chunk.mentions if mention.section != "none"]
        if before is not None and self._is_governed(text, chunk, stated, last, before):
            return [Run(before.section, chunk.span, before.open, governed=True)]
        if not stated:
            return [self._open(text, chunk, phrase, before)]
        sections = [self._section_of(mention, intent) for mention in stated]
        self._join_modifiers(stated, sections)
        self._join_objects(text, stated, sections)
        runs: list[Run] = []
        at = chunk.start
        for index, section in enumerate(sections):
            end = chunk.end if index + 1 == len(sections) else stated[index].span.end
            if runs and runs[-1].section == section:
                runs[-1].span = Span(runs[-1].span.start, end)
            elif end > at:
                runs.append(Run(section, Span(at, end)))
            at = max(at, end)
        return runs

    def _section_of(self, mention: Mention, intent: str) -> str:
        if intent == "portrait" and not self._table.props.isdisjoint(mention.concept.prefixes):
            return "environment"
        return mention.section

    def _join_modifiers(self, stated: Sequence[Mention], sections: list[str]) -> None:
        """An adjective has the section of what it describes."""
        table = self._table
        for index in range(len(stated) - 2, -1, -1):
            mine, following = stated[index].concept.prefixes, stated[index + 1].concept.prefixes
            if table.modifiers.isdisjoint(mine) or table.modified.isdisjoint(following):
                continue
            if not table.nouns.isdisjoint(mine) and table.nouns_modify.isdisjoint(following):
                continue
            sections[index] = sections[index + 1]

    def _join_objects(self, text: str, stated: Sequence[Mention], sections: list[str]) -> None:
        """What somebody holds or does something to is part of what he does: "holding a black cat"."""
        for index, mention in enumerate(stated[:-1]):
            if sections[index] != "pose":
                continue
            between = text[mention.span.end : stated[index + 1].span.start].split()
            last_word = text[mention.span.start : mention.span.end].rsplit(maxsplit=1)[-1].lower()
            if (between and between[0].lower() in self._table.determiners) or last_word in self._table.determiners:
                for later in range(index + 1, len(stated)):
                    if sections[later] in self._table.free:
                        break
                    sections[later] = "pose"

    def _is_governed(
        self, text: str, chunk: Chunk, stated: Sequence[Mention], last: Mention | None, before: Run
    ) -> bool:
        """Tell whether a chunk goes with the run before it."""
        parts, across = self._table.parts, last is None
        of_body = bool(stated) and all(not parts.isdisjoint(one.concept.prefixes) for one in stated)
        if last is None:
            if text[before.span.end : chunk.start].strip() != ",":
                return False
            if before.governed and of_body and chunk.kind in ("", "with"):
                # "Highlights along the bridge of her nose, cheekbone, and lower lip".
                return True
            last = next((one for one in reversed(before.mentions) if one.section != "none"), None)
            if last is None:
                return False
        elif of_body and chunk.kind == "place":
            return True
        freed = [one for one in stated if one.section in self._table.free and one.section != last.section]
        return any(
            chunk.joint in links
            and (reaches or not across)
            and not head.isdisjoint(last.concept.prefixes)
            and (bool(stated) or not takes)
            and all(not takes.isdisjoint(one.concept.prefixes) for one in (stated if takes else freed))
            for head, links, takes, reaches in self._governors
        )

    def _open(self, text: str, chunk: Chunk, phrase: Phrase, before: Run | None) -> Run:
        """Return the run of a chunk that holds no mention."""
        words = text[chunk.start : chunk.end].lower().split()
        if before is not None and len(words) <= 1:
            return Run(before.section, chunk.span, before.open)
        if phrase.label is not None:
            return Run(phrase.label, chunk.span)
        if before is not None and chunk.kind == "of" and before.section in self._table.depicting:
            return Run("subject", chunk.span)
        return Run("", chunk.span, open=True)


def _words(text: str, run: Run) -> list[str]:
    return text[run.span.start : run.span.end].split()


def _settle(runs: Sequence[Run], depicting: frozenset[str]) -> None:
    """Decide the open runs: a bound one by the run behind it, all others by the one before.

    What follows a section that only says how something is shown is what is shown.
    """
    for run, following in zip(reversed(runs[:-1]), reversed(runs[1:]), strict=True):
        if run.open and run.bound and not following.open:
            run.section = following.section
            run.open = False
    before = "subject"
    for run in runs:
        if run.open:
            run.section = "subject" if before in depicting else before
        if run.section not in ("none", "parameters", "negative"):
            before = run.section
