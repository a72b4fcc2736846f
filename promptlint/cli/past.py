"""The earlier versions of the files of a run: those of --base, else of the base that a configuration names."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from promptlint.errors import ConfigError, HistoryError, NoRepositoryError, ShallowError
from promptlint.reporters.terminal import printable

if TYPE_CHECKING:
    from promptlint.config import Config
    from promptlint.history.baseline import Baseline, Earlier


class Past:
    """Asks git once a base, and not at all where no base is named.

    A clone that does not reach back to the base is said once, and compares nothing; so does, in silence, a
    configuration with a base outside a repository.
    """

    def __init__(self, base: str | None) -> None:
        """Look up the base of the command line. Raises HistoryError where there is none such."""
        self._base = base
        self._known: dict[str, Baseline | None] = {}
        if base is not None:
            self._known[base] = _reachable(base)

    def earlier(self, path: str, config: Config, *, is_saved: bool = True) -> Earlier | None:
        """Return a file as it was at the base, or None. Raises ConfigError for a configured base that is none."""
        base = self._base or config.table.history.base
        if not base:
            return None
        if base not in self._known:
            self._known[base] = _configured(base, config)
        found = self._known[base]
        return found.earlier(path, is_saved=is_saved) if found else None


def _reachable(base: str) -> Baseline | None:
    from promptlint.history.baseline import baseline

    try:
        return baseline(base)
    except ShallowError as error:
        sys.stderr.write(f"promptlint: nothing to compare with, {printable(str(error))}\n")
        return None


def _configured(base: str, config: Config) -> Baseline | None:
    try:
        return _reachable(base)
    except NoRepositoryError:
        return None
    except HistoryError as error:
        raise ConfigError(f"{config.path}: history.base: {error}") from None
