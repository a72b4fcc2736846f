"""Types, as msgspec reads them, in the words of those who write YAML and TOML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import EnumType
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec

from tools.docs.markup import code, table

_PLAIN = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    Any: "anything",
    NoneType: "nothing",
}

_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def words(own: Any) -> str:
    """Return a type in words, as Markdown."""
    if own in _PLAIN:
        return _PLAIN[own]
    origin, inside = get_origin(own), get_args(own)
    if origin is Annotated:
        return words(inside[0]) + _bounds(inside[1:])
    if origin is Literal:
        return " or ".join(code(value) for value in inside)
    if origin in (Union, UnionType):
        return " or ".join(words(one) for one in inside if one is not NoneType)
    if origin in (list, tuple, frozenset):
        return f"list of {_several(inside[0])}"
    if origin is dict:
        return f"table of {_several(inside[1])}"
    if isinstance(own, EnumType):
        return " or ".join(code(one.value) for one in own)  # type: ignore[var-annotated]
    return f"a {name(own)}"


def _several(own: Any) -> str:
    if isinstance(own, type) and issubclass(own, msgspec.Struct):
        one = name(own)
        return f"{one}es" if one.endswith("x") else f"{one}s"
    return f"{words(own)}s" if own in (str, int, float) else words(own)


def name(struct: type) -> str:
    """Return what entries of a form are called: the name of the struct, without what only programmers need."""
    return _CAPITAL.sub(" ", re.sub("(Spec|Entry|Table|File)$", "", struct.__name__)).lower()


def inner(struct: type[msgspec.Struct]) -> Iterator[type[msgspec.Struct]]:
    """Yield the structs that the fields of one hold, each once."""
    seen: set[type] = set()
    for field in msgspec.structs.fields(struct):
        for own in _within(field.type):
            if own not in seen:
                seen.add(own)
                yield own


def _within(own: Any) -> Iterator[type[msgspec.Struct]]:
    if isinstance(own, type) and issubclass(own, msgspec.Struct):
        yield own
    for one in get_args(own):
        yield from _within(one)


def _bounds(extra: tuple[Any, ...]) -> str:
    low = next((one.ge for one in extra if isinstance(one, msgspec.Meta) and one.ge is not None), None)
    return f", {low} or more" if low is not None else ""


def default(field: msgspec.structs.FieldInfo) -> str:
    """Return what holds where a key is not given, as Markdown; nothing where nothing does."""
    if field.required:
        return "required"
    if field.default is not msgspec.NODEFAULT:
        value = field.default
        if value is None or value == "":
            return ""
        return code(str(value).lower() if isinstance(value, bool) else getattr(value, "value", value))
    made = field.default_factory()
    return code(made) if made and not isinstance(made, msgspec.Struct) else ""


def keys(struct: type[msgspec.Struct]) -> str:
    """Return a table of the keys of a struct."""
    rows = [(code(field.encode_name), words(field.type), default(field)) for field in msgspec.structs.fields(struct)]
    return table(["key", "value", "default"], rows) if rows else ""
