"""Chooses the sections of all runs of a prompt together: how likely each is by itself, and behind the one before."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

Follows = Mapping[str, Mapping[str, Mapping[str, float]]]
"""How likely a section is behind another, by what parts the two runs: `follows[gap][before][section]`."""


def decode(
    scores: Sequence[Mapping[str, float] | None], gaps: Sequence[str], follows: Follows, weight: float
) -> list[str | None]:
    """Return the likeliest sections of the runs of a prompt, by Viterbi's algorithm.

    `scores` are logarithms; a run that has none is decided already and None in the result, and parts what is around
    it. `gaps` tell what stands before each run. `weight` is how much the order of sections counts beside the runs.
    """
    out: list[str | None] = [None] * len(scores)
    best: Mapping[str, float] = {}
    came: list[dict[str, str]] = []
    for index, own in enumerate(scores):
        came.append({})
        if own is None:
            best = {}
        elif not best:
            best = own
        else:
            before, step, reached = best, follows[gaps[index]], {}
            for section, score in own.items():
                worth = {one: known + weight * math.log(step[one][section]) for one, known in before.items()}
                came[index][section] = chosen = max(worth, key=worth.__getitem__)
                reached[section] = score + worth[chosen]
            best = reached
        if own is not None and (index + 1 == len(scores) or scores[index + 1] is None):
            at, section = index, max(best, key=best.__getitem__)
            out[at] = section
            while came[at]:
                section = came[at][section]
                at -= 1
                out[at] = section
    return out
