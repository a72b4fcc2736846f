"""`promptlint check`: its arguments and its exit codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from promptlint.cli.run import Options
    from promptlint.reporters.outcome import Tally


def _names(ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


@click.command("check", short_help="Check the prompts of files and folders.")
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option("--fix", is_flag=True, help="Write the safe fixes.")
@click.option("--unsafe-fixes", is_flag=True, help="Count fixes that choose for you as applicable; --fix writes them.")
@click.option("--interactive", is_flag=True, help="With --fix: ask of each finding which fix to write.")
@click.option("--diff", is_flag=True, help="Show what --fix would write, and write nothing.")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--select",
    multiple=True,
    metavar="RULES",
    callback=_names,
    help="Run these rules only, beside those of --preset where it is given.",
)
@click.option("--ignore", multiple=True, metavar="RULES", callback=_names, help="Switch rules off.")
@click.option("--preset", metavar="[five|recommended|brief|all]", help="The set of rules to start from.")
@click.option("--model", metavar="NAME", help="The image generator that the prompts are for.")
@click.option(
    "--intent", metavar="[portrait|photo|artwork|edit]", help="What the prompts want, instead of what their words show."
)
@click.option(
    "--base",
    metavar="REVISION",
    help="Compare with this revision; auto: what pre-commit or the CI service names, else the last commit.",
)
@click.option("--config", metavar="FILE", help="Use this configuration instead of the nearest one of each file.")
@click.option("--fail-on", type=click.Choice(["error", "warning", "info"]), help="What ends in exit code 1.")
@click.option("--exit-zero", is_flag=True, help="End in exit code 0 where there are only findings.")
@click.option("--statistics", is_flag=True, help="Show how often each rule speaks instead of what it says.")
@click.option("--force-exclude", is_flag=True, help="Leave out excluded files even where they are named.")
@click.option("--stdin-filename", metavar="FILE", default="stdin.prompt", show_default=True, help="What - is called.")
@click.option("-q", "--quiet", is_flag=True, help="Show findings only, no summary.")
def command(output_format: str, statistics: bool, quiet: bool, exit_zero: bool, **given: Any) -> int:
    """Check the prompts of PATHS: files, folders (the current one by default), or - for standard input.

    Exit codes: 0 clean or nothing above --fail-on, 1 findings, 2 something could not be checked.
    """
    from promptlint.cli.output import Output
    from promptlint.cli.run import Options, run

    options = Options(**{**given, "paths": given["paths"] or (".",)})
    if "-" in options.paths and len(options.paths) > 1:
        raise click.UsageError("- can't be mixed with other paths")
    if options.diff and output_format != "text":
        raise click.UsageError("--diff has one form only; leave out --output-format")
    if options.interactive:
        _check_interactive(options, output_format)
    output = Output(options, output_format, statistics=statistics, quiet=quiet)
    for outcome in run(options):
        output.add(outcome)
    output.end()
    return _exit_code(output.tally, diff=options.diff, exit_zero=exit_zero)


def _check_interactive(options: Options, output_format: str) -> None:
    """Raise UsageError where fixes can't be put to choice."""
    from promptlint.cli.interactive import why_not

    if not options.fix:
        raise click.UsageError("--interactive goes with --fix")
    if options.diff or options.from_stdin or output_format != "text":
        raise click.UsageError("--interactive needs the terminal for itself: no --diff, no -, no --output-format")
    reason = why_not()
    if reason:
        raise click.UsageError(reason)


def _exit_code(tally: Tally, *, diff: bool, exit_zero: bool) -> int:
    if tally.not_checked:
        return 2
    found = tally.changed_files > 0 if diff else tally.failing_files > 0
    return int(found and not exit_zero)
