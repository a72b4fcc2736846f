"""Negative prompts that a model has no place for: beside the prompt, and written into it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptlint.checks.case import Finding
from promptlint.checks.foreign import plain
from promptlint.checks.opposites import opposite, pairs
from promptlint.diagnostics import Edit
from promptlint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from promptlint.brief import Brief, Mention
    from promptlint.checks.case import Case

_NEGATIVE = re.compile(r"(?<![a-z])neg(?:ative)?s?(?![a-z])", re.IGNORECASE)
_QUOTES = " \t:：\"'*_"
_OF_PEOPLE = ("subject", "pose", "skin")
_LEFT_OVER = " \t,;|-*_#>"


def counterparts(left_out: Iterable[Mention], brief: Brief) -> tuple[tuple[str, str], ...]:
    """Return what a photograph's prompt can say in place of what it leaves out, as pairs of section and words.

    What speaks of people goes into portraits only, and nothing is said twice.
    """
    if brief.intent not in ("portrait", "photo"):
        return ()
    found: dict[str, str] = {}
    said = pairs(brief.text)
    for mention in left_out:
        words = opposite(mention.concept, brief)
        section = mention.concept.attributes.get("opposite_section", mention.concept.section)
        if words is None or section == "none" or (section in _OF_PEOPLE and brief.intent != "portrait"):
            continue
        if said.isdisjoint(pairs(words)):
            found.setdefault(words, section)
            said |= pairs(words)
    return tuple((section, words) for words, section in found.items())


def unsupported_negatives(case: Case) -> Iterator[Finding]:
    """Yield the negative prompt where the model takes none. Its edits empty it, its additions say it otherwise."""
    model, negative = case.model, case.negative or ""
    if model is None or not (model.refuses_negative or model.negative == "flag") or not negative.strip():
        return
    span = Span(0, len(negative))
    taken_out = Edit(span, "", "negative")
    note = f": {model.negative_note}" if model.negative_note else ""
    values = {"phrase": negative.strip(), "model": model.title, "note": note}
    if model.negative == "flag":
        values |= {"note": " beside the prompt: it is its flag --no", "says": " and write it as --no"}
        yield Finding(span, values, part="negative", edits=(_as_flag(case.tree.text, negative), taken_out))
        return
    if model.negative == "inline" and case.tree.dialect != "structured":
        values["says"] = " and say in the prompt what to avoid"
        yield Finding(span, values, part="negative", edits=(_avoiding(case.tree.text, negative), taken_out))
        return
    added = counterparts(case.excluded.mentions if case.excluded else (), case.brief)
    values["says"] = _says(added)
    yield Finding(span, values, part="negative", edits=(taken_out,), additions=added)


def _as_flag(text: str, negative: str) -> Edit:
    """Write a negative prompt as a flag at the end of the text."""
    end = len(text.rstrip())
    return Edit(Span(end, end), f" --no {_on_one_line(negative)}")


def _on_one_line(negative: str) -> str:
    return " ".join(plain(negative).split()).strip(" ,.")


def _avoiding(text: str, negative: str) -> Edit:
    """Write a negative prompt as an order at the end of the text."""
    end = len(text.rstrip())
    stop = "" if text[:end].endswith((".", "!", "?")) else "."
    return Edit(Span(end, end), f"{stop} Avoid: {_on_one_line(negative)}.")


def _says(added: tuple[tuple[str, str], ...]) -> str:
    return f' and say "{", ".join(words for _, words in added)}"' if added else ""


def inline_negatives(case: Case) -> Iterator[Finding]:
    """Yield sections of the text that call themselves a negative prompt, where the model reads them as the picture's.

    A model whose vendor wants exclusions in the prompt reads them as such; "Avoid: …" is a plain order to any model.
    """
    model, brief = case.model, case.brief
    if model is None or model.negative != "none":
        return
    for label, section in brief.labels:
        words = brief.words(label)
        if section != "negative" or not _NEGATIVE.search(words):
            continue
        parts = _below(brief, label)
        if not parts:
            continue
        whole = Span(label.start, parts[-1].end)
        structured = case.tree.dialect == "structured"
        inside = [one for one in brief.mentions if whole.contains(one.span)]
        added = () if structured else counterparts(inside, brief)
        values = {"phrase": words.strip(_QUOTES), "model": model.title, "says": _says(added)}
        edits = () if structured else (_without(brief.text, whole),)
        yield Finding(whole, values, edits=edits, additions=added)


def _below(brief: Brief, label: Span) -> list[Span]:
    """Return the phrases that stand under a label of exclusions, up to the next label."""
    following = min((other.start for other, _ in brief.labels if other.start > label.start), default=len(brief.text))
    return [
        phrase.span
        for phrase in brief.phrases
        if phrase.label == "negative" and label.end <= phrase.span.start < following
    ]


def _without(text: str, span: Span) -> Edit:
    """Take a section out with its marks, and its line end where it fills whole lines."""
    start, end = span
    while start > 0 and text[start - 1] in _LEFT_OVER:
        start -= 1
    while end < len(text) and text[end] in " \t.,;)]*_":
        end += 1
    begins_line = start == 0 or text[start - 1] in "\r\n"
    if begins_line and end == len(text):
        start = len(text[:start].rstrip())
        return Edit(Span(start, end), "")
    if begins_line:
        rest = re.compile(r"[ \t]*(?:\r\n|\r|\n)").match(text, end)
        return Edit(Span(start, rest.end() if rest else end), "")
    follows = end < len(text) and text[end] not in "\r\n"
    return Edit(Span(start, end), " " if follows else "")
