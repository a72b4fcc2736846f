"""The weight of a phrase is what reaches it in its runtime."""

from __future__ import annotations

import pytest

from promptlint import syntax
from promptlint.brief.phrases import read


@pytest.mark.parametrize(
    ("text", "dialect", "expected"),
    [
        ("an old lamp::2 a red wall::-0.5", "midjourney", {"an old lamp": 2, "a red wall": -0.5}),
        ("an old lamp --no dust", "midjourney", {"an old lamp": 1, "dust": 1}),
        ("(wall, (lamp:1.5):1.2)", "a1111", {"wall": 1.2, "lamp": 1.8}),
        ("(wall, (lamp:1.5):1.2)", "comfyui", {"wall": 1.2, "lamp": 1.5}),
        ("wall, lamp++", "invokeai", {"wall": 1, "lamp++": 1.21}),
        ("wall, (lamp:1.5)", "natural", {"wall": 1, "lamp": 1}),
    ],
)
def test_weights_of_phrases(text: str, dialect: syntax.Dialect, expected: dict[str, float]) -> None:
    found = {text[slice(*one.span)]: one.weight for one in read(syntax.parse(text, dialect), {}).phrases}
    assert found == pytest.approx(expected)
