"""A page for each JSON Schema of the package."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import promptlint
from tools.docs.markup import code, inline, page, table, text

FOLDER = Path(promptlint.__file__).parent / "schemas"
_SUFFIX = ".schema.json"
_Schema = Mapping[str, Any]


def schema_names() -> list[str]:
    """Return the names of the schemas, in alphabetical order."""
    return sorted(path.name.removesuffix(_SUFFIX) for path in FOLDER.glob(f"*{_SUFFIX}"))


def schema_pages() -> dict[str, str]:
    """Return the page of every schema, by path."""
    return {f"schemas/{name}.md": _page(name) for name in schema_names()}


def title(name: str) -> str:
    """Return what a schema calls itself."""
    return str(_read(name).get("title", name))


def _read(name: str) -> _Schema:
    schema: _Schema = json.loads((FOLDER / f"{name}{_SUFFIX}").read_text("utf-8"))
    return schema


def _page(name: str) -> str:
    schema = _read(name)
    parts = [
        inline(schema.get("description", "")),
        f"The schema itself is installed with the package, as {code(f'promptlint/schemas/{name}{_SUFFIX}')}, "
        f"and is [here]({name}{_SUFFIX}) to download.",
    ]
    for path, part in _objects("The whole", schema):
        parts += [f"## {text(path)}", "" if part is schema else inline(part.get("description", ""))]
        parts.append(_properties(part) or f"{_words(part)}.")
    for own, part in schema.get("$defs", {}).items():
        if "properties" not in part:
            parts += [f"## {text(own)}", f"{_words(part)}. {inline(part.get('description', ''))}".strip()]
            continue
        for path, inner in _objects(own, part):
            parts += [f"## {text(path)}", inline(inner.get("description", "")), _properties(inner)]
    return page(str(schema.get("title", name)), *parts)


def _objects(path: str, schema: _Schema) -> Iterator[tuple[str, _Schema]]:
    """Yield a schema and the objects inside it that have no name of their own, each with its path."""
    yield path, schema
    for key, part in schema.get("properties", {}).items():
        inner = part.get("items", part) if part.get("type") == "array" else part
        if "properties" in inner:
            yield from _objects(f"{path} · {key}", inner)


def _properties(schema: _Schema) -> str:
    required = schema.get("required", ())
    rows = [
        (code(key), _words(part), "always" if key in required else "", inline(part.get("description", "")))
        for key, part in schema.get("properties", {}).items()
    ]
    return table(["key", "value", "there", "meaning"], rows) if rows else ""


def _words(schema: _Schema) -> str:
    """Return what a value may be, as Markdown."""
    if "$ref" in schema:
        own = str(schema["$ref"]).rpartition("/")[2]
        return f"[{text(own)}](#{own.lower()})"
    if "const" in schema:
        return code(json.dumps(schema["const"]))
    if "enum" in schema:
        return " or ".join(code(value if isinstance(value, str) else json.dumps(value)) for value in schema["enum"])
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return " or ".join(_words(one) for one in schema[key])
    kind = schema.get("type", "anything")
    if isinstance(kind, list):
        return " or ".join(_words({**schema, "type": one}) for one in kind)
    if kind == "array":
        return f"list of {_words(schema.get('items', {}))}"
    below = schema.get("additionalProperties")
    if kind == "object" and isinstance(below, dict):
        return f"object with {_words(below)} for each name"
    return f"{text(kind)}, from {schema['minimum']}" if "minimum" in schema else text(kind)
