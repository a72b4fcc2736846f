"""Which rules, which files and which exit code: configuration and options together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import Run, write

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "a barn, magic glow, dream blur, wax sheen"


def add(house: Path, text: str) -> None:
    """Add a line to the project's configuration."""
    config = house / "promptlint.toml"
    config.write_text(f"{text}\n{config.read_text()}")


def spoken(run: Run, *args: str) -> set[str]:
    """Return the rules that speak."""
    return set(run("check", "--output-format", "json", *args).json["summary"]["by_rule"])


def test_the_nearest_configuration_wins(run: Run, house: Path) -> None:
    for name in ("a.prompt", "sub/b.prompt", "sub/deep/c.prompt"):
        write(house, name, TEXT)
    config = (house / "promptlint.toml").read_text()
    nested = config.replace('["rules"]', '["../rules"]')
    write(house, "sub/.promptlint.toml", nested.replace("ignore = [", 'ignore = ["house-glow", '))
    result = run("check", "--output-format", "json")
    rules = {one["path"]: {found["rule"] for found in one["diagnostics"]} for one in result.json["files"]}
    assert rules["a.prompt"] == {"house-glow", "house-blur", "house-sheen"}
    assert rules["sub/b.prompt"] == rules["sub/deep/c.prompt"] == {"house-blur", "house-sheen"}
    inside = run("check", cwd=house / "sub" / "deep")
    assert "2 findings" in inside.out


def test_a_pyproject_counts_with_its_table_only(run: Run, house: Path) -> None:
    write(house, "sub/pyproject.toml", "[project]\nname = 'x'\n")
    write(house, "sub/a.prompt", TEXT)
    assert spoken(run) == {"house-glow", "house-blur", "house-sheen"}
    config = (house / "promptlint.toml").read_text()
    nested = config.replace('["rules"]', '["../rules"]')
    write(
        house,
        "sub/pyproject.toml",
        "[tool.promptlint]\n" + nested.replace("ignore = [", 'ignore = ["HSE001", '),
    )
    assert spoken(run) == {"house-blur", "house-sheen"}


def test_a_named_configuration_wins_over_the_nearest(run: Run, house: Path) -> None:
    write(house, "other/a.prompt", TEXT)
    write(house, "other/promptlint.toml", "selct = 3")
    assert spoken(run, "--config", "promptlint.toml", "other") == {"house-glow", "house-blur", "house-sheen"}


@pytest.mark.parametrize("args", [["--ignore", "house-glow,HSE002"], ["--ignore", "HSE001", "--ignore", "house-blur"]])
def test_ignore_takes_names_and_codes(run: Run, house: Path, args: list[str]) -> None:
    write(house, "a.prompt", TEXT)
    assert spoken(run, *args) == {"house-sheen"}


def test_select_runs_these_rules_and_a_presets_where_one_is_named(run: Run, house: Path) -> None:
    path = house / "rules" / "glow.yaml"
    path.write_text(path.read_text().replace("presets: [five]", "presets: [all]"))
    write(house, "a.prompt", TEXT)
    assert spoken(run) == {"house-blur", "house-sheen"}
    assert spoken(run, "--select", "HSE001") == {"house-glow"}
    assert spoken(run, "--select", "HSE001", "--preset", "five") == {"house-glow", "house-blur", "house-sheen"}
    assert spoken(run, "--preset", "all") == {"house-glow", "house-blur", "house-sheen"}


def test_per_file_ignores(run: Run, house: Path) -> None:
    write(house, "a.prompt", TEXT)
    write(house, "drafts/b.prompt", TEXT)
    add(house, 'per-file-ignores = { "drafts/**" = ["house-glow", "HSE002"] }')
    for where, cwd in ((".", house), ("..", house / "drafts")):
        result = run("check", where, "--output-format", "json", cwd=cwd)
        found = {len(one["path"].split("/")): len(one["diagnostics"]) for one in result.json["files"]}
        assert sorted(found.values()) == [1, 3]


def test_excluded_files_are_checked_where_they_are_named(run: Run, house: Path) -> None:
    write(house, "a.prompt", "a barn")
    write(house, "drafts/b.prompt", TEXT)
    add(house, 'exclude = ["drafts/"]')
    assert run("check").out == "All clear: 1 prompt in 1 file.\n"
    assert "1 file checked" in run("check", "drafts/b.prompt").out
    forced = run("check", "--force-exclude", "drafts/b.prompt")
    assert (forced.code, forced.out) == (0, "No prompt files found: 0 files checked\n")


def test_a_nested_configuration_excludes_its_own_files(run: Run, house: Path) -> None:
    write(house, "sub/a.prompt", TEXT)
    write(house, "sub/drafts/b.prompt", TEXT)
    write(house, "sub/promptlint.toml", 'exclude = ["drafts/"]')
    paths = [one["path"] for one in run("check", "--output-format", "json").json["files"]]
    assert paths == ["sub/a.prompt"]


def test_included_text_files_are_found(run: Run, house: Path) -> None:
    write(house, "shots/a.txt", "a barn at noon")
    assert "0 files checked" in run("check").out
    add(house, 'include = ["shots/*.txt"]')
    assert "in 1 file" in run("check").out


@pytest.mark.parametrize(
    ("text", "args", "code"),
    [
        ("a barn", [], 0),
        ("a barn, wax sheen", [], 0),
        ("a barn, wax sheen", ["--fail-on", "info"], 1),
        ("a barn, magic glow", [], 1),
        ("a barn, magic glow", ["--fail-on", "error"], 0),
        ("a barn, dream blur", ["--fail-on", "error"], 1),
        ("a barn, dream blur", ["--exit-zero"], 0),
        ("a barn, wax sheen, magic glow", ["--fix"], 0),
    ],
)
def test_exit_codes(run: Run, house: Path, text: str, args: list[str], code: int) -> None:
    write(house, "a.prompt", text)
    assert run("check", *args).code == code


def test_each_file_fails_on_what_its_configuration_says(run: Run, house: Path) -> None:
    write(house, "a.prompt", "a barn, magic glow")
    add(house, 'fail-on = "error"')
    assert run("check").code == 0
    assert run("check", "--fail-on", "warning").code == 1


def test_house_style_makes_fixes_safe(run: Run, house: Path) -> None:
    path = house / "rules" / "blur.yaml"
    path.write_text(path.read_text().replace("{replace: sharp focus}", "{replace: sharp focus, house: lens}"))
    prompt = write(house, "a.prompt", "a barn, dream blur")
    add(house, 'house = { lens = "a Cooke lens" }')
    run("check", "--fix")
    assert prompt.read_text() == "a barn, a Cooke lens"


@pytest.mark.parametrize(("model", "speaks"), [("flux-1.1-pro-ultra", False), ("realistic-vision-5.1", True)])
def test_the_model_decides_on_negatives(run: Run, tmp_path: Path, model: str, speaks: bool) -> None:
    write(tmp_path, "a.prompt", "portrait of a baker at her oven")
    assert ("missing-negative" in spoken(run, "--model", model)) is speaks
    write(tmp_path, "promptlint.toml", f'model = "{model}"')
    assert ("missing-negative" in spoken(run)) is speaks


def test_ignored_files_are_left_out(run: Run, house: Path) -> None:
    (house / ".git").mkdir()
    write(house, ".gitignore", "out/\n")
    write(house, "out/a.prompt", TEXT)
    write(house, "b.prompt", "a barn")
    assert run("check").out == "All clear: 1 prompt in 1 file.\n"


def test_a_tokenizer_file_that_is_missing_or_misnamed(run: Run, house: Path) -> None:
    write(house, "a.prompt", TEXT)
    config = house / "promptlint.toml"
    before = config.read_text()
    for key, said in (("t5", 'tokenizers.t5: no file "nowhere.json"'), ("t6", 'unknown key "tokenizers.t6"; did you')):
        config.write_text(f'{before}\n[tokenizers]\n{key} = "nowhere.json"\n')
        result = run("check", "a.prompt")
        assert said in result.err
        assert result.code == 2
