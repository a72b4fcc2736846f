"""Walks data beside the type that it should have: what each value is there, and what is wrong in a reader's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec
import msgspec.inspect as types

from promptlint.errors import did_you_mean

Keys = tuple[str | int, ...]
"""The way to a value: keys of maps and numbers of list items."""

_STEP = re.compile(r"\.([\w-]+)|\[(\d+)\]|(\[\.\.\.\])")
_WORDS = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "keys with values",
    "null": "nothing",
}
_ANY = "[...]"


class Place(NamedTuple):
    """A value, the way to it, and the type that it should have."""

    keys: Keys
    shape: types.Type
    value: Any


class Problem(NamedTuple):
    """What is wrong, and where."""

    keys: Keys
    text: str


def places(shape: Any, data: Any) -> Iterator[Place]:
    """Yield every value that the type has a place for; what does not fit is not looked into."""
    return _places((), types.type_info(shape), data)


def named(shape: Any, data: Any) -> Iterator[tuple[Keys, str, str]]:
    """Yield every string whose type says what it names (`Meta(extra={"names": …})`): its way, what it names, itself."""
    for keys, own, value in places(shape, data):
        if isinstance(own, types.Metadata) and own.extra and "names" in own.extra and isinstance(value, str):
            yield keys, own.extra["names"], value


def problem(shape: Any, data: Any, error: msgspec.ValidationError) -> Problem:
    """Return what a failed conversion of the data to the type says, with the way to the value that it speaks of."""
    text, _, where = str(error).partition(" - at ")
    keys = _exact(shape, data, _keys(where.rpartition("$")[2].rstrip("`")), str(error))
    there = [place for place in places(shape, data) if place.keys == keys]
    if "unknown field" in text:
        key = text.split("`")[1]
        known = [field for place in there for field in _fields(place)]
        return Problem((*keys, key), f'unknown key "{key}"{did_you_mean(key, known)}')
    if "missing required field" in text:
        return Problem(keys, f'the key "{text.split("`")[1]}" is missing')
    if "Invalid enum value" in text:
        value = str(there[0].value) if there else ""
        choices = [str(one) for place in there for one in _choices(place.shape)]
        return Problem(keys, f'"{value}" is none of {", ".join(choices)}{did_you_mean(value, choices)}')
    if "matching regex" in text and there:
        return Problem(keys, f'"{there[0].value}" is not {_description(there[0].shape)}')
    if not keys and data is None:
        return Problem(keys, "the file is empty")
    return Problem(keys, _plain(text, there[0].value if there else None))


def _places(keys: Keys, shape: types.Type, value: Any) -> Iterator[Place]:
    bare = shape.type if isinstance(shape, types.Metadata) else shape
    if isinstance(bare, types.UnionType):
        fitting = [one for one in bare.types if _fits(one, value)]
        for one in fitting:
            yield from _places(keys, one, value)
        if fitting:
            return
    yield Place(keys, shape, value)
    if isinstance(bare, types.StructType) and isinstance(value, dict):
        for field in bare.fields:
            if field.encode_name in value:
                yield from _places((*keys, field.encode_name), field.type, value[field.encode_name])
    elif isinstance(bare, types.DictType) and isinstance(value, dict):
        for key, one in value.items():
            yield from _places((*keys, key), bare.value_type, one)
    elif isinstance(bare, types.ListType) and isinstance(value, list):
        for number, one in enumerate(value):
            yield from _places((*keys, number), bare.item_type, one)


def _fits(shape: types.Type, value: Any) -> bool:
    """Tell whether a value is of the outer form of one type of a union."""
    bare = shape.type if isinstance(shape, types.Metadata) else shape
    if isinstance(value, dict):
        return isinstance(bare, types.StructType | types.DictType)
    if isinstance(value, list):
        return isinstance(bare, types.ListType)
    return not isinstance(bare, types.StructType | types.DictType | types.ListType | types.NoneType)


def _keys(path: str) -> list[str | int]:
    return [name or (int(number) if number else _ANY) for name, number, _ in _STEP.findall(path)]


def _exact(shape: Any, data: Any, keys: list[str | int], said: str) -> Keys:
    """Return a way with its open steps closed: of each the first key that, left alone in its map, fails the same."""
    for at, key in enumerate(keys):
        if key == _ANY:
            parent = _at(data, keys[:at])
            for one in parent if isinstance(parent, dict) else ():
                if _fails(shape, _with(data, keys[:at], {one: parent[one]}), said):
                    keys = [*keys[:at], one, *keys[at + 1 :]]
                    break
    return tuple(keys)


def _fails(shape: Any, data: Any, said: str) -> bool:
    try:
        msgspec.convert(data, shape)
    except msgspec.ValidationError as error:
        return str(error) == said
    return False


def _at(data: Any, keys: Iterable[str | int]) -> Any:
    for key in keys:
        data = data[key]
    return data


def _with(data: Any, keys: list[str | int], value: Any) -> Any:
    """Return a copy of data with another value at the end of a way."""
    if not keys:
        return value
    copy = data.copy()
    copy[keys[0]] = _with(data[keys[0]], keys[1:], value)
    return copy


def _fields(place: Place) -> list[str]:
    bare = place.shape.type if isinstance(place.shape, types.Metadata) else place.shape
    return [field.encode_name for field in bare.fields] if isinstance(bare, types.StructType) else []


def _choices(shape: types.Type) -> list[Any]:
    bare = shape.type if isinstance(shape, types.Metadata) else shape
    if isinstance(bare, types.EnumType):
        return [one.value for one in bare.cls]
    return list(bare.values) if isinstance(bare, types.LiteralType) else []


def _description(shape: types.Type) -> str:
    if isinstance(shape, types.Metadata) and shape.extra_json_schema:
        return str(shape.extra_json_schema.get("description", "of the right form"))
    return "of the right form"


def _plain(text: str, value: Any) -> str:
    """Turn `Expected `str`, got `int`` into words."""
    match = re.fullmatch(r"Expected `([^`]+)`, got `([^`]+)`", text)
    if not match:
        return text[:1].lower() + text[1:].replace("`", "")
    wanted = " or ".join(_WORDS.get(one, one) for one in match.group(1).split(" | ") if one != "null")
    got = _WORDS.get(match.group(2), match.group(2))
    shown = f" ({value})" if isinstance(value, int | float) and not isinstance(value, bool) else ""
    hint = "; put it in quotes" if shown and "str" in match.group(1) else ""
    return f"expected {wanted}, got {got}{shown}{hint}"
