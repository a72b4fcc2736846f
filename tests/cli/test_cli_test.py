"""`promptlint test`: the examples of a user's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import RULES, Run, write

if TYPE_CHECKING:
    from pathlib import Path

GLOW = RULES["glow"]


@pytest.fixture
def glow(house: Path) -> Path:
    """The project with one rule only, whose examples hold."""
    for path in (house / "rules").iterdir():
        if path.name != "glow.yaml":
            path.unlink()
    return house


def changed(glow: Path, old: str, new: str) -> None:
    assert GLOW.count(old) == 1
    write(glow, "rules/glow.yaml", GLOW.replace(old, new))


def test_all_hold(run: Run, glow: Path) -> None:
    result = run("test")
    assert (result.code, result.out, result.err) == (0, "All 2 examples of 1 rule hold\n", "")


@pytest.mark.parametrize("path", ["rules", "rules/glow.yaml", "./rules"])
def test_paths(run: Run, glow: Path, path: str) -> None:
    assert run("test", path).out == "All 2 examples of 1 rule hold\n"
    assert run("test", path, path, "--config", "promptlint.toml").out == "All 2 examples of 1 rule hold\n"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'finds: ["magic glow"]',
            'finds: ["a barn", "glow"]',
            'rules/glow.yaml:16: house-glow: other words are found\n  example   a barn with a magic glow\n'
            '  found     "magic glow"\n  expected  "a barn", "glow"\n',
        ),
        (
            'good: "a barn"',
            'good: "dream, magic glow"',
            "rules/glow.yaml:17: house-glow: something is found\n  example   dream, magic glow\n"
            '  found     "magic glow"\n  expected  nothing\n',
        ),
        (
            'bad: "a barn with a magic glow"',
            'bad: "a barn"',
            "rules/glow.yaml:15: house-glow: nothing is found\n  example   a barn\n"
            '  expected  "magic glow"\n',
        ),
        (
            'finds: ["magic glow"]',
            'fixed: "a barn with a lamp"',
            "rules/glow.yaml:16: house-glow: the fix makes something else\n  example   a barn with a magic glow\n"
            "  found     a barn with a a bare bulb\n  expected  a barn with a lamp\n",
        ),
        (
            'finds: ["magic glow"]',
            "severity: info",
            "rules/glow.yaml:16: house-glow: the severity is another\n  example   a barn with a magic glow\n"
            "  found     warning\n  expected  info\n",
        ),
        (
            "{replace: a bare bulb,",
            "{replace: a glow of wonder,",
            "rules/glow.yaml:15: house-glow: the fix does not mend it\n  example   a barn with a magic glow\n"
            "  found     a barn with a a glow of wonder\n",
        ),
    ],
    ids=["finds", "good", "bad", "fixed", "severity", "mends"],
)  # fmt: skip
def test_a_failure(run: Run, glow: Path, old: str, new: str, said: str) -> None:
    changed(glow, old, new)
    result = run("test")
    assert (result.code, result.err) == (1, "")
    assert result.out == f"{said}\n1 failed of 2 examples of 1 rule\n"


def test_a_fix_that_is_not_offered(run: Run, glow: Path) -> None:
    text = GLOW.replace("fixes: [{replace: a bare bulb, applicability: safe}]", "fixes: []")
    write(glow, "rules/glow.yaml", text.replace('finds: ["magic glow"]', 'fixed: "a barn"'))
    assert "no fix is offered\n  example   a barn with a magic glow\n  expected  a barn\n" in run("test").out


def test_a_rule_that_no_example_proves(run: Run, glow: Path) -> None:
    start = GLOW.index("examples:")
    write(glow, "rules/glow.yaml", GLOW[:start] + 'examples:\n  - good: "a barn"\n')
    result = run("test")
    assert result.code == 1
    assert result.out.startswith("rules/glow.yaml:14: house-glow: no example is bad, so nothing shows that the rule")


def test_json(run: Run, glow: Path) -> None:
    changed(glow, 'finds: ["magic glow"]', 'finds: ["glow"]')
    result = run("test", "--format", "json")
    assert result.code == 1
    assert result.json == {
        "version": 1,
        "rules": [
            {
                "path": "rules/glow.yaml",
                "rule": "house-glow",
                "code": "HSE001",
                "examples": 2,
                "failures": [
                    {
                        "line": 16,
                        "example": 1,
                        "key": "finds",
                        "reason": "other words are found",
                        "text": "a barn with a magic glow",
                        "found": '"magic glow"',
                        "expected": '"glow"',
                    }
                ],
            }
        ],
        "could_not_test": [],
        "summary": {"rules": 1, "examples": 2, "failed": 1},
    }


def test_a_broken_file_does_not_keep_the_others_from_it(run: Run, glow: Path) -> None:
    write(glow, "rules/broken.yaml", GLOW.replace("message:", "mesage:"))
    result = run("test")
    assert result.code == 2
    assert result.out == "All 2 examples of 1 rule hold; 1 file not tested\n"
    assert result.err == 'promptlint: rules/broken.yaml:12: mesage: unknown key "mesage"; did you mean "message"?\n'
    [left] = run("test", "--format", "json").json["could_not_test"]
    assert left["path"] == "rules/broken.yaml"


def test_two_rules_of_one_name(run: Run, glow: Path) -> None:
    write(glow, "rules/twin.yaml", GLOW)
    result = run("test")
    assert result.code == 2
    assert 'rules/twin.yaml:2: name: "house-glow" is already the name of ' in result.err


def test_nothing_to_test(run: Run, tmp_path: Path) -> None:
    result = run("test")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("promptlint: no rule files in the configuration: name one, or a folder, or set")
    (tmp_path / "empty").mkdir()
    assert run("test", "empty").err.startswith("promptlint: no rule files in empty: ")
    result = run("test", "gone.yaml")
    assert (result.code, result.out) == (2, "No examples were run; 1 file not tested\n")
    assert result.err == "promptlint: gone.yaml: can't be read: No such file or directory\n"


def test_the_built_in_rules_can_be_tested_too(run: Run, tmp_path: Path) -> None:
    from promptlint.rules import builtin_folder

    result = run("test", str(builtin_folder() / "environment"))
    assert (result.code, result.err) == (0, "")
    assert result.out.endswith(" of 2 rules hold\n")
