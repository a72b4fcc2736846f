"""The command line and the Python interface, as they describe themselves."""

from __future__ import annotations

import dataclasses
import inspect
from typing import Any

import click

import promptlint
from promptlint.api import FixedText
from promptlint.brief import Brief, Mention
from promptlint.cli import main
from promptlint.diagnostics import Diagnostic, Edit, Fix
from promptlint.files import FileReport, PromptReport
from promptlint.linter import Report
from promptlint.source import Span
from tools.docs.forms import docstring
from tools.docs.markup import code, fenced, table, text

_COLUMNS = 100
_RESULTS = (Report, Brief, Mention, Diagnostic, Fix, Edit, Span, FixedText, FileReport, PromptReport)


def commands() -> str:
    """Return a section for each command, with its own help."""
    group = click.Context(main, info_name="promptlint", terminal_width=_COLUMNS, max_content_width=_COLUMNS)
    parts = []
    for name in main.list_commands(group):
        command = main.get_command(group, name)
        assert command is not None
        own = click.Context(command, parent=group, info_name=name, terminal_width=_COLUMNS, max_content_width=_COLUMNS)
        parts += [f"## promptlint {name}", fenced(command.get_help(own), "text")]
    return "\n\n".join(parts)


def interface() -> str:
    """Return the functions of the package, and what they return."""
    functions = [name for name in promptlint.__all__ if inspect.isfunction(getattr(promptlint, name))]
    parts = []
    for name in functions:
        parts += [f"## promptlint.{name}", *_function(name, getattr(promptlint, name))]
    parts += ["## promptlint.syntax.parse", *_function("parse", promptlint.syntax.parse)]
    for result in _RESULTS:
        parts += [f"## {result.__name__}", docstring(result), _fields(result)]
    return "\n\n".join(parts)


def _function(name: str, function: Any) -> list[str]:
    parameters = [str(one) for one in inspect.signature(function).parameters.values()]
    kinds = [one.kind for one in inspect.signature(function).parameters.values()]
    if inspect.Parameter.KEYWORD_ONLY in kinds:
        parameters.insert(kinds.index(inspect.Parameter.KEYWORD_ONLY), "*")
    inside = "".join(f"    {one},\n" for one in parameters)
    returns = inspect.signature(function).return_annotation
    return [fenced(f"def {name}(\n{inside}) -> {returns}".replace("'", ""), "python"), docstring(function)]


def _fields(result: Any) -> str:
    shown = [field for field in dataclasses.fields(result) if field.repr] if dataclasses.is_dataclass(result) else []
    rows = [(code(field.name), text(field.type)) for field in shown]
    if not rows:
        rows = [(code(name), text(kind)) for name, kind in inspect.get_annotations(result).items()]
    return table(["attribute", "type"], rows) if rows else ""
