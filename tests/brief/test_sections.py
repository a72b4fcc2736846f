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
