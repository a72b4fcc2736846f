"""`promptlint check --base` in a real repository."""

from __future__ import annotations

import shutil

import pytest

from tests.history.conftest import COOPER, FOUR, NURSE, OTHER_LIGHT, REWRITTEN, Repository

QUIET = "All clear"
LIST = f"{COOPER}{NURSE}two children run through a wheat field, low sun behind them, 35mm, Fuji Velvia\n"


def test_one_section_may_change(repository: Repository) -> None:
    repository.commit(a__prompt=COOPER)
    repository.write("a.prompt", OTHER_LIGHT)
    result = repository.rewrites()
    assert (result.code, result.err) == (0, "")
    assert QUIET in result.out


def test_a_rewrite_is_named_with_its_sections(repository: Repository) -> None:
    repository.commit(a__prompt=COOPER)
    repository.write("a.prompt", REWRITTEN)
    result = repository.rewrites()
    assert result.code == 1
    assert f"a.prompt:1:27: warning wholesale-rewrite (REW001): {FOUR}" in result.out


def test_without_a_base_nothing_is_compared(repository: Repository) -> None:
    repository.commit(a__prompt=COOPER)
    repository.write("a.prompt", REWRITTEN)
    # No git is there to be asked, and nobody notices.
    result = repository.promptlint("check", "--select", "wholesale-rewrite", PATH="/nowhere")
    assert (result.code, result.err) == (0, "")


def test_an_older_revision_can_be_the_base(repository: Repository) -> None:
    repository.commit(a__prompt=COOPER)
    repository.commit(a__prompt=OTHER_LIGHT)
    repository.commit(a__prompt=OTHER_LIGHT.replace("85mm f/2", "35mm f/8"))
    assert repository.rewrites("HEAD~1").code == 0
    result = repository.rewrites("HEAD~2")
    assert result.code == 1
    assert "2 sections were rewritten at once (lighting, camera)" in result.out


def test_new_and_deleted_prompts_are_silent(repository: Repository) -> None:
    repository.commit(a__prompt=COOPER, b__prompts=LIST)
    repository.write("new.prompt", NURSE)
    (repository.folder / "a.prompt").unlink()
    repository.write("b.prompts", LIST.replace(NURSE, ""))
    repository.git("add", "--all")
    assert repository.rewrites().code == 0


@pytest.mark.parametrize(("text", "code"), [(OTHER_LIGHT, 0), (REWRITTEN, 1)])
def test_a_renamed_file_is_compared_with_what_it_was(repository: Repository, text: str, code: int) -> None:
    repository.commit(a__prompt=f"# {'A long comment that stays. ' * 20}\n\n{COOPER}")
    repository.git("mv", "a.prompt", "b dir.prompt")
    path = repository.folder / "b dir.prompt"
    path.write_text(path.read_text().replace(COOPER, text))
    result = repository.rewrites()
    assert result.code == code, result.out


def test_a_short_file_that_is_renamed_and_changed_is_compared(repository: Repository) -> None:
    repository.commit(a__prompt=COOPER)
    repository.git("mv", "a.prompt", "ü.prompt")
    repository.write("ü.prompt", COOPER.replace("85mm f/2, Kodak Portra 400", "35mm f/8, Ilford HP5"))
    result = repository.rewrites()
    assert "2 sections were rewritten at once (camera, film)" in result.out


def test_a_file_that_took_the_place_of_another_is_new(repository: Repository) -> None:
    repository.commit(a__prompt=COOPER)
    repository.git("mv", "a.prompt", "b.prompt")
    repository.write("b.prompt", NURSE)
    repository.git("add", "--all")
    assert repository.rewrites().code == 0


def test_prompts_of_a_file_may_change_places(repository: Repository) -> None:
    repository.commit(list__prompts=LIST)
    lines = LIST.splitlines(keepends=True)
    repository.write("list.prompts", lines[2] + OTHER_LIGHT + lines[1])
    assert repository.rewrites().code == 0
    repository.write("list.prompts", lines[2] + REWRITTEN + lines[1])
    result = repository.rewrites()
    assert result.code == 1
    assert "list.prompts:2:" in result.out


def test_line_ends_and_marks_are_no_change(repository: Repository) -> None:
    repository.commit(a__prompt=COOPER)
    repository.write("a.prompt", "\ufeff" + COOPER.replace(", ", ",\r\n"))
    assert repository.rewrites().code == 0


def test_a_file_that_was_no_text_has_no_earlier_version(repository: Repository) -> None:
    (repository.folder / "a.prompt").write_bytes(b"\xff\xfe\x00a")
    (repository.folder / "b.prompt").write_bytes(b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n")
    repository.commit()
    repository.write("a.prompt", REWRITTEN)
    repository.write("b.prompt", REWRITTEN)
    assert repository.rewrites().code == 0


def test_a_link_has_no_earlier_version(repository: Repository) -> None:
    repository.commit(a__prompt=COOPER)
    (repository.folder / "b.prompt").symlink_to("a.prompt")
    repository.commit()
    (repository.folder / "b.prompt").unlink()
    repository.write("b.prompt", REWRITTEN)
    assert repository.rewrites("HEAD", "b.prompt").code == 0


def test_paths_are_found_from_any_folder(repository: Repository) -> None:
    repository.commit(**{"art/prompts/a__txt": COOPER})
    repository.write("art/prompts/a.txt", REWRITTEN)
    assert FOUR in repository.rewrites("HEAD", "a.txt", within="art/prompts").out
    assert FOUR in repository.rewrites("HEAD", str(repository.folder / "art"), within="art/prompts").out


def test_standard_input_is_compared_with_the_file_of_its_name(repository: Repository) -> None:
    repository.commit(a__prompt=COOPER)
    asked = ("check", "--base", "HEAD", "--select", "REW001", "--stdin-filename", "a.prompt", "-")
    assert FOUR in repository.promptlint(*asked, stdin=REWRITTEN.encode()).out
    assert repository.promptlint(*asked, stdin=OTHER_LIGHT.encode()).code == 0


def test_the_configuration_says_how_much_may_change(repository: Repository) -> None:
    repository.commit(a__prompt=COOPER)
    repository.write("a.prompt", REWRITTEN)
    repository.write("promptlint.toml", "[history]\nallowed = 4\n")
    assert repository.rewrites().code == 0
    repository.write("promptlint.toml", "[history]\nallowed = 3\n")
    assert "change 3, look" in repository.rewrites().out
    repository.write("promptlint.toml", "[history]\nallowed = -1\n")
    result = repository.rewrites()
    assert result.code == 2
    assert "history.allowed" in result.err
    repository.write("promptlint.toml", "[history]\nallow = 1\n")
    assert 'unknown key "history.allow"; did you mean "allowed"?' in repository.rewrites().err


def test_the_configuration_may_name_the_base(repository: Repository) -> None:
    rule = 'select = ["wholesale-rewrite"]\n'
    repository.commit(a__prompt=COOPER, promptlint__toml=f'{rule}[history]\nbase = "HEAD"\n')
    repository.write("a.prompt", REWRITTEN)
    result = repository.promptlint("check")
    assert result.code == 1
    assert FOUR in result.out
    repository.write("promptlint.toml", f'{rule}[history]\nbase = "no-such-branch"\n')
    result = repository.promptlint("check")
    assert result.code == 2
    assert 'promptlint.toml: history.base: no revision "no-such-branch"' in result.err
    # What is unpacked somewhere is in no repository, and has no past.
    repository.write("promptlint.toml", f'{rule}[history]\nbase = "HEAD"\n')
    shutil.rmtree(repository.folder / ".git")
    result = repository.promptlint("check", GIT_CEILING_DIRECTORIES=str(repository.folder.parent))
    assert (result.code, result.err) == (0, "")


def test_a_rewrite_has_no_fix_and_stays(repository: Repository) -> None:
    repository.commit(a__prompt=COOPER)
    path = repository.write("a.prompt", REWRITTEN.replace("\n", ", masterpiece\n"))
    result = repository.promptlint("check", "--base", "HEAD", "--fix", "--select", "REW001,vague-quality")
    assert path.read_text() == REWRITTEN
    assert "1 fix made" in result.out
    assert FOUR in result.out


def test_the_json_report_has_it(repository: Repository) -> None:
    repository.commit(a__prompt=COOPER)
    repository.write("a.prompt", REWRITTEN)
    (file,) = repository.rewrites("HEAD", "--output-format", "json").json["files"]
    (finding,) = file["diagnostics"]
    assert (finding["code"], finding["section"], finding["fixes"]) == ("REW001", "history", [])


class TestBase:
    def test_it_is_the_last_commit_by_itself(self, repository: Repository) -> None:
        repository.commit(a__prompt=COOPER)
        repository.write("a.prompt", REWRITTEN)
        assert FOUR in repository.rewrites("auto").out

    def test_a_repository_without_commits_has_no_past(self, repository: Repository) -> None:
        repository.write("a.prompt", REWRITTEN)
        repository.git("add", "--all")
        for base in ("HEAD", "auto"):
            result = repository.rewrites(base)
            assert (result.code, result.err) == (0, ""), result.out

    def test_it_is_what_pre_commit_names(self, repository: Repository) -> None:
        repository.commit(a__prompt=COOPER)
        repository.commit(a__prompt=REWRITTEN)
        assert repository.rewrites("auto").code == 0
        assert FOUR in repository.rewrites("auto", PRE_COMMIT_FROM_REF="HEAD~1").out
        assert repository.rewrites("auto", PRE_COMMIT_FROM_REF="0" * 40).code == 0

    def test_it_is_where_a_pull_request_parted(self, repository: Repository) -> None:
        repository.commit(a__prompt=COOPER)
        repository.git("checkout", "--quiet", "-b", "feature")
        repository.commit(a__prompt=REWRITTEN)
        repository.git("checkout", "--quiet", "main")
        repository.commit(a__prompt=OTHER_LIGHT)
        repository.git("update-ref", "refs/remotes/origin/main", "main")
        repository.git("checkout", "--quiet", "feature")
        # The light that main changed in the meantime is not counted.
        assert FOUR in repository.rewrites("auto", GITHUB_BASE_REF="main").out
        assert FOUR in repository.rewrites("main...").out
        assert FOUR in repository.rewrites("main...feature").out
        assert repository.rewrites("auto", GITHUB_BASE_REF="").code == 0
        parted = repository.git("merge-base", "main", "feature").strip()
        assert FOUR in repository.rewrites("auto", CI_MERGE_REQUEST_DIFF_BASE_SHA=parted).out

    def test_a_merge_in_progress_has_none(self, repository: Repository) -> None:
        repository.commit(a__prompt=COOPER, b__txt="one\n")
        repository.git("checkout", "--quiet", "-b", "feature")
        repository.commit(a__prompt=REWRITTEN)
        repository.git("checkout", "--quiet", "main")
        repository.commit(b__txt="two\n")
        repository.git("merge", "--quiet", "--no-commit", "feature")
        assert repository.rewrites("auto").code == 0
        assert repository.rewrites("HEAD").code == 1


@pytest.mark.parametrize("base", ["no-such-branch", "--all", "", "HEAD~9", "a.prompt"])
def test_an_unknown_revision_is_one_line(repository: Repository, base: str) -> None:
    repository.commit(a__prompt=COOPER)
    result = repository.promptlint("check", f"--base={base}")
    assert (result.code, result.out) == (2, "")
    assert result.err == f'promptlint: no revision "{base}"\n'


def test_outside_a_repository_there_is_no_base(repository: Repository) -> None:
    shutil.rmtree(repository.folder / ".git")
    result = repository.rewrites(GIT_CEILING_DIRECTORIES=str(repository.folder.parent))
    assert result.code == 2
    assert result.err == f"promptlint: {repository.folder} is not in the work tree of a git repository\n"


def test_without_git_there_is_no_base(repository: Repository) -> None:
    result = repository.rewrites(PATH="/nowhere")
    assert (result.code, result.err) == (2, "promptlint: git is not installed\n")


def test_a_shallow_clone_says_so_once_and_goes_on(repository: Repository, environment: dict[str, str]) -> None:
    repository.commit(a__prompt=COOPER, b__prompt=NURSE)
    repository.commit(a__prompt=REWRITTEN)
    folder = repository.folder.parent / "clone"
    repository.git("clone", "--quiet", "--depth", "1", f"file://{repository.folder}", str(folder))
    clone = Repository(folder, environment)
    result = clone.rewrites("HEAD~1")
    assert result.code == 0
    assert result.err.count("\n") == 1
    assert 'nothing to compare with, no revision "HEAD~1": the clone is shallow' in result.err
    assert "fetch-depth: 0" in result.err
    result = clone.rewrites("auto", GITHUB_BASE_REF="release")
    assert result.code == 0
    assert 'no revision "origin/release": the clone is shallow' in result.err
    result = clone.promptlint("diff", "HEAD~1")
    assert result.code == 2
    assert "fetch-depth: 0" in result.err
    # What the clone does hold can be compared.
    clone.write("a.prompt", NURSE)
    assert clone.rewrites("HEAD").code == 1


def test_nothing_that_the_repository_configures_is_run(repository: Repository) -> None:
    repository.commit(a__prompt=COOPER)
    repository.commit(a__prompt=OTHER_LIGHT, __gitattributes="*.prompt diff=x\n")
    ran = repository.folder / "ran"
    for key in ("diff.external", "diff.x.command", "diff.x.textconv", "core.fsmonitor", "core.pager"):
        repository.git("config", key, f"touch {ran};")
    repository.write("a.prompt", REWRITTEN)
    assert repository.rewrites().code == 1
    assert "4 sections changed" in repository.promptlint("diff").out
    assert not ran.exists()
