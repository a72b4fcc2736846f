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


UNITS = ("(", '"a', '{"a": "', "a, ", ")(", "[a:b:", "Light: x\n", "é—", "{2$$a|", "(a b)++ ", "a.swap(", "::")


@pytest.mark.parametrize("unit", UNITS)
def test_eight_times_the_text_takes_about_eight_times_the_time(unit: str) -> None:
    """Linear time makes the ratio about 8, quadratic time 64; the bound lies between, far from both."""
    once, more = unit * (4_000 // len(unit)), unit * (32_000 // len(unit))
    for dialect in ("a1111", "invokeai", "structured"):
        assert _seconds(more, dialect) <= 24 * _seconds(once, dialect), dialect


def _seconds(text: str, dialect: syntax.Dialect) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        syntax.weighted(syntax.parse(text, dialect))
        best = min(best, time.process_time() - start)
    return max(best, 1e-4)


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
