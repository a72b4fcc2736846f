"""Cuts a prompt into runs of one section each, by labels, by the heads of chunks, and by what stands before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from promptlint.brief.adjectives import Adjectives
from promptlint.brief.chunks import Chunk, Chunker
from promptlint.brief.phrases import Phrase
from promptlint.brief.section_table import NARROW, SectionTable
from promptlint.brief.units import Run, gap
from promptlint.source import Span

if TYPE_CHECKING:
    from promptlint.brief.model import Mention

_LEAD = 2
"""Words that lead up to the first term of a phrase, at most."""
_BEHIND = 4
"""How many runs back one looks for what governs a chunk."""


class RunMaker:
    """Makes the runs of prompts by one table."""

    def __init__(self, table: SectionTable) -> None:
        self._table = table
        self._chunker = Chunker(table.joints, table.determiners)
        self._adjectives = Adjectives(table)
        self._governors = [
            (frozenset(one.head), frozenset(one.links), frozenset(one.takes), one.across) for one in table.governors
        ]

    def make(self, text: str, phrases: Sequence[Phrase], mentions: Sequence[Mention], intent: str) -> list[Run]:
        """Return the runs of a prompt, in the order of the text."""
        by_phrase: dict[int, list[Mention]] = {}
        for mention in mentions:
            by_phrase.setdefault(mention.phrase, []).append(mention)
        runs: list[Run] = []
        for number, phrase in enumerate(phrases):
            runs += self._phrase(text, phrase, by_phrase.get(number, ()), intent, runs[-_BEHIND:])
        _settle(runs, self._table.depicting if intent != "portrait" else frozenset())
        return runs

    def _phrase(
        self, text: str, phrase: Phrase, mentions: Sequence[Mention], intent: str, behind: list[Run]
    ) -> list[Run]:
        """Return the runs of one phrase; `behind` are those before it."""
        if phrase.label == "parameters" and mentions:
            # The shape of the picture and its size are set, and yet described.
            return [Run(mentions[0].section, phrase.span, labelled=True, mentions=list(mentions))]
        if phrase.label in NARROW or phrase.label in ("none", "parameters"):
            return [Run(phrase.label or "none", phrase.span, labelled=True, mentions=list(mentions))]
        runs: list[Run] = []
        last: Mention | None = None
        for chunk in self._chunker.cut(text, phrase.span, mentions):
            found = self._chunk(text, chunk, phrase, intent, last, [*behind, *runs])
            for run in found:
                run.labelled = phrase.label is not None
                run.mentions = [one for one in chunk.mentions if run.span.start <= one.span.start < run.span.end]
            runs += found
            last = next((one for one in reversed(chunk.mentions) if one.section != "none"), last)
        if len(runs) > 1 and not runs[0].mentions and not runs[1].open and len(_words(text, runs[0])) <= _LEAD:
            # "Shot with an 85mm lens": what leads up to the first term of a phrase belongs to it.
            runs[0].section, runs[0].open = runs[1].section, False
        begins = not behind or gap(text, behind[-1].span.end, phrase.span.start) == "stop"
        self._adjectives.part(text, runs, begins=begins)
        return runs

    def _chunk(
        self, text: str, chunk: Chunk, phrase: Phrase, intent: str, last: Mention | None, behind: Sequence[Run]
    ) -> list[Run]:
        stated = [mention for mention in chunk.mentions if mention.section != "none"]
        governor = behind[-1] if last and behind else _last_said(text, behind, chunk.start)
        if governor is not None and self._is_governed(chunk, stated, last, governor):
            return [Run(governor.section, chunk.span, governor.open, governed=True)]
        if not stated:
            return [self._open(text, chunk, phrase, behind[-1] if behind else None)]
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

    def _is_governed(self, chunk: Chunk, stated: Sequence[Mention], last: Mention | None, governor: Run) -> bool:
        """Tell whether a chunk goes with the run before it; `last` is what was last named in its own phrase."""
        parts = self._table.parts
        of_body = bool(stated) and all(not parts.isdisjoint(one.concept.prefixes) for one in stated)
        if of_body and last is not None and chunk.kind == "place":
            return True
        if of_body and last is None and governor.governed and chunk.kind in ("", "with"):
            # "Highlights along the bridge of her nose, cheekbone, and lower lip".
            return True
        head = last or next((one for one in reversed(governor.mentions) if one.section != "none"), None)
        if head is None:
            return False
        freed = [one for one in stated if one.section in self._table.free and one.section != head.section]
        return any(
            chunk.joint in links
            and (across or last is not None)
            and not heads.isdisjoint(head.concept.prefixes)
            and (bool(stated) or not takes)
            and all(not takes.isdisjoint(one.concept.prefixes) for one in (stated if takes else freed))
            for heads, links, takes, across in self._governors
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


def _last_said(text: str, behind: Sequence[Run], start: int) -> Run | None:
    """Return the last run of the same sentence that something is named in."""
    for run in reversed(behind):
        if gap(text, run.span.end, start) == "stop":
            return None
        if run.governed or any(one.section != "none" for one in run.mentions):
            return run
    return None


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
