"""The previous version of a prompt: where it is found, which prompt it belongs to, and what has changed since.

Nothing here is imported from `git` unless a version control is asked: a plain run starts no process.
"""

from __future__ import annotations

from promptlint.history.matching import matched
from promptlint.history.sections import Change, SectionChange, Version, compare

__all__ = ["Change", "SectionChange", "Version", "compare", "matched"]
