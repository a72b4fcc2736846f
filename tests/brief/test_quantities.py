"""Numbers with units, in every spelling that prompts have."""

from __future__ import annotations

import pytest

import promptlint
from promptlint.brief.normalise import Normalised
from promptlint.brief.quantities import find


@pytest.mark.parametrize(
    ("text", "concept", "value"),
    [
        ("85mm", "camera.focal-length", 85),
        ("85 mm lens", "camera.focal-length", 85),
        ("8 5 mm", "camera.focal-length", 85),
        ("f/1.4", "camera.aperture", 1.4),
        ("f / 1. 4", "camera.aperture", 1.4),
        ("ƒ/1,8", "camera.aperture", 1.8),
        ("F2.8", "camera.aperture", 2.8),
        ("5600K", "light.temperature", 5600),
        ("5,600 K", "light.temperature", 5600),
        ("3200 kelvin", "light.temperature", 3200),
        ("ISO 400", "camera.iso", 400),
        ("iso 2 0 0", "camera.iso", 200),
        ("1/250s", "camera.shutter", 1 / 250),
        ("8k", "style.quality.resolution", 8),
        ("8 k", "style.quality.resolution", 8),
        ("16:9", "camera.ratio", 16 / 9),
        ("35mm lens", "camera.focal-length", 35),
        ("35mm f/2", "camera.focal-length", 35),
        ("35mm equivalent", "camera.focal-length", 35),
    ],
)
def test_a_quantity_is_read(text: str, concept: str, value: float) -> None:
    found = find(Normalised(text).strict)
    assert (found[0].concept, found[0].value) == (concept, pytest.approx(value))


@pytest.mark.parametrize("text", ["at 10:30 pm", "3 mm of rain", "no. 5", "route 66", "x264"])
def test_what_looks_like_a_quantity_is_none(text: str) -> None:
    assert find(Normalised(text).strict) == []


@pytest.mark.parametrize("text", ["35mm film", "35 mm photograph", "shot on 35mm", "4K TV", "10K run"])
def test_a_term_says_what_its_number_is(text: str) -> None:
    brief = promptlint.lint_text(text).brief
    assert not brief.has(["camera.focal-length", "style.quality.resolution"])


def test_a_zoom_is_one_lens() -> None:
    (zoom,) = find(Normalised("24-70mm zoom").strict)
    assert (zoom.value, zoom.high) == (24, 70)


def test_a_comma_before_a_space_ends_a_number() -> None:
    found = find(Normalised("Portra 400, 85mm f/2, 30 years old").strict)
    assert [(one.concept, one.value) for one in found] == [("camera.focal-length", 85), ("camera.aperture", 2)]
