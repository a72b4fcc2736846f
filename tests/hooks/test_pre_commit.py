"""The hooks, run by pre-commit itself when a real repository commits."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hooks.conftest import ROOT, Repository

WEAK = "portrait of a dyer between drying cloths, natural light\n"
CLEAN = (ROOT / "examples" / "strong" / "harbor.prompt").read_text("utf-8")
BOOSTED = CLEAN.replace("Kodak Portra 400", "Masterpiece, Kodak Portra 400", 1)


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
