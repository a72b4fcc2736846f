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
    is_hole = layout.text[: span.start].endswith("[") and layout.text.startswith("]", span.end)
    return not is_hole and not is_followed(span, layout) and all(word in leads for word in before)


def is_followed(span: Span, layout: Layout) -> bool:
    """Tell whether words that belong to them follow. A number or an "of" begins something else: "HDR 8k"."""
    behind = layout.text[span.end : _phrase(span, layout).end].split()
    words = (word for word in behind if any(letter.isalnum() for letter in word))
    first = next(words, "").lower()
    return first[:1].isalpha() and first not in layout.tables.small_words


def _phrase(span: Span, layout: Layout) -> Span:
    return next((one.span for one in layout.brief.phrases if one.span.contains(span)), span)
