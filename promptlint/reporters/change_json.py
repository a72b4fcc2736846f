"""A comparison for programs: a contract with a version, described by `promptlint/schemas/diff.schema.json`."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from promptlint.changes import STATUSES
from promptlint.reporters.change_rows import EXTRAS, rows, words

if TYPE_CHECKING:
    from promptlint.changes import FileChange, PromptChange, Side
    from promptlint.reporters.outcome import Comparison

VERSION = 1
"""Changes where a reader of the comparison would have to."""


def change_json(comparison: Comparison) -> str:
    """Return a comparison as one object, in ASCII: no character of a prompt or a path steers a terminal."""
    whole = {
        "version": VERSION,
        "old": comparison.old,
        "new": comparison.new,
        "files": [_file(one) for one in comparison.files],
        "could_not_compare": [{"path": one.path, "reason": one.reason} for one in comparison.problems],
        "summary": _summary(comparison),
    }
    return json.dumps(whole, indent=2) + "\n"


def _file(file: FileChange) -> dict[str, Any]:
    return {
        "old": file.old,
        "new": file.new,
        "allowed": file.allowed,
        "prompts": [_prompt(one) for one in file.prompts],
    }


def _prompt(change: PromptChange) -> dict[str, Any]:
    table = rows(change) if change.status in ("changed", "same") else []
    return {
        "status": change.status,
        "old": _side(change.old),
        "new": _side(change.new),
        "changed": [one.section for one in change.change.sections],
        "rewritten": list(change.change.rewritten),
        "sections": [
            {
                "section": row.section,
                "change": row.change,
                "old": [words(run) for run in row.old],
                "new": [words(run) for run in row.new],
            }
            for row in table
            if row.section != EXTRAS
        ],
        "other": {
            "old": list(change.old.extras) if change.old and table else [],
            "new": list(change.new.extras) if change.new and table else [],
        },
    }


def _side(side: Side | None) -> dict[str, Any] | None:
    if side is None:
        return None
    return {"locator": side.prompt.locator, "text": side.version.brief.text, "negative": side.version.negative}


def _summary(comparison: Comparison) -> dict[str, Any]:
    prompts = [one for file in comparison.files for one in file.prompts]
    statuses = Counter(one.status for one in prompts)
    sections = Counter(one.section for prompt in prompts for one in prompt.change.sections)
    return {
        "files": len(comparison.files),
        "could_not_compare": len(comparison.problems),
        "prompts": {status: statuses[status] for status in STATUSES},
        "by_section": dict(sorted(sections.items())),
        "rewritten": sum(len(file.rewritten) for file in comparison.files),
    }
