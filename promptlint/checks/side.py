"""A left or right that may be the camera's or the subject's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from promptlint.checks.case import Case, Finding
from promptlint.checks.mentioned import Mentioned
from promptlint.checks.selector import either, reads

_SIDE = r"(?i)\b(the\s+)?({}[ -])?(left|right)\b(?=([ -]?(?:hand)?[ -]side\b)?)"
_NOUN = len("-hand side")
_OTHER = {"left": "right", "right": "left"}


class Side(Mentioned, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A mention of `of` that says left or right, where nothing in the prompt says whose (`unless`, `unless_words`).

    `heights` are words that may stand before the side, and stay: "upper left".
    """

    heights: list[str] = []
    unless_words: list[str] = []

    def find(self, case: Case) -> Iterator[Finding]:
        brief = case.brief
        if brief.has(self.unless) or reads(brief.text, self.unless_words):
            return
        side = re.compile(_SIDE.format(either(self.heights)))
        for mention in brief.of(self.of):
            phrase = brief.words(mention.span)
            # "front-left side": the mention may end before the noun.
            match = side.search(brief.text[mention.span.start : mention.span.end + _NOUN])
            if match is None or match.end() > len(phrase):
                continue
            values = {
                "phrase": phrase,
                "side": match.group(3).lower(),
                "camera": _written(phrase, match, match.group(3)),
                "subject": _written(phrase, match, _OTHER[match.group(3).lower()]),
            }
            yield Finding(mention.span, values, mention)


def _written(phrase: str, match: re.Match[str], side: str) -> str:
    """Return the phrase with the camera's side in it: "from the left" is "from camera left"."""
    article = match.group(1) if match.group(1) and match.group(4) else ""
    joint = "-" if match.group(4) or phrase[match.end() : match.end() + 1] == "-" else " "
    words = f"{article}{(match.group(2) or '').replace('-', ' ')}camera{joint}{side}"
    return phrase[: match.start()] + words + phrase[match.end() :]
