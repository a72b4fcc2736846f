"""Which files a run looks at: named ones as they are, and in named folders those meant to hold prompts."""

from __future__ import annotations

import os
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

from promptlint.hosts.ignores import Ignores, below, compiled, is_within, repository_of
from promptlint.hosts.registry import is_prompt_file, suffix_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SKIPPED = frozenset(
    (
        "__pycache__",
        "node_modules",
        "site-packages",
        ".bzr",
        ".direnv",
        ".eggs",
        ".git",
        ".hg",
        ".hypothesis",
        ".ipynb_checkpoints",
        ".nox",
        ".svn",
        ".tox",
        ".venv",
    )
)
_PROMPT_FOLDERS = frozenset(("prompt", "prompts", "styles", "wildcard", "wildcards"))
"""Folders whose .txt files are prompts; elsewhere a .txt file is anything."""
_NEVER = ("requirements*.txt", "license*.txt", "robots.txt", "cmakelists.txt")


@dataclass(frozen=True, slots=True)
class Found:
    """A file to look at, or a path that can't be looked at and the reason why."""

    path: str
    error: str = ""
    named: bool = False


class _Folder(NamedTuple):
    """A folder to walk: path as shown and in full, whether its .txt files are prompts, what it ignores."""

    shown: str
    full: str
    has_prompts: bool
    ignores: Ignores


def find(
    paths: Iterable[str],
    *,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    root: str = ".",
    force_exclude: bool = False,
) -> list[Found]:
    """Return the files to look at, each once: in the order of the paths, folders in sorted order.

    `include` and `exclude` are patterns as in a .gitignore file, relative to `root`. `include` adds .txt
    files in folders that are walked; `exclude` drops walked files, with `force_exclude` named ones too.
    """
    walk = _Walk(os.path.abspath(root), include, exclude)
    found: dict[str, Found] = {}
    for path in paths:
        if os.path.isdir(path):
            for file in walk.files(path):
                found.setdefault(os.path.realpath(file.path), file)
        elif not (force_exclude and walk.excludes(os.path.abspath(path))):
            error = "" if os.path.exists(path) else "no such file or directory"
            found.setdefault(os.path.realpath(path), Found(path, error, named=True))
    return list(found.values())


def would_find(
    full: str, top: str, *, include: Sequence[str] = (), exclude: Sequence[str] = (), root: str = "."
) -> bool:
    """Tell whether a search from `top` would come upon a file of this absolute path, which need not be there."""
    walk = _Walk(os.path.abspath(root), include, exclude)
    names = below(full, os.path.dirname(top)).split("/")[:-1]
    has_prompts = any(name.lower() in _PROMPT_FOLDERS for name in names)
    folder = _Folder("", os.path.dirname(full), has_prompts, Ignores())
    return walk.is_meant(folder, os.path.basename(full), full) and not walk.excludes(full)


class _Walk:
    """One search with the patterns it was given."""

    def __init__(self, root: str, include: Sequence[str], exclude: Sequence[str]) -> None:
        self._root = root
        self._include = compiled(include) if include else None
        self._exclude = compiled(exclude) if exclude else None

    def excludes(self, full: str, *, is_folder: bool = False) -> bool:
        """Tell whether the user's patterns exclude a path."""
        name = below(full, self._root) + ("/" if is_folder else "")
        return self._exclude is not None and self._exclude.match_file(name)

    def files(self, path: str) -> Iterator[Found]:
        """Yield the files of a folder, then those of the folders in it; only those meant to hold prompts."""
        waiting = [self._top(path)]
        while waiting:
            folder = waiting.pop()
            try:
                with os.scandir(folder.shown) as scan:
                    entries = sorted(scan, key=lambda entry: entry.name)
            except OSError as error:
                yield Found(folder.shown, f"can't be read: {error.strerror}")
                continue
            folder = folder._replace(ignores=folder.ignores.entering(folder.full))
            yield from (Found(_shown(folder, entry.name)) for entry in entries if self._is_wanted(folder, entry))
            inner = [entry for entry in entries if self._is_entered(folder, entry)]
            waiting.extend(_inside(folder, entry.name) for entry in reversed(inner))

    def _top(self, path: str) -> _Folder:
        full = os.path.abspath(path)
        top = repository_of(full) or (self._root if is_within(full, self._root) else full)
        names = [*below(full, top).split("/"), os.path.basename(full)] if full != top else [os.path.basename(full)]
        has_prompts = any(name.lower() in _PROMPT_FOLDERS for name in names)
        return _Folder(path, full, has_prompts, Ignores.above(full, top))

    def _is_wanted(self, folder: _Folder, entry: os.DirEntry[str]) -> bool:
        full = os.path.join(folder.full, entry.name)
        if not self.is_meant(folder, entry.name, full) or not entry.is_file():
            return False
        return not folder.ignores.covers(full) and not self.excludes(full)

    def is_meant(self, folder: _Folder, name: str, full: str) -> bool:
        """Tell whether a file of a folder is meant to hold prompts, by its name and where it is."""
        return is_prompt_file(name) and (suffix_of(name) != ".txt" or self._is_prompt_text(folder, name, full))

    def _is_prompt_text(self, folder: _Folder, name: str, full: str) -> bool:
        if any(fnmatchcase(name.lower(), pattern) for pattern in _NEVER):
            return False
        included = self._include is not None and self._include.match_file(below(full, self._root))
        return included or folder.has_prompts

    def _is_entered(self, folder: _Folder, entry: os.DirEntry[str]) -> bool:
        """Tell whether to walk into an entry; a linked folder is not, since links can go round."""
        if not entry.is_dir(follow_symlinks=False) or _is_machinery(entry):
            return False
        full = os.path.join(folder.full, entry.name)
        return not folder.ignores.covers(full, is_folder=True) and not self.excludes(full, is_folder=True)


def _is_machinery(entry: os.DirEntry[str]) -> bool:
    """Tell whether a folder belongs to a tool: a repository's own, a cache, an environment."""
    name = entry.name
    if name in _SKIPPED or (name.startswith(".") and "cache" in name):
        return True
    return os.path.lexists(os.path.join(entry.path, "pyvenv.cfg"))


def _shown(folder: _Folder, name: str) -> str:
    return os.path.normpath(os.path.join(folder.shown, name))


def _inside(folder: _Folder, name: str) -> _Folder:
    has_prompts = folder.has_prompts or name.lower() in _PROMPT_FOLDERS
    return _Folder(_shown(folder, name), os.path.join(folder.full, name), has_prompts, folder.ignores)
