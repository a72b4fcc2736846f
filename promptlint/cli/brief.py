"""`promptlint brief`: its arguments and its exit codes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from promptlint.files import FileReport


@click.command("brief", short_help="Show what prompts say, section by section.")
@click.argument("path", metavar="FILE")
@click.option(
    "--format", "output_format", type=click.Choice(["text", "json", "html"]), default="text", show_default=True
)
@click.option(
    "--intent", metavar="[portrait|photo|artwork|edit]", help="What the prompts want, instead of what their words show."
)
@click.option("--config", metavar="FILE", help="Use this configuration instead of the nearest one.")
@click.option("--stdin-filename", metavar="FILE", default="stdin.prompt", show_default=True, help="What - is called.")
def command(path: str, output_format: str, intent: str | None, config: str | None, stdin_filename: str) -> int:
    """Show the brief of each prompt of FILE, or of standard input for -.

    A brief is what a photographer reads: the intent, the sections with their words, and what they mention.
    """
    from promptlint.cli import streams
    from promptlint.cli.single import lint_one

    streams.prepare()
    report = lint_one(path, named=config, stdin_filename=stdin_filename, intent=intent)
    sys.stdout.write(_written(report, output_format))
    return 0


def _written(report: FileReport, output_format: str) -> str:
    if output_format == "json":
        from promptlint.reporters.brief_json import brief_json

        return brief_json(report)
    if output_format == "html":
        from promptlint.reporters.brief_html import brief_html

        return brief_html(report)
    from promptlint.cli import streams
    from promptlint.reporters.brief_text import brief_text

    return brief_text(report, color=streams.is_colored(sys.stdout))
