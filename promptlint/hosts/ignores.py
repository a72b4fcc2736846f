"""The .gitignore files that hold for a folder, the nearest to a path speaking last."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathspec import GitIgnoreSpec


def compiled(patterns: Iterable[str]) -> GitIgnoreSpec:
    """Return patterns of the .gitignore form; pathspec is imported when a run first walks or excludes."""
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)


def below(path: str, folder: str) -> str:
    """Return an absolute path relative to a folder, with slashes; outside it, the path without the first."""
    head = folder.rstrip(os.sep) + os.sep
    inner = path[len(head) :] if path.startswith(head) else path.lstrip(os.sep)
    return inner.replace(os.sep, "/")


def is_within(path: str, folder: str) -> bool:
    """Tell whether an absolute path is a folder or lies in it."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def repository_of(folder: str) -> str | None:
    """Return the nearest folder upwards that holds `.git`, None outside a repository."""
    while not os.path.lexists(os.path.join(folder, ".git")):
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
    return folder


@dataclass(frozen=True, slots=True)
class Ignores:
    """The ignore files from the top of a repository down to a folder, each with the folder it stands in."""

    levels: tuple[tuple[str, GitIgnoreSpec], ...] = ()

    @classmethod
    def above(cls, folder: str, top: str) -> Ignores:
        """Return those that hold for a folder by the ones above it, from `top` on.

        A folder that is ignored itself but was asked for starts afresh; else nothing in it would be found.
        """
        ignores, at = cls(), top
        for name in below(folder, top).split("/") if folder != top else []:
            ignores = ignores.entering(at)
            at = os.path.join(at, name)
            if ignores.covers(at, is_folder=True):
                return cls()
        return ignores

    def entering(self, folder: str) -> Ignores:
        """Return those that hold in a folder: its own file comes last; an unreadable one counts as none."""
        try:
            with open(os.path.join(folder, ".gitignore"), encoding="utf-8", errors="surrogateescape") as file:
                spec = compiled(file.read().splitlines())
        except (OSError, ValueError):
            return self
        return Ignores((*self.levels, (folder, spec)))

    def covers(self, path: str, *, is_folder: bool = False) -> bool:
        """Tell whether an absolute path is ignored."""
        for folder, spec in reversed(self.levels):
            verdict = spec.check_file(below(path, folder) + ("/" if is_folder else "")).include
            if verdict is not None:
                return verdict
        return False
