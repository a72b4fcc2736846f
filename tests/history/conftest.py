"""A real git repository to change prompts in, and the program run in it as its users do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import promptlint

ROOT = Path(promptlint.__file__).parent.parent

COOPER = "portrait of a cooper in his workshop, window light from the left, 85mm f/2, Kodak Portra 400\n"
OTHER_LIGHT = "portrait of a cooper in his workshop, hard flash from the right, 85mm f/2, Kodak Portra 400\n"
REWRITTEN = "portrait of a cooper on a harbor wall, low sun from the right, 35mm f/8, Ilford HP5\n"
FOUR = "4 sections were rewritten at once (environment, lighting, camera, film)"
NURSE = "a nurse waits at a bus stop at dusk, street lamp at 2700K, 50mm f/1.8, Kodak Tri-X\n"

_SURROUNDINGS = ("GIT_", "PRE_COMMIT", "GITHUB_", "CI_")
"""What a hook or a CI service that runs these tests would tell the program under test."""


@dataclass(frozen=True)
class Result:
    """What a run left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Repository:
    """A git repository without commits."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.environment = environment
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch", "main")
        self.configure()

    def configure(self) -> None:
        self.git("config", "user.name", "A Tester")
        self.git("config", "user.email", "tester@example.com")

    def run(self, *command: str, within: str = ".", stdin: bytes = b"", **more: str) -> Result:
        done = subprocess.run(
            command,
            cwd=self.folder / within,
            env={**self.environment, **more},
            input=stdin,
            capture_output=True,
            timeout=120,
            check=False,
        )
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    def git(self, *arguments: str) -> str:
        done = self.run("git", *arguments)
        assert done.code == 0, done.err
        return done.out

    def promptlint(self, *arguments: str, within: str = ".", stdin: bytes = b"", **more: str) -> Result:
        return self.run(sys.executable, "-m", "promptlint", *arguments, within=within, stdin=stdin, **more)

    def rewrites(self, base: str = "HEAD", *paths: str, **more: str) -> Result:
        """Check for nothing but prompts that were rewritten since a revision."""
        return self.promptlint("check", "--base", base, "--select", "wholesale-rewrite", *paths, **more)

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
        return path

    def commit(self, **files: str) -> None:
        """Write files, `__` standing for a dot, and commit all that is there."""
        for name, text in files.items():
            self.write(name.replace("__", "."), text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "Change prompts")

    def hook(self, *arguments: str) -> Path:
        """Install a plain pre-commit hook that runs promptlint, and return the file that it writes its output to."""
        said = self.folder / ".git" / "said"
        command = " ".join([f'"{sys.executable}"', "-m", "promptlint", *arguments])
        path = self.folder / ".git" / "hooks" / "pre-commit"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f'#!/bin/sh\n{command} > "{said}" 2>&1\n')
        path.chmod(0o755)
        return said


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(_SURROUNDINGS)}
    cache = os.environ.get("PROMPTLINT_CACHE_DIR") or str(tmp_path_factory.mktemp("cache"))
    return {
        **kept,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])),
        "PYTHONIOENCODING": "utf-8",
        "PROMPTLINT_CACHE_DIR": cache,
    }


@pytest.fixture
def repository(tmp_path: Path, environment: dict[str, str]) -> Repository:
    return Repository(tmp_path / "project", environment)
