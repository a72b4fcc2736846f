"""Which host reads which file: a table of suffixes; a host is imported when a file asks for it."""

from __future__ import annotations

import os
from importlib import import_module

from promptlint.errors import HostError
from promptlint.hosts.prompt import HostOptions, Prompt

_HOSTS = {
    ".markdown": "markdown",
    ".md": "markdown",
    ".prompt": "plain_text",
    ".prompts": "plain_text",
    ".txt": "plain_text",
}
"""Suffix to module of this package; a module has `extract(path, text, options) -> list[Prompt]`."""

_DEFAULTS = HostOptions()


def suffix_of(path: str) -> str:
    """Return a path's suffix in lower case, with its dot."""
    return os.path.splitext(path)[1].lower()


def is_prompt_file(path: str) -> bool:
    """Tell whether some host reads files of this name."""
    return suffix_of(path) in _HOSTS


def extract(path: str, text: str, options: HostOptions = _DEFAULTS) -> list[Prompt]:
    """Return the prompts of a file, in its order.

    Raises HostError if no host reads files of this name, or if the text is broken for the one that does.
    """
    name = _HOSTS.get(suffix_of(path))
    if name is None:
        kind = f"{suffix_of(path)} files" if suffix_of(path) else "files without a suffix"
        raise HostError(f"can't find prompts in {kind}; known are {', '.join(sorted(_HOSTS))}")
    prompts: list[Prompt] = import_module(f"promptlint.hosts.{name}").extract(path, text, options)
    return prompts
