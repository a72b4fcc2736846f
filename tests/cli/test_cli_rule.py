"""`promptlint rule`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import Run, write

if TYPE_CHECKING:
    from pathlib import Path


def test_one_line_for_each_rule(run: Run, builtin_names: list[str]) -> None:
    lines = run("rule").out.splitlines()
    assert [line.split()[1] for line in lines] == builtin_names
    codes = [line.split()[0] for line in lines]
    assert codes == sorted(codes)


@pytest.mark.parametrize("name", ["vague-lighting", "LIT001", "lit001", "Vague-Lighting"])
def test_a_rule_by_name_and_code(run: Run, name: str) -> None:
    result = run("rule", name)
    assert result.code == 0
    assert result.out.startswith("vague-lighting (LIT001)\n")


def test_every_page_has_every_part(run: Run, builtin_names: list[str]) -> None:
    pages = run("rule", "--all").out
    for part in ("Why", "Bad", "Good", "Configure", "Source"):
        assert pages.count(f"\n{part}\n") == len(builtin_names)


def test_a_page(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "promptlint.toml", 'rules = ["flare.yaml"]\nknowledge = ["words.yaml"]')
    write(tmp_path, "words.yaml", "- {family: house.flare, section: camera, terms: [flare]}")
    write(
        tmp_path,
        "flare.yaml",
        """
name: house-flare
code: HSE009
section: camera
severity: info
presets: [all]
intents: [photo]
summary: A flare of no lens
why: Flare comes from a lens and a light. Say which, or the picture gets a sticker of one.
source: the house's own book
check: {kind: wording, of: [house.flare]}
message: flare
softened_by: [camera.phone]
fixes:
  - {replace: sun behind, when: [light.source]}
  - {remove: true, unless: [place.indoor, light]}
  - {insert: a Cooke lens, house: lens, applicability: safe}
  - {negative: flare, applicability: display}
  - {attribute: better}
examples:
  - bad: "a ship, 巨大 flare, super flare"
    finds: ["flare", "super flare", "haze"]
    fixed: "a ship, backlit"
    negative: fog, haze
  - good: "a ship"
    model: flux-kontext-pro
""",
    )
    assert (
        run("rule", "house-flare").out
        == """\
house-flare (HSE009)
A flare of no lens

severity  info; info in a prompt with camera.phone
section   camera
presets   all
prompts   photo
file      FILE

Why
  Flare comes from a lens and a light. Say which, or the picture gets a sticker of one.

Bad
  - a ship, 巨大 flare, super flare
                 ^^^^^  ^^^^^^^^^^^
    negative: fog, haze
                   ^^^^
    fixed: a ship, backlit

Good
  - a ship
    model: flux-kontext-pro

Fixes
  safe: --fix writes the first that fits
    add "a Cooke lens"
  unsafe: they choose for you; --fix --unsafe-fixes writes the first that fits
    replace by "sun behind" with light.source
    take the words out without place.indoor, light
    replace by the `better` of what is named
  display: they need your own words, and are only shown
    add the negative prompt "flare"
  safe, with `lens` in the house style: what that says instead

Configure
  in promptlint.toml, or under [tool.promptlint] in pyproject.toml
    select = ["house-flare"]                              # switch it on
    ignore = ["house-flare"]                              # switch it off
    per-file-ignores = { "drafts/**" = ["house-flare"] }  # switch it off in some files
    house = { lens = "your own choice" }                  # what its fixes write
  on the command line: --select house-flare, --ignore house-flare

Source
  the house's own book
""".replace("FILE", str(tmp_path / "flare.yaml"))
    )


def test_json(run: Run, builtin_names: list[str]) -> None:
    [one] = run("rule", "vague-lighting", "--format", "json").json
    assert one["code"] == "LIT001"
    assert {"name", "severity", "why", "check", "fixes", "examples"} <= set(one)
    assert [rule["name"] for rule in run("rule", "--format", "json").json] == builtin_names


def test_a_wrong_name(run: Run) -> None:
    result = run("rule", "vague-lightning")
    assert (result.code, result.out) == (2, "")
    assert result.err == 'promptlint: no rule "vague-lightning"; did you mean "vague-lighting"?\n'


def test_a_name_and_all_is_one_too_many(run: Run) -> None:
    assert run("rule", "vague-lighting", "--all").code == 2
