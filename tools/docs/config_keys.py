"""The keys of the configuration: what each may be comes from the types, what it does from `docs/keys.yaml`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, get_args, get_origin

import msgspec

from promptlint.brief.knowledge import read_yaml
from promptlint.config import ConfigTable
from tools.docs import types
from tools.docs.markup import fenced, inline, text

KEYS = Path(__file__).parent.parent.parent / "docs" / "keys.yaml"


class Key(NamedTuple):
    """A key by its full name, `history.base`; what a user names stands as `*`."""

    name: str
    field: msgspec.structs.FieldInfo
    is_table: bool


class Told(msgspec.Struct, forbid_unknown_fields=True):
    """What a key does, and a line or more of TOML that shows it."""

    does: str
    example: str = ""


def keys(struct: type[msgspec.Struct] = ConfigTable, above: str = "") -> Iterator[Key]:
    """Yield all keys of the configuration, those of a table behind it."""
    found = [
        (Key(f"{above}{field.encode_name}", field, _inner(field.type)[0] is not None), *_inner(field.type))
        for field in msgspec.structs.fields(struct)
    ]
    for key, inner, star in sorted(found, key=lambda one: one[0].is_table):
        yield key
        if inner is not None:
            yield from keys(inner, f"{key.name}.{star}")


def _inner(own: Any) -> tuple[type[msgspec.Struct] | None, str]:
    """Return the struct that a table or its entries have, and what stands between its name and theirs."""
    if isinstance(own, type) and issubclass(own, msgspec.Struct):
        return own, ""
    for one in get_args(own):
        inner, _ = _inner(one)
        if inner is not None:
            return inner, "" if get_origin(own) not in (dict, list) else "*."
    return None, ""


def told() -> dict[str, Told]:
    """Return what is told of each key, by its full name."""
    return msgspec.convert(read_yaml(KEYS), dict[str, Told])


def config_keys() -> str:
    """Return a section for each key."""
    about = told()
    parts = []
    for key in keys():
        level = "###" if "." in key.name else "##"
        parts.append(f"{level} {text(key.name)}")
        if not key.is_table:
            usual = types.default(key.field)
            parts.append(f"Value: {types.words(key.field.type)}{f'; by default {usual}' if usual else ''}.")
        parts.append(inline(about[key.name].does))
        if about[key.name].example:
            parts.append(fenced(about[key.name].example, "toml"))
    return "\n\n".join(parts)


def key_names() -> list[str]:
    """Return the full names of all keys."""
    return [key.name for key in keys()]
