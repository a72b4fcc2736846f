"""Parts that are told by concepts, attributes or words; what is asked for and excluded; edits that spread."""

from __future__ import annotations

import pytest

from promptlint.brief import reader
from promptlint.linter import Linter
from promptlint.rules import builtin


def linter(name: str) -> Linter:
    return Linter([rule for rule in builtin() if rule.name == name], reader())


@pytest.mark.parametrize(
    ("light", "missing"),
    [
        ("soft window light from the left at 5200K", None),
        ("candlelight from the right, hard shadows", None),
        ("split lighting", "quality or color temperature"),
        ("soft light from the left", "color temperature"),
        ("light at 5200K", "direction or quality"),
        ("golden hour", "direction or quality"),
    ],
)
def test_what_a_light_lacks(light: str, missing: str | None) -> None:
    found = linter("incomplete-lighting").lint(f"portrait of a man, {light}").diagnostics
    assert [one.message for one in found] == ([f"the light says nothing of its {missing}"] if missing else [])


def clashes(text: str, negative: str | None = None) -> list[str]:
    return [text[slice(*one.span)] for one in linter("positive-negative-clash").lint(text, negative).diagnostics]


@pytest.mark.parametrize(
    ("text", "negative", "words"),
    [
        ("a quay, fog, gulls", "boats, fog", ["fog"]),
        ("a quay, fog, gull", "gulls", ["gull"]),
        ("a quay, Portra 400", "Kodak Portra 400", ["Portra 400"]),
        ("a quay, (fog:1.2)", "(fog:1.4)", ["fog"]),
        ("a quay, fog --no fog", None, ["fog"]),
        ("a quay, gulls", "bad gulls", []),
        ("a quay, no fog", "fog", []),
        ("a quay, no gulls, boats or nets", "nets", []),
        ("a quay, film_grain_heavy", "film grain", []),
        ("a quay, <fog>", "<fog>", []),
    ],
)
def test_clashes(text: str, negative: str | None, words: list[str]) -> None:
    assert clashes(text, negative) == words


def test_a_copied_prompt_is_one_clash() -> None:
    text = "a quay, fog, gulls, nets, ropes"
    assert clashes(text, text) == ["a quay"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Change the sky to gray. Remove the car. Give her a red coat.", "the background, an object and the clothes"),
        ("Change her coat to red and remove the scarf.", None),
        ("Remove the car. Keep the coat.", None),
        ("Turn this into a drawing. Remove the car. Change the sky to gray.", None),
    ],
)
def test_edits_that_spread(text: str, found: str | None) -> None:
    got = [one.message for one in linter("unfocused-edit").lint(text).diagnostics]
    assert got == ([f"this edit changes {found} at once"] if found else [])


def test_items_of_a_list_stay_under_their_key() -> None:
    text = '{"subject": "a pear", "negative_prompt": ["grapes", "no plums", "figs"]}'
    assert clashes(text.replace("a pear", "figs")) == ["figs"]
    found = linter("double-negative").lint(text).diagnostics
    assert [text[slice(*one.span)] for one in found] == ["no plums"]


@pytest.mark.parametrize("text", ["portrait of a cooper", "portrait of a cooper, (oak:1.2)", "portrait, embedding:oak"])
@pytest.mark.parametrize(
    ("negative", "found"),
    [
        ("embedding:BadWood, blurry", 0),
        ("blurry, (embedding:bad_wood:1.2)", 0),
        ("blurry, text", 1),
        ("blurry, embeddings", 1),
    ],
)
def test_an_embedding_stands_for_more_than_words(text: str, negative: str, found: int) -> None:
    assert len(linter("incomplete-negative").lint(text, negative).diagnostics) == found
