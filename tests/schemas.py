"""The JSON Schemas of the files that people write, made from their types: `python -m tests.schemas` writes them."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

import promptlint
from promptlint.brief.knowledge import Family
from promptlint.checks import KINDS
from promptlint.models import Model
from promptlint.rules import RuleFile

FOLDER = Path(promptlint.__file__).parent / "schemas"
_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, str]:
    """Return the schemas by the names of their files."""
    made = {
        "rule": (RuleFile, "promptlint rule", _rule_components()),
        "knowledge": (list[Family], "promptlint knowledge", {}),
        "model": (Model, "promptlint model", {}),
    }
    out = {}
    for name, (shape, title, more) in made.items():
        (root,), parts = msgspec.json.schema_components([shape], ref_template="#/$defs/{name}")
        parts.update(more)
        if name == "rule":
            parts["RuleFile"]["properties"]["check"] = {"$ref": "#/$defs/check"}
        schema = {"$schema": _DRAFT, "title": title, **root, "$defs": dict(sorted(parts.items()))}
        out[f"{name}.schema.json"] = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
    return out


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    """Yield every object that a schema describes."""
    if isinstance(schema, dict):
        if "object" in schema.get("type", ()):
            yield schema
        for value in schema.values():
            yield from objects(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from objects(value)


def _rule_components() -> dict[str, Any]:
    """Return the kinds of check, of which `check` is one; what a plug-in's keys are nobody knows here."""
    refs, parts = msgspec.json.schema_components(KINDS.values(), ref_template="#/$defs/{name}")
    kinds = []
    for (kind, check), ref in zip(KINDS.items(), refs, strict=True):
        own = parts[ref["$ref"].rpartition("/")[2]]
        own["properties"] = {"kind": {"const": kind}, **own.get("properties", {})}
        own["required"] = ["kind", *own.get("required", [])]
        own["description"] = inspect.getdoc(check) or ""
        kinds.append(ref)
    plugin = {
        "description": "A kind that a plug-in adds.",
        "type": "object",
        "properties": {"kind": {"type": "string", "not": {"enum": sorted(KINDS)}}},
        "required": ["kind"],
    }
    return {**parts, "check": {"anyOf": [*kinds, plugin]}}


if __name__ == "__main__":
    for name, text in schemas().items():
        (FOLDER / name).write_text(text, "utf-8")
