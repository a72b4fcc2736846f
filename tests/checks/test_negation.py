"""What a text says must not be there: where it ends, what is negated, and what can move to the negative prompt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from promptlint import models, syntax
from promptlint.brief import Brief, reader
from promptlint.linter import Linter
from promptlint.rules import builtin

if TYPE_CHECKING:
    from pathlib import Path

LINTER = Linter([rule for rule in builtin() if rule.name == "negation-in-positive"], reader())
DOUBLE = Linter([rule for rule in builtin() if rule.name == "double-negative"], reader())


def brief(text: str) -> Brief:
    return reader().understand(syntax.parse(text))


def found(text: str) -> list[str]:
    return [text[slice(*one.span)] for one in LINTER.lint(text).diagnostics]


@pytest.mark.parametrize(
    ("text", "span", "target", "cut"),
    [
        ("a quay, no boats, fog", "no boats", "boats", "no boats"),
        ("a quay, no visible boats", "no visible boats", "boats", "no visible boats"),
        ("a quay without any boats, fog", "without any boats", "boats", "without any boats"),
        ("a quay with no boats, fog", "no boats", "boats", "with no boats"),
        ("a quay and no boats", "no boats", "boats", "and no boats"),
        ("there are no boats, fog", "no boats", "boats", None),
        ("a quay, no boats in the harbor", "no boats", "boats", None),
        ("a quay, no other boats", "no other boats", "other boats", None),
        ("a quay, no boat is needed", "no boat is needed", "boat is needed", None),
        ("a quay, no boats.", "no boats", "boats", "no boats"),
        ("a quay, no boats — just fog", "no boats", "boats", "no boats"),
        ("Leave out:\n- no boats\n- fog", "no boats", "boats", None),
    ],
)
def test_reach_target_and_cut(text: str, span: str, target: str, cut: str | None) -> None:
    (one,) = brief(text).negations
    read = brief(text)
    assert (read.words(one.span), read.words(one.target), one.cut and read.words(one.cut)) == (span, target, cut)


def test_a_negator_ends_where_the_next_begins() -> None:
    text = "a figure of wood and not stone and not clay"
    assert [text[slice(*one.span)] for one in brief(text).negations] == ["not stone", "not clay"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a quay, no boats, fog, without gulls", ["no boats", "without gulls"]),
        ("a quay, avoid gulls", ["avoid gulls"]),
        ("a quay, don't show gulls", ["don't show gulls"]),
        ("a woman on a quay, not looking at the camera", ["not looking at the camera"]),
        ("a quay, fog instead of sun", []),
        ("a quay that does not end, fog", []),
        ("a quay, mist clear of gulls without distracting from it", ["clear of gulls"]),
        ("Put her on a quay. Keep the face, no edits, no retouching.", []),
        ("Put her on a quay, without making any changes to her.", []),
        ('a quay with a sign "no boats"', []),
        ("a quay\nNegative prompt: no boats", []),
        ("a quay, fog --no boats", []),
    ],
)
def test_what_is_a_negation(text: str, words: list[str]) -> None:
    assert found(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "a quay, no boats, gulls, or nets",
        "a quay, no text, logos",
        "a quay, no boats, gulls",
        '{"place": "a quay", "avoid": "x", "sky": "no birds"}',
        "Change the sky to gray, no birds",
        "a quay, no great rusty old fishing boats",
        "a quay of stone, not concrete",
    ],
)
def test_what_stays_where_it_is(text: str) -> None:
    fixed = LINTER.fix(text)
    assert (fixed.text, fixed.negative) == (text, None)


def test_where_there_is_no_room_nothing_moves() -> None:
    text = "a quay, no boats, thick fog"
    assert LINTER.fix(text).negative == "boats"
    assert replace(LINTER, can_hold_negative=False).fix(text).text == text
    assert replace(LINTER, model=models.find("flux-1.1-pro-ultra")).fix(text).text == text


def test_an_edit_has_a_negative_prompt_where_its_model_takes_one() -> None:
    text = "Change the sky to gray, no birds, keep the quay"
    model = next(one for one in models.catalogue().values() if one.takes_negative)
    assert replace(LINTER, model=model).fix(text).negative == "birds"


def test_what_moves_joins_the_negative_prompt_that_is_there() -> None:
    assert LINTER.fix("a quay, no boats, fog over it", "gulls, ").negative == "gulls, boats"
    inline = LINTER.fix("a quay, no boats, fog over it\nNegative prompt: gulls.")
    assert (inline.text, inline.negative) == ("a quay, fog over it\nNegative prompt: gulls, boats.", None)


def test_a_whole_sentence_goes_with_its_space() -> None:
    assert LINTER.fix("A quay in thick fog. No boats. Wet stone.").text == "A quay in thick fog. Wet stone."


@pytest.mark.parametrize(
    ("negative", "after"),
    [
        ("no boats, gulls", "boats, gulls"),
        ("blurry, without any gulls", "blurry, gulls"),
        ("no pupils, gulls", "no pupils, gulls"),
        ("lack of detail", "lack of detail"),
        ("a quay with no movement", "a quay with no movement"),
    ],
)
def test_negators_in_a_negative_prompt(negative: str, after: str) -> None:
    assert DOUBLE.fix("a quay in fog", negative).negative == after


OWN = """\
- family: house.haze
  section: environment
  terms: [tidepool haze]
  attributes: {opposite: clear sea air, opposite_unless: [place.vehicle]}
"""


def test_the_opposite_of_a_users_own_concept_is_said_by_both_rules(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(OWN)
    linter = Linter(builtin(), reader((path,)), models.find("flux-1.1-pro-ultra"))
    negated = linter.lint("photo of a pier, no tidepool haze").diagnostics
    excluded = linter.lint("photo of a pier", "tidepool haze").diagnostics
    assert ["clear sea air"] in [[fix.title for fix in one.fixes] for one in negated]
    assert ['take it out and say "clear sea air"'] in [[fix.title for fix in one.fixes] for one in excluded]
