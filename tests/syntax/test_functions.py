"""InvokeAI's functions: swap, and, blend."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promptlint import syntax
from tests.strategies import prompts


def parts(text: str) -> tuple[str, list[tuple[str, float]]] | None:
    found = syntax.conjunction(syntax.parse(text, "invokeai"))
    return found and (found.kind, [(part.text, part.weight) for part in found.parts])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('("a lamp", "a candle").and()', ("and", [("a lamp", 1), ("a candle", 1)])),
        ('("a lamp", "a candle").and(2, 0.5)', ("and", [("a lamp", 2), ("a candle", 0.5)])),
        ('("a lamp", "a candle").add(1,1)', ("and", [("a lamp", 1), ("a candle", 1)])),
        ('("a lamp", "a candle").blend(0.7, -.3)', ("blend", [("a lamp", 0.7), ("a candle", -0.3)])),
        ("(lamp, candle).blend()", ("blend", [("lamp", 1), ("candle", 1)])),
        ("((old lamp), candle).blend(1,2)", ("blend", [("old lamp", 1), ("candle", 2)])),
        ('("lamp").blend(0.4)', ("blend", [("lamp", 0.4)])),
        ('("lamp", "").blend(1, 1)', ("blend", [("lamp", 1), ("", 1)])),
        ('("lamp (lit)++", "b").and(1, 3)', ("and", [("lamp (lit)++", 1), ("b", 3)])),
        ('("((not closed", "b").blend(1, 3)', ("blend", [("((not closed", 1), ("b", 3)])),
        ('withLora(x) ("a", "b").blend(1, 3)', ("blend", [("a", 1), ("b", 3)])),
        ("(old lamp, candle).blend()", None),
        ("a (lamp, candle).blend()", None),
        ('("a", "b")', None),
        ('("a" "b").and()', None),
        ("", None),
    ],
)
def test_conjunctions(text: str, expected: tuple[str, list[tuple[str, float]]] | None) -> None:
    assert parts(text) == expected


def test_what_a_conjunction_tells() -> None:
    found = syntax.conjunction(syntax.parse('("a,b", "c").blend(1, 2, 3, no_normalize), tail', "invokeai"))
    assert found is not None
    assert found.mismatched
    assert not found.normalised
    assert found.rest == (41, 47)
    assert [part.text for part in found.parts] == ["a,b", "c"]
    good = syntax.conjunction(syntax.parse('("a", "b").and(1, 2)', "invokeai"))
    assert good is not None
    assert (good.mismatched, good.normalised, good.rest) == (False, True, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a lamp.swap(candle) lit", [("lamp", "candle", {})]),
        ("an (old lamp).swap(candle)", [("old lamp", "candle", {})]),
        ('"old lamp".swap("new candle")', [("old lamp", '"new candle"', {})]),
        ("().swap(in snow)", [("", "in snow", {})]),
        ("(old lamp).swap()", [("old lamp", "", {})]),
        (
            "lamp.swap(candle, s_start=0.1, t_end = 0.9)",
            [("lamp", "candle", {"s_start": "0.1", "t_end": "0.9"})],
        ),
        ("lamp.swap(candle++), a.swap(b)", [("lamp", "candle++", {}), ("a", "b", {})]),
        ("(an old lamp.swap(candle))++", [("lamp", "candle", {})]),
        ("lamp.swap(m\\(x\\))", [("lamp", "m\\(x\\)", {})]),
        ("lamp.swap(candle", []),
        ("lamp.swap(candle, tall, = )", []),
        ("lamp swap(candle)", []),
    ],
)
def test_swaps(text: str, expected: list[tuple[str, str, dict[str, str]]]) -> None:
    found = syntax.swaps(syntax.parse(text, "invokeai"))
    assert [(text[slice(*one.original)], text[slice(*one.replacement)], one.options) for one in found] == expected
    assert all(one.span.contains(one.original) and one.span.contains(one.replacement) for one in found)


@settings(max_examples=300, deadline=None)
@given(st.one_of(prompts, st.text(alphabet='()".,+-=ab1 \\\n', max_size=60).map(lambda text: f"({text}).swap(a)")))
def test_spans_lie_in_the_text(text: str) -> None:
    tree = syntax.parse(text, "invokeai")
    found = syntax.conjunction(tree)
    spans = [one.span for one in syntax.swaps(tree)] + ([part.span for part in found.parts] if found else [])
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)
