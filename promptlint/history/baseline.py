"""The version of each file that a run compares with: that of one commit."""

from __future__ import annotations

import os
from functools import cached_property
from typing import NamedTuple

from promptlint.errors import HostError
from promptlint.history.git import FilePair, Repository, repository
from promptlint.hosts import is_prompt_file
from promptlint.hosts.files import decode

AUTOMATIC = "auto"
"""Stands for the revision that the surroundings name: pre-commit's, a merge request's, else the last commit."""


class Earlier(NamedTuple):
    """A file as it was: its path then and its text. `is_certain` is false where the file is only a guess."""

    path: str
    text: str
    is_certain: bool = True


class Baseline:
    """The files of one commit, asked for when the first is wanted; without a commit no file has been there before."""

    def __init__(self, repository: Repository, commit: str | None) -> None:
        self._repository = repository
        self._commit = commit

    @cached_property
    def _pairs(self) -> dict[str, FilePair]:
        if self._commit is None:
            return {}
        pairs = self._repository.pairs(self._commit)
        return {one.new: one for one in pairs if one.new is not None and one.old is not None}

    @cached_property
    def _blobs(self) -> dict[str, bytes]:
        wanted = (one.old_blob for one in self._pairs.values() if one.old and is_prompt_file(one.old) and one.old_blob)
        return dict(self._repository.blobs(wanted))

    def earlier(self, path: str, *, is_saved: bool = True) -> Earlier | None:
        """Return a file as it was, or None where it is new or has not changed.

        A text that is not saved under its path is compared even if the file has not changed. What could not be read
        as text then has no earlier version either.
        """
        name = self._repository.below_top(path)
        pair = self._pairs.get(name)
        data = self._blobs.get(pair.old_blob or "") if pair else None
        if pair is None and not is_saved and self._commit is not None:
            data = self._repository.file(self._commit, name)
        if data is None:
            return None
        try:
            text, _ = decode(data)
        except HostError:
            return None
        was = os.path.join(self._repository.top, pair.old if pair and pair.old else name)
        return Earlier(was, text, not (pair and pair.guessed))


def baseline(revision: str) -> Baseline:
    """Return the files of a revision, of the one that the surroundings name, or, for A...B, of where two parted.

    Raises HistoryError where there is no repository or no such revision, ShallowError where the clone may lack it.
    """
    found = repository()
    if revision == AUTOMATIC:
        return Baseline(found, _surrounding(found))
    one, dots, other = revision.partition("...")
    return Baseline(found, found.merge_base(one or "HEAD", other or "HEAD") if dots else found.commit(revision))


def _surrounding(found: Repository) -> str | None:
    """Return the commit that a change is to be compared with, as pre-commit or the CI service says.

    A merge brings in what others have changed, each by itself: it has none.
    """
    pushed = os.environ.get("PRE_COMMIT_FROM_REF", "").strip()
    if pushed:
        return found.commit(pushed) if pushed.strip("0") else None
    target = os.environ.get("GITHUB_BASE_REF", "").strip()
    if target:
        return found.merge_base(f"origin/{target}", "HEAD")
    merge_request = os.environ.get("CI_MERGE_REQUEST_DIFF_BASE_SHA", "").strip()
    if merge_request:
        return found.commit(merge_request)
    return None if found.is_merging else found.commit("HEAD")
