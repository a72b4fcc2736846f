"""The program starts all day long: what a run does not need, it does not import."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import promptlint
from tests.cli.conftest import Run, write

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = {"ahocorasick_rs", "lark", "markdown_it", "msgspec", "pathspec", "spacy", "yaml"}


def imported(environment: dict[str, str], folder: Path, *args: str) -> set[str]:
    """Return the packages that a run of Python imports."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *args],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    rows = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {row.rpartition("|")[2].strip().partition(".")[0] for row in rows}


@pytest.mark.parametrize(
    "args",
    [
        ["-c", "import promptlint"],
        ["-c", "import promptlint.cli"],
        ["-m", "promptlint", "--version"],
        ["-m", "promptlint", "--help"],
        ["-m", "promptlint", "check", "--help"],
        ["-m", "promptlint", "brief", "--help"],
        ["-m", "promptlint", "rule", "--help"],
        ["-m", "promptlint", "chek"],
    ],
    ids=" ".join,
)
def test_nothing_heavy_for_little(environment: dict[str, str], tmp_path: Path, args: list[str]) -> None:
    found = imported(environment, tmp_path, *args)
    assert "promptlint" in found
    assert not found & HEAVY


def test_the_usual_run_imports_what_it_needs(environment: dict[str, str], run: Run, tmp_path: Path) -> None:
    write(tmp_path, "a.prompt", "portrait of a (baker:1.2) at her oven, natural light")
    run("check")
    found = imported(environment, tmp_path, "-m", "promptlint", "check", "a.prompt")
    assert "lark" in found
    assert not found & {"spacy", "yaml", "markdown_it", "pathspec", "jsonschema"}


def test_the_version(run: Run) -> None:
    result = run("--version")
    assert (result.code, result.out) == (0, f"promptlint {promptlint.__version__}\n")


def test_help_names_every_command(run: Run) -> None:
    for command in ("check", "brief", "rule"):
        assert f"\n  {command}  " in run("--help").out
        assert run(command, "--help").out.startswith(f"Usage: promptlint {command} ")
