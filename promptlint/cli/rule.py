"""`promptlint rule`: its arguments and its exit codes."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command("rule", short_help="Explain a rule, or list them all.")
@click.argument("name", required=False)
@click.option("--all", "every", is_flag=True, help="Explain every rule.")
@click.option("--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--config", metavar="FILE", help="Use this configuration instead of the nearest one.")
def command(name: str | None, every: bool, output_format: str, config: str | None) -> int:
    """Print the page of the rule NAME (its name or its code); without NAME, one line for each rule."""
    from promptlint.cli import streams
    from promptlint.cli.configs import chosen
    from promptlint.errors import ConfigError, did_you_mean
    from promptlint.reporters.rule_page import rule_json, rule_list, rule_pages
    from promptlint.rules import names_of

    if name is not None and every:
        raise click.UsageError("give either NAME or --all")
    streams.prepare()
    rules = chosen(config, Path.cwd()).all_rules
    if name is not None:
        known = names_of(rules)
        found = known.get(name) or known.get(name.lower()) or known.get(name.upper())
        if found is None:
            raise ConfigError(f'no rule "{name}"{did_you_mean(name, known)}')
        rules = (found,)
    color = streams.is_colored(sys.stdout)
    if output_format == "json":
        sys.stdout.write(rule_json(rules))
    elif name is None and not every:
        sys.stdout.write(rule_list(rules, color=color))
    else:
        sys.stdout.write(rule_pages(rules, color=color))
    return 0
