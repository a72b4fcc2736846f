"""`promptlint test`: its arguments and its exit codes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from promptlint.reporters.examples import ExampleRun


@click.command("test", short_help="Run the examples of your own rules.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--config", metavar="FILE", help="Use this configuration instead of the nearest one.")
def command(paths: tuple[str, ...], output_format: str, config: str | None) -> int:
    """Run the examples of rule files: of PATHs (files, or folders of them), or else of those that the configuration
    names. The configuration's `knowledge` holds for them.

    Exit codes: 0 all hold, 1 some fail, 2 a file could not be used.
    """
    from promptlint.cli import streams
    from promptlint.cli.configs import chosen
    from promptlint.config import yaml_files
    from promptlint.errors import ConfigError
    from promptlint.reporters.examples import examples_json, examples_text

    streams.prepare()
    configuration = chosen(config, Path.cwd())
    files = [file for path in paths for file in yaml_files(Path(path))] or list(configuration.rule_files)
    if not files:
        where = ", ".join(paths) if paths else "the configuration"
        raise ConfigError(f"no rule files in {where}: name one, or a folder, or set `rules` in promptlint.toml")
    run = _run(files, configuration.knowledge)
    if output_format == "json":
        sys.stdout.write(examples_json(run))
    else:
        sys.stdout.write(examples_text(run, color=streams.is_colored(sys.stdout)))
    for one in run.not_tested:
        click.echo(f"promptlint: {one.reason}", err=True)
    return 2 if run.not_tested else int(run.failed > 0)


def _run(files: list[Path], knowledge: tuple[Path, ...]) -> ExampleRun:
    """Run the examples of each file; one that can't be used does not keep the others from it."""
    from promptlint.brief import reader
    from promptlint.cli.problems import from_here
    from promptlint.errors import RuleError
    from promptlint.reporters.examples import ExampleRun
    from promptlint.reporters.outcome import NotChecked
    from promptlint.rules import joined
    from promptlint.testing import run_examples

    reader(knowledge)
    tested, not_tested = [], []
    for path in dict.fromkeys(files):
        shown = str(path).removeprefix(f"{Path.cwd()}/")
        try:
            tested.append((shown, run_examples(path, knowledge)))
        except RuleError as error:
            not_tested.append(NotChecked(shown, from_here(error)))
    try:
        joined(one.rule for _, one in tested)
    except RuleError as error:
        not_tested.append(NotChecked(from_here(error).partition(":")[0], from_here(error)))
    return ExampleRun(tested, not_tested)
