"""`promptlint diff`: its arguments and its exit codes."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from promptlint.reporters.outcome import Comparison

_COLUMNS = 100


class _WithPaths(click.Command):
    """A command that tells the arguments before `--` from the paths behind it, as git does."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if "--" in args:
            at = args.index("--")
            ctx.meta[__name__] = tuple(args[at + 1 :])
            args = args[:at]
        return super().parse_args(ctx, args)


@click.command("diff", cls=_WithPaths, short_help="Show which sections of prompts changed.")
@click.argument("arguments", nargs=-1, metavar="[OLD] [NEW] [[--] PATHS]...")
@click.option("--staged", "--cached", is_flag=True, help="Compare what is staged with OLD, or with the last commit.")
@click.option(
    "--format", "output_format", type=click.Choice(["text", "json", "html"]), default="text", show_default=True
)
@click.option("--exit-code", is_flag=True, help="End in exit code 1 where any prompt differs.")
@click.option(
    "--fail-on-rewrite", is_flag=True, help="End in exit code 1 where more sections were rewritten than allowed."
)
@click.option("--config", metavar="FILE", help="Use this configuration instead of the nearest one of each file.")
@click.pass_context
def command(
    ctx: click.Context,
    arguments: tuple[str, ...],
    staged: bool,
    output_format: str,
    exit_code: bool,
    fail_on_rewrite: bool,
    config: str | None,
) -> int:
    """Show which sections of each prompt changed from OLD to NEW: two files, or two revisions of a git repository.

    Without OLD the work tree is compared with the index, as `git diff` does; with OLD alone it is compared with that
    revision. A..B and A...B are understood too. PATHS narrow it down; -- parts them from revisions.

    Exit codes: 0 compared, 1 only with --exit-code or --fail-on-rewrite, 2 something could not be compared.
    """
    from promptlint.cli import streams
    from promptlint.cli.versions import compare_named_files, compare_versions, understood
    from promptlint.history.git import repository
    from promptlint.reporters.summary import not_checked_line

    streams.prepare()
    paths: tuple[str, ...] = ctx.meta.get(__name__, ())
    if len(arguments) == 2 and not (paths or staged) and all(os.path.isfile(one) for one in arguments):
        comparison = compare_named_files(arguments[0], arguments[1], config)
    else:
        found = repository()
        comparison = compare_versions(understood(arguments, paths, found, staged=staged), found, config)
    sys.stdout.write(_written(comparison, output_format))
    sys.stdout.flush()
    for problem in comparison.problems:
        sys.stderr.write(not_checked_line(problem))
    if comparison.problems:
        return 2
    prompts = [one for file in comparison.files for one in file.prompts]
    differs = exit_code and any(one.status != "unchanged" for one in prompts)
    return int(differs or (fail_on_rewrite and any(file.rewritten for file in comparison.files)))


def _written(comparison: Comparison, output_format: str) -> str:
    if output_format == "json":
        from promptlint.reporters.change_json import change_json

        return change_json(comparison)
    if output_format == "html":
        from promptlint.reporters.change_html import change_html

        return change_html(comparison)
    from promptlint.cli import streams
    from promptlint.reporters.change_text import change_text

    columns = shutil.get_terminal_size((_COLUMNS, 24)).columns if sys.stdout.isatty() else _COLUMNS
    return change_text(comparison, color=streams.is_colored(sys.stdout), columns=columns)
