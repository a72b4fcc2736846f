"""What goes wrong in a run, in words for one line, so that the rest of it goes on."""

from __future__ import annotations

import os
import traceback
from contextlib import contextmanager
from typing import TYPE_CHECKING

from promptlint.errors import HostError, PromptlintError
from promptlint.reporters.outcome import NotChecked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def guarded(path: str, report: Callable[[NotChecked], object]) -> Iterator[None]:
    """Run the body of a `with` for one path; an exception in it ends there and is reported as that path's."""
    try:
        yield
    except HostError as error:
        report(NotChecked(path, str(error)))
    except PromptlintError as error:
        report(NotChecked(path, from_here(error), shared=True))
    except Exception as error:
        report(NotChecked(path, internal_error(error)))


def internal_error(error: Exception) -> str:
    """Return what to say of an unexpected exception; with PROMPTLINT_DEBUG its traceback is printed."""
    name = type(error).__name__
    if os.environ.get("PROMPTLINT_DEBUG"):
        traceback.print_exception(error)
        return f"internal error ({name})"
    return f"internal error ({name}); PROMPTLINT_DEBUG=1 shows where"


def from_here(error: PromptlintError) -> str:
    """Return an error's message; a path that it begins with is shown relative to the working folder."""
    return str(error).removeprefix(os.getcwd() + os.sep)
