"""Says which section a phrase belongs to that no term decides: a small spaCy text classifier, loaded when it is asked.

`python -m training` makes it. Without spaCy there is no classifier, and what the lexicon says stands.
"""

from __future__ import annotations

import logging
import threading
import warnings
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from promptlint.brief.normalise import term_words

if TYPE_CHECKING:
    from spacy.language import Language

LABELS = ("subject", "pose", "environment", "lighting", "camera", "skin", "film", "color", "style", "none")
"""What the classifier tells apart: the sections of a brief, and `none` for what no section holds."""

FOLDER = Path(__file__).parent / "classifier_model"

MOST_WORDS = 4
"""A longer phrase is left to its neighbours: it says several things, and the classifier names but one."""

SURE, SURE_OF_TERMS = 0.6, 0.95
"""What an answer needs to be taken; below it the phrase stays undecided. The terms know the second kind well, so that a
phrase without one of them is seldom of it."""

OF_TERMS = frozenset({"film", "skin", "lighting"})

KNOWN = 0.5
"""The share of a phrase's words that the classifier has to know; what it says of others is a guess."""

_lock = threading.Lock()
_answers: dict[str, tuple[str, float]] = {}


def prepared(phrase: str) -> str:
    """Return a phrase as the classifier sees it: words in lower case, one space between, no punctuation."""
    return term_words(phrase)


@lru_cache(maxsize=1)
def installed() -> bool:
    """Tell whether spaCy is there to ask, without importing it."""
    return find_spec("spacy") is not None


def classify(phrases: Sequence[str]) -> list[tuple[str, float]]:
    """Return the section of each phrase and how sure it is, from 0 to 1. Needs spaCy.

    An answer depends on its phrase alone, and is kept for the life of the process.
    """
    texts = [prepared(phrase) for phrase in phrases]
    with _lock:
        new = sorted({text for text in texts if text and text not in _answers})
        if new:
            # One at a time: in a batch sums come out in another order, and a score differs in its last digits.
            pipeline = _pipeline()
            for text in new:
                scores = pipeline(text).cats
                section = max(LABELS, key=scores.__getitem__)
                _answers[text] = (section, float(scores[section]))
        return [_answers[text] if text else ("none", 1.0) for text in texts]


def judge(phrases: Sequence[str]) -> list[str | None]:
    """Return the section of each phrase, or None where the classifier can't read it or isn't sure. Needs spaCy."""
    out: list[str | None] = [None] * len(phrases)
    read = [number for number, phrase in enumerate(phrases) if readable(phrase)]
    for number, (section, score) in zip(read, classify([phrases[number] for number in read]), strict=True):
        out[number] = section if score >= (SURE_OF_TERMS if section in OF_TERMS else SURE) else None
    return out


def readable(phrase: str) -> bool:
    """Tell whether the classifier knows enough words of a phrase (all are English), and the phrase is a short one."""
    words = term_words(phrase).split()
    return 0 < len(words) <= MOST_WORDS and sum(word in _vocabulary() for word in words) >= KNOWN * len(words)


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    return frozenset((FOLDER / "words.txt").read_text("utf-8").split())


@lru_cache(maxsize=1)
def _pipeline() -> Language:
    with warnings.catch_warnings():
        # A model of another patch release of spaCy works and says that it may not.
        warnings.simplefilter("ignore")
        logging.getLogger("spacy").setLevel(logging.ERROR)
        import spacy

        return spacy.load(FOLDER)
