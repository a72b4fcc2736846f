"""What Python programs call."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from promptlint.config import Config, discover, read
from promptlint.errors import ConfigError
from promptlint.files import FileReport, lint_path
from promptlint.linter import Linter, Report, linter_for


@dataclass(frozen=True, slots=True)
class FixedText:
    """A prompt after its fixes. `negative` is what it now carries, or None; `applied` names the rules mended."""

    text: str
    negative: str | None
    applied: tuple[str, ...]


def lint_text(
    text: str,
    *,
    negative: str | None = None,
    model: str | None = None,
    preset: str | None = None,
    config: str | Path | Config | None = None,
) -> Report:
    """Lint one prompt.

    `config` is a configuration or the path of one; without it the defaults hold, and no file is looked for.
    Raises ConfigError where a name is unknown.
    """
    return _linter(config, model, preset).lint(text, negative)


def fix_text(
    text: str,
    *,
    negative: str | None = None,
    model: str | None = None,
    preset: str | None = None,
    config: str | Path | Config | None = None,
    unsafe: bool = False,
) -> FixedText:
    """Return one prompt with its fixes made, each verified; with `unsafe` also those that choose for the author."""
    fixed = _linter(config, model, preset).fix(text, negative, unsafe=unsafe)
    return FixedText(fixed.text, fixed.negative, tuple(fixed.applied))


def lint_file(path: str | Path, config: str | Path | Config | None = None) -> FileReport:
    """Lint the prompts of one file, by a configuration or by the nearest one up the tree."""
    chosen = discover(Path(path).absolute().parent) if config is None else _config(config)
    return lint_path(str(path), chosen)


def _config(config: str | Path | Config | None) -> Config:
    if isinstance(config, Config):
        return config
    if config is None:
        return _DEFAULT
    found = read(Path(config))
    if found is None:
        raise ConfigError(f"{config}: no table [tool.promptlint]")
    return found


_DEFAULT = Config(root=Path("/"))


@lru_cache(maxsize=32)
def _default_linter(model: str | None, preset: str | None) -> Linter:
    return linter_for(_DEFAULT.with_options(model=model, preset=preset))


def _linter(config: str | Path | Config | None, model: str | None, preset: str | None) -> Linter:
    """Return the linter for a call; those without a configuration are kept, since they never change."""
    if config is None:
        return _default_linter(model, preset)
    return linter_for(_config(config).with_options(model=model, preset=preset))
