"""More text than the model reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptlint.checks.case import Case, Check, Finding
from promptlint.checks.needs import Need, Sign
from promptlint.diagnostics import Part
from promptlint.source import OffsetMap, Span
from promptlint.syntax import LeafKind, Tree, choices
from promptlint.syntax.runtime import runtime_text

if TYPE_CHECKING:
    from promptlint.models import Model
    from promptlint.syntax import Dialect
    from promptlint.tokens import Encoder

SPLITTING: tuple[Dialect, ...] = ("a1111", "comfyui", "invokeai")
"""Dialects of runtimes that read a long prompt in several pieces and lose nothing."""
_SHOWN = 6
"""Words of what is lost that a message names, in so many characters at most."""
_WIDTH = 60

# What becomes of the words beyond the limit, by the catalogue's own word for it.
_FATES = {"refused": "makes it refuse the prompt", "cut": "is lost", "ignored": "may be lost"}
_OPEN_FATE = "is lost where the runtime doesn't split the prompt"
"""Of a CLIP model of which no host is named: some of its runtimes split a prompt, others cut it."""


class Tokens(Check, frozen=True, forbid_unknown_fields=True):
    """A prompt, or its negative, beyond the limit of the model. Silent without a model or where nothing is lost."""

    @property
    def needs(self) -> Sequence[Need]:
        return [Need((Sign.MODEL,))]

    def find(self, case: Case) -> Iterator[Finding]:
        reading = _reading(case)
        if case.model is None or reading is None:
            return
        trees = _trees(case, case.model)
        if reading.encoder and any(tree.dialect in SPLITTING for tree in trees.values()):
            return
        for part, tree in trees.items():
            yield from reading.beyond(tree, part)


@dataclass(frozen=True)
class _Reading:
    """What a model reads: so many tokens of an encoder, or without one so many characters."""

    reader: str
    limit: int
    fate: str
    encoder: Encoder | None

    def beyond(self, tree: Tree, part: Part) -> Iterator[Finding]:
        """Yield what of a text is not read, which begins with a whole word."""
        text, places = _read_text(tree)
        found = self._of_tokens(text, self.encoder) if self.encoder else self._of_characters(text)
        if found is None:
            return
        start, count = found
        values = {
            "count": count,
            "reader": self.reader,
            "limit": f"{self.limit:,}",
            "phrase": _beginning(text[start:]),
            "fate": self.fate,
        }
        yield Finding(places.source_span(Span(start, len(text.rstrip()))), values, part=part)

    def _of_tokens(self, text: str, encoder: Encoder) -> tuple[int, str] | None:
        """Return where the words that are not read begin, and in words how many tokens the text is."""
        if not encoder.exceeds(text, self.limit):
            return None
        total, start = 0, -1
        for word in encoder.words(text):
            total += word.tokens
            if start < 0 and total * encoder.scale + encoder.marks > self.limit:
                start = word.span.start
        return start, encoder.counted(total)

    def _of_characters(self, text: str) -> tuple[int, str] | None:
        size = len(text.rstrip())
        if size <= self.limit:
            return None
        start = self.limit
        while start and not text[start - 1].isspace():
            start -= 1
        return start or self.limit, f"{size:,} characters"


def _beginning(lost: str) -> str:
    """Return the first words of what is lost."""
    words = lost.split()
    shown = " ".join(words[:_SHOWN])
    if len(shown) > _WIDTH:
        return shown[:_WIDTH].rstrip() + "…"
    return f"{shown} …" if len(words) > _SHOWN else shown


def _reading(case: Case) -> _Reading | None:
    """Return what the model's entry in the catalogue says of how much it reads, if anything."""
    model = case.model
    if model is None:
        return None
    limit = model.limit
    if limit.beyond == "chunks":
        return None
    if limit.tokens:
        # Most runs have no model, and count nothing.
        from promptlint.tokens import encoder

        found = encoder(model.encoder, case.tokenizers)
        fate = _FATES.get(limit.beyond or "") or (_OPEN_FATE if "CLIP" in found.title else "may be lost")
        return _Reading(found.title or model.title, limit.tokens, fate, found)
    fate = _FATES.get(limit.beyond or "", "may be lost")
    return _Reading(model.title, limit.characters, fate, None) if limit.characters else None


def _trees(case: Case, model: Model) -> dict[Part, Tree]:
    """Return the texts that the model is given, parsed."""
    trees: dict[Part, Tree] = {"positive": case.tree}
    if case.excluded_tree is not None and model.takes_negative:
        trees["negative"] = case.excluded_tree
    return trees


def _read_text(tree: Tree) -> tuple[str, OffsetMap]:
    """Return the text that is encoded and where it stands; what is drawn anew for each picture is blank.

    Of a choice the shortest option counts, so that what is found holds for every picture.
    """
    blank = [leaf.span for leaf in tree.leaves() if leaf.kind in (LeafKind.HOLE, LeafKind.WILDCARD)]
    for one in choices(tree):
        kept = min((option.span for option in one.options), key=lambda span: span.end - span.start)
        blank += [Span(one.span.start, kept.start), Span(kept.end, one.span.end)]
    text, places = runtime_text(tree)
    if not blank:
        return text, places
    source = tree.text
    for start, end in blank:
        source = source[:start] + " " * (end - start) + source[end:]
    pieces = (source[one.source_start : one.source_start + one.source_length] for one in places.pieces)
    return "".join(pieces), places
