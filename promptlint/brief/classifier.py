"""Weighs which section a run of words belongs to: a small spaCy text classifier, loaded when sections are asked for.

`python -m training` makes it. Without spaCy there is no classifier, and what the terms say stands.
"""

from __future__ import annotations

import logging
import threading
import warnings
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from promptlint.brief.decoding import Follows

if TYPE_CHECKING:
    from spacy.language import Language

LABELS = ("subject", "pose", "environment", "lighting", "camera", "skin", "film", "color", "style")
"""What the classifier tells apart: the sections of a brief."""

FOLDER = Path(__file__).parent / "classifier_model"

_lock = threading.Lock()


@lru_cache(maxsize=1)
def installed() -> bool:
    """Tell whether spaCy is there to ask, without importing it."""
    return find_spec("spacy") is not None


def judge(runs: Sequence[list[str]]) -> tuple[list[Mapping[str, float]], Follows]:
    """Return how likely each section is, for each run as units.py describes it, and which follows which.

    Needs spaCy.
    """
    from spacy.tokens import Doc

    with _lock:
        pipeline = _pipeline()
        component: Any = pipeline.get_pipe("textcat")
        scores = component.predict([Doc(pipeline.vocab, words=words) for words in runs])
    return [dict(zip(LABELS, map(float, row), strict=True)) for row in scores], pipeline.meta["follows"]


@lru_cache(maxsize=1)
def _pipeline() -> Language:
    with warnings.catch_warnings():
        # A model of another patch release of spaCy works and says that it may not.
        warnings.simplefilter("ignore")
        logging.getLogger("spacy").setLevel(logging.ERROR)
        import spacy

        return spacy.load(FOLDER)
