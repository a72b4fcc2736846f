"""What a user can do wrong: each ends in one clear line and exit code 2."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class PromptlintError(Exception):
    """A mistake that its user can mend; the message says which file, where, what, and what to do."""


class ConfigError(PromptlintError):
    """A configuration file or an option holds an unknown key or a bad value."""


class RuleError(PromptlintError):
    """A rule file can't be used; the message names file, line and key."""


class KnowledgeError(PromptlintError):
    """A knowledge file can't be used; the message names file and key."""


class HostError(PromptlintError):
    """A file can't be read as the format that its name says."""


class HistoryError(PromptlintError):
    """An earlier version can't be had: there is no such revision, or git refuses."""


class NoRepositoryError(HistoryError):
    """The working folder is in no repository, or there is no git to ask."""


class ShallowError(HistoryError):
    """A revision is not there because the clone holds only the last commits."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean "x"?` for the nearest of the known names, or nothing."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f'; did you mean "{near[0]}"?' if near else ""


def slips(one: str, other: str) -> int:
    """Return how many letters are added, left out, exchanged or swapped with their neighbor; 3 where too many."""
    if abs(len(one) - len(other)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, char in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, against in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (char != against))
            if i > 1 and j > 1 and char == other[j - 2] and one[i - 2] == against:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
