"""`promptlint model`: its arguments and its exit codes."""

from __future__ import annotations

import sys

import click


@click.command("model", short_help="Show what a model takes, compare models, or list them all.")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(names: tuple[str, ...], output_format: str) -> int:
    """Print the page of the model NAME, or several models side by side; without NAME, one line for each model.

    NAME is the model's own, or the one that its vendor, host or file has for it; NAME@HOST is the model as it is there.
    """
    from promptlint import models
    from promptlint.cli import streams
    from promptlint.reporters.model_page import model_comparison, model_json, model_list, model_page

    streams.prepare()
    chosen = [models.find(name) for name in names] or [*models.catalogue().values()]
    color = streams.is_colored(sys.stdout)
    if output_format == "json":
        sys.stdout.write(model_json(chosen))
    elif not names:
        sys.stdout.write(model_list(chosen, color=color))
    elif len(chosen) == 1:
        sys.stdout.write(model_page(chosen[0], color=color))
    else:
        sys.stdout.write(model_comparison(chosen, color=color))
    return 0
