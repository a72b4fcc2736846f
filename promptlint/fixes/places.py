"""Where found words stand in their phrase, which says what can take their place."""

from __future__ import annotations

from promptlint.fixes.layout import Layout
from promptlint.source import Span


def stands_alone(span: Span, layout: Layout) -> bool:
    """Tell whether words end their phrase, and lead it but for words that lead others as well: "with soft".

    In a sentence, words that others hang on ("golden light pulses through the cracks") are better left alone.
    """
    before = layout.text[_phrase(span, layout).start : span.start].lower().split()
    leads = layout.tables.choices["leads"]
    return not is_followed(span, layout) and all(word in leads for word in before)


def is_followed(span: Span, layout: Layout) -> bool:
    """Tell whether other words of the phrase follow. A number begins something else: "HDR 8k"."""
    behind = layout.text[span.end : _phrase(span, layout).end]
    return next((letter.isalpha() for letter in behind if letter.isalnum()), False)


def _phrase(span: Span, layout: Layout) -> Span:
    return next((one.span for one in layout.brief.phrases if one.span.contains(span)), span)
