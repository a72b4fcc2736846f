"""The same thing asked for twice, and what only looks like it."""

from __future__ import annotations

import pytest

from promptlint.brief import reader
from promptlint.linter import Linter
from promptlint.rules import builtin

LINTER = Linter([rule for rule in builtin() if rule.name == "repeated-phrase"], reader())


def found(text: str) -> list[str]:
    return [text[slice(*one.span)] for one in LINTER.lint(text).diagnostics]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a sailor, low sun, wet hair, low sun", ["low sun"]),
        ("a sailor, (low sun:1.2), wet hair, Low  Sun", ["Low  Sun"]),
        ("a sailor, low sun, the low sun, low sun", ["the low sun", "low sun"]),
        ("a sailor, masterpiece, wet hair, masterpiece", ["masterpiece"]),
        ("a sailor, Kodak Portra 400, fog, Portra 400", ["Portra 400"]),
        ("A sailor. He stands, with low warm sun, in the wind, with low warm sun.", ["with low warm sun"]),
    ],
)
def test_repeats(text: str, words: list[str]) -> None:
    assert found(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "a sailor, {low sun|fog|low sun}, wet hair",
        "a sailor, [low sun:low sun:0.5], wet hair",
        "a sailor, low sun BREAK a cook, low sun",
        'a sign "open late", a sailor under it, a sign "open late"',
        "left panel a sailor, low sun, right panel a cook, low sun",
        "Hair: dark brown\nEyes: dark brown\nBeard: dark brown",
        '{"hair": "dark brown", "eyes": "dark brown"}',
        "1. a sailor, low sun\n2. a cook, low sun\n3. a baker, low sun",
        "a sailor in {place}, a sailor in {place}",
        "red, a sailor, red",
        "A man in a red coat, smiling. A woman in a red coat, smiling.",
        "run(player), stop(player), a sailor",
        "a sailor, 35mm, 35, 35",
    ],
)
def test_no_repeats(text: str) -> None:
    assert found(text) == []


def test_the_first_is_kept() -> None:
    fixed = LINTER.fix("a sailor, (low sun:1.2), wet hair, low sun, fog")
    assert fixed.text == "a sailor, (low sun:1.2), wet hair, fog"
