"""The hooks, run by pre-commit itself when a real repository commits."""

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

WEAK = "portrait of a dyer between drying cloths, natural light\n"
CLEAN = (ROOT / "examples" / "strong" / "harbor.prompt").read_text("utf-8")
BOOSTED = CLEAN.replace("Kodak Portra 400", "Masterpiece, Kodak Portra 400", 1)


class Result(NamedTuple):
    code: int
    output: str


def run(*command: str, cwd: Path, cache: Path) -> Result:
    """Run a program; no setting of the machine's git or of a hook that runs these tests reaches it."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PRE_COMMIT", "PYTHONPATH"))}
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
        done = run(sys.executable, "-m", "pre_commit", "install", cwd=self.folder, cache=self._cache)
        assert done.code == 0, done.output

    def commit(self) -> Result:
        self.git("add", "--all")
        return run("git", "commit", "--quiet", "--message", "Change prompts", cwd=self.folder, cache=self._cache)


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


@pytest.fixture
def repository(source: Repository, cache: Path, tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "project", cache)
    repository.use(source, "promptlint")
    return repository


def test_a_weak_prompt_is_not_committed(repository: Repository) -> None:
    repository.write("dyer.prompt", WEAK)
    result = repository.commit()
    assert result.code == 1
    assert "dyer.prompt:1:43: warning vague-lighting (LIT001)" in result.output
    assert "1 file checked" in result.output


def test_a_clean_prompt_is_committed(repository: Repository) -> None:
    repository.write("harbor.prompt", CLEAN)
    result = repository.commit()
    assert result.code == 0, result.output
    assert "Passed" in result.output


def test_text_in_a_folder_of_prompts_is_checked(repository: Repository) -> None:
    repository.write("art/prompts/dyer.txt", WEAK)
    assert "art/prompts/dyer.txt:1:43: warning vague-lighting" in repository.commit().output


def test_other_text_is_left_alone(repository: Repository) -> None:
    repository.write("notes.txt", WEAK)
    repository.write("docs/light.md", f"Prompt:\n\n```prompt\n{WEAK}```\n")
    result = repository.commit()
    assert result.code == 0, result.output
    assert "no files to check" in result.output


def test_the_configuration_may_exclude_files(repository: Repository) -> None:
    repository.write("promptlint.toml", 'exclude = ["drafts/"]\n')
    repository.write("drafts/dyer.prompt", WEAK)
    result = repository.commit()
    assert result.code == 0, result.output
    repository.write("dyer.prompt", WEAK)
    assert repository.commit().code == 1


def test_a_broken_configuration_stops_the_commit(repository: Repository) -> None:
    repository.write("promptlint.toml", 'presett = "all"\n')
    repository.write("harbor.prompt", CLEAN)
    result = repository.commit()
    assert result.code == 1
    assert "exit code: 2" in result.output
    assert 'did you mean "preset"?' in result.output


def test_the_fixing_hook_writes_safe_fixes_and_stops_the_commit(
    source: Repository, cache: Path, tmp_path: Path
) -> None:
    repository = Repository(tmp_path / "project", cache)
    repository.use(source, "promptlint-fix")
    path = repository.write("harbor.prompt", BOOSTED)
    result = repository.commit()
    assert result.code == 1
    assert "files were modified by this hook" in result.output
    assert path.read_text("utf-8") == CLEAN
    assert repository.commit().code == 0


def test_the_fixing_hook_chooses_nothing(source: Repository, cache: Path, tmp_path: Path) -> None:
    repository = Repository(tmp_path / "project", cache)
    repository.use(source, "promptlint-fix")
    path = repository.write("dyer.prompt", WEAK)
    result = repository.commit()
    assert result.code == 1
    assert "natural light" in path.read_text("utf-8")
