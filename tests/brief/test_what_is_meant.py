"""Negative lists, grain and strong color: what they speak of, and what they don't."""

from __future__ import annotations

import pytest

from promptlint.api import lint_text


def rules(text: str) -> set[str]:
    return {one.rule for one in lint_text(text).diagnostics}


@pytest.mark.parametrize(
    "text",
    [
        '{"subject": "a cooper", "negative_prompt": {"style": ["plastic skin", "doll face"], "light": "flat light"}}',
        '{"subject": "a cooper",\n"negative_prompt": [\n"plastic skin",\n"doll face",\n"',
        "A cooper at his bench.\n\nNegative prompt:\n\nplastic skin, doll face",
        "A cooper at his bench.\n\nNegative prompt\n\nplastic skin, doll face\n",
        "A cooper at his bench.\n\n**Avoid**\n- plastic skin\n- doll face",
        "A cooper at his bench. NEGATIVE WORDS (important): plastic skin, doll face",
        "A cooper at his bench.\nAvoid (at all costs):\n- plastic skin\n- doll face",
    ],
)
def test_a_negative_list_is_one_however_it_is_laid_out(text: str) -> None:
    assert not {"perfection-wording", "missing-negative", "vague-lighting"} & rules(text)


@pytest.mark.parametrize(
    "text",
    [
        "Negative prompt:\n\nblurry, text\n\nA cooper at his bench, flawless skin",
        '{"negative_prompt": {"style": "text"}, "subject": {"person": "a cooper", "skin": "flawless skin"}}',
        "A cooper at his bench, flawless skin\n\nNegative prompt\n\nblurry, text",
        "A cooper, flawless skin, the negative\nof a photograph in his hand",
        "A cooper at his bench, the negative (of a film) in his hand, flawless skin",
    ],
)
def test_what_stands_beside_a_negative_list_is_asked_for(text: str) -> None:
    assert "perfection-wording" in rules(text)


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("portrait of a cooper, visible grain", True),
        ("portrait of a cooper, film grain, brick wall", True),
        ("portrait of a cooper before the coarse grain of a brick wall", False),
        ("portrait of a cooper at a plank table with visible grain", False),
        ("portrait of a cooper, webcam grain", False),
        ("portrait of a cooper, tack sharp, grain-free", False),
        ("portrait of a cooper, shot on 35mm", True),
        ("portrait of a cooper, shot on 35mm, f/4", False),
    ],
)
def test_grain_of_a_thing_and_of_a_sensor_is_no_film(text: str, fires: bool) -> None:
    assert ("vague-film-stock" in rules(text)) is fires


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("portrait of a tram driver, vibrant", True),
        ("portrait of a tram driver, vibrant lighting", True),
        ("portrait of a tram driver under colorful shop signs", False),
        ("portrait of a tram driver, a vibrant and cheerful vibe", False),
        ("portrait of a tram driver in a coat of vibrant colors", False),
        ("portrait of a tram driver, vibrant colors", True),
        ('{"subject": "a tram driver", "vibe": "urban, hurried, vibrant"}', False),
        ('{"subject": "a tram driver", "mood": "hurried, vibrant colors"}', True),
        ('{"subject": "a tram driver", "style": "urban, vibrant"}', True),
    ],
)
def test_strong_color_of_a_thing_and_of_a_mood_is_none_of_the_picture(text: str, fires: bool) -> None:
    assert ("saturated-color" in rules(text)) is fires


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Draw a baker carrying a tray of loaves", "artwork"),
        ("illustrate the old ferry at its pier", "artwork"),
        ("a baker carrying a tray of loaves, art by Ilse Brandt", "artwork"),
        ("Draw a picture of a baker carrying a tray of loaves", "portrait"),
        ("a baker, the light drawing the eye to his hands", "portrait"),
        ("living room with wall art by the window", "photo"),
    ],
)
def test_who_asks_for_a_drawing_gets_no_photograph(text: str, intent: str) -> None:
    assert lint_text(text).brief.intent == intent
