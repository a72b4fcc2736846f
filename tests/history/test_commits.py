"""Plain git hooks in real commits: what is compared is what is being committed, whatever index git uses for it."""

from __future__ import annotations

import pytest

from tests.history.conftest import COOPER, FOUR, NURSE, OTHER_LIGHT, REWRITTEN, Repository

STAGED = ("diff", "--staged", "--fail-on-rewrite")


@pytest.fixture
def hooked(repository: Repository) -> Repository:
    repository.commit(a__prompt=COOPER, b__prompt=NURSE)
    repository.hook(*STAGED)
    return repository


def committed(repository: Repository, *arguments: str) -> tuple[bool, str]:
    """Try to commit, and return whether git did and what the hook said."""
    before = repository.git("rev-list", "--all", "--count")
    result = repository.run("git", "commit", "--quiet", "--message", "Change", *arguments)
    done = repository.git("rev-list", "--all", "--count") != before
    assert done == (result.code == 0)
    return done, (repository.folder / ".git" / "said").read_text("utf-8")


def test_a_commit_of_one_section_passes(hooked: Repository) -> None:
    hooked.write("a.prompt", OTHER_LIGHT)
    hooked.git("add", ".")
    done, said = committed(hooked)
    assert done
    assert "a.prompt: 1 section changed (lighting)" in said


def test_a_commit_of_a_rewrite_does_not(hooked: Repository) -> None:
    hooked.write("a.prompt", REWRITTEN)
    hooked.git("add", ".")
    done, said = committed(hooked)
    assert not done
    assert "a.prompt: 4 sections changed (environment, lighting, camera, film)" in said
    assert "1 with more sections rewritten than allowed" in said


def test_of_a_file_that_is_staged_in_part_that_part_counts(hooked: Repository) -> None:
    hooked.write("a.prompt", OTHER_LIGHT)
    hooked.git("add", ".")
    hooked.write("a.prompt", REWRITTEN)
    done, said = committed(hooked)
    assert done
    assert "(lighting)" in said
    # The light is committed; what is left are the other three.
    assert "4 sections changed" in hooked.promptlint("diff").out


def test_commit_all_counts_the_work_tree(hooked: Repository) -> None:
    hooked.write("a.prompt", REWRITTEN)
    done, said = committed(hooked, "--all")
    assert not done
    assert "4 sections changed" in said
    hooked.write("a.prompt", OTHER_LIGHT)
    done, said = committed(hooked, "--all")
    assert done
    assert "1 section changed (lighting)" in said


def test_commit_of_a_path_counts_that_path_alone(hooked: Repository) -> None:
    hooked.write("a.prompt", REWRITTEN)
    hooked.git("add", "a.prompt")
    hooked.write("b.prompt", NURSE.replace("Kodak Tri-X", "Ilford HP5"))
    done, said = committed(hooked, "--", "b.prompt")
    assert done
    assert "b.prompt: 1 section changed (film)" in said
    assert "a.prompt" not in said
    done, said = committed(hooked)
    assert not done
    assert "a.prompt" in said


def test_the_first_commit_compares_nothing(repository: Repository) -> None:
    repository.hook(*STAGED)
    repository.write("a.prompt", COOPER)
    repository.git("add", ".")
    done, said = committed(repository)
    assert done
    assert "a.prompt: new: portrait of a cooper" in said


@pytest.mark.parametrize("arguments", [("--all",), ("--", "a.prompt")])
def test_check_sees_the_same_in_a_hook(repository: Repository, arguments: tuple[str, ...]) -> None:
    repository.commit(a__prompt=COOPER)
    repository.hook("check", "--base", "auto", "--select", "wholesale-rewrite")
    repository.write("a.prompt", REWRITTEN)
    done, said = committed(repository, *arguments)
    assert not done
    assert FOUR in said
    repository.write("a.prompt", OTHER_LIGHT)
    assert committed(repository, *arguments)[0]


def test_a_commit_from_a_folder_or_another_work_tree_is_compared_too(hooked: Repository) -> None:
    folder = hooked.folder.parent / "second"
    hooked.git("worktree", "add", "--quiet", "-b", "second", str(folder))
    (folder / "a.prompt").write_text(REWRITTEN)
    result = hooked.run("git", "commit", "--quiet", "--all", "--message", "Change", within="../second")
    assert result.code == 1
    assert "4 sections changed" in (hooked.folder / ".git" / "said").read_text("utf-8")
