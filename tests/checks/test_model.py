"""Rules that know the model: what files name beside a prompt, what fixes write, which syntax is foreign."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import promptlint
from promptlint.checks.foreign import foreign, plain
from promptlint.config import Config
from promptlint.diagnostics import Edit, Severity
from promptlint.files import fix_source, lint_source
from promptlint.fixes.edits import EditedText
from promptlint.source import SourceText, Span

if TYPE_CHECKING:
    from pathlib import Path

RULES = ("MDL002", "MDL003", "MDL004", "MDL005", "SYN004", "NEG005", "NEG007")


def found(text: str, tmp_path: Path, name: str = "a.prompt", model: str | None = None) -> list[str]:
    config = Config(root=tmp_path).with_options(select=RULES, model=model)
    report = lint_source(name, SourceText(text), config)
    return [one.code for prompt in report.prompts for one in prompt.report.diagnostics]


def mended(text: str, tmp_path: Path, model: str | None = None) -> str:
    config = Config(root=tmp_path).with_options(select=RULES, model=model)
    return fix_source(lint_source("a.prompt", SourceText(text), config), config, unsafe=True).text


def test_front_matter_names_model_and_settings(tmp_path: Path) -> None:
    text = "---\nmodel: google/nano-banana\naspect_ratio: 7:5\n---\na ferryman\nNegative prompt: fog\n"
    assert sorted(found(text, tmp_path)) == ["MDL002", "NEG005"]


def test_the_configuration_goes_before_what_a_file_names(tmp_path: Path) -> None:
    text = "---\nmodel: imagn-4\n---\na ferryman\nNegative prompt: fog\n"
    assert found(text, tmp_path) == ["MDL004"]
    assert found(text, tmp_path, model="sdxl") == []


@pytest.mark.parametrize(
    ("name", "codes"), [("realisticVisonV51", ["MDL004"]), ("someMix_v9", []), ("sd_xl_turbo_1.0", ["MDL003"])]
)
def test_an_infotext_names_a_checkpoint(tmp_path: Path, name: str, codes: list[str]) -> None:
    text = f"a ferryman\nSteps: 4, Sampler: Euler a, CFG scale: 7, Size: 512x512, Model: {name}\n"
    assert found(text, tmp_path) == codes


def test_a_negative_prompt_without_a_place_is_emptied_and_said_otherwise(tmp_path: Path) -> None:
    prompt = "portrait of a ferryman at the quay --ar 3:4\nNegative prompt: plastic skin, cartoon\n"
    assert mended(f"---\nmodel: flux-2-pro\n---\n{prompt}", tmp_path) == (
        "---\nmodel: flux-2-pro\n---\nportrait of a ferryman at the quay, natural skin texture with"
        " visible pores, candid photograph\nNegative prompt: \n"
    )


def test_where_the_vendor_wants_exclusions_they_go_into_the_prompt() -> None:
    fixed = promptlint.fix_text(
        "A ferryman at the quay.",
        negative="plastic skin,\ncartoon,",
        model="gpt-image-2",
        config=only("NEG005"),
        unsafe=True,
    )
    assert (fixed.text, fixed.negative) == ("A ferryman at the quay. Avoid: plastic skin, cartoon.", "")


def only(*rules: str) -> Config:
    return Config().with_options(select=rules)


def test_a_flag_sets_nothing_for_a_model_that_reads_none() -> None:
    report = promptlint.lint_text("a ferryman --ar 5:1", model="imagen-4", config=only("MDL002", "SYN004"))
    assert [one.code for one in report.diagnostics] == ["SYN004"]


@pytest.mark.parametrize(
    ("model", "severity"),
    [
        (None, Severity.INFO),
        ("sdxl", Severity.INFO),
        ("midjourney-7", Severity.WARNING),
        ("flux-dev", Severity.WARNING),
    ],
)
def test_boosters_weigh_more_where_the_vendor_advises_against_them(model: str | None, severity: Severity) -> None:
    report = promptlint.lint_text("portrait of a ferryman, masterpiece", model=model, config=only("WRD001"))
    assert [one.severity for one in report.diagnostics] == [severity]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("(a rope:1.2) and [fog:rain:0.4]", {"weight", "schedule"}),
        ("(((a rope)))", {"emphasis"}),
        ("a quay, BREAK a rope", {"break"}),
        ("<lora:quay_v2:0.8> a rope, embedding:quay", {"network", "embedding"}),
        ("rope::2 quay::1", {"part-weight"}),
        ("(rope)1.3, fog++", {"word-weight"}),
        ('("rope", "fog").blend(1, 0.5)', {"function"}),
        ("a rope --ar 3:4 --no fog", {"flag"}),
    ],
)
def test_syntax_is_told_from_words(text: str, kinds: set[str]) -> None:
    assert {one.kind for one in foreign(text)} == kinds


@pytest.mark.parametrize(
    "text",
    [
        "a rope (frayed), a map at (scale 1:2), the ferry at 16:30",
        'a sign that reads "TAKE A BREAK (now:1.2)" over the quay, and a long wall of bricks behind it',
        "TAKE A BREAK NOW painted on the wall",
        "[man or woman] of [age: 60], ([activity]), [3:4]",
        "photographed -- so to speak -- by std::vector, C++ and DPM++ 2M",
        "git commit --amend --no-edit",
        '{"ratio": "3:4", "scale": (2)}',
    ],
)
def test_words_are_no_syntax(text: str) -> None:
    assert foreign(text) == ()


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("<lora:a:0.8>, <lora:b:0.6> a rope, fog", "a rope, fog"),
        ("a rope, <lora:a:0.8> <lora:b:0.6>, fog", "a rope, fog"),
        ("a rope, fog <lora:a:0.8>, embedding:b", "a rope, fog"),
        ("a rope BREAK fog, BREAK, rain\nBREAK\nsleet", "a rope, fog, rain\n\nsleet"),
        ("(a (wet:1.1) rope:1.2), (((fog)))", "a wet rope, fog"),
        ("rope::2 fog::1 --ar 3:4 --s 50", "rope, fog"),
        ("a rope,\n(fog:1.2),\n<lora:a:1>\n", "a rope,\nfog,\n\n"),
    ],
)
def test_foreign_syntax_is_taken_out_and_the_words_stay(text: str, fixed: str) -> None:
    assert plain(text) == fixed
    after = promptlint.fix_text(text, model="dall-e-3", config=only("SYN004"))
    assert (after.text, promptlint.lint_text(after.text, model="dall-e-3", config=only("SYN004")).diagnostics) == (
        fixed,
        (),
    )


def test_edits_at_one_place_keep_their_order() -> None:
    edited = EditedText("ab")
    edited.apply([Edit(Span(1, 1), "1"), Edit(Span(1, 1), "2")])
    assert edited.text == "a12b"
