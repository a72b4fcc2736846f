"""What A1111 reads at each step, and the prompts that AND composes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promptlint import syntax
from promptlint.syntax.lexing import MAX_DEPTH
from tests.strategies import prompts


def steps(text: str, count: int = 20) -> list[tuple[int, str]]:
    return syntax.schedule(syntax.parse(text, "a1111"), count)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a lamp", [(20, "a lamp")]),
        ("", [(20, "")]),
        ("a [lamp:candle:5]", [(5, "a lamp"), (20, "a candle")]),
        ("a [lamp:5]", [(5, "a "), (20, "a lamp")]),
        ("a [lamp::5]", [(5, "a lamp"), (20, "a ")]),
        ("a [lamp:.25]", [(5, "a "), (20, "a lamp")]),
        ("a [lamp: 5 ]", [(5, "a "), (20, "a lamp")]),
        ("a [lamp : candle :5]", [(5, "a lamp "), (20, "a  candle ")]),
        ("a [lamp:1.5]", [(20, "a ")]),
        ("a [lamp:40]", [(20, "a ")]),
        ("a [lamp:0]", [(20, "a lamp")]),
        ("a [lamp:candle:-3]", [(20, "a candle")]),
        ("[a:[b:c:8]:3]d", [(3, "ad"), (8, "bd"), (20, "cd")]),
        ("[(lamp:1.2):3]", [(3, ""), (20, "(lamp:1.2)")]),
        ("[[lamp]:3]", [(3, ""), (20, "[lamp]")]),
        ("[(a:b:1.2):3]", [(20, "[(a:b:1.2):3]")]),
        ("a [lamp", [(20, "a [lamp")]),
        ("a [lamp:candle]", [(20, "a [lamp:candle]")]),
        ("[a:b:c:3]", [(20, "[a:b:c:3]")]),
        ("[a:b|c:3]", [(20, "[a:b|c:3]")]),
        ("((lamp] : x [candle:4]", [(4, "((lamp] : x "), (20, "((lamp] : x candle")]),
        ("(lamp:1.2) \\[x:3\\]", [(20, "(lamp:1.2) \\[x:3\\]")]),
        ("a | b [c:3]", [(20, "a | b [c:3]")]),
        ("(a|b) [c:3]", [(20, "(a|b) [c:3]")]),
        ("[a|b [c:3]", [(20, "[a|b [c:3]")]),
        ("a [b:3] \\", [(20, "a [b:3] \\")]),
        ("a <lora:x:1>[b:3]", [(3, "a "), (20, "a b")]),
        ("a [{tin|brass{:.5] lamp", [(10, "a  lamp"), (20, "a {tin|brass{ lamp")]),
        ("a [{tin|brass}:clay:5]", [(5, "a {tin|brass}"), (20, "a clay")]),
        ("{tin|brass} [lamp:5]", [(5, "{tin|brass} "), (20, "{tin|brass} lamp")]),
        ("{(tin|clay)|brass} [lamp:5]", [(5, "{(tin|clay)|brass} "), (20, "{(tin|clay)|brass} lamp")]),
        ("{tin} a | b [c:3]", [(20, "{tin} a | b [c:3]")]),
    ],
)
def test_prompt_editing(text: str, expected: list[tuple[int, str]]) -> None:
    assert steps(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a|b] x", ["a x", "b x", "a x", "b x"]),
        ("[a|b|(c:1.1)]", ["a", "b", "(c:1.1)", "a"]),
        ("x[y|]", ["xy", "x", "xy", "x"]),
        ("x[y||]", ["xy", "x", "x", "xy"]),
        ("[{a|b]", ["{a", "b", "{a", "b"]),
        ("[a|[b|c]]", ["a", "c", "a", "c"]),
        ("[[a|b]:c:2]", ["a", "b", "c", "c"]),
    ],
)
def test_alternation(text: str, expected: list[str]) -> None:
    assert steps(text, 4) == list(enumerate(expected, 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a lamp", [("a lamp", 1)]),
        ("a lamp AND a candle", [("a lamp", 1), (" a candle", 1)]),
        ("a lamp :1.2 AND a candle: .5", [("a lamp", 1.2), (" a candle", 0.5)]),
        ("a lamp:-1 AND  ", [("a lamp", -1), ("", 1)]),
        ("a\nlamp\n:2", [("a\nlamp", 2)]),
        ("a: lamp AND b:c", [("a: lamp", 1), (" b:c", 1)]),
        ("(a lamp:1.2) ANDROID", [("(a lamp:1.2) ANDROID", 1)]),
    ],
)
def test_composed_prompts(text: str, expected: list[tuple[str, float]]) -> None:
    assert syntax.composed(syntax.parse(text, "a1111")) == expected


@settings(max_examples=300, deadline=None)
@given(st.one_of(prompts, st.text(alphabet="[](:|)\\ab1.35 ", max_size=50)), st.integers(1, 30))
def test_a_schedule_ends_with_the_last_step(text: str, count: int) -> None:
    found = steps(text, count)
    assert [step for step, _ in found] == sorted({step for step, _ in found})
    assert found[-1][0] == count
    assert found[0][0] >= 1


def test_nesting_deeper_than_any_parser() -> None:
    depth = MAX_DEPTH * 50
    assert len(steps("[" * depth + "a" + ":3]" * depth)) == 2
    assert steps("[a:" * depth) == [(20, "[a:" * depth)]
