"""Counting as CLIP does. The expected counts come from the `CLIPTokenizer` of transformers 5."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptlint.tokens import clip
from tests.strategies import prompts

COUNTS = {
    "": 0,
    "   \n\t ": 0,
    "a cat": 2,
    "A CAT": 2,
    "portrait of a ferryman": 5,
    "85mm, f/1.4": 9,
    "6500K": 5,
    "catchlight": 2,
    "catch-light": 3,
    "the potter's wheel, she'll laugh": 8,
    "don’t blink": 5,
    "café crème": 4,
    "cafe\u0301 cre\u0300me": 4,
    "İzmir harbour": 5,
    "10 m² of canvas": 6,
    "Ⅷ. arcade": 5,
    "東京の夜": 6,
    "🙂🙂": 2,
    "snow...!!?": 4,
    "some_file_name": 5,
    "rembrandt light, octabox, sebum, CineStill 800T": 16,
    "supercalifragilisticexpialidocious": 9,
    "ＡＢＣ　１２３": 18,
}

texts = st.one_of(prompts, st.text(alphabet=st.characters(codec=None), max_size=60))


@pytest.mark.parametrize("text", COUNTS)
def test_known_counts(text: str) -> None:
    assert clip.count(text) == COUNTS[text]


def test_words_stand_where_they_are_written() -> None:
    text = "A potter's\n  wheel, 35mm, cre\u0300me"
    found = [(text[word.span.start : word.span.end], word.tokens) for word in clip.words(text)]
    assert found == [
        ("A", 1),
        ("potter", 1),
        ("'s", 1),
        ("wheel", 1),
        (",", 1),
        ("3", 1),
        ("5", 1),
        ("mm", 1),
        (",", 1),
        ("cre\u0300me", 3),
    ]


def test_easing_is_what_ftfy_does_to_quotes_and_wide_signs() -> None:
    assert clip.eased("“don’t”！") == '"don\'t"!'
    assert clip.count(clip.eased("don’t blink")) == 3


def test_a_long_word_takes_no_long_time() -> None:
    assert 10_000 < clip.count("qxzjv" * 8_000) <= 40_000


@given(texts)
def test_counting_never_fails_and_stays_within_its_bounds(text: str) -> None:
    count = clip.count(text)
    assert len(text.split()) <= count <= clip.at_most(text)


@given(texts, texts)
def test_texts_apart_count_what_they_count_alone(left: str, right: str) -> None:
    assert clip.count(f"{left} {right}") == clip.count(left) + clip.count(right)


@given(texts)
def test_case_and_composition_and_space_cost_nothing(text: str) -> None:
    count = clip.count(text)
    assert clip.count(unicodedata.normalize("NFC", text).lower()) == count
    assert clip.count("\n ".join(text.split())) == count


@given(texts)
def test_words_are_in_order_and_leave_nothing_but_space(text: str) -> None:
    covered = [" "] * len(text)
    last = 0
    for word in clip.words(text):
        assert last <= word.span.start < word.span.end
        assert word.tokens > 0
        last = word.span.start
        covered[word.span.start : word.span.end] = text[word.span.start : word.span.end]
    assert "".join(covered).split() == text.split()
