"""The leaves are the text, for every input; and time grows with the length, not faster."""

from __future__ import annotations

import gc
import itertools
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


UNITS = ("(", '"a', '{"a": "', "a, ", ")(", "[a:b:", "Light: x\n", "é—", "{2$$a|", "(a b)++ ", "a.swap(", "::")
SHORT, LONG = 25_000, 200_000
MOST = 2.5**3
"""How many times the time three doublings of the text may take. Linear time takes 8, quadratic 64."""


@pytest.mark.parametrize(("unit", "dialect"), list(zip(UNITS, itertools.cycle(syntax.DIALECTS), strict=False)))
def test_time_is_linear(unit: str, dialect: syntax.Dialect) -> None:
    assert _ratio(unit, dialect) <= MOST


@pytest.mark.parametrize("unit", [".", "?!", "—", ",", "/*", "--"])
def test_time_is_linear_in_marks_before_a_word(unit: str) -> None:
    short, long = (_seconds(unit * (size // len(unit)) + "lamp", "structured") for size in (SHORT, LONG))
    assert long / max(short, 0.005) <= MOST


@settings(max_examples=5, deadline=None)
@given(prompts.filter(bool))
def test_time_is_linear_in_any_prompt_told_again_and_again(unit: str) -> None:
    assert _ratio(unit, syntax.detect(unit)[0]) <= MOST


def _ratio(unit: str, dialect: syntax.Dialect) -> float:
    short, long = (_seconds(unit * (size // len(unit)), dialect) for size in (SHORT, LONG))
    # Below some milliseconds the clock and the caches are what is measured.
    return long / max(short, 0.005)


def _seconds(text: str, dialect: syntax.Dialect) -> float:
    best = float("inf")
    for _ in range(2):
        # The collector walks through all that a test run holds; that is not the parser's time.
        gc.collect()
        gc.disable()
        start = time.process_time()
        syntax.weighted(syntax.parse(text, dialect))
        best = min(best, time.process_time() - start)
        gc.enable()
    return best


@pytest.mark.parametrize("pair", ["()", "[]", "{}"])
@pytest.mark.parametrize("dialect", syntax.DIALECTS)
def test_ten_thousand_brackets_deep(pair: str, dialect: syntax.Dialect) -> None:
    for text in (pair[0] * 10_000 + "a" + pair[1] * 10_000, pair[0] * 10_000 + "a", "a" + pair[1] * 10_000):
        tree = syntax.parse(text, dialect)
        assert tree.to_text() == text
        assert "a" in "".join(run.text for run in syntax.weighted(tree))
        assert syntax.schedule(tree, 5)
        syntax.conjunction(tree)
        syntax.choices(tree)
