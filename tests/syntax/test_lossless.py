"""The leaves are the text, for every input; and time grows with the length, not faster."""

from __future__ import annotations

import gc
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


UNITS = (
    "(", "((a))", '"a', '{"a": "', "a, ", ")(", "[a:b:", "Light: x\n", "é—", "[a|", "{a|b}", "{2$$a|", "${a", "__a",
    "(a:1.2) ", "a) ", "(a b)++ ", "a.swap(", "(a.swap(", "a , (", "::", ":::1.2)", "\\(", "embedding:a", "1::a|", "a:\n",
)  # fmt: skip
LENGTH = 100_000


@pytest.mark.parametrize("unit", UNITS)
def test_twice_the_text_takes_twice_the_time(unit: str) -> None:
    once, twice = unit * (LENGTH // len(unit)), unit * (2 * LENGTH // len(unit))
    for dialect in ("a1111", "comfyui", "invokeai", "structured"):
        assert _ratio(once, twice, dialect) <= 2.5, dialect


def _ratio(once: str, twice: str, dialect: syntax.Dialect) -> float:
    """Return how much longer the second text takes: the best of each, measured again while the ratio is poor."""
    best = [float("inf")] * 2
    for _ in range(8):
        for index, text in enumerate((once, twice)):
            gc.collect()
            gc.disable()
            start = time.process_time()
            tree = syntax.parse(text, dialect)
            syntax.weighted(tree)
            best[index] = min(best[index], time.process_time() - start)
            gc.enable()
        if best[1] <= 2.3 * best[0]:
            break
    return best[1] / best[0]


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
