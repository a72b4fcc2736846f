"""Which words belong to which section, by terms and neighbours alone."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings

import promptlint
from tests.strategies import prompts


def by_terms(text: str) -> dict[str, list[str]]:
    brief = promptlint.lint_text(text).brief
    return {name: [brief.words(span).strip(" ,.") for span in spans] for name, spans in brief.sections_by_terms.items()}


@pytest.mark.parametrize(
    ("text", "section", "phrase"),
    [
        ("soft light on her skin, portrait of a dyer", "lighting", "soft light on her skin"),
        ("portrait of a dyer, sharp focus on the eyes", "camera", "sharp focus on the eyes"),
        ("portrait of a dyer, freckles across her nose and cheeks", "skin", "freckles across her nose"),
        ("portrait of a dyer holding a black cat", "pose", "holding a black cat"),
        ("portrait of a dyer wearing a futuristic helmet", "subject", "wearing a futuristic helmet"),
        ("portrait of a dyer, a copper kettle and a lamp on the table", "environment", "a copper kettle"),
        ("photo of a copper kettle, window light", "subject", "a copper kettle"),
        ("isometric illustration, a quoin with a dentil", "subject", "a quoin with a dentil"),
    ],
)
def test_the_head_of_a_chunk_decides(text: str, section: str, phrase: str) -> None:
    assert any(phrase in words for words in by_terms(text)[section]), by_terms(text)


@pytest.mark.parametrize(
    ("text", "section", "phrases"),
    [
        (
            "portrait of a dyer, one shaft of light from the left, highlighting his brow, nose, and lower lip",
            "lighting",
            ["highlighting his brow", "nose", "and lower lip"],
        ),
        (
            "portrait of a dyer, side light from a window, specifically highlighting her eyes, 85mm",
            "lighting",
            ["specifically highlighting her eyes"],
        ),
        (
            "portrait of a dyer, a plain backdrop in muted earth tones",
            "environment",
            ["a plain backdrop in muted earth"],
        ),
        ("portrait of a dyer in muted earth tones, 85mm", "color", ["in muted earth tones"]),
        ("portrait of a dyer, sweat on the brow, nose and lips, 85mm", "lighting", []),
    ],
)
def test_what_governs_takes_along_what_hangs_on_it(text: str, section: str, phrases: list[str]) -> None:
    words = by_terms(text).get(section, [])
    for phrase in phrases:
        assert any(phrase in one for one in words), by_terms(text)
    assert phrases or not words


def test_light_does_not_reach_into_the_next_sentence() -> None:
    found = by_terms("Portrait of a dyer in side light from a window. Highlighting his eyes was never the plan.")
    assert not any("eyes" in words for words in found["lighting"])


@pytest.mark.parametrize(
    ("text", "section", "phrase"),
    [
        ("portrait of a dyer who looks up with a soft, shy smile", "subject", "with a soft"),
        ("portrait of a dyer. Soft, even window light, 85mm", "lighting", "Soft"),
        ("portrait of a dyer in front of a tall, weathered brick wall", "environment", "a tall"),
    ],
)
def test_an_adjective_waits_for_its_noun(text: str, section: str, phrase: str) -> None:
    assert any(phrase in words for words in by_terms(text)[section]), by_terms(text)


def test_a_noun_before_a_comma_does_not_wait() -> None:
    assert "with a soft smile" in " ".join(by_terms("portrait of a dyer with a soft smile, window light")["subject"])


def test_a_label_decides_for_what_no_term_names() -> None:
    assert by_terms("Subject: a quondam haruspex\nLighting: what the moss gives back")["lighting"] == [
        "what the moss gives back"
    ]


def test_an_adjective_before_the_next_comma_goes_with_its_noun() -> None:
    assert "a bright" in " ".join(by_terms("portrait of a dyer, a bright, cluttered workshop")["environment"])


@settings(max_examples=200, deadline=None)
@given(prompts)
def test_no_word_has_two_sections(text: str) -> None:
    brief = promptlint.lint_text(text).brief
    spans = sorted(span for own in brief.sections_by_terms.values() for span in own)
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
