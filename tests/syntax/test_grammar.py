"""The loop that runs a grammar's table makes of a text what Lark's own parser makes of it."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings

from promptlint import syntax
from promptlint.syntax.build import Builder
from promptlint.syntax.grammar import Grammar
from tests.strategies import prompts

EXAMPLES = (
    "",
    "a lamp, a cup. A wall\n",
    "Light: a lamp\nPlace: a shelf",
    'a sign "OPEN" and “two (brass) lamps”',
    "(brass lamp) [tin cup] {red|blue} shelf",
    "(a (brass) lamp:1.3), [a [tin] cup:0.4], {2$$a {b|c}|d}",
    "[lamp:(candle):0.4] [a|(b)] ((wall))",
    "<lora:brass:0.6> __lamps__ {{place}} ${x} | a: b :0.4] c",
    "a) lamp (and ] a } cup \"or '",
    '{"light": "candle", "place": {"name": "a (brass) shelf", "list": ["tin", "cup"]}, "a (b)": 1}',
    '"light": a "candle", "lamp" [x|y]: tin, pose: "sitting',
    "{subject: 'a lamp', light: \"candle\"}",
)


@cache
def _grammar(dialect: syntax.Dialect) -> Grammar:
    return Grammar(dialect, Builder(dialect))


@pytest.mark.parametrize("dialect", syntax.DIALECTS)
@pytest.mark.parametrize("text", EXAMPLES)
def test_examples_are_parsed_as_lark_parses_them(text: str, dialect: syntax.Dialect) -> None:
    grammar = _grammar(dialect)
    assert grammar.parse(text) == grammar.lark.parse(text)


@settings(max_examples=200, deadline=None)
@given(prompts)
def test_any_text_is_parsed_as_lark_parses_it(text: str) -> None:
    for dialect in syntax.DIALECTS:
        grammar = _grammar(dialect)
        assert grammar.parse(text) == grammar.lark.parse(text)


class _Watched(Builder):
    """Remembers which alternatives were built."""

    built: set[str]

    def __getattribute__(self, name: str) -> Any:
        method = super().__getattribute__(name)
        if not callable(method) or name.startswith("_"):
            return method

        def watched(*found: Any) -> Any:
            self.built.add(name)
            return method(*found)

        return watched


@pytest.mark.parametrize("dialect", syntax.DIALECTS)
def test_the_examples_have_every_alternative(dialect: syntax.Dialect) -> None:
    builder = _Watched(dialect)
    builder.built = set()
    grammar = Grammar(dialect, builder)
    for text in EXAMPLES:
        grammar.parse(text)
    assert builder.built >= {rule.alias.removeprefix("text__") for rule in grammar.lark.rules if rule.alias}
