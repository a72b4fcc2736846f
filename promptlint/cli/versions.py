"""From the arguments of `promptlint diff` to the pairs of files that it compares."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from promptlint.changes import FileText, compare_files
from promptlint.cli.configs import chosen
from promptlint.cli.problems import from_here
from promptlint.errors import ConfigError, HistoryError, HostError, ShallowError
from promptlint.files import prompts_of
from promptlint.history.git import FilePair, Repository
from promptlint.hosts import is_prompt_file
from promptlint.hosts.files import decode, read
from promptlint.hosts.ignores import is_within
from promptlint.hosts.walk import would_find
from promptlint.reporters.outcome import Comparison, NotChecked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from promptlint.config import Config


class Asked(NamedTuple):
    """What to compare: two revisions (None for the index, then the work tree) and the paths to look at."""

    old: str | None = None
    new: str | None = None
    staged: bool = False
    from_parting: bool = False
    paths: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, str]:
        """What the two sides are called."""
        if self.staged:
            return self.old or "HEAD", "index"
        old = f"{self.old}...{self.new}" if self.from_parting else self.old or "index"
        return old, self.new or "work tree"


def compare_named_files(old: str, new: str, named: str | None) -> Comparison:
    """Compare two files, read as their names say. Raises HostError, ConfigError."""
    config = _Configs(named).of(os.path.abspath(new))
    sides = []
    for path in (old, new):
        try:
            side = FileText(os.path.abspath(path), path, read(path, config.table.max_file_size)[0])
            prompts_of(side.path, side.text, config)
        except HostError as error:
            raise HostError(f"{path}: {error}") from None
        sides.append(side)
    return Comparison(old, new, [compare_files(sides[0], sides[1], config)])


def compare_versions(asked: Asked, found: Repository, named: str | None) -> Comparison:
    """Compare two versions of a repository's prompt files. Raises HistoryError, ConfigError."""
    comparison = Comparison(*asked.names)
    configs = _Configs(named)
    pairs = list(_wanted(_pairs(asked, found), asked.paths, found.top, configs))
    blobs = found.blobs(blob for one, _ in pairs for blob in (one.old_blob, one.new_blob) if blob)
    for pair, config in pairs:
        shown = _shown(found.top, pair.new or pair.old or "")
        try:
            old = _file(found.top, pair.old, pair.old_blob, blobs, config)
            new = _file(found.top, pair.new, pair.new_blob, blobs, config)
            if old or new:
                comparison.files.append(compare_files(old, new, config, is_certain=not pair.guessed))
        except HostError as error:
            comparison.problems.append(NotChecked(shown, str(error)))
    return comparison


def understood(arguments: Sequence[str], paths: Sequence[str], found: Repository, *, staged: bool) -> Asked:
    """Return what arguments ask for: revisions first, then paths, as git reads them; `paths` stood behind `--`.

    Raises HistoryError that says what is wrong with them.
    """
    revisions: list[str] = []
    rest = list(arguments)
    while rest and (paths or not _is_path(rest[0], found)):
        revisions.append(rest.pop(0))
    for path in rest:
        if not os.path.lexists(path):
            raise HistoryError(f'"{path}" is no file; write revisions first, and -- before files that are gone')
    if len(revisions) > (1 if staged else 2):
        raise HistoryError(f"too many revisions: {', '.join(revisions)}; two can be compared, with --staged one")
    from_parting = False
    if len(revisions) == 1 and ".." in revisions[0]:
        mark = "..." if "..." in revisions[0] else ".."
        old, _, new = revisions[0].partition(mark)
        from_parting = mark == "..."
        revisions = [old or "HEAD", new or "HEAD"]
        if staged:
            raise HistoryError("--staged compares with one revision, not with a range")
    for revision in revisions:
        _check_revision(revision, found)
    first = revisions[0] if revisions else None
    second = revisions[1] if len(revisions) > 1 else None
    return Asked(first, second, staged, from_parting, (*rest, *paths))


def _is_path(argument: str, found: Repository) -> bool:
    """Tell whether an argument is a file, and not a revision. Raises HistoryError where it is both."""
    if not os.path.lexists(argument):
        return False
    try:
        found.commit(argument)
    except HistoryError:
        return True
    raise HistoryError(f'"{argument}" is a revision and a file; write -- after revisions and before files')


def _check_revision(revision: str, found: Repository) -> None:
    try:
        found.commit(revision)
    except ShallowError:
        raise
    except HistoryError:
        raise HistoryError(f'"{revision}" is neither a revision nor a file') from None


def _pairs(asked: Asked, found: Repository) -> list[FilePair]:
    old, new = (found.commit(one) if one else None for one in (asked.old, asked.new))
    if asked.from_parting:
        old = found.merge_base(asked.old or "HEAD", asked.new or "HEAD")
    return found.pairs(old, new, staged=asked.staged)


def _wanted(
    pairs: list[FilePair], paths: tuple[str, ...], top: str, configs: _Configs
) -> Iterator[tuple[FilePair, Config]]:
    """Yield the pairs with a file that a run of `check` would look at, or that is named; the other side is dropped."""
    asked = [os.path.realpath(path) for path in paths]
    for pair in pairs:
        full = [os.path.join(top, one) if one else "" for one in (pair.old, pair.new)]
        if asked and not any(is_within(one, path) for one in full for path in asked if one):
            continue
        config = configs.of(full[1] or full[0])
        table = config.table
        old, new = (
            bool(one)
            and is_prompt_file(one)
            and (
                any(one == path for path in asked)
                or would_find(one, top, include=table.include, exclude=table.exclude, root=str(config.root))
            )
            for one in full
        )
        if old or new:
            kept = pair if old else pair._replace(old=None, old_blob=None)
            yield (kept if new else kept._replace(new=None, new_blob=None)), config


def _file(top: str, path: str | None, blob: str | None, blobs: Mapping[str, bytes], config: Config) -> FileText | None:
    """Return a version of a file, or None where there is none. Raises HostError where it can't be read."""
    if path is None:
        return None
    full = os.path.join(top, path)
    if blob is None:
        return FileText(full, _shown(top, path), read(full, config.table.max_file_size)[0])
    if blob not in blobs:
        return None
    if len(blobs[blob]) > config.table.max_file_size:
        raise HostError(f"is larger than the limit ({len(blobs[blob])} bytes, limit {config.table.max_file_size})")
    return FileText(full, _shown(top, path), decode(blobs[blob])[0])


def _shown(top: str, path: str) -> str:
    return os.path.relpath(os.path.join(top, path), os.path.realpath(os.getcwd()))


class _Configs:
    """The configuration of each file: the named one, or the nearest."""

    def __init__(self, named: str | None) -> None:
        self._named = named
        self._by_folder: dict[str, Config] = {}

    def of(self, path: str) -> Config:
        """Return the configuration for a file, an absolute path. Raises ConfigError."""
        folder = os.path.dirname(path)
        if folder not in self._by_folder:
            try:
                self._by_folder[folder] = chosen(self._named, Path(folder))
            except ConfigError as error:
                raise ConfigError(from_here(error)) from None
        return self._by_folder[folder]
