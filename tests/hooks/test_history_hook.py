"""The hook against rewriting, run by pre-commit itself when a real repository commits."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hooks.conftest import Repository, Result

COOPER = "portrait of a cooper in his workshop, window light from the left, 85mm f/2, Kodak Portra 400\n"
OTHER_LIGHT = COOPER.replace("window light from the left", "hard flash from the right")
REWRITTEN = "portrait of a cooper on a harbor wall, low sun from the right, 35mm f/8, Ilford HP5\n"
FOUR = "4 sections were rewritten at once (environment, lighting, camera, film)"


@pytest.fixture
def repository(source: Repository, cache: Path, tmp_path: Path) -> Repository:
    """A repository whose first commit went through the hook."""
    repository = Repository(tmp_path / "project", cache)
    repository.use(source, "promptlint-history")
    repository.write("cooper.prompt", COOPER)
    result = repository.commit()
    assert result.code == 0, result.output
    assert "Passed" in result.output
    return repository


def changed(repository: Repository, text: str) -> Result:
    repository.write("cooper.prompt", text)
    return repository.commit()


def test_one_section_at_a_time_is_committed(repository: Repository) -> None:
    result = changed(repository, OTHER_LIGHT)
    assert result.code == 0, result.output
    assert "Passed" in result.output


def test_a_rewrite_is_not(repository: Repository) -> None:
    result = changed(repository, REWRITTEN)
    assert result.code == 1
    assert FOUR in result.output


def test_of_a_file_that_is_staged_in_part_that_part_counts(repository: Repository) -> None:
    repository.write("cooper.prompt", OTHER_LIGHT)
    repository.git("add", "cooper.prompt")
    path = repository.write("cooper.prompt", REWRITTEN)
    result = repository.commit_as("--message", "Change the light")
    assert result.code == 0, result.output
    assert path.read_text("utf-8") == REWRITTEN
    assert repository.git("show", "HEAD:cooper.prompt") == OTHER_LIGHT


@pytest.mark.parametrize("arguments", [("--all",), ("cooper.prompt",)])
def test_what_is_committed_without_staging_counts(repository: Repository, arguments: tuple[str, ...]) -> None:
    repository.write("cooper.prompt", REWRITTEN)
    result = repository.commit_as("--message", "Change it all", *arguments)
    assert result.code == 1
    assert FOUR in result.output


def test_a_renamed_prompt_with_one_change_is_committed(repository: Repository) -> None:
    repository.git("mv", "cooper.prompt", "barrel maker.prompt")
    repository.write("barrel maker.prompt", OTHER_LIGHT)
    result = repository.commit()
    assert result.code == 0, result.output
    repository.git("mv", "barrel maker.prompt", "cooper.prompt")
    repository.write("cooper.prompt", REWRITTEN.replace("low sun", "hard flash"))
    assert repository.commit().code == 1


def test_a_range_of_commits_is_compared_from_its_start(repository: Repository) -> None:
    for text in (OTHER_LIGHT, OTHER_LIGHT.replace("85mm f/2", "35mm f/8")):
        assert changed(repository, text).code == 0
    result = repository.pre_commit("run", "--from-ref", "HEAD~2", "--to-ref", "HEAD")
    assert result.code == 1
    assert "2 sections were rewritten at once (lighting, camera)" in result.output
    assert repository.pre_commit("run", "--all-files").code == 0
