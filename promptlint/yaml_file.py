"""YAML files that people write: read as words, checked against a type, with the line of each key for errors."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import msgspec

from promptlint.errors import KnowledgeError, PromptlintError

T = TypeVar("T")


def read_yaml(path: Path, data: str | None = None) -> Any:
    """Return what a YAML file holds.

    Raises KnowledgeError that names file and line where it can't be read or is no YAML.
    """
    return YamlFile(path, KnowledgeError, data).data


class YamlFile:
    """One file, what it holds, and where in it a key stands. Whatever is wrong with it is raised as `kind`."""

    def __init__(self, path: Path, kind: type[PromptlintError], text: str | None = None) -> None:
        self.path, self._kind = path, kind
        self._text = self._read() if text is None else text
        self.data: Any = self._load()

    def convert(self, shape: type[T]) -> T:
        """Return the data as a type. Raises an error that names file, line and key where they are not of it."""
        return self.part(shape, self.data)

    def part(self, shape: type[T], data: Any, *keys: str | int) -> T:
        """Return what stands at the end of a way as a type, likewise."""
        try:
            return msgspec.convert(data, shape)
        except msgspec.ValidationError as error:
            from promptlint.shapes import problem

            found = problem(shape, data, error)
            raise self.error(found.text, *keys, *found.keys) from None
        except RecursionError:
            raise self._kind(f"{self.path}: an alias holds itself") from None

    def error(self, text: str, *keys: str | int) -> PromptlintError:
        """Return an error that names the file, the line of a key, and the key."""
        key = ".".join(one for one in keys if isinstance(one, str))
        return self._kind(f"{self.path}:{self.line(*keys)}: {key}{': ' if key else ''}{text}")

    def line(self, *keys: str | int) -> int:
        """Return the line, from 1, of a key or list item; of one that is not there, of what should hold it."""
        import yaml

        node: Any = yaml.compose(self._text, Loader=_loader())
        line = 1
        for key in keys:
            found = _child(node, key)
            if found is None:
                break
            line, node = found
        return line

    def _read(self) -> str:
        try:
            return self.path.read_text("utf-8-sig")
        except OSError as error:
            raise self._kind(f"{self.path}: can't be read: {error.strerror}") from None
        except UnicodeDecodeError as error:
            raise self._kind(f"{self.path}: can't be read: it is not UTF-8 (byte {error.start})") from None

    def _load(self) -> Any:
        import yaml

        try:
            return yaml.load(self._text, Loader=_loader())
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = f":{mark.line + 1}" if mark else ""
            what = getattr(error, "problem", None) or str(error).partition("\n")[0]
            raise self._kind(f"{self.path}{line}: not valid YAML: {what}") from None
        except ValueError as error:
            raise self._kind(f"{self.path}: not valid YAML: {error}") from None
        except RecursionError:
            raise self._kind(f"{self.path}: not valid YAML: nested too deeply") from None


def _child(node: Any, key: str | int) -> tuple[int, Any] | None:
    """Return the line and the node of a key's value or of a list item."""
    if isinstance(key, int):
        items = node.value if node.id == "sequence" else []
        return (items[key].start_mark.line + 1, items[key]) if key < len(items) else None
    for own, value in node.value if node.id == "mapping" else []:
        if own.value == key:
            return own.start_mark.line + 1, value
    return None


@lru_cache(maxsize=1)
def _loader() -> Any:
    """Return a safe loader that knows words and takes no key twice.

    Only `true` and `false` are truth values: lists of words hold `no` and `off`.
    """
    import re

    import yaml

    class Words(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {
            first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":bool", ":timestamp"))]
            for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

        def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
            seen: set[str] = set()
            for key, _ in node.value:
                if key.value in seen and key.id == "scalar" and key.tag != "tag:yaml.org,2002:merge":
                    raise yaml.constructor.ConstructorError(
                        None, None, f'the key "{key.value}" is there twice', key.start_mark
                    )
                if key.id == "scalar":
                    seen.add(key.value)
            made: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
            return made

    Words.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), ["t", "f"])
    return Words
