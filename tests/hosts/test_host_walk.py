from __future__ import annotations

import os

import pytest

from promptlint.hosts.files import Found, find


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """Return a function that makes files, `name` or `name: content`, in a folder that is the current one."""
    monkeypatch.chdir(tmp_path)

    def make(*names: str, **contents: str):
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("portrait of a diver")
        for name, content in contents.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
        return tmp_path

    return make


def paths(*given, **options):
    return [found.path for found in find(given or ["."], **options)]


def test_folders_are_walked_in_sorted_order(tree):
    tree("b.prompt", "a.md", "c.prompts", "B/z.md", "B/a.prompt", "a/x.prompt", "x.py", "y.png", "data.json")
    assert paths() == ["a.md", "b.prompt", "c.prompts", "B/a.prompt", "B/z.md", "a/x.prompt"]


def test_paths_are_shown_as_they_were_named(tree):
    root = tree("p/a.prompt")
    assert paths("p") == paths("./p/") == ["p/a.prompt"]
    assert paths(str(root)) == [str(root / "p" / "a.prompt")]


def test_text_files_count_only_where_prompts_are_kept(tree):
    tree(
        "notes.txt",
        "docs/notes.txt",
        "Prompts/a.txt",
        "art/wildcards/deep/hair.txt",
        "styles/b.txt",
        "prompt/c.txt",
    )
    assert paths() == ["Prompts/a.txt", "art/wildcards/deep/hair.txt", "prompt/c.txt", "styles/b.txt"]
    assert paths("art/wildcards/deep") == ["art/wildcards/deep/hair.txt"]
    assert paths("docs", include=["docs/*.txt"]) == ["docs/notes.txt"]


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements-dev.txt", "LICENSE.txt", "robots.txt", "CMakeLists.txt"]
)
def test_known_text_files_never_come_by_walking(tree, name):
    tree(f"prompts/{name}")
    assert paths(include=["**/*.txt"]) == []
    assert paths(f"prompts/{name}") == [f"prompts/{name}"]


def test_named_files_are_taken_whatever_they_are(tree):
    tree("a.xyz", "notes.txt")
    assert find(["a.xyz", "notes.txt"]) == [Found("a.xyz", named=True), Found("notes.txt", named=True)]


def test_a_missing_path_is_reported_and_the_rest_goes_on(tree):
    tree("a.prompt")
    os.symlink("nowhere", "broken.prompt")
    assert find(["none", "a.prompt", "broken.prompt"]) == [
        Found("none", "no such file or directory", named=True),
        Found("a.prompt", named=True),
        Found("broken.prompt", "no such file or directory", named=True),
    ]
    assert paths() == ["a.prompt"]


def test_a_file_is_taken_once(tree):
    root = tree("p/a.prompt", "p/b.prompt")
    os.symlink(root / "p" / "a.prompt", "link.prompt")
    os.symlink(root / "p", "linked")
    assert paths("p/b.prompt", "p", "p/a.prompt", str(root / "p"), ".", "linked") == [
        "p/b.prompt",
        "p/a.prompt",
    ]


def test_linked_folders_are_walked_only_when_named(tree):
    root = tree("p/a.prompt")
    os.symlink(root, "p/loop")
    os.symlink("p", "q")
    assert paths() == ["p/a.prompt"]
    assert paths("q") == ["q/a.prompt"]


def test_folders_of_tools_are_skipped(tree):
    tools = [".git", ".venv", "node_modules", "__pycache__", ".mypy_cache", ".cache", ".ipynb_checkpoints"]
    tree(*(f"{name}/a.prompt" for name in tools), ".github/prompts/a.prompt", "env/a.prompt", "env/pyvenv.cfg")
    assert paths() == [".github/prompts/a.prompt"]
    assert paths(".venv") == [".venv/a.prompt"]


def test_ignore_files(tree):
    tree(
        ".git/HEAD",
        *(
            "a.prompt",
            "out/a.prompt",
            "sub/out/a.prompt",
            "draft-a.prompt",
            "sub/draft-a.prompt",
            "sub/keep.prompt",
        ),
        *("only-root.prompt", "sub/only-root.prompt", "sub/deep/b.prompt"),
        **{
            ".gitignore": "out/\ndraft-*\n/only-root.prompt\n# note\n\n*.tmp\n",
            "sub/.gitignore": "!draft-a.prompt\ndeep/*\n",
        },
    )
    assert paths() == ["a.prompt", "sub/draft-a.prompt", "sub/keep.prompt", "sub/only-root.prompt"]
    assert paths("sub") == ["sub/draft-a.prompt", "sub/keep.prompt", "sub/only-root.prompt"]
    assert paths("draft-a.prompt") == ["draft-a.prompt"]


def test_an_ignored_folder_that_is_named_is_walked(tree):
    tree(".git/HEAD", "out/deep/a.prompt", **{".gitignore": "out/\n"})
    assert paths("out") == ["out/deep/a.prompt"]
    assert paths("out/deep") == ["out/deep/a.prompt"]
    assert paths() == []


def test_ignore_files_above_the_repository_do_not_count(tree):
    tree("repo/.git/HEAD", "repo/a.prompt", "plain/a.prompt", **{".gitignore": "*.prompt\n"})
    assert paths("repo") == ["repo/a.prompt"]
    assert paths("plain") == []


def test_an_ignore_file_that_is_no_text_is_survived(tree):
    root = tree("a.prompt", "b.prompt")
    (root / ".gitignore").write_bytes(b"\xff\xfe\nb.prompt\n")
    assert paths() == ["a.prompt"]


def test_excluding(tree):
    root = tree("a.prompt", "old/a.prompt", "old/deep/b.prompt", "new/old.prompt")
    assert paths(exclude=["old/"]) == ["a.prompt", "new/old.prompt"]
    assert paths(exclude=["*.prompt", "!a.prompt"]) == ["a.prompt", "old/a.prompt"]
    assert paths("new/../old/a.prompt", exclude=["old"]) == ["new/../old/a.prompt"]
    assert paths("old/a.prompt", str(root / "old"), exclude=["old"], force_exclude=True) == []
    os.chdir(root / "old")
    assert paths(exclude=["old/deep"], root=str(root)) == ["a.prompt"]
    assert paths(exclude=["deep"], root=str(root / "new")) == ["a.prompt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_folder_that_cannot_be_read_is_reported(tree):
    root = tree("a.prompt", "shut/b.prompt")
    (root / "shut").chmod(0)
    try:
        assert find(["."]) == [Found("a.prompt"), Found("shut", "can't be read: Permission denied")]
    finally:
        (root / "shut").chmod(0o755)
