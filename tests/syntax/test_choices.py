"""Choices, wildcards and variables."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from promptlint import syntax
from promptlint.syntax import NodeKind
from tests.strategies import prompts


def only(text: str, dialect: syntax.Dialect = "natural") -> tuple[list[str], syntax.Choice]:
    found = syntax.choices(syntax.parse(text, dialect))
    assert len(found) == 1
    return [text[option.span.start : option.span.end] for option in found[0].options], found[0]


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("a {brass|tin} lamp", ["brass", "tin"]),
        ("{|brass|}", ["", "brass", ""]),
        ("{old brass, dull|tin}", ["old brass, dull", "tin"]),
        ("{(brass:1.2)|tin}", ["(brass:1.2)", "tin"]),
        ("{__metal__|tin}", ["__metal__", "tin"]),
        ("{söt|a: b}", ["söt", "a: b"]),
    ],
)
def test_options(text: str, options: list[str]) -> None:
    found, choice = only(text)
    assert found == options
    assert (choice.least, choice.most, choice.joiner, choice.sampler) == (1, 1, ",", "")
    assert {option.weight for option in choice.options} == {1.0}


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("{2$$a|b|c}", 2, 2),
        ("{1-2$$a|b|c}", 1, 2),
        ("{-2$$a|b|c}", 1, 2),
        ("{2-$$a|b|c}", 2, 3),
        ("{0-1$$a|b|c}", 0, 1),
        ("{@1-2$$a|b|c}", 1, 2),
    ],
)
def test_how_many(text: str, least: int, most: int) -> None:
    options, choice = only(text)
    assert options == ["a", "b", "c"]
    assert (choice.least, choice.most) == (least, most)


@pytest.mark.parametrize("joiner", [" and ", "|", ", ", " "])
def test_what_joins_them(joiner: str) -> None:
    options, choice = only(f"{{2$${joiner}$$a|b|c}} lamp")
    assert (options, choice.joiner, choice.most) == (["a", "b", "c"], joiner, 2)


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        ("{0.5::a|2::b|c}", [0.5, 2, 1]),
        ("{.25::a|b}", [0.25, 1]),
        ("{2$$3::a|b}", [3, 1]),
        ("{~2:: a|b:: c}", [2, 1]),
        ("{2::__a__|0.5::(b:1.2)}", [2, 0.5]),
    ],
)
def test_weights_of_options(text: str, weights: list[float]) -> None:
    assert [option.weight for option in only(text)[1].options] == weights


@pytest.mark.parametrize("sampler", "~!@")
def test_samplers(sampler: str) -> None:
    options, choice = only(f"{{{sampler}a|b}}")
    assert (options, choice.sampler) == (["a", "b"], sampler)


def test_one_option_with_a_number_is_a_choice() -> None:
    options, choice = only("{2$$__metal__}")
    assert (options, choice.most) == (["__metal__"], 2)


def test_choices_in_choices() -> None:
    text = "{a {b|c}|d} {e|f}"
    found = syntax.choices(syntax.parse(text))
    assert [len(choice.options) for choice in found] == [2, 2, 2]
    assert [text[choice.span.start : choice.span.end] for choice in found] == [
        "{a {b|c}|d}",
        "{b|c}",
        "{e|f}",
    ]


def test_one_wildcard_with_a_sampler_is_a_choice() -> None:
    options, choice = only("{!__metal__}")
    assert (options, choice.sampler) == (["__metal__"], "!")
    assert syntax.choices(syntax.parse("{__metal__} {metal} {!}", "natural")) == []


def test_choices_in_wildcards() -> None:
    options, choice = only("a __lamps/{brass|2::tin}__")
    assert (options, [option.weight for option in choice.options]) == (["brass", "tin"], [1, 2])
    options, choice = only("__lamp(metal={~2$$ and $$brass|tin|clay})__")
    assert (options, choice.most, choice.joiner, choice.sampler) == (["brass", "tin", "clay"], 2, " and ", "~")
    assert syntax.choices(syntax.parse("__lamps/${metal}__", "natural")) == []


def test_comments_before_the_weights_of_options() -> None:
    options, choice = only("{\n# often\n3::tin\n|\n# seldom\n0.5::brass\n}", "a1111")
    assert [option.strip() for option in options] == ["tin", "brass"]
    assert [option.weight for option in choice.options] == [3, 0.5]


def test_comfyui_knows_no_numbers() -> None:
    options, choice = only("{2$$0.5::a|\\{b\\}}", "comfyui")
    assert (options, choice.most) == (["2$$0.5::a", "\\{b\\}"], 1)


def test_midjourney_parts_permutations_by_commas() -> None:
    assert only("a {brass, tin} lamp --ar 3:4", "midjourney")[0] == ["brass", "tin"]


def test_what_is_no_choice() -> None:
    for text in ("{a} b", "a | b", "{a|b", "a|b}", "[a|b]", "{{ a|b }}"):
        assert syntax.choices(syntax.parse(text, "natural")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("__metal__", [("metal", "", "")]),
        ("a __lamps/old-brass__, __m*__", [("lamps/old-brass", "", ""), ("m*", "", "")]),
        ("__~metal__ __@x__", [("metal", "~", ""), ("x", "@", "")]),
        ("__lamp(metal=brass)__", [("lamp", "", "metal=brass")]),
        ("__a__b__", [("a", "", "")]),
        ("light:__metal__", [("metal", "", "")]),
        ("__lamps/${metal}__", [("lamps/${metal}", "", "")]),
        ("${x=__metal__}", [("metal", "", "")]),
        ("snake_case __ lamp", []),
    ],
)
def test_wildcards(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = syntax.wildcards(syntax.parse(text, "natural"))
    assert [(one.name, one.sampler, one.arguments) for one in found] == expected
    assert all(text[one.span.start : one.span.end].startswith("__") for one in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("${metal}", [("metal", None, None, False, False)]),
        ("${ metal : tin }", [("metal", None, "tin", False, False)]),
        ("${metal=tin}", [("metal", "tin", None, False, False)]),
        ("${metal=!{tin|brass}} x", [("metal", "{tin|brass}", None, True, False)]),
        ("${metal ?= tin}", [("metal", "tin", None, False, True)]),
        ("$${x|y}", []),
        ("$5 {x}", []),
    ],
)
def test_variables(text: str, expected: list[tuple[str, str | None, str | None, bool, bool]]) -> None:
    def at(span: syntax.Tree | tuple[int, int] | None) -> str | None:
        return None if span is None else text[slice(*span)]  # type: ignore[misc]

    found = syntax.variables(syntax.parse(text, "natural"))
    assert [(one.name, at(one.value), at(one.default), one.immediate, one.keeps) for one in found] == expected


def test_a_leaf_for_each_embedding() -> None:
    tree = syntax.parse("(embedding:old-lamp.pt:1.2), embedding:tin, an embedding: x", "comfyui")
    tags = [leaf.text for leaf in tree.leaves() if leaf.kind is syntax.LeafKind.TAG]
    assert tags == ["embedding:old-lamp.pt", "embedding:tin"]
    assert tree.nodes()[0].kind is NodeKind.EMPHASIS


@settings(max_examples=200, deadline=None)
@given(prompts)
def test_options_fill_their_choice(text: str) -> None:
    for dialect in syntax.DIALECTS:
        tree = syntax.parse(text, dialect)
        for choice in syntax.choices(tree):
            assert choice.options
            assert all(choice.span.contains(option.span) for option in choice.options)
        for one in (*syntax.wildcards(tree), *syntax.variables(tree)):
            assert 0 <= one.span.start < one.span.end <= len(text)


@pytest.mark.parametrize("dialect", syntax.DIALECTS)
def test_the_weight_of_a_bracket_is_none_of_an_option(dialect: syntax.Dialect) -> None:
    tree = syntax.parse("a {hat:4)tin, cap}", dialect)
    assert all(option.weight == 1 for one in syntax.choices(tree) for option in one.options)
