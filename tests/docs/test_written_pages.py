"""What the pages tell people to write works as they say."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import msgspec
import pytest
import yaml

from promptlint import api, config, syntax
from promptlint.brief import reader
from promptlint.checks import Case, Check
from promptlint.rules import Rule, read_rule
from promptlint.testing import check_example
from tests.readme import blocks
from tools.docs import config_keys
from tools.docs.site import ROOT

PAGES = ROOT / "docs" / "pages"


def block(page: str, language: str, number: int = 0) -> str:
    return blocks((PAGES / page).read_text("utf-8"), language)[number]


def test_the_rule_that_is_shown_holds(tmp_path: Path) -> None:
    path = tmp_path / "rim-light-for-heroes.yaml"
    path.write_text(block("writing-rules.md", "yaml"), "utf-8")
    rule = Rule(read_rule(path), path)
    assert len(rule.file.examples) == 6
    for example in rule.file.examples:
        check_example(rule, example)


def test_the_terms_that_are_shown_are_known(tmp_path: Path) -> None:
    (tmp_path / "lint").mkdir()
    (tmp_path / "lint" / "terms.yaml").write_text(block("writing-knowledge.md", "yaml"), "utf-8")
    path = tmp_path / "promptlint.toml"
    path.write_text(block("writing-knowledge.md", "toml"), "utf-8")
    report = api.lint_text("portrait of a diver lit by the Bertha", config=path)
    assert "light.modifier.big-umbrella" in [mention.concept.name for mention in report.brief.mentions]


def test_the_check_that_is_shown_finds_what_it_says() -> None:
    space: dict[str, type[Check]] = {}
    exec(block("plug-ins.md", "python"), space)
    spec = yaml.safe_load(block("plug-ins.md", "yaml"))["check"]
    del spec["kind"]
    check = msgspec.convert(spec, space["TooManyAdjectives"])
    text = "a serene, melancholic, nostalgic, dreamy street"
    tree = syntax.parse(text)
    (finding,) = check.find(Case(tree, reader().understand(tree)))
    assert finding.values == {"count": "4"}
    assert text[finding.span.start : finding.span.end] == "nostalgic"


TOML = [
    (page.name, content)
    for page in sorted(PAGES.glob("*.md"))
    for content in blocks(page.read_text("utf-8"), "toml")
    if "entry-points" not in content
]


@pytest.mark.parametrize("content", [one for _, one in TOML], ids=[name for name, _ in TOML])
def test_configurations_that_are_shown_can_be_read(content: str) -> None:
    msgspec.convert(tomllib.loads(content), config.ConfigTable)


@pytest.mark.parametrize("name", [name for name, told in config_keys.told().items() if told.example])
def test_examples_of_keys_can_be_read_and_show_the_key(name: str) -> None:
    data = tomllib.loads(config_keys.told()[name].example)
    msgspec.convert(data, config.ConfigTable)
    for part in name.split("."):
        data = data[part]


def test_pipelines_that_are_shown_are_yaml() -> None:
    found = [yaml.safe_load(content) for content in blocks((PAGES / "ci.md").read_text("utf-8"), "yaml")]
    assert len(found) == 3
    hooks = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    assert set(re.findall(r"^\| `([\w-]+)` \|", (PAGES / "ci.md").read_text("utf-8"), re.MULTILINE)) == hooks
