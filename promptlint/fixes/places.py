"""Where found words stand in their phrase, which says what can take their place."""

from __future__ import annotations

from promptlint.fixes.layout import Layout
from promptlint.source import Span


def replaced(span: Span, layout: Layout, *, may_lead: bool) -> Span | None:
    """Return what goes when words are replaced that end their phrase, and lead it but for words that lead others too.

    Adjectives before them go with them: what takes the place of "soft dramatic lighting" is soft or it is not. None
    for words that others hang on ("golden light pulses through the cracks"), or that say it in a sentence; a "with" may
    follow what `may_lead`.
    """
    choices, text = layout.tables.choices, layout.text
    phrase = _phrase(span, layout)
    start = span.start
    before = text[phrase.start : start].split()
    while before and before[-1].lower() in choices["swallowed"]:
        start = text.rindex(before.pop(), phrase.start, start)
    is_hole = text[:start].endswith("[") and text.startswith("]", span.end)
    behind = text[span.end : phrase.end].strip(" .,;*_")
    behind = "" if may_lead and behind.startswith("with ") else behind
    said = not set(text[start : span.end].lower().split()).isdisjoint(layout.tables.removal["needs_more"])
    if is_hole or behind or said or any(word.lower() not in choices["leads"] for word in before):
        return None
    return Span(start, span.end)


def is_followed(span: Span, layout: Layout) -> bool:
    """Tell whether words that belong to them follow. A number or an "of" begins something else: "HDR 8k"."""
    behind = layout.text[span.end : _phrase(span, layout).end].split()
    words = (word for word in behind if any(letter.isalnum() for letter in word))
    first = next(words, "").lower()
    return first[:1].isalpha() and first not in layout.tables.small_words


def _phrase(span: Span, layout: Layout) -> Span:
    return next((one.span for one in layout.brief.phrases if one.span.contains(span)), span)
