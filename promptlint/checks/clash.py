"""The same thing asked for in the text and excluded by the negative prompt."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from promptlint.brief import Brief, Mention
from promptlint.brief.knowledge import ConceptName
from promptlint.brief.normalise import term_words
from promptlint.brief.phrases import Phrase
from promptlint.checks.case import Case, Check, Finding
from promptlint.checks.needs import Need, Sign
from promptlint.diagnostics import Edit, Part
from promptlint.source import Span

_MARKUP = re.compile(r"[<>=]")
_OR = re.compile(r"(?i)^(?:or|nor)\b")
_JOINT = re.compile(r"\s*[,;\n]\s*")


class _Entry(NamedTuple):
    """A phrase of a negative prompt or list: the brief that it stands in, its number there and its words' key.

    `named` is where the text has it by another name.
    """

    brief: Brief
    part: Part
    number: int
    span: Span
    key: str
    named: Span | None


class Clash(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A phrase of the negative prompt that the text asks for, in the same words.

    Each concept of `alike` is one thing with several names, so that another of its names clashes too. A word that
    speaks of a thing ("realistic irises") is not the word alone. Nobody asks for what is one of `never`. More than
    `most` are one finding.
    """

    alike: list[ConceptName] = []
    never: list[ConceptName] = []
    most: int = 3

    @property
    def needs(self) -> Sequence[Need]:
        return [Need((Sign.NEGATIVE, Sign.EXCLUSIONS))]

    def find(self, case: Case) -> Iterator[Finding]:
        brief = case.brief
        if case.excluded is None and not brief.negatives:
            return
        entries = self._shared(case)
        if not entries:
            return
        by_words = all(one.named is None for one in entries)
        asked = self._asked(brief, {one.key for one in entries} if by_words else None)
        if not asked:
            return
        found: list[Finding] = []
        for one in entries:
            at = asked.get(one.key) or one.named
            if at is not None:
                values = {"phrase": brief.words(at), "excluded": one.brief.words(one.span)}
                found.append(Finding(at, values, edits=_without(one.brief, one.number, one.part)))
        if len(found) > self.most:
            names = '", "'.join(one.values["phrase"] for one in found)
            yield Finding(found[0].span, {"phrase": names, "excluded": "the same"})
            return
        yield from found

    def _shared(self, case: Case) -> list[_Entry]:
        """Return what is excluded and stands in the text too, in whatever sense, or has another name there."""
        brief = case.brief
        text, named = term_words(brief.text), self._named(brief)
        sides: list[tuple[Brief, Part]] = [(brief, "positive")]
        if case.excluded is not None:
            sides.append((case.excluded, "negative"))
        out = []
        for other, part in sides:
            for number, span in _excluded(other, part):
                key = _key(other.words(span))
                name = self._of_name(other, span, named) if named else None
                if name or key in text:
                    out.append(_Entry(other, part, number, span, key, name))
        return out

    def _asked(self, brief: Brief, wanted: Collection[str] | None) -> dict[str, Span]:
        """Return what the text asks for, by its words: all of it, or what has the words that are wanted."""
        out: dict[str, Span] = {}
        for span, phrase in _said(brief):
            key = _key(brief.words(span))
            if key in out or (wanted is not None and key not in wanted):
                continue
            # "no noise, blur or artifacts" goes on behind its comma.
            if phrase.weight > 0 and not _OR.search(brief.words(phrase.span)):
                out[key] = span
        # In a list of faults without a negator of its own, and in markup, nothing is asked for.
        faults = {_key(brief.words(one.span)) for one in brief.mentions if _is(one, self.never)} if out else ()
        return {
            key: span
            for key, span in out.items()
            if key and key not in faults and not _MARKUP.search(brief.words(span))
        }

    def _named(self, brief: Brief) -> dict[str, Span]:
        return {one.concept.name: one.span for one in reversed(brief.of(self.alike)) if one.target in (None, "picture")}

    def _of_name(self, other: Brief, span: Span, named: dict[str, Span]) -> Span | None:
        whole = [one for one in other.mentions if one.span == span]
        return named.get(whole[0].concept.name) if whole and _is(whole[0], self.alike) else None


def _is(mention: Mention, concepts: Sequence[str]) -> bool:
    return any(name in mention.concept.prefixes for name in concepts)


def _said(brief: Brief) -> Iterator[tuple[Span, Phrase]]:
    """Yield the whole phrases and the mentions that nothing negates, each with its phrase."""
    negated = [*(one.span for one in brief.negations), *brief.negatives]
    for phrase in brief.phrases:
        if not any(span.start < phrase.span.end and phrase.span.start < span.end for span in negated):
            yield phrase.span, phrase
    for mention in brief.mentions:
        # "celebrity_likeness" is one word.
        apart = brief.text[mention.span.end : mention.span.end + 1] != "_"
        if not mention.negated and mention.target in (None, "picture") and apart:
            yield mention.span, brief.phrases[mention.phrase]


def _excluded(brief: Brief, part: Part) -> Iterator[tuple[int, Span]]:
    """Yield the phrases of a negative prompt, or of negative lists inside the text, with their numbers."""
    for number, phrase in enumerate(brief.phrases):
        if part == "negative" or phrase.span in brief.negatives:
            yield number, phrase.span


def _key(words: str) -> str:
    """Return words as they are compared: without case, hyphens and the plural of the last."""
    plain = term_words(words)
    return plain[:-1] if len(plain) > 3 and plain.endswith("s") and not plain.endswith("ss") else plain


def _without(brief: Brief, number: int, part: Part) -> tuple[Edit, ...]:
    """Return the edit that takes a phrase of a list out with one separator; none where it stands in brackets."""
    phrases = brief.phrases
    span = phrases[number].span
    if number and _JOINT.fullmatch(brief.text, phrases[number - 1].span.end, span.start):
        return (Edit(Span(phrases[number - 1].span.end, span.end), "", part),)
    if number + 1 < len(phrases) and _JOINT.fullmatch(brief.text, span.end, phrases[number + 1].span.start):
        return (Edit(Span(span.start, phrases[number + 1].span.start), "", part),)
    return ()
