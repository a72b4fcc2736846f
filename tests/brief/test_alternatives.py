"""Two things of which a prompt means one at a time, and the labels of what stands in lists."""

from __future__ import annotations

import pytest

from promptlint import syntax
from promptlint.brief import Brief, reader


def brief_of(text: str) -> Brief:
    return reader().understand(syntax.parse(text))


def are_alternatives(text: str) -> bool:
    brief = brief_of(text)
    first, second = brief.of(["camera.focal-length"])
    return brief.are_alternatives(first.span, second.span)


@pytest.mark.parametrize(
    "text",
    [
        "a cook, 35mm or 50mm",
        "a cook, between 85mm and 135mm",
        "a cook, 24mm to 70mm",
        "a cook at 35mm, then the dining room at 24mm",
        "a cook, 85mm 或 100mm",
        "a cook, 85mm versus 50mm",
    ],
)
def test_alternatives(text: str) -> None:
    assert are_alternatives(text)


@pytest.mark.parametrize(
    "text",
    [
        "a cook, 35mm, steam, 50mm",
        "a cook at 35mm. He has flour or salt on his apron and looks down at a big copper pan. 50mm",
        "a cook with a 35mm and a 50mm",
    ],
)
def test_both_at_once(text: str) -> None:
    assert not are_alternatives(text)


@pytest.mark.parametrize(
    "text",
    [
        '{"subject": "a woman", "negative_prompt": ["cartoon", "anime", "flat lighting"]}',
        '{"subject": "a woman", "negative_prompt": "cartoon, anime, flat lighting"}',
        '{"negative_prompt": ["cartoon", "anime", "flat lighting"], "subject": "a woman"}',
    ],
)
def test_all_of_a_list_stands_under_its_key(text: str) -> None:
    brief = brief_of(text)
    assert not brief.has(["style.medium", "light"])
    assert brief.has(["person"])
