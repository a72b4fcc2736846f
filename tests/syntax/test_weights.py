"""Which weight reaches which words, in each dialect that has weights."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promptlint import syntax
from promptlint.source import Span
from promptlint.syntax import LeafKind
from tests.strategies import prompts

SYMBOLS = st.text(alphabet='()[]:|\\"{}+-.,_$# \nab1', max_size=60)


def runs(text: str, dialect: syntax.Dialect) -> list[tuple[str, float]]:
    return [(run.text, round(run.weight, 4)) for run in syntax.weighted(syntax.parse(text, dialect))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("a lamp", [("a lamp", 1)]),
        ("a (brass) lamp", [("a ", 1), ("brass", 1.1), (" lamp", 1)]),
        ("((brass)) lamp", [("brass", 1.21), (" lamp", 1)]),
        ("[brass] lamp", [("brass", 0.9091), (" lamp", 1)]),
        ("([brass]) lamp", [("brass lamp", 1)]),
        ("(brass:1.4) lamp", [("brass", 1.4), (" lamp", 1)]),
        ("(brass: 1.4 )", [("brass", 1.4)]),
        ("(a (b:2):1.5)", [("a ", 1.5), ("b", 3)]),
        ("(a (b:1.5))", [("a ", 1.1), ("b", 1.65)]),
        ("(a:-1)", [("a", -1)]),
        ("[a:1.5]", [("a:1.5", 0.9091)]),
        ("a:1.5) b", [("a:1.5) b", 1)]),
        ("(a:1.5.2)", [("a:1.5.2", 1.1)]),
        ("(a)(b)", [("ab", 1.1)]),
        ("one (two", [("one ", 1), ("two", 1.1)]),
        ("((one) two", [("one", 1.21), (" two", 1.1)]),
        ("one [two", [("one ", 1), ("two", 0.9091)]),
        ("one) two", [("one) two", 1)]),
        ("(a [b) c]", [("a ", 1.1), ("b", 1), (" c", 0.9091)]),
        ("\\(a\\) \\[b\\]", [("(a) [b]", 1)]),
        ("(a\\):2)", [("a)", 2)]),
        ("a\\\\b", [("a\\b", 1)]),
        ("one BREAK two", [("one", 1), ("BREAK", -1), ("two", 1)]),
        ("one\nBREAK\n(two)", [("one", 1), ("BREAK", -1), ("two", 1.1)]),
        ("(one BREAK two)", [("one", 1.1), ("BREAK", -1.1), ("two", 1.1)]),
        ("OUTBREAK", [("OUTBREAK", 1)]),
        ("(a) <lora:thing:0.7>(b)", [("a", 1.1), (" ", 1), ("b", 1.1)]),
        ("(a # not read\nb)", [("a \nb", 1.1)]),
    ],
)
def test_a1111(text: str, expected: list[tuple[str, float]]) -> None:
    assert runs(text, "a1111") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a (brass) lamp", [("a ", 1), ("brass", 1.1), (" lamp", 1)]),
        ("((brass))", [("brass", 1.21)]),
        ("(a (b:2):1.5)", [("a ", 1.5), ("b", 2)]),
        ("(a (b):1.5)", [("a ", 1.5), ("b", 1.65)]),
        ("[a]", [("[a]", 1)]),
        ("\\(a\\) (b\\))", [("(a) ", 1), ("b)", 1.1)]),
        ("(a:b)", [("a:b", 1.1)]),
        ("(a:b:1.2)", [("a:b", 1.2)]),
        ("(:1.2)", [(":1.2", 1.1)]),
        ("(a: 1e1 )", [("a", 10)]),
        ("one (two", [("one ", 1), ("(two", 1)]),
        ("((one)", [("(one", 1.1)]),
        ("((a) b (c)", [("a", 1.21), (" b ", 1.1), ("(c", 1.1)]),
        ("a) (b) (c)", [("a) (b) (c)", 1)]),
        ("a) (((b)) (c)", [("a) (", 1), ("b", 1.21), (" ", 1), ("c", 1.1)]),
        ("(a)(b)", [("a", 1.1), ("b", 1.1)]),
        ("(a) // not read\n(b)", [("a", 1.1), (" \n", 1), ("b", 1.1)]),
        ("(embedding:paint:1.2)", [("embedding:paint", 1.2)]),
    ],
)
def test_comfyui(text: str, expected: list[tuple[str, float]]) -> None:
    assert runs(text, "comfyui") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("old lamp++ here", [("old", 1), ("lamp", 1.21), ("here", 1)]),
        ("lamp-- lit", [("lamp", 0.81), ("lit", 1)]),
        ("(brass lamp)1.3, lit", [("brass lamp", 1.3), (", lit", 1)]),
        ("(brass lamp)+", [("brass lamp", 1.1)]),
        ("(brass lamp).5", [("brass lamp", 0.5)]),
        ("(brass lamp)", [("brass lamp", 1)]),
        ('"brass lamp"--', [("brass lamp", 0.81)]),
        ("lamp.attend(0.7)", [("lamp", 0.7)]),
        ("(brass lamp).attend(++)", [("brass lamp", 1.21)]),
        ("(brass (lamp)1.5)2", [("brass", 2), ("lamp", 3)]),
        ("(brass lamp+)+ lit", [("brass", 1.1), ("lamp", 1.21), ("lit", 1)]),
        ("half-lit lamp", [("half-lit lamp", 1)]),
        ("a +1 lamp", [("a +1 lamp", 1)]),
        ("(brass lamp ++", [("(brass lamp ++", 1)]),
        ("(a (b)++ =)++", [("(a", 1), ("b", 1.21), ("=)++", 1)]),
        ("lamp(lit)++", [("lamp(lit)++", 1)]),
        ("brass,lamp+", [("brass,", 1), ("lamp", 1.1)]),
        ("(\\(brass\\))+ lamp", [("(brass)", 1.1), ("lamp", 1)]),
        ("(lit.)0.7. Dark", [("lit.", 0.7), (". Dark", 1)]),
        ("lamp withLora(glow, 0.4) lit+", [("lamp", 1), ("lit", 1.1)]),
        ("(lamp:0.3)", [("lamp:0.3", 1)]),
        ('("a b", "c+").and()', [("a b", 1), ("c", 1.1)]),
        ("(lamp).swap(candle++) lit", [("lamp", 1), ("candle", 1.21), ("lit", 1)]),
    ],
)
def test_invokeai(text: str, expected: list[tuple[str, float]]) -> None:
    assert runs(text, "invokeai") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("an old lamp", [("an old lamp", 1)]),
        ("old lamp::2 red wall", [("old lamp", 2), ("red wall", 1)]),
        ("old lamp:: red wall::1.5", [("old lamp", 1), ("red wall", 1.5)]),
        ("old lamp::2 red wall::-.5 --ar 3:4", [("old lamp", 2), ("red wall", -0.5)]),
        ("old lamp --ar 3:4 lit::3", [("old lamp lit", 3)]),
        ("/imagine https://example.com/a.png old lamp::2", [("old lamp", 2)]),
        ("a (lamp:1.4)::2", [("a (lamp:1.4)", 2)]),
        ("--ar 3:4", []),
    ],
)
def test_midjourney(text: str, expected: list[tuple[str, float]]) -> None:
    assert runs(text, "midjourney") == expected


def test_the_weight_of_a_part_reaches_its_words() -> None:
    tree = syntax.parse("an old lamp::2 a red wall::-0.5 --ar 3:4", "midjourney")
    weights = syntax.Weights(tree)
    found = {leaf.text.strip(): weights.of(leaf.span) for leaf in tree.leaves() if leaf.kind is LeafKind.TEXT}
    assert found == {"an old lamp": 2, "a red wall": -0.5}


@pytest.mark.parametrize("dialect", ["natural", "labelled", "structured", "midjourney"])
def test_other_dialects_weigh_nothing(dialect: syntax.Dialect) -> None:
    assert runs("a (brass:1.4) ((lamp))", dialect) == [("a (brass:1.4) ((lamp))", 1)]


def test_spans_are_places_in_the_prompt() -> None:
    text = "<lora:x:1> an (old \\(brass\\) lamp:1.3) # note"
    found = syntax.weighted(syntax.parse(text, "a1111"))
    heavy = next(run for run in found if run.weight == 1.3)
    assert text[heavy.span.start : heavy.span.end] == "old \\(brass\\) lamp"


def test_the_weight_of_a_span() -> None:
    tree = syntax.parse("a (brass (lamp:1.5):1.2), lit", "a1111")
    at = tree.text.index
    assert syntax.effective(tree, Span(at("lamp"), at("lamp") + 4)) == pytest.approx(1.8)
    assert syntax.effective(tree, Span(at("brass"), at("lamp") + 4)) == pytest.approx(1.2)
    assert syntax.Weights(tree).of(Span(at("lit"), len(tree.text))) == 1
    assert syntax.Weights(syntax.parse("")).of(Span(0, 0)) == 1


@settings(max_examples=300, deadline=None)
@given(st.one_of(prompts, SYMBOLS))
def test_runs_are_in_order_and_cover_all_words(text: str) -> None:
    for dialect in syntax.DIALECTS:
        tree = syntax.parse(text, dialect)
        found = syntax.weighted(tree)
        at = 0
        covered = bytearray(len(text))
        for run in found:
            assert at <= run.span.start <= run.span.end <= len(text)
            at = run.span.end
            covered[run.span.start : run.span.end] = b"\1" * (run.span.end - run.span.start)
            assert not math.isnan(run.weight)
        for leaf in tree.leaves():
            if leaf.kind is LeafKind.TEXT and leaf.text.isalpha() and "Lora" not in text:
                assert "BREAK" in leaf.text or all(covered[leaf.start : leaf.end]), (dialect, leaf)
