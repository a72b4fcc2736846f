"""promptlint: a linter for image-generation prompts.

The public interface is what `__all__` names. Nothing is imported before it is asked for, so that
`import promptlint` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from promptlint import syntax
    from promptlint.api import fix_text, lint_file, lint_text

__version__ = "0.1.0"

__all__ = ["__version__", "fix_text", "lint_file", "lint_text", "syntax"]


def __getattr__(name: str) -> Any:
    if name in ("fix_text", "lint_file", "lint_text"):
        from promptlint import api

        return getattr(api, name)
    if name == "syntax":
        import importlib

        return importlib.import_module("promptlint.syntax")
    raise AttributeError(f"module 'promptlint' has no attribute {name!r}")
