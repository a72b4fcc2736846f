"""Which files a run checks, each with its configuration."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from promptlint.cli.problems import guarded
from promptlint.hosts.files import Found, find
from promptlint.reporters.outcome import NotChecked

if TYPE_CHECKING:
    from promptlint.cli.configs import Configs
    from promptlint.config import Config


class Input(NamedTuple):
    """A file to check and the configuration that holds for it."""

    path: str
    config: Config


def inputs(paths: tuple[str, ...], configs: Configs, *, force_exclude: bool) -> list[Input | NotChecked]:
    """Return the files to check and the paths that can't be, each once, sorted by path."""
    problems: list[NotChecked] = []
    found: dict[str, Input] = {}
    for config, named in _by_config(paths, configs, problems):
        files: list[Found] = []
        table = config.table
        with guarded(named[0], problems.append):
            files = find(
                named,
                include=table.include,
                exclude=table.exclude,
                root=str(config.root),
                force_exclude=force_exclude,
            )
        for file in files:
            if file.error:
                problems.append(NotChecked(file.path, file.error))
                continue
            with guarded(file.path, problems.append):
                own = configs.of(folder_of(file.path))
                inner = own is not config and (force_exclude or not file.named)
                if not (inner and own.matches(file.path, own.table.exclude)):
                    found.setdefault(os.path.realpath(file.path), Input(file.path, own))
    return sorted([*found.values(), *problems], key=lambda one: one.path)


def folder_of(path: str) -> Path:
    """Return the folder that decides on a path's configuration: a folder's own, a file's parent."""
    full = os.path.abspath(path)
    return Path(full if os.path.isdir(full) else os.path.dirname(full))


def _by_config(paths: tuple[str, ...], configs: Configs, problems: list[NotChecked]) -> list[tuple[Config, list[str]]]:
    """Return the paths in groups of one configuration each."""
    groups: dict[int, tuple[Config, list[str]]] = {}
    for path in paths:
        with guarded(path, problems.append):
            config = configs.of(folder_of(path))
            groups.setdefault(id(config), (config, []))[1].append(path)
    return list(groups.values())
