"""The leaves are the text, for every input; and time grows with the length, not faster."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings

from promptlint import syntax
from tests.strategies import prompts


@settings(max_examples=400, deadline=None)
@given(prompts)
def test_leaves_are_the_text(text: str) -> None:
    for dialect in (None, *syntax.DIALECTS):
        tree = syntax.parse(text, dialect)
        assert "".join(leaf.text for leaf in tree.leaves()) == text


@settings(max_examples=200, deadline=None)
@given(prompts)
def test_leaves_stand_where_they_say(text: str) -> None:
    at = 0
    for leaf in syntax.parse(text).leaves():
        assert leaf.start == at
        assert text[leaf.span.start : leaf.span.end] == leaf.text
        at = leaf.span.end


@pytest.mark.parametrize("unit", ["(", "((a))", '"a', '{"a": "', "a, ", ")(", "[a:b:", "Light: x\n", "é—"])
def test_broken_input_takes_linear_time(unit: str) -> None:
    def seconds(count: int) -> float:
        text = unit * count
        start = time.perf_counter()
        syntax.parse(text)
        return time.perf_counter() - start

    seconds(100)
    assert min(seconds(8000) for _ in range(2)) < 40 * max(1e-4, min(seconds(800) for _ in range(3)))
