"""`promptlint brief`: its arguments and its exit codes."""

from __future__ import annotations

import sys

import click


@click.command("brief", short_help="Show what prompts say, section by section.")
@click.argument("path", metavar="FILE")
@click.option("--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--config", metavar="FILE", help="Use this configuration instead of the nearest one.")
@click.option("--stdin-filename", metavar="FILE", default="stdin.prompt", show_default=True, help="What - is called.")
def command(path: str, output_format: str, config: str | None, stdin_filename: str) -> int:
    """Show the brief of each prompt of FILE, or of standard input for -.

    A brief is what a photographer reads: the intent, the sections with their words, and what they mention.
    """
    from promptlint.cli import streams
    from promptlint.cli.single import lint_one
    from promptlint.reporters.brief_json import brief_json
    from promptlint.reporters.brief_text import brief_text

    streams.prepare()
    report = lint_one(path, named=config, stdin_filename=stdin_filename)
    if output_format == "json":
        sys.stdout.write(brief_json(report))
    else:
        sys.stdout.write(brief_text(report, color=streams.is_colored(sys.stdout)))
    return 0
