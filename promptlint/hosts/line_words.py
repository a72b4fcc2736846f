"""The words that tell how lines belong together: labels, and what a sentence breaks off with and goes on with."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import msgspec

from promptlint.compiled import cached
from promptlint.errors import KnowledgeError
from promptlint.yaml_file import YamlFile

_FOLDER = Path(__file__).parent.parent / "knowledge"
_FILES = (_FOLDER / "labels.yaml", _FOLDER / "lines.yaml")
_NO_SECTIONS = ("parameters", "none")


class LineWords(msgspec.Struct, forbid_unknown_fields=True):
    """What lines.yaml holds, with the labels of sections among its own."""

    labels: set[str]
    open_ends: list[str]
    goes_on: list[str]
    after_sentence: list[str]


@lru_cache(maxsize=1)
def line_words() -> LineWords:
    """Return the words, compiled."""
    return cached("lines", _FILES, LineWords, _read)


def _read() -> LineWords:
    by_section, own = (YamlFile(path, KnowledgeError) for path in _FILES)
    words = own.convert(LineWords)
    for section, labels in by_section.convert(dict[str, list[str]]).items():
        if section not in _NO_SECTIONS:
            words.labels.update(label.lower() for label in labels)
    return words
