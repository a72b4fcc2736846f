"""`promptlint diff`: what it compares, what it says, how it ends."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from tests.history.conftest import COOPER, NURSE, OTHER_LIGHT, REWRITTEN, Repository
from tests.schemas import objects

SCHEMA = json.loads((files("promptlint") / "schemas" / "diff.schema.json").read_text("utf-8"))
HOSTILE = "a cooper, <script>alert(1)</script>, window light & \x1b[31mred\x1b[0m \u202eevil, 85mm\n"


def compared(repository: Repository, *arguments: str) -> Any:
    """Return a comparison as JSON, validated."""
    result = repository.promptlint("diff", "--format", "json", *arguments)
    assert result.code == 0, result.err
    jsonschema.Draft202012Validator(SCHEMA).validate(result.json)
    return result.json


def changes(repository: Repository, *arguments: str) -> dict[str, list[str]]:
    """Return the sections that changed, by file as it is now."""
    return {
        file["new"] or file["old"]: [section for prompt in file["prompts"] for section in prompt["changed"]]
        for file in compared(repository, *arguments)["files"]
    }


@pytest.fixture
def versions(repository: Repository) -> Repository:
    """Light, then lens, then film changed; staged is another place, in the work tree another film."""
    lens = OTHER_LIGHT.replace("85mm f/2", "35mm f/8")
    film = lens.replace("Kodak Portra 400", "Ilford HP5")
    place = film.replace("in his workshop", "on a harbor wall")
    for text in (COOPER, OTHER_LIGHT, lens, film):
        repository.commit(a__prompt=text, b__prompt=NURSE)
    repository.write("a.prompt", place)
    repository.git("add", ".")
    repository.write("a.prompt", place.replace("Ilford HP5", "Fuji Velvia"))
    return repository


class TestVersions:
    @pytest.mark.parametrize(
        ("arguments", "sections", "names"),
        [
            ((), ["film"], ("index", "work tree")),
            (("--staged",), ["environment"], ("HEAD", "index")),
            (("--cached", "HEAD~1"), ["environment", "film"], ("HEAD~1", "index")),
            (("HEAD",), ["environment", "film"], ("HEAD", "work tree")),
            (("HEAD~3", "HEAD~2"), ["lighting"], ("HEAD~3", "HEAD~2")),
            (("HEAD~3..HEAD~1",), ["lighting", "camera"], ("HEAD~3", "HEAD~1")),
            (("HEAD~1..",), ["film"], ("HEAD~1", "HEAD")),
            (("HEAD~3...HEAD~2",), ["lighting"], ("HEAD~3...HEAD~2", "HEAD~2")),
            (("HEAD~2", "HEAD~3"), ["lighting"], ("HEAD~2", "HEAD~3")),
        ],
    )
    def test_as_git_names_them(
        self, versions: Repository, arguments: tuple[str, ...], sections: list[str], names: tuple[str, str]
    ) -> None:
        assert changes(versions, *arguments) == {"a.prompt": sections}
        comparison = compared(versions, *arguments)
        assert (comparison["old"], comparison["new"]) == names

    def test_three_dots_start_where_histories_parted(self, repository: Repository) -> None:
        repository.commit(a__prompt=COOPER)
        repository.git("checkout", "--quiet", "-b", "feature")
        repository.commit(a__prompt=COOPER.replace("85mm f/2", "35mm f/8"))
        repository.git("checkout", "--quiet", "main")
        repository.commit(a__prompt=OTHER_LIGHT)
        assert changes(repository, "main..feature") == {"a.prompt": ["lighting", "camera"]}
        assert changes(repository, "main...feature") == {"a.prompt": ["camera"]}

    def test_two_files(self, repository: Repository) -> None:
        repository.write("old.prompt", COOPER)
        repository.write("new.prompt", OTHER_LIGHT)
        assert changes(repository, "old.prompt", "new.prompt") == {"new.prompt": ["lighting"]}
        comparison = compared(repository, "old.prompt", "new.prompt")
        assert (comparison["old"], comparison["new"]) == ("old.prompt", "new.prompt")

    def test_two_files_need_no_git(self, repository: Repository) -> None:
        repository.write("old.prompt", COOPER)
        repository.write("new.prompt", OTHER_LIGHT)
        result = repository.promptlint("diff", "old.prompt", "new.prompt", PATH="/nowhere")
        assert result.code == 0
        assert "1 section changed (lighting)" in result.out


class TestPaths:
    @pytest.fixture
    def many(self, repository: Repository) -> Repository:
        names = ("a.prompt", "b.prompt", "art/prompts/c.txt", "art/d.prompt", "notes.txt", "drafts/e.prompt")
        repository.commit(**dict.fromkeys(names, COOPER), promptlint__toml='exclude = ["drafts/"]\n')
        for name in names:
            repository.write(name, OTHER_LIGHT)
        return repository

    def test_what_check_would_find_is_compared(self, many: Repository) -> None:
        assert set(changes(many)) == {"a.prompt", "b.prompt", "art/prompts/c.txt", "art/d.prompt"}

    def test_paths_narrow_it_down(self, many: Repository) -> None:
        assert set(changes(many, "art")) == {"art/prompts/c.txt", "art/d.prompt"}
        assert set(changes(many, "HEAD", "a.prompt")) == {"a.prompt"}
        assert set(changes(many, "--", "a.prompt", "b.prompt")) == {"a.prompt", "b.prompt"}

    def test_a_named_file_is_compared_wherever_it_is(self, many: Repository) -> None:
        assert set(changes(many, "--", "notes.txt", "drafts/e.prompt")) == {"notes.txt", "drafts/e.prompt"}

    def test_paths_are_shown_from_where_one_stands(self, many: Repository) -> None:
        result = many.promptlint("diff", "d.prompt", within="art")
        assert result.out.startswith("d.prompt: 1 section changed")
        assert "../a.prompt: 1 section" in many.promptlint("diff", within="art").out

    def test_a_file_that_is_gone_can_be_named(self, many: Repository) -> None:
        (many.folder / "a.prompt").unlink()
        assert "a.prompt: gone: portrait of a cooper" in many.promptlint("diff", "--", "a.prompt").out

    def test_a_name_for_two_things_is_refused(self, many: Repository) -> None:
        many.git("branch", "art")
        result = many.promptlint("diff", "art")
        assert (result.code, result.err) == (
            2,
            'promptlint: "art" is a revision and a file; write -- after revisions and before files\n',
        )
        assert set(changes(many, "art", "--", "a.prompt")) == {"a.prompt"}
        assert set(changes(many, "--", "art")) == {"art/prompts/c.txt", "art/d.prompt"}


class TestText:
    def test_sections_then_and_now(self, versions: Repository) -> None:
        result = versions.promptlint("diff", "HEAD~3")
        assert result.out.splitlines() == [
            "a.prompt: 4 sections changed (environment, lighting, camera, film); the same: subject, style",
            "               then                                       now",
            "  environment  in his workshop                            on a harbor wall",
            "  lighting     window light from the left                 hard flash from the right",
            "  camera       85mm f/2                                   35mm f/8",
            "  film         Kodak Portra 400                           Fuji Velvia",
            "",
            "HEAD~3 to work tree: 1 prompt changed; 1 with more sections rewritten than allowed",
        ]

    def test_the_sums_say_what_became_of_all(self, repository: Repository) -> None:
        repository.commit(list__prompts=f"{COOPER}{NURSE}two children in a field, low sun, 35mm\n", gone__prompt=NURSE)
        (repository.folder / "gone.prompt").unlink()
        repository.write(
            "list.prompts",
            f"a beetle on moss, macro\n{NURSE.upper()}{OTHER_LIGHT}two children in a field, low sun, 35mm\n",
        )
        out = repository.promptlint("diff").out
        assert "list.prompts, line 1: new: a beetle on moss, macro\n" in out
        assert "list.prompts, line 2: no section changed, only the form\n" in out
        assert "list.prompts, line 3: 1 section changed (lighting)" in out
        assert "gone.prompt: gone: a nurse" in out
        assert out.endswith(
            "index to work tree: 1 prompt changed, 1 prompt of which only the form changed, 1 prompt unchanged, "
            "1 prompt new, 1 prompt gone\n"
        )

    def test_long_words_are_wrapped_and_not_cut(self, repository: Repository) -> None:
        repository.commit(a__prompt=COOPER)
        light = " ".join(["soft window light from the far left of the room"] * 6) + " " + "x" * 150
        repository.write("a.prompt", COOPER.replace("window light from the left", light))
        out = repository.promptlint("diff").out
        assert all(len(line) <= 100 for line in out.splitlines()[1:-1])
        assert len(re.findall("xx+", out)) > 1
        assert sum(map(len, re.findall("xx+", out))) == 150

    def test_tags_and_parameters_are_shown_and_are_no_section(self, repository: Repository) -> None:
        repository.commit(
            a__prompt=f"{COOPER.strip()}, <lora:grain:0.4>\nNegative prompt: cgi\nSteps: 20, CFG scale: 5, Seed: 1\n"
        )
        repository.write(
            "a.prompt", f"{COOPER.strip()}, <lora:grain:0.8>\nNegative prompt: cgi\nSteps: 30, CFG scale: 5, Seed: 1\n"
        )
        (file,) = compared(repository)["files"]
        (prompt,) = file["prompts"]
        assert (prompt["status"], prompt["changed"]) == ("changed", [])
        assert "<lora:grain:0.4>" in prompt["other"]["old"]
        assert "Steps: 30" in prompt["other"]["new"]
        assert "1 section changed (other)" in repository.promptlint("diff").out

    def test_a_prompt_steers_no_terminal(self, repository: Repository) -> None:
        repository.commit(a__prompt=COOPER, b__prompt=COOPER)
        repository.write("a.prompt", HOSTILE)
        repository.write("b.prompt", "")
        repository.git("mv", "b.prompt", "\x1bb.prompt")
        out = repository.promptlint("diff", "HEAD").out
        assert "85mm" in out
        assert not {"\x1b", "\u202e"} & set(out)


class TestJson:
    def test_the_schema_is_a_schema_and_closed(self) -> None:
        jsonschema.Draft202012Validator.check_schema(SCHEMA)
        assert all("additionalProperties" in one for one in objects(SCHEMA))

    def test_it_has_every_section_then_and_now(self, versions: Repository) -> None:
        comparison = compared(versions)
        (file,) = comparison["files"]
        (prompt,) = file["prompts"]
        rows = {row["section"]: row for row in prompt["sections"]}
        assert rows["film"] == {"section": "film", "change": "changed", "old": ["Ilford HP5"], "new": ["Fuji Velvia"]}
        assert rows["camera"]["change"] == "same"
        assert rows["camera"]["old"] == rows["camera"]["new"] == ["35mm f/8"]
        assert comparison["summary"] == {
            "files": 1,
            "could_not_compare": 0,
            "prompts": {"changed": 1, "same": 0, "unchanged": 0, "added": 0, "removed": 0},
            "by_section": {"film": 1},
            "rewritten": 0,
        }

    def test_old_and_new_exchanged_mirror(self, versions: Repository) -> None:
        there = compared(versions, "HEAD~3", "HEAD")["files"][0]["prompts"][0]
        back = compared(versions, "HEAD", "HEAD~3")["files"][0]["prompts"][0]
        assert there["changed"] == back["changed"] == ["lighting", "camera", "film"]
        assert [(row["old"], row["new"]) for row in there["sections"]] == [
            (row["new"], row["old"]) for row in back["sections"]
        ]

    def test_prompts_that_come_and_go(self, repository: Repository) -> None:
        repository.commit(a__prompt=COOPER)
        repository.git("mv", "a.prompt", "b.prompts")
        repository.write("b.prompts", f"{NURSE}{NURSE}")
        found = compared(repository, "HEAD")
        assert [
            (one["old"], one["new"], [prompt["status"] for prompt in one["prompts"]]) for one in found["files"]
        ] == [
            ("a.prompt", None, ["removed"]),
            (None, "b.prompts", ["added", "added"]),
        ]


class _Page(HTMLParser):
    """Collects the elements and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.words: dict[str, list[str]] = {}
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not any(name.startswith("on") or name in ("src", "href") for name, _ in attrs)
        self.elements.append(tag)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.words.setdefault(self.open[-1] if self.open else "", []).append(data)


class TestHtml:
    def page(self, repository: Repository, *arguments: str) -> _Page:
        result = repository.promptlint("diff", "--format", "html", *arguments)
        assert result.code == 0, result.err
        page = _Page()
        page.feed(result.out)
        assert "\x1b" not in result.out
        return page

    def test_what_went_and_what_came_is_marked(self, versions: Repository) -> None:
        page = self.page(versions, "HEAD")
        assert page.words["del"] == ["workshop", "Ilford HP5"]
        assert page.words["ins"] == ["harbor wall", "Fuji Velvia"]
        assert {"lighting", "camera"} <= set(page.words["th"])

    def test_nothing_of_a_prompt_is_markup(self, repository: Repository) -> None:
        repository.commit(a__prompt=COOPER)
        repository.write("a.prompt", HOSTILE)
        repository.write("<img src=x>.prompt", HOSTILE)
        repository.git("add", "--intent-to-add", ".")
        page = self.page(repository)
        assert not {"script", "img"} & set(page.elements)
        assert any("<script>" in text or "script" in text for texts in page.words.values() for text in texts)


class TestEnd:
    def test_it_is_0_whatever_has_changed(self, versions: Repository) -> None:
        assert versions.promptlint("diff", "HEAD~3").code == 0

    def test_exit_code_1_on_request(self, versions: Repository) -> None:
        assert versions.promptlint("diff", "--exit-code").code == 1
        assert versions.promptlint("diff", "--exit-code", "--", "b.prompt").code == 0
        assert versions.promptlint("diff", "--fail-on-rewrite").code == 0
        assert versions.promptlint("diff", "--fail-on-rewrite", "HEAD~3").code == 1
        versions.write("promptlint.toml", "[history]\nallowed = 4\n")
        assert versions.promptlint("diff", "--fail-on-rewrite", "HEAD~3").code == 0

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("no-such",), '"no-such" is neither a revision nor a file'),
            (("main..no-such",), '"no-such" is neither a revision nor a file'),
            (("main", "main", "main"), "too many revisions: main, main, main; two can be compared, with --staged one"),
            (("--staged", "main", "main"), "too many revisions: main, main; two can be compared, with --staged one"),
            (("--staged", "main..main"), "--staged compares with one revision, not with a range"),
            (("a.prompt", "no-such"), '"no-such" is no file; write revisions first, and -- before files that are gone'),
            (("binary.prompt", "a.prompt"), "binary.prompt: looks like a binary file (NUL at byte 0)"),
            (("a.prompt", "notes.xyz"), "notes.xyz: can't find prompts in .xyz files"),
        ],
    )
    def test_a_mistake_is_one_line(self, repository: Repository, arguments: tuple[str, ...], said: str) -> None:
        repository.commit(a__prompt=COOPER)
        (repository.folder / "binary.prompt").write_bytes(b"\0\1")
        repository.write("notes.xyz", COOPER)
        result = repository.promptlint("diff", *arguments)
        assert (result.code, result.out) == (2, "")
        assert result.err.startswith(f"promptlint: {said}")
        assert result.err.count("\n") == 1

    def test_outside_a_repository(self, repository: Repository) -> None:
        folder = str(repository.folder.parent)
        result = repository.promptlint("diff", within="..", GIT_CEILING_DIRECTORIES=folder)
        assert (result.code, result.err) == (
            2,
            f"promptlint: {folder} is not in the work tree of a git repository\n",
        )

    def test_a_file_that_is_no_text_does_not_end_the_rest(self, repository: Repository) -> None:
        repository.commit(a__prompt=COOPER, b__prompt=COOPER)
        (repository.folder / "a.prompt").write_bytes(b"caf\xe9")
        repository.write("b.prompt", OTHER_LIGHT)
        result = repository.promptlint("diff")
        assert result.code == 2
        assert result.err == "promptlint: a.prompt: is not UTF-8 at byte 3; save it as UTF-8\n"
        assert "b.prompt: 1 section changed (lighting)" in result.out

    def test_a_repository_without_commits(self, repository: Repository) -> None:
        repository.write("a.prompt", COOPER)
        repository.git("add", ".")
        for arguments in (("--staged",), ("HEAD",)):
            result = repository.promptlint("diff", *arguments)
            assert result.code == 0, result.err
            assert "a.prompt: new: portrait of a cooper" in result.out

    def test_a_bad_configuration_is_one_line(self, repository: Repository) -> None:
        repository.commit(a__prompt=COOPER)
        repository.write("a.prompt", REWRITTEN)
        repository.write("promptlint.toml", "[history]\nallowed = 'two'\n")
        result = repository.promptlint("diff")
        assert (result.code, result.out) == (2, "")
        assert result.err.startswith("promptlint: promptlint.toml: history.allowed: expected `int")
