"""The configuration of each folder, with the options of the command line laid over it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from promptlint import models
from promptlint.config import Config, discover, read
from promptlint.errors import ConfigError, PromptlintError, did_you_mean
from promptlint.linter import linter_for
from promptlint.rules import names_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from promptlint.cli.run import Options


class Configs:
    """Hands out one configuration a file of configuration, whole and checked, or the same error again."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._by_folder: dict[Path, Config | PromptlintError] = {}
        self._by_file: dict[Path | None, Config | PromptlintError] = {}

    def of(self, folder: Path) -> Config:
        """Return the configuration for the files of a folder, an absolute path.

        Raises ConfigError, RuleError, KnowledgeError where it, or what it names, can't be used.
        """
        found = self._by_folder.get(folder)
        if found is None:
            found = self._by_folder[folder] = self._kept(folder)
        if isinstance(found, PromptlintError):
            raise found.with_traceback(None)
        return found

    def _kept(self, folder: Path) -> Config | PromptlintError:
        try:
            config = chosen(self._options.config, folder)
        except PromptlintError as error:
            return error
        if config.path not in self._by_file:
            self._by_file[config.path] = self._prepared(config)
        return self._by_file[config.path]

    def _prepared(self, config: Config) -> Config | PromptlintError:
        options = self._options
        try:
            _check_names(config, "--select", options.select)
            _check_names(config, "--ignore", options.ignore)
            _check_model(options.model)
            final = laid_over(
                config,
                preset=options.preset,
                select=options.select,
                ignore=options.ignore,
                model=options.model,
                fail_on=options.fail_on,
                intent=options.intent,
            )
            table = final.table
            for globs in (
                table.include,
                table.exclude,
                [*table.per_file_ignores],
                [*table.per_file_intents],
                [*table.hosts],
            ):
                final.matches("", globs)
            linter_for(final)
        except PromptlintError as error:
            return error
        return final


def chosen(named: str | None, folder: Path) -> Config:
    """Return the named configuration, or else the nearest one of a folder. Raises ConfigError."""
    if named is None:
        return discover(folder)
    config = read(Path(named))
    if config is None:
        raise ConfigError(f"{named}: no table [tool.promptlint]")
    return config


def laid_over(config: Config, **options: Any) -> Config:
    """Return a configuration with options of the command line over it, by the names of `Config.with_options`.

    Raises ConfigError that names the option.
    """
    try:
        return config.with_options(**options)
    except ConfigError as error:
        raise ConfigError(f"--{error}") from None


def _check_names(config: Config, option: str, names: Iterable[str]) -> None:
    known = names_of(config.all_rules)
    for name in names:
        if name not in known:
            raise ConfigError(f'{option}: no rule "{name}"{did_you_mean(name, known)}')


def _check_model(name: str | None) -> None:
    try:
        if name is not None:
            models.find(name)
    except ConfigError as error:
        raise ConfigError(f"--model: {error}") from None
