"""One file for the commands that take one."""

from __future__ import annotations

from promptlint.cli.configs import chosen, laid_over
from promptlint.cli.inputs import folder_of
from promptlint.cli.problems import from_here
from promptlint.cli.streams import read_input
from promptlint.errors import HostError, PromptlintError
from promptlint.files import FileReport, lint_source
from promptlint.hosts.files import decode, read
from promptlint.source import SourceText


def lint_one(path: str, *, named: str | None, stdin_filename: str, intent: str | None = None) -> FileReport:
    """Read and lint a file, or standard input for `-`, by the named configuration or the nearest one.

    `intent` is what the command line says of all prompts.

    Raises PromptlintError that names the file at fault.
    """
    shown = stdin_filename if path == "-" else path
    try:
        config = laid_over(chosen(named, folder_of(shown)), intent=intent)
        limit = config.table.max_file_size
        text, shift = decode(read_input(limit)) if path == "-" else read(path, limit)
        report = lint_source(shown, SourceText(text, shift), config)
    except HostError as error:
        raise HostError(f"{shown}: {error}") from None
    except PromptlintError as error:
        raise PromptlintError(from_here(error)) from None
    if report.error is not None:
        raise HostError(f"{shown}: {report.error}")
    return report
