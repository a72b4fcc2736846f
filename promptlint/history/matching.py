"""Which item of an old list is which of a new one: the same, else a similar one, else the one in its place.

The answer mirrors: with old and new exchanged, the pairs are exchanged and stay the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from promptlint.hosts import Prompt

SIMILAR = 0.4
"""The share of words that two versions have in common; below it, only their place can make them versions."""
_RELATED = 0.15
"""The share for two prompts in the same place among others."""
_COMMON = 50
"""A word that so many items have finds no partner; it only counts once a rarer one has."""
_WORD = re.compile(r"\w+")

Pair = tuple[int | None, int | None]
"""The numbers of an old and a new item that are versions of each other; None on one side: it is gone, or new."""


class Gap(NamedTuple):
    """Items without a partner that stand between the same neighbours, on the old side and on the new one."""

    old: tuple[int, ...]
    new: tuple[int, ...]


def matched(
    old: Sequence[Prompt], new: Sequence[Prompt], small_words: frozenset[str], *, by_name: bool = True
) -> list[Pair]:
    """Return the pairs of two versions of a file: each prompt once, in the order of the new file, then those gone.

    `small_words` make no prompts alike. Without `by_name` the file itself is only a guess, and prompts are versions of
    each other only if they are alike.
    """
    before, after = [_words(one, small_words) for one in old], [_words(one, small_words) for one in new]
    pairs = same([_key(one) for one in old], [_key(one) for one in new])
    pairs |= similar(before, after, pairs, SIMILAR)
    if by_name:
        alone = len(old) == len(new) == 1
        for places in (gaps, _rest):
            for gap in places(len(old), len(new), pairs):
                if len(gap.old) == len(gap.new):
                    for i, j in zip(gap.old, gap.new, strict=True):
                        if alone or likeness(before[i], after[j]) >= _RELATED:
                            pairs[i] = j
    partner = {j: i for i, j in pairs.items()}
    here: list[Pair] = [(partner.get(j), j) for j in range(len(new))]
    return here + [(i, None) for i in range(len(old)) if i not in pairs]


def same(old: Sequence[Hashable], new: Sequence[Hashable]) -> dict[int, int]:
    """Return the new number of each old item that is still there, wherever it stands; equal ones in their order."""
    places: dict[Hashable, list[int]] = {}
    for j in range(len(new) - 1, -1, -1):
        places.setdefault(new[j], []).append(j)
    return {i: places[key].pop() for i, key in enumerate(old) if places.get(key)}


def similar(
    old: Sequence[Counter[str]], new: Sequence[Counter[str]], pairs: dict[int, int], least: float
) -> dict[int, int]:
    """Return further pairs, of items that no pair holds yet: the most alike first, down to a share of words."""
    taken = set(pairs.values())
    rows: dict[str, list[int]] = {}
    columns: dict[str, list[int]] = {}
    for i, words in enumerate(old):
        if i not in pairs:
            for word in words:
                rows.setdefault(word, []).append(i)
    for j, words in enumerate(new):
        if j not in taken:
            for word in words:
                columns.setdefault(word, []).append(j)
    candidates = {
        (i, j)
        for word, own in rows.items()
        if len(own) <= _COMMON and len(columns.get(word, ())) <= _COMMON
        for i in own
        for j in columns.get(word, ())
    }
    scored = ((likeness(old[i], new[j]), i, j) for i, j in candidates)
    found: dict[int, int] = {}
    held: set[int] = set()
    for _, i, j in sorted(
        (row for row in scored if row[0] >= least), key=lambda row: (-row[0], abs(row[1] - row[2]), row[1] + row[2])
    ):
        if i not in found and j not in held:
            found[i] = j
            held.add(j)
    return found


def gaps(old: int, new: int, pairs: dict[int, int]) -> list[Gap]:
    """Return the items without a partner, together where their nearest neighbours with one are the same."""
    partner = {j: i for i, j in pairs.items()}
    between: dict[tuple[int, int], tuple[list[int], list[int]]] = {}
    for i, key in _between(old, pairs):
        between.setdefault(key, ([], []))[0].append(i)
    for j, (low, high) in _between(new, partner):
        # Neighbours are named by their old numbers, also where they were counted on the new side.
        named = (partner.get(low, -1), partner.get(high, -1))
        between.setdefault(named, ([], []))[1].append(j)
    return [Gap(tuple(before), tuple(after)) for before, after in between.values()]


def _rest(old: int, new: int, pairs: dict[int, int]) -> list[Gap]:
    """Return the one item on each side that has no partner, wherever the two stand; nothing where there are more."""
    taken = set(pairs.values())
    gone, come = [i for i in range(old) if i not in pairs], [j for j in range(new) if j not in taken]
    return [Gap(tuple(gone), tuple(come))] if len(gone) == len(come) == 1 else []


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """Return the share of words that two texts have in common, from 0 to 1."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def _between(count: int, pairs: dict[int, int]) -> list[tuple[int, tuple[int, int]]]:
    """Return each item without a partner with the nearest ones that have one; -1 at an end."""
    following: list[int] = [-1] * (count + 1)
    for number in range(count - 1, -1, -1):
        following[number] = number if number in pairs else following[number + 1]
    out = []
    low = -1
    for number in range(count):
        if number in pairs:
            low = number
        else:
            out.append((number, (low, following[number])))
    return out


def _words(prompt: Prompt, small_words: frozenset[str]) -> Counter[str]:
    return Counter(word for word in _WORD.findall(prompt.positive.text.casefold()) if word not in small_words)


def _key(prompt: Prompt) -> tuple[str, ...]:
    negative = prompt.negative.text if prompt.negative else ""
    return (" ".join(prompt.positive.text.split()), " ".join(negative.split()))
