"""What pre-commit needs to run the hooks: this checkout as a repository, and one that uses it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = (
    "promptlint",
    "rules",
    "hatch_build.py",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    ".pre-commit-hooks.yaml",
)
_SURROUNDINGS = ("GIT_", "PRE_COMMIT", "PYTHONPATH", "GITHUB_", "CI_")


class Result(NamedTuple):
    code: int
    output: str


def run(*command: str, cwd: Path, cache: Path) -> Result:
    """Run a program; no setting of the machine's git or of a hook that runs these tests reaches it."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(_SURROUNDINGS)}
    done = subprocess.run(
        command,
        cwd=cwd,
        env={
            **kept,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "PRE_COMMIT_HOME": str(cache / "pre-commit"),
            "PRE_COMMIT_COLOR": "never",
            "PROMPTLINT_CACHE_DIR": str(cache / "promptlint"),
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return Result(done.returncode, done.stdout)


class Repository:
    """A git repository; `commit` adds everything and commits it."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.folder, self._cache = folder, cache
        folder.mkdir(exist_ok=True)
        self.git("init", "--quiet")
        self.git("config", "user.name", "A Tester")
        self.git("config", "user.email", "tester@example.com")

    def git(self, *arguments: str) -> str:
        done = run("git", *arguments, cwd=self.folder, cache=self._cache)
        assert done.code == 0, done.output
        return done.output

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def use(self, source: Repository, hook: str) -> None:
        """Configure and install a hook of another repository."""
        rev = source.git("rev-parse", "HEAD").strip()
        self.write(
            ".pre-commit-config.yaml",
            f"repos:\n  - repo: {source.folder}\n    rev: {rev}\n    hooks:\n      - id: {hook}\n",
        )
        done = self.pre_commit("install")
        assert done.code == 0, done.output

    def commit(self) -> Result:
        self.git("add", "--all")
        return self.commit_as("--message", "Change prompts")

    def commit_as(self, *arguments: str) -> Result:
        return run("git", "commit", "--quiet", *arguments, cwd=self.folder, cache=self._cache)

    def pre_commit(self, *arguments: str) -> Result:
        return run(sys.executable, "-m", "pre_commit", *arguments, cwd=self.folder, cache=self._cache)


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def source(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """This checkout as it is now, as a repository with a commit."""
    repository = Repository(tmp_path_factory.mktemp("source"), cache)
    for name in PACKAGE:
        path = ROOT / name
        if path.is_dir():
            hidden = shutil.ignore_patterns("__pycache__", ".*")
            shutil.copytree(path, repository.folder / name, ignore=hidden)
        else:
            shutil.copy(path, repository.folder / name)
    done = repository.commit()
    assert done.code == 0, done.output
    return repository
