"""Unknown parameters and bad values, and what is written in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from promptlint import fix_text, lint_file, lint_text
from promptlint.parameters import catalogue

if TYPE_CHECKING:
    from pathlib import Path

    from promptlint.linter import Report


def findings(report: Report) -> list[str]:
    return [one.message for one in report.diagnostics if one.rule == "unknown-parameter"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("--aspct 4:5 --v 7", "--aspect 4:5 --v 7"),
        ("--aspect-ratio 4:5", "--ar 4:5"),
        ("--stylise 200", "--stylize 200"),
        ("--wierd 200 --v 7", "--weird 200 --v 7"),
        ("--as 4:5 --v 7", "--ar 4:5 --v 7"),
        ("--ar 4：5", "--ar 4:5"),
        ("--ar 4x5", "--ar 4:5"),
        ("--ar 1.85:1", "--ar 37:20"),
        ("--ar 4:5.", "--ar 4:5"),
        ("--chaos 50%", "--chaos 50"),
        ("--iw 0,5", "--iw 0.5"),
        ("--v7", "--v 7"),
        ("--ar=4:5", "--ar 4:5"),
        ("--tile on --v 7", "--tile --v 7"),
        ("--motion hihg", "--motion high"),
        ("—ar 4:5 —v 7", "--ar 4:5 --v 7"),
        ("--negative gloves --v 7", "--no gloves --v 7"),
    ],
)
def test_a_slip_with_one_meaning_is_mended(written: str, meant: str) -> None:
    prompt = "two boats on a gray lake "
    assert findings(lint_text(prompt + written))
    assert fix_text(prompt + written, config=None).text.endswith(meant)
    assert not findings(lint_text(prompt + meant))


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("--s 1200", '"1200" is no value of --s, which takes a whole number from 0 to 1000'),
        ("--ar", '"--ar" has no value; it takes a ratio of whole numbers such as 3:4'),
        ("--q 3", '"3" is no value of --q, which takes one of 0.25, 0.5, 1, 2, 4'),
        ("--v 5.4", '"5.4" is no value of --v, which takes one of'),
        ("--tile sky --v 7", '"sky" is no value of --tile, which takes no value'),
        ("--iw 2.5 --v 5", '"2.5" is no value of --iw, which takes a number from 0 to 2 in version 5'),
        ("--cref 123 --v 7", '"--cref" is no parameter of version 7'),
        ("--draft --v 6.1", '"--draft" is no parameter of version 6.1'),
        ("--shimmer --v 7", '"--shimmer" is no parameter of Midjourney'),
        ("--seed " + "9" * 5000, "is no value of --seed"),
    ],
)
def test_what_can_mean_several_things_is_only_reported(written: str, problem: str) -> None:
    report = lint_text(f"two boats on a gray lake {written}")
    found = [one for one in report.diagnostics if one.rule == "unknown-parameter"]
    assert len(found) == 1
    assert problem in found[0].message
    assert found[0].fixes == ()


@pytest.mark.parametrize(
    "text",
    [
        "two boats on a lake --iw 2.5 --v 6",
        "two boats on a lake --v 9 --niji 8",
        "two boats on a lake --v 7.0 --ar 139:100 --q .5",
        "two boats on a lake --v 3 --stylize 2500",
        "two boats on a lake --sref random --p abc1234 --style raw --hd",
        "two boats on a lake --ar {3:2, 2:3} --s [STYLE]",
        "two boats --shimmer and glow-- on a lake",
        "paint --prompt boats --num_steps 30 --seed 1",
        "Lake: two boats, Fog: thick, Time: dawn",
    ],
)
def test_what_may_be_right_is_not_reported(text: str) -> None:
    assert findings(lint_text(text)) == []


def test_a_negative_list_counts_as_one() -> None:
    text = "portrait of a nurse, window light from the left --no flawless skin, hats"
    report = lint_text(text)
    assert "negative" in report.brief.sections
    assert not [one for one in report.diagnostics if one.rule in ("perfection-wording", "no-negative-prompt")]


INFOTEXT = "two boats on a gray lake\nNegative prompt: people\n{}\n"


def test_the_infotext_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "lake.prompt"
    path.write_text(INFOTEXT.format("Steps: abc, Sampler: Euler a, CFG scale: -1, Seed: 5, Sise: 512x512"), "utf-8")
    (prompt,) = lint_file(path).prompts
    assert findings(prompt.report) == [
        '"abc" is no value of Steps, which takes a whole number from 1 on',
        '"-1" is no value of CFG scale, which takes a number from 0 on',
        '"Sise" is no parameter that is read back; did you mean Size?',
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Steps: 20, Sampler: DPM++ 2M, CFG scale: 7, Seed: -1, Size: 512x768, Clip skip: 2",
        "Steps: 20, Sampler: Euler, Model 2: b, ADetailer steps: 5, Module 1: ae, Hires upscale: 1.5",
        "steps: 20, cfg scale: 7, Sampler: Euler",
    ],
)
def test_keys_of_extensions_are_no_mistakes(line: str, tmp_path: Path) -> None:
    path = tmp_path / "lake.prompt"
    path.write_text(INFOTEXT.format(line), "utf-8")
    (prompt,) = lint_file(path).prompts
    assert findings(prompt.report) == []


def test_the_tables_name_their_sources() -> None:
    for table in catalogue().values():
        assert table.sources
        names = [name.lower() for one in table.parameters for name in (*one.spellings, *one.misnamed)]
        assert len(names) == len(set(names))
        assert set(table.version) <= set(names)
