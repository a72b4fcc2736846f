"""What the classifier is told of a run of words: the words, what the terms say of them, and what stands around them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from promptlint.brief.normalise import term_words
from promptlint.source import Span

if TYPE_CHECKING:
    from promptlint.brief.model import Mention

MOST_WORDS = 20
"""Words of a run that are told; what heads a longer one stands at its beginning or its end."""
_LEVELS = 2
"""How much of a concept's name is told: `person.garment`, and not which garment."""


class Run(msgspec.Struct):
    """Words of one section, as terms and neighbours say it.

    An `open` run holds no term: its section is that of the run before. A `bound` one goes with what follows. `labelled`
    words stand under a label or a key; a `governed` run is of what stands before it.
    """

    section: str
    span: Span
    open: bool = False
    bound: bool = False
    labelled: bool = False
    governed: bool = False
    mentions: list[Mention] = []


def described(text: str, runs: Sequence[Run], intent: str) -> list[list[str]]:
    """Return, for each run of a prompt, what the classifier is told of it, as a list of words.

    A word of the prompt stands for itself, in lower case; what is said about the run begins with a capital.
    """
    words = [term_words(text[run.span.start : run.span.end]).split() for run in runs]
    kinds = [[_kind(mention) for mention in run.mentions] for run in runs]
    parted = gaps(text, runs)
    heads = _heads(runs, kinds, parted)
    out = []
    for index, run in enumerate(runs):
        own, names = words[index], kinds[index]
        said = "open" if run.open else run.section
        before = runs[index - 1].section if index else "start"
        after = runs[index + 1] if index + 1 < len(runs) else None
        following = ("open" if after.open else after.section) if after else "end"
        told = own[:MOST_WORDS]
        told += [f"R{said}", f"P{before}", f"N{following}", f"G{parted[index]}", f"I{intent}", f"W{min(len(own), 8)}"]
        told += [f"R{run.section}P{before}", f"R{said}N{following}", f"G{parted[index]}R{said}", f"I{intent}R{said}"]
        told.append(f"Q{runs[index - 2].section if index > 1 else 'start'}")
        told += heads[index] + [f"{heads[index][0]}R{said}"]
        if names:
            first, last = names[0], names[-1]
            told += [f"M{name}" for name in names]
            told += [f"MF{first}", f"ML{last}", f"ML{last}P{before}", f"I{intent}ML{last}"]
        if own:
            told += [f"F{own[0]}", f"F{own[0]}R{said}", f"F{own[0]}P{before}", f"L{own[-1]}", f"L{own[-1]}R{said}"]
            told += [f"X{word[-3:]}" for word in own[:12]]
            told += [f"B{one}+{other}" for one, other in itertools.pairwise(own[:MOST_WORDS])]
        told += _neighbour("P", words, kinds, index - 1) + _neighbour("N", words, kinds, index + 1)
        out.append(told)
    return out


def _heads(runs: Sequence[Run], kinds: Sequence[list[str]], parted: Sequence[str]) -> list[list[str]]:
    """Return, for each run, what is told of the run that its sentence begins with."""
    out: list[list[str]] = []
    for index, run in enumerate(runs):
        if parted[index] in ("comma", "none"):
            out.append(out[-1])
        else:
            out.append(["Sopen" if run.open else f"S{run.section}", *(f"SM{kind}" for kind in kinds[index][:1])])
    return out


def _neighbour(side: str, words: Sequence[list[str]], kinds: Sequence[list[str]], index: int) -> list[str]:
    """Return what is told of the run before or after."""
    if not 0 <= index < len(words):
        return []
    told = [f"{side}F{words[index][0]}", f"{side}L{words[index][-1]}"] if words[index] else []
    if kinds[index]:
        told.append(f"{side}M{kinds[index][-1 if side == 'P' else 0]}")
    return told


def _kind(mention: Mention) -> str:
    return ".".join(mention.concept.name.split(".")[:_LEVELS])


def gaps(text: str, runs: Sequence[Run]) -> list[str]:
    """Return what stands before each run: the prompt's start, a sentence's end, a comma, or nothing."""
    return ["start", *(gap(text, one.span.end, two.span.start) for one, two in itertools.pairwise(runs))][: len(runs)]


def gap(text: str, start: int, end: int) -> str:
    """Return what parts two places of a text: "stop" is a sentence's or a line's end, "comma" one, "none" nothing."""
    between = text[start:end]
    if "." in between or "\n" in between:
        return "stop"
    return "comma" if "," in between else "none"
