"""What to write in place of something that must not be there, as its concept says."""

from __future__ import annotations

from itertools import pairwise

from promptlint.brief import Brief, Mention
from promptlint.brief.knowledge import Concept

_SHORT = 3
"""Letters of words that say nothing by themselves."""


def opposite(concept: Concept, brief: Brief) -> str | None:
    """Return the opposite of a concept; None where it has none, or the prompt says so already."""
    words = concept.attributes.get("opposite")
    return words if words and says_so(concept, brief) is None else None


def says_so(concept: Concept, brief: Brief) -> Mention | None:
    """Return the mention that makes a concept's opposite needless: the prompt says it, or what it would contradict."""
    return next(iter(brief.of(concept.attributes.get("opposite_unless", ()))), None)


def pairs(text: str) -> set[str]:
    """Return each two words in a row of a text."""
    words = text.casefold().replace(",", " ,").split()
    return {f"{one} {other}" for one, other in pairwise(words) if len(one) > _SHORT and len(other) > _SHORT}
