"""Runs the program as its users do: another process, in a folder of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest

import promptlint

ROOT = Path(promptlint.__file__).parent.parent

KNOWLEDGE = """
- {family: house.glow, section: lighting, terms: [magic glow, glow of wonder]}
- {family: house.blur, section: camera, terms: [dream blur]}
- {family: house.sheen, section: skin, terms: [wax sheen]}
- {family: house.haze, section: environment, terms: [fairy haze]}
"""


def rule(name: str, code: str, concept: str, severity: str, *, fixes: str = "[]", section: str = "lighting") -> str:
    """Return a rule file that finds the terms of one concept."""
    return f"""
name: {name}
code: {code}
section: {section}
severity: {severity}
presets: [five]
intents: [portrait, photo, artwork, edit]
summary: Words of {concept}
why: The house does not use these words.
source: the house
check: {{kind: wording, of: [{concept}]}}
message: "the house has no \\"{{phrase}}\\""
fixes: {fixes}
examples:
  - bad: "a barn with a magic glow"
    finds: ["magic glow"]
  - good: "a barn"
"""


RULES = {
    "glow": rule(
        "house-glow", "HSE001", "house.glow", "warning", fixes="[{replace: a bare bulb, applicability: safe}]"
    ),
    "blur": rule(
        "house-blur",
        "HSE002",
        "house.blur",
        "error",
        section="camera",
        fixes="[{replace: sharp focus}, {replace: shallow focus}, {replace: soft focus}]",
    ),
    "sheen": rule("house-sheen", "HSE003", "house.sheen", "info", section="skin"),
    "haze": rule(
        "house-haze",
        "HSE004",
        "house.haze",
        "warning",
        section="environment",
        fixes="[{replace: a magic glow, applicability: safe}]",
    ),
}


@dataclass(frozen=True)
class Result:
    """What a run left behind."""

    code: int
    raw: bytes
    raw_errors: bytes

    @property
    def out(self) -> str:
        return self.raw.decode("utf-8")

    @property
    def err(self) -> str:
        return self.raw_errors.decode("utf-8")

    @property
    def json(self) -> Any:
        return json.loads(self.raw)


class Run(Protocol):
    """Runs promptlint with arguments."""

    def __call__(self, *args: str, stdin: bytes = b"", cwd: Path | None = None, **env: str) -> Result: ...


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "PROMPTLINT_DEBUG")}
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    cache = os.environ.get("PROMPTLINT_CACHE_DIR") or str(tmp_path_factory.mktemp("cache"))
    return {**kept, "PYTHONPATH": path, "PROMPTLINT_CACHE_DIR": cache}


@pytest.fixture
def run(tmp_path: Path, environment: dict[str, str]) -> Run:
    def run(*args: str, stdin: bytes = b"", cwd: Path | None = None, **env: str) -> Result:
        done = subprocess.run(
            [sys.executable, "-m", "promptlint", *args],
            input=stdin,
            capture_output=True,
            cwd=cwd or tmp_path,
            env={**environment, **env},
            timeout=120,
            check=False,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture(scope="session")
def builtin_names(environment: dict[str, str]) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "promptlint", "rule", "--format", "json"],
        capture_output=True,
        env=environment,
        check=True,
    )
    return [one["name"] for one in json.loads(done.stdout)]


@pytest.fixture(scope="session")
def words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The house's knowledge, in one place for all tests: what is compiled from it is kept by its path."""
    path = tmp_path_factory.mktemp("house") / "words.yaml"
    path.write_text(KNOWLEDGE)
    return path


@pytest.fixture
def house(tmp_path: Path, builtin_names: list[str], words: Path) -> Path:
    """A project whose only rules are its own, so that no change of the built-in ones changes the output."""
    (tmp_path / "rules").mkdir()
    for name, text in RULES.items():
        (tmp_path / "rules" / f"{name}.yaml").write_text(text)
    (tmp_path / "promptlint.toml").write_text(
        f'rules = ["rules"]\nknowledge = [{json.dumps(str(words))}]\nignore = {json.dumps(builtin_names)}\n'
    )
    return tmp_path


def write(folder: Path, name: str, text: str) -> Path:
    """Write a file as it is given, line ends too."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))
    return path
