"""The command line: one file a command, imported when it is called for."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import click

from promptlint import __version__

_COMMANDS = ("check", "brief", "diff", "rule", "test", "model")

INTERRUPTED = 130
BROKEN_PIPE = 141
"""Exit codes of shells for a run that Ctrl-C or a closed pipe ended."""


class LazyGroup(click.Group):
    """Commands as modules of this package; each returns its exit code.

    What a user did wrong and what went wrong inside end in one line and exit code 2.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"promptlint.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in _COMMANDS and not name.startswith("-"):
            from promptlint.errors import did_you_mean

            ctx.fail(f'no command "{name}"{did_you_mean(name, _COMMANDS)}')
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
        except KeyboardInterrupt:
            code = INTERRUPTED
        except BrokenPipeError:
            _close_outputs()
            code = BROKEN_PIPE
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            code = _blame(error)
        ctx.exit(code)


def _blame(error: Exception) -> int:
    """Say in one line what ended the run, and return its exit code."""
    from promptlint.cli.problems import internal_error
    from promptlint.errors import PromptlintError
    from promptlint.reporters.terminal import printable

    reason = str(error) if isinstance(error, PromptlintError) else internal_error(error)
    click.echo(f"promptlint: {printable(reason)}", err=True)
    return 2


def _close_outputs() -> None:
    """Send what is still buffered nowhere, lest the interpreter complain of the closed pipe at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="promptlint", message="%(prog)s %(version)s")
def main() -> None:
    """Lint image-generation prompts as a photographer's briefs.

    Exit codes: 0 clean, 1 findings, 2 something could not be checked.
    """
