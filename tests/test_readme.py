"""The README is true: what it shows is what happens, and what it names is there."""

from __future__ import annotations

import json
import re
import shlex
from typing import TYPE_CHECKING

import click
import msgspec
import pytest
import yaml

from promptlint.cli import main
from promptlint.config import ConfigTable, HistoryTable, HostTable, HouseTable, read
from tests.readme import README, ROOT, blocks, refreshed

if TYPE_CHECKING:
    from pathlib import Path

TEXT = README.read_text("utf-8")


def test_what_it_shows_is_what_happens() -> None:
    assert refreshed(TEXT) == TEXT, "the README is out of date: run python -m tests.readme"


def test_its_examples_end_well() -> None:
    _, check, fix = blocks(TEXT, "console")[:3]
    assert "8 findings (6 warnings, 2 info)" in check
    assert "All clear" in fix


def test_the_configuration_example_names_every_key(tmp_path: Path) -> None:
    (example,) = blocks(TEXT, "toml")
    path = tmp_path / "promptlint.toml"
    path.write_text(example, "utf-8")
    config = read(path)
    assert config is not None
    assert config.rules
    assert config.model
    for struct in (ConfigTable, HouseTable, HostTable, HistoryTable):
        for field in msgspec.structs.fields(struct):
            assert re.search(rf"^\[?{field.encode_name}\b", example, re.MULTILINE), field.encode_name


def test_the_hook_example_names_the_hooks() -> None:
    (example,) = blocks(TEXT, "yaml")
    (repo,) = yaml.safe_load(example)["repos"]
    offered = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert [hook["id"] for hook in repo["hooks"]] == [hook["id"] for hook in offered]


def test_the_schemas_it_names_are_there() -> None:
    brief, diff, report = sorted(re.findall(r"`(\S+\.schema\.json)`", TEXT))
    keys = json.loads((ROOT / brief).read_text("utf-8"))["properties"]
    assert {"path", "prompts", "units"} <= keys.keys()
    keys = json.loads((ROOT / report).read_text("utf-8"))["properties"]
    assert {"files", "could_not_check", "summary", "units"} <= keys.keys()
    keys = json.loads((ROOT / diff).read_text("utf-8"))["properties"]
    assert {"old", "new", "files", "could_not_compare", "summary"} <= keys.keys()


@pytest.mark.parametrize("command", re.findall(r"^(?:\$ |.*\.venv/bin/)(promptlint .*)", TEXT, re.MULTILINE))
def test_its_commands_parse(command: str) -> None:
    name, *arguments = shlex.split(command)[1:]
    found = main.get_command(click.Context(main), name)
    assert found is not None
    found.make_context(name, arguments)


def test_the_name_of_other_distributions_is_not_recommended() -> None:
    assert not re.search(r"(?:pip|pipx|uv|uvx)\b[^\n]*\b(?:install|add|run) promptlint(?!-image)\b", TEXT)
    assert not re.search(r"\buvx promptlint(?!-image)\b", TEXT)


def test_links_go_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", TEXT):
        assert (ROOT / target).exists(), target
