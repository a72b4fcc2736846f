"""The JSON Schemas that are shipped: those of today's types, true of every file there is, and false of mistakes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from promptlint.brief.compiling import TABLES
from promptlint.brief.knowledge import BUILTIN, read_yaml
from promptlint.rules import builtin_folder
from tests.schemas import FOLDER, schemas

ROOT = Path(__file__).parent.parent
RULES = sorted(builtin_folder().glob("*/*.yaml")) + sorted((ROOT / "examples" / "plugin" / "rules").iterdir())
KNOWLEDGE = sorted(path for path in BUILTIN.glob("*.yaml") if path.name not in TABLES)
MODELS = sorted((BUILTIN / "models").glob("*.yaml"))


def validator(name: str) -> Any:
    schema = json.loads((FOLDER / f"{name}.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_they_are_current() -> None:
    for name, text in schemas().items():
        assert (FOLDER / name).read_text("utf-8") == text, "out of date: run python -m tests.schemas"


@pytest.mark.parametrize(("name", "paths"), [("rule", RULES), ("knowledge", KNOWLEDGE), ("model", MODELS)])
def test_every_file_is_valid(name: str, paths: list[Path]) -> None:
    check = validator(name)
    assert len(paths) > 10
    for path in paths:
        assert [error.message for error in check.iter_errors(read_yaml(path))] == [], path


def broken(path: Path, *keys: str | int, value: Any) -> Any:
    """Return what a file holds, with one value changed or added."""
    data = read_yaml(path)
    place = data
    for key in keys[:-1]:
        place = place[key]
    place[keys[-1]] = value
    return data


@pytest.mark.parametrize(
    ("name", "path", "keys", "value"),
    [
        ("rule", "lighting/vague-lighting", ("whyy",), "x"),
        ("rule", "lighting/vague-lighting", ("severity",), "loud"),
        ("rule", "lighting/vague-lighting", ("section",), "lightning"),
        ("rule", "lighting/vague-lighting", ("name",), "Vague Lighting"),
        ("rule", "lighting/vague-lighting", ("intents",), ["foto"]),
        ("rule", "lighting/vague-lighting", ("check", "off"), []),
        ("rule", "lighting/vague-lighting", ("check", "of"), "light"),
        ("rule", "lighting/vague-lighting", ("check", "section"), "lamps"),
        ("rule", "lighting/vague-lighting", ("fixes", 0, "applicability"), "sure"),
        ("rule", "lighting/vague-lighting", ("examples", 0, "find"), []),
        ("knowledge", "film", (0, "section"), "films"),
        ("knowledge", "film", (0, "nmes"), []),
        ("model", "models/sdxl", ("negative",), "perhaps"),
        ("model", "models/sdxl", ("stepps",), {}),
    ],
)
def test_a_mistake_is_seen(name: str, path: str, keys: tuple[str | int, ...], value: Any) -> None:
    folder = builtin_folder() if name == "rule" else BUILTIN
    assert not validator(name).is_valid(broken(folder / f"{path}.yaml", *keys, value=value))
