"""Types, as msgspec reads them, in the words of those who write YAML and TOML."""

from __future__ import annotations

from enum import EnumType
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec

from tools.docs.markup import code, table

_PLAIN = {str: "text", int: "whole number", float: "number", bool: "true or false", Any: "anything", NoneType: "nothing"}


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
    if origin is list or origin is tuple:
        return f"list of {words(inside[0])}"
    if origin is dict:
        return f"table of {words(inside[1])}"
    if isinstance(own, EnumType):
        return " or ".join(code(one.value) for one in own)  # type: ignore[var-annotated]
    return f"table {code(own.__name__)}"


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
    rows = [
        (code(field.encode_name), words(field.type), default(field)) for field in msgspec.structs.fields(struct)
    ]
    return table(["key", "value", "default"], rows) if rows else ""
